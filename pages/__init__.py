"""The pages of the monitor: each file defines one function and does nothing on its own."""
