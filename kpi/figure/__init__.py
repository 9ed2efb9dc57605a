"""Every figure: calculated, rolled up, held by the monitor, read, explained and exported."""
