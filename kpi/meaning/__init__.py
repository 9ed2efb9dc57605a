"""What a KPI, measure, segment, target, event and profile is; the folders that say so."""
