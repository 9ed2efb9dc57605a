"""The bill of materials names what is installed, and only what may be used and passed on freely."""

import json
import re
from email.message import Message

import bill
import pytest

FREE = {
    "MIT", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "0BSD", "Apache-2.0", "PSF-2.0", "MPL-2.0",
    "Zlib", "CC0-1.0",
}  # fmt: skip


def made():
    return json.loads(bill.BILL.read_text(encoding="utf-8"))


def test_it_names_every_package_of_the_list_and_no_other():
    listed = bill.packages(bill.LIST.read_text(encoding="utf-8"))
    assert len(listed) > 40
    assert [(one["name"], one["version"]) for one in made()["components"]] == listed
    assert made() == bill.bill(bill.LIST.read_text(encoding="utf-8"))


def test_every_licence_is_a_free_one():
    for one in made()["components"]:
        (said,) = one["licenses"]
        terms = set(re.split(r" AND | OR |[()]", said["expression"])) - {""}
        assert terms <= FREE, one["name"]


def test_a_package_of_which_nobody_says_the_licence_is_not_passed_over(monkeypatch):
    monkeypatch.setattr(bill.installed, "metadata", lambda name: Message())
    with pytest.raises(LookupError, match="onbekend"):
        bill.licence("onbekend")
