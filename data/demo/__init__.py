"""A made-up samenwerkingsverband, in exactly the files a bureau would upload."""
