"""What the page quarter needs."""
