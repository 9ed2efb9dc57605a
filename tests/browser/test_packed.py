"""Scripts go to the browser packed, the same for everyone, and only to who can unpack them."""

import gzip
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import streamlit as st
from visiting import Site

STATIC = Path(st.__file__).parent / "static" / "static"
CHART = next(STATIC.glob("js/PlotlyChart.*.js"))
ADDRESS = f"static/js/{CHART.name}"


def asked(site: Site, path: str, **sent: str) -> tuple[bytes, dict[str, str]]:
    """What the server answers, as it came over the line, with its headers in small letters."""
    request = urllib.request.Request(f"{site.address}/{path}", headers=sent)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return answer.read(), {name.lower(): text for name, text in answer.headers.items()}


@pytest.mark.parametrize("turn", [1, 2])
def test_a_script_comes_packed_and_stays_for_a_year(site: Site, turn: int) -> None:
    content, told = asked(site, ADDRESS, **{"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(content) == CHART.read_bytes()
    assert len(content) < CHART.stat().st_size / 3
    assert told["content-encoding"] == "gzip"
    assert told["content-length"] == str(len(content))
    assert "immutable" in told["cache-control"]
    assert "content-security-policy" in told


def test_who_cannot_unpack_gets_it_as_it_is(site: Site) -> None:
    content, told = asked(site, ADDRESS)
    assert content == CHART.read_bytes()
    assert "content-encoding" not in told


def test_a_part_of_a_file_does_not_become_the_file_for_others(site: Site) -> None:
    other = next(STATIC.glob("js/StreamlitMarkdown.*.js"))
    path = f"static/js/{other.name}"
    asked(site, path, **{"Accept-Encoding": "gzip", "Range": "bytes=0-9"})
    content, _ = asked(site, path, **{"Accept-Encoding": "gzip"})
    assert gzip.decompress(content) == other.read_bytes()


def test_the_page_itself_is_never_kept(site: Site) -> None:
    for path in ("", "static/js/is-er-niet.js"):
        _, told = asked(site, path, **{"Accept-Encoding": "gzip"})
        assert "immutable" not in told["cache-control"]
