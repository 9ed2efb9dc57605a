"""The script, the server and the frame around every page."""
