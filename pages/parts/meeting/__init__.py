"""What the page meeting needs."""
