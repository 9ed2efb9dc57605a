"""The KPIs: what each figure means, how it is counted, and every value that follows from it."""
