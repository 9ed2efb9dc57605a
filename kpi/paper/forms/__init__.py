"""A writer per form (PDF, Word, PowerPoint, Excel) of the one Document."""
