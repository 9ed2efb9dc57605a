"""What the page plan needs."""
