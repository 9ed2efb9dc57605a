"""What PowerPoint and Excel share: the room a text takes, how lines look, and equal files."""
