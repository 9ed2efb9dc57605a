"""What a page tells of figures, in Dutch words and rows; nothing is drawn here."""
