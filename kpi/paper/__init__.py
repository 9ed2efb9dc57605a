"""Papers that leave the bureau: what is in them (builders) and how it is written (writers)."""
