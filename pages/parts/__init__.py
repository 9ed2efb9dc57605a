"""What one page needs, a folder or module per page."""
