"""How the papers of an SWV look: a colour, a font and a logo, from its profile."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.strict import derived

MOST_BYTES = 1_000_000
READABLE = 4.5  # WCAG 2.1 AA, contrast of white text on the colour
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class HouseStyle:
    """[house_style] of a profile. colour: "#rrggbb", dark enough for white text; font: used where
    it is installed; logo_file: a png beside the profile; logo: its bytes, empty without one."""

    colour: str = "#1f4e79"
    font: str = ""
    logo_file: str = ""
    logo: bytes = derived(default=b"")

    def wrong_parts(self) -> Iterator[str]:
        """What cannot be used, as Dutch sentences."""
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", self.colour):
            yield f"colour '{self.colour}' is geen kleur. Schrijf zes cijfers: #1f4e79."
        elif contrast_with_white(self.colour) < READABLE:
            yield f"colour '{self.colour}' is te licht: witte letters zijn er niet op te lezen."
        if self.logo_file and not self.logo.startswith(PNG):
            yield f"logo_file '{self.logo_file}' ontbreekt of is geen png-bestand."
        if len(self.logo) > MOST_BYTES:
            yield f"logo_file '{self.logo_file}' is te groot: hoogstens 1 MB."


def read_logo(folder: Path, name: str) -> bytes:
    """The logo beside the profile; empty when there is none, or its name leads elsewhere."""
    path = folder / name
    inside = bool(name) and Path(name).name == name
    return path.read_bytes() if inside and path.is_file() else b""


def contrast_with_white(colour: str) -> float:
    """The contrast ratio of white on "#rrggbb", 1 to 21 (WCAG 2.1, relative luminance)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    red, green, blue = linear
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
