"""Plans that meet the figures: the year plan, the improvement plan, and what comes of them."""
