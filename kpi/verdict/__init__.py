"""What may be said about a figure: the method follows from the shape of its series."""
