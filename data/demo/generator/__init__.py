"""Makes up a samenwerkingsverband and writes its files; the product never runs this."""
