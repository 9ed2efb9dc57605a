"""What pages share: the frame, the choices in the address, links and tables."""
