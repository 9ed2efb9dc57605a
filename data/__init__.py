"""From a delivered file to tables: read, recognise, validate, store and build."""
