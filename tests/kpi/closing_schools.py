"""Three schools: L1 changes board, L2 merges into L1, L3 closes without a successor."""

from datetime import date, timedelta

from hand_made_tables import default_tables

CHANGED, MERGED, CLOSED = date(2023, 11, 15), date(2023, 8, 20), date(2024, 2, 10)


def organisations():
    plain = default_tables()["organisation"]
    ends = {"L2": {"to_on": MERGED, "merged_into": "L1"}, "L3": {"to_on": CLOSED}}
    return [{**row, **ends.get(row["organisation_id"], {})} for row in plain]


def tree():
    found = []
    for row in default_tables()["organisation_tree"]:
        if (row["organisation_id"], row["ancestor_type"]) != ("L1", "bestuur"):
            found.append(row)
    return [
        *found,
        {"organisation_id": "L1", "ancestor_id": "B1", "ancestor_type": "bestuur",
         "to_on": CHANGED - timedelta(days=1)},
        {"organisation_id": "L1", "ancestor_id": "B2", "ancestor_type": "bestuur",
         "from_on": CHANGED},
    ]  # fmt: skip


def board_on(location, day):
    return {"L1": "B1" if day < CHANGED else "B2", "L2": "B1", "L3": "B2"}[location]


def place_on(location, day):
    """Where a pupil of this location is on a day; None when it has gone without a successor."""
    if location == "L2" and day > MERGED:
        return "L1"
    # who is left when it closes is no longer at home on its last day
    return None if location == "L3" and day >= CLOSED else location


def counted(rows, measure, organisation, level, period, **split):
    """The figure of one organisation, as the roll-up reads up_to and day."""
    levels = ("locatie", "bestuur", "swv")
    total = 0
    for row in rows:
        if (row["measure"], row["period_id"]) != (measure, period):
            continue
        if any(row[name] != code for name, code in split.items()):
            continue
        own = row["organisation_id"]
        if own.startswith("L"):
            above = {"locatie": own, "bestuur": board_on(own, row["day"]), "swv": "SWV"}
        else:
            above = {"bestuur" if own.startswith("B") else "swv": own}
        if above.get(level) == organisation and levels.index(
            row.get("up_to") or "swv"
        ) >= levels.index(level):
            total += row["numerator"]
    return total
