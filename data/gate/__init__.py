"""A file comes in: read, recognised, converted and checked; stored, or every problem named."""
