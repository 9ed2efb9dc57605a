"""The quarter: commentary, promises, what is due, reading by a second person, closing and seals."""
