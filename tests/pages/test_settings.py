"""Settings that keep the monitor offline, private and quick."""

import tomllib

import pytest
from reading import ROOT
from streamlit import config


@pytest.fixture(scope="module")
def settings():
    return tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def test_every_setting_exists_in_this_version(settings):
    """Streamlit only warns about an unknown setting; a hidden one may disappear silently."""
    known = config.get_config_options()
    for section, options in settings.items():
        for name in options:
            assert f"{section}.{name}" in known, f"{section}.{name}"


def test_nothing_leaves_this_computer(settings):
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["server"]["address"] == "localhost"
    assert settings["client"]["disableDataExport"] is True


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_all_text_can_be_read(settings):
    theme = settings["theme"]
    grounds = [theme["backgroundColor"], theme["secondaryBackgroundColor"]]
    texts = ("textColor", "linkColor", "primaryColor", "grayTextColor", "orangeTextColor")
    for name in texts:
        for ground in grounds:
            assert contrast(theme[name], ground) >= 4.5, name
    for colour in ("blue", "orange", "yellow", "red", "green"):
        text, ground = theme[f"{colour}TextColor"], theme[f"{colour}BackgroundColor"]
        assert contrast(text, ground) >= 4.5, colour


def test_every_mark_can_be_seen(settings):
    for colour in settings["theme"]["chartCategoricalColors"]:
        assert contrast(colour, settings["theme"]["backgroundColor"]) >= 3, colour
