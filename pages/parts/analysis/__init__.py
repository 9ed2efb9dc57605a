"""What the page analysis needs."""
