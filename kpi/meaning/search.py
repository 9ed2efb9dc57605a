"""Searching the definitions: which KPIs use all the words somebody looks for."""

from data.plain import plain
from kpi.meaning.load import Kpi


def mentioning(kpis: dict[str, Kpi], wanted: str) -> list[Kpi]:
    """The KPIs whose definition holds every word, accents and capitals aside; "" finds all."""
    words = [plain(word) for word in wanted.split()]
    return [kpi for kpi in kpis.values() if all(word in _text(kpi) for word in words)]


def _text(kpi: Kpi) -> str:
    texts = [str(kpi.number), kpi.label, kpi.theme, kpi.question, kpi.why, kpi.counts]
    texts += [kpi.not_counts, kpi.source_note, kpi.owner, *kpi.footnotes]
    for measure in kpi.measures.values():
        texts += [measure.label, measure.numerator, measure.denominator, measure.unit]
    for segment in kpi.segments.values():
        texts += [segment.label, *segment.values.values()]
    texts += [version.change for version in kpi.versions]
    return plain(" ".join(texts))
