"""What pages share: choices in the address, links, tables, figures, and forms."""
