"""Disclosure control: what an audience may see of the figures."""
