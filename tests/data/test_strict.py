"""The reader of all TOML: what is wrong is said all at once, each with its place."""

import tomllib
from dataclasses import dataclass, field
from decimal import Decimal

from data.strict import NAMED, Findings, parts, read_named, read_rows, read_table


@dataclass(frozen=True)
class Leaf:
    name: str = field(metadata=NAMED)
    size: Decimal = Decimal(0)


@dataclass(frozen=True)
class Branch:
    text: str
    pair: tuple[int, int] | None = None

    def wrong_parts(self):
        return ["is leeg."] if not self.text else []


@dataclass(frozen=True)
class Tree:
    trunk: Branch
    leaves: dict[str, Leaf] = field(default_factory=dict)
    branches: tuple[Branch, ...] = parts("tak", default=())


def read(text):
    findings = Findings()
    return read_table(Tree, tomllib.loads(text), "boom", findings), findings.errors


def test_tables_within_tables_are_read_by_their_own_dataclass():
    tree, errors = read(
        'trunk = { text = "a", pair = [1, 2] }\n'
        'leaves.x = { size = 2 }\nbranches = [{ text = "b" }]'
    )
    assert errors == []
    assert tree == Tree(Branch("a", (1, 2)), {"x": Leaf("x", Decimal(2))}, (Branch("b"),))


def test_every_error_of_every_level_is_said_with_its_place():
    tree, errors = read(
        'trunk = { text = "", pair = [1] }\nleavs = 1\n'
        '[leaves]\nx = { size = "groot", name = "y" }\n'
        '[[branches]]\ntext = ""\n[[branches]]\n'
    )
    assert tree is None
    assert sorted(errors) == [
        "boom [leaves] x: onbekende sleutel 'name'. Kies uit: size.",
        "boom [leaves] x: sleutel 'size' is 'groot'; verwacht een getal.",
        "boom [trunk]: sleutel 'pair' is [1]; verwacht een lijst tussen [ en ].",
        "boom tak 1: is leeg.",
        "boom tak 2: sleutel 'text' ontbreekt.",
        "boom: onbekende sleutel 'leavs'. Bedoelde u 'leaves'?",
    ]


def test_one_wrong_row_is_left_out_and_the_others_keep_their_number():
    findings = Findings()
    rows = [{"txt": "a"}, {"text": "b"}, 3]
    assert read_rows(Branch, rows, "rij", findings, {"pair": [3, 4]}) == {2: Branch("b", (3, 4))}
    assert findings.errors[-1] == "rij 3: verwacht een tabel."


def test_what_is_no_list_or_no_table_is_said():
    findings = Findings()
    assert read_rows(Branch, "a", "[[a]]", findings) == {}
    assert read_named(Leaf, [], "[b]", findings) == {}
    assert findings.errors == [
        "[[a]]: verwacht een lijst van tabellen.", "[b]: verwacht tabellen met een naam.",
    ]  # fmt: skip
