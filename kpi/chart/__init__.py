"""Drawings of what kpi.view tells."""
