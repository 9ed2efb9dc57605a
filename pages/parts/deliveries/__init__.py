"""What the page deliveries needs."""
