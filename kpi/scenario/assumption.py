"""What a scenario assumes: each assumption with unit, bounds, explanation and source."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from pathlib import Path

from data.strict import Findings, read_rows, read_toml
from kpi import formatting
from kpi.meaning.choices import Labelled

FILE = Path(__file__).with_name("assumptions.toml")
OUT_OF_BOUNDS = "{}: vul een getal in van {}."
TOO_MUCH = "{first} en {second} zijn samen meer dan 100%. Maak er één kleiner."
NOT_WHOLE = "{label}: vul een heel getal in."
PARTS_OF_A_WHOLE = (("share_midden", "share_hoog"), ("expertise_share", "overhead_share"))


class ChainStep(Labelled):
    """A link of the chain, in order; the label is shown on screen and paper."""

    REFER = "verwijzen", "Verwijzingen"
    PLACE = "plaatsen", "Plaatsen in het VSO"
    CONTRIBUTE = "bijdragen", "Bijdrage aan het VSO"
    DISTRIBUTE = "verdelen", "Verdeling van de middelen"
    RESERVE = "reserveren", "Reserve"


@dataclass(frozen=True)
class Assumption:
    """One assumption. Without `default` its value is estimated from the figures, as `how` says.

    name: how it is called in an address. low, high: what may be filled in. per: what the unit is
    counted over, after the unit.
    """

    id: str
    name: str
    step: ChainStep
    label: str
    unit: str
    decimals: int
    low: float
    high: float
    how: str
    explanation: str
    per: str = ""
    default: float | None = None
    source: str = ""

    def text(self, value: float) -> str:
        """The value with its unit: "0,811%", "€ 22.085", "1,2 jaar"."""
        return formatting.quantity(value, self.unit, self.decimals)

    def typed(self, value: float) -> str:
        """The value as one would type it: "0,811"."""
        return formatting.number(value, self.decimals)

    @property
    def unit_text(self) -> str:
        """The unit and what it is counted over: "% van de baten, per jaar"."""
        return f"{formatting.unit_name(self.unit)} {self.per}".strip()

    @property
    def unit_short(self) -> str:
        """The unit alone: "%", "€", "jaar"."""
        return "€" if self.unit == formatting.EURO else formatting.unit_name(self.unit)

    def parsed(self, text: str) -> float:
        """What somebody typed; WrongAssumption says what may be typed."""
        try:
            value = float(formatting.parse_number(text.removesuffix(self.unit)))
        except ValueError as error:
            raise WrongAssumption(f"{self.label}: {error}") from error
        self.check(value)
        return value

    def check(self, value: float) -> None:
        """Refuse what lies outside the bounds with WrongAssumption."""
        if not self.low <= value <= self.high:
            raise WrongAssumption(OUT_OF_BOUNDS.format(self.label, self.bounds_text))
        if not self.decimals and value != round(value):
            raise WrongAssumption(NOT_WHOLE.format(label=self.label))

    @property
    def bounds_text(self) -> str:
        """ "0% tot en met 5%"."""
        ends = (
            formatting.quantity(end, self.unit, formatting.decimals_of(end))
            for end in (self.low, self.high)
        )
        return " tot en met ".join(ends)


class WrongAssumption(ValueError):
    """An assumption outside what can be; a Dutch sentence that says what to fill in."""


@dataclass(frozen=True)
class Assumptions:
    """A value for every assumption, in the unit of assumptions.toml (percentages 0–100)."""

    referral_share: float
    pupil_growth: float
    lag: float
    entrants_per_referral: float
    outflow: float
    share_midden: float
    share_hoog: float
    amount: float
    factor_midden: float
    factor_hoog: float
    count_lag: float
    index: float
    income_change: float
    result_share: float
    absorbed: float
    expertise_share: float
    overhead_share: float
    signal_share: float
    signal_floor: float

    def of(self, assumption: Assumption) -> float:
        """The value of one of them."""
        return float(asdict(self)[assumption.id])


@cache
def load_assumptions() -> Mapping[str, Assumption]:
    """Every assumption by id, in the order of the chain. DefinitionError when the file is wrong."""
    findings = Findings()
    table = findings.checked(read_toml(FILE, FILE.name, findings))
    read = read_rows(Assumption, table.get("assumptions"), f"{FILE.name} aanname", findings)
    found = {item.id: item for item in read.values()}
    for name in sorted({field.name for field in fields(Assumptions)} ^ found.keys()):
        findings.add(FILE.name, f"aanname '{name}' hoort er niet bij, of ontbreekt.")
    return findings.checked(found)


def assumptions_of(step: ChainStep) -> list[Assumption]:
    """The assumptions of one link of the chain."""
    return [item for item in load_assumptions().values() if item.step is step]


def check_together(values: Assumptions) -> None:
    """Refuse parts of a whole that are more than the whole with WrongAssumption."""
    known = load_assumptions()
    for first, second in PARTS_OF_A_WHOLE:
        if values.of(known[first]) + values.of(known[second]) > 100:
            labels = {"first": known[first].label, "second": known[second].label}
            raise WrongAssumption(TOO_MUCH.format(**labels))
