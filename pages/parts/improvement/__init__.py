"""What the page improvement needs."""
