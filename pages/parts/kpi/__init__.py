"""What the page kpi needs."""
