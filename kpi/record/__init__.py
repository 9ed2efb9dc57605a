"""What people put on record: commentary, promises, targets, events and deviations."""
