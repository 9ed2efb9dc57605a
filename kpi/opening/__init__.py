"""Which store opens, shared by all who ask; and the made-up SWV when there is none."""
