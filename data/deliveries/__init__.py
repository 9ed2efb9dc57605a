"""What is stored: deliveries, the ledger and seals, safe against a power cut."""
