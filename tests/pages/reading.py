"""What page tests share: the pages by their address, and a cell as a reader sees it."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "overzicht": ("pages.overview", "overview"),
    "kpi": ("pages.kpi_detail", "kpi_detail"),
    "locaties": ("pages.locations", "locations"),
    "thuiszitters": ("pages.thuiszitters", "thuiszitters"),
    "ect": ("pages.ect", "ect"),
    "kwartaal": ("pages.quarter", "quarter"),
    "vergadering": ("pages.meeting", "meeting"),
    "jaarplan": ("pages.plan", "plan"),
    "scenario": ("pages.scenario", "scenario"),
    "verbeterplan": ("pages.improvement", "improvement"),
    "gegevens": ("pages.deliveries", "deliveries"),
    "definities": ("pages.dictionary", "dictionary"),
    "uitleg": ("pages.explanation", "explanation"),
}


def shown(markdown: object) -> str:
    """What a reader sees of a Markdown cell: without escapes, weights, links and pictures."""
    text = re.sub(r"!\[.*?(?<!\\)\]\(data:[^)]*\)", "", str(markdown))
    text = re.sub(r"(?<!\\)\[(.*?)(?<!\\)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"(?<!\\):(?:gray|orange|small)\[(.*?)(?<!\\)\]", r"\1", text)
    text = re.sub(r"(?<!\\)\*\*", "", text)
    return re.sub(r"\\(.)", r"\1", text)
