"""Amounts in thousands or millions, as a line of the sheet says they are."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from data.gate.convert import CellFinding
from data.gate.convert.refused import as_text
from data.gate.doubt.doubt import NOTHING_STORED, Cells, Doubt
from data.gate.problem import shown
from data.gate.read import Value
from data.gate.recognise import Recognised
from data.plain import unaccented
from data.source import Source

TIMES = r"(?<![a-z0-9])[x×*]\s*(?:€|eur|euro)?\s*"
UNITS = (
    (
        1_000_000,
        re.compile(
            rf"{TIMES}(?:1[. ]?000[. ]?000\b|(?:1\s*)?(?:mln|miljoen))"
            r"|\bin\s+(?:hele\s+)?(?:mln|miljoen(?:en)?)\b|(?:€|\beuro)\s*mln\b|\bmln\.?\s*(?:€|euro)"
        ),
    ),
    (
        1_000,
        re.compile(
            rf"{TIMES}(?:1[. ]?000\b(?![. ]?\d)|(?:1\s*)?duizend)"
            r"|\bin\s+(?:hele\s+)?duizend(?:en|tallen)?\b|\bduizend(?:en|tallen)?\s+euro|\bk€|€k\b"
        ),
    ),
)
# No samenwerkingsverband has this much; an amount above it was not in thousands.
MOST_EUROS = 250_000_000


@dataclass(frozen=True)
class Units:
    """Per column of amounts by what it is multiplied, and the texts that say so.

    `factors` leaves out what is in euros; `contradicted` are columns for which the texts differ.
    """

    factors: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    contradicted: tuple[str, ...] = ()

    def notes(self, source: Source, columns: Mapping[str, Sequence[Any]]) -> Iterator[str]:
        """What was multiplied, with the first amount as an example."""
        for name, factor in self.factors.items():
            amounts = [value for value in columns[name] if value]
            example = f", dus het eerste telt als {_euros(amounts[0])}" if amounts else ""
            yield (
                f"In het bestand staat “{shown(self.texts[name][0])}”: de bedragen in "
                f"“{source.columns[name].label}” zijn maal {_dots(factor)} gedaan{example}."
            )

    def doubts(self, source: Source, columns: Mapping[str, Sequence[Any]]) -> Iterator[Doubt]:
        """Two units for one column, or amounts that cannot be in that unit."""
        for name in filter(columns.get, self.contradicted):
            both = " en ".join(f"“{shown(text)}”" for text in self.texts[name])
            advice = f"Laat één van beide staan en lever opnieuw aan. {NOTHING_STORED}."
            finding = CellFinding(both, f"één eenheid voor “{source.columns[name].label}”", advice)
            yield Doubt((0, name), finding, frozenset())
        for name, factor in self.factors.items():
            for place, value in enumerate(columns[name]):
                if value is not None and abs(value) > MOST_EUROS:
                    said = f"{_euros(value / factor)} maal {_dots(factor)}"
                    advice = (
                        f"Boven de tabel staat “{shown(self.texts[name][0])}”, maar dan is dit "
                        f"{_euros(value)}. Haal die regel weg als de bedragen hele euro's zijn, en "
                        f"lever opnieuw aan. {NOTHING_STORED}."
                    )
                    expected = f"een bedrag van hoogstens {_euros(Decimal(MOST_EUROS))}"
                    finding = CellFinding(said, expected, advice)
                    yield Doubt((place, name), finding, frozenset([(place, name)]))
                    break


def units(recognised: Recognised, cells: Cells, beside: Iterable[Value]) -> Units:
    """What the sheet says of its amounts: in its titles, its header, or `beside` the rows."""
    factors, texts, contradicted = {}, {}, []
    around = [text for text in (*recognised.titles, *beside) if isinstance(text, str)]
    for name, at in recognised.mapping.items():
        if recognised.source.columns[name].type != "euro":
            continue
        header = recognised.header.name_of(at)
        own = [value for value in cells[name] if isinstance(value, str)]
        found = {_factor(text): text for text in reversed([*around, header, *own])}
        found.pop(1, None)
        if len(found) > 1:
            contradicted.append(name)
        elif found:
            factors[name] = next(iter(found))
        texts[name] = tuple(as_text(text) for text in found.values())
    return Units(factors, texts, tuple(contradicted))


def _factor(text: str) -> int:
    looked_at = unaccented(text)
    return next((factor for factor, pattern in UNITS if pattern.search(looked_at)), 1)


def _euros(amount: Decimal) -> str:
    whole = amount == amount.to_integral_value()
    return f"€ {_dots(int(amount)) if whole else _dots(amount)}"


def _dots(number: Decimal | int) -> str:
    return f"{number:,}".replace(",", "_").replace(".", ",").replace("_", ".")
