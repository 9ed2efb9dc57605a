"""Meeting mode: who meets in which order, what was held, and what a meeting is about."""
