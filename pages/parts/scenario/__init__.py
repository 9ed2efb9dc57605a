"""What the page scenario needs."""
