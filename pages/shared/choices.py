"""The row on top of a page: its title, and the choices that stand in the address.

The address leads. What it does not hold comes from the choice made on an earlier page, then from
the default. `chosen` says what the page shows; the frame completes the address with it, so that a
copied link always shows this view.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import streamlit as st

from pages.shared.text import plain

_REMEMBERED = "keuzes"
_CHOSEN = "adres"
CHANGED = "wat_er_gedaan_is"


class TitleRow:
    """A title on the left, select boxes on the right, and a note for an address that is wrong."""

    def __init__(self, title: str = "") -> None:
        outer = st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"
        )
        with outer, st.container(gap=None, width="content"):
            self._title, self._caption = st.empty(), st.empty()
        with outer:
            self._place: Any = self._choices(width="content")
        self._notes = st.container()
        if title:
            self.title(title)

    def title(self, title: str) -> None:
        """The name of the page, when it depends on a choice."""
        self._title.title(plain(title), anchor=False)

    def heading(self, heading: str, anchor: str = "") -> None:
        """The name of a part of the page, when its choices stand beside it."""
        self._title.header(plain(heading), anchor=anchor or False)

    def caption(self, text: str) -> None:
        """One line under the title."""
        self._caption.markdown(f":gray[{plain(text)}]")

    def next_row(self) -> None:
        """Choices from here on stand in a row below the title."""
        self._place = self._choices(width="stretch")

    def _choices(self, width: Literal["content", "stretch"]) -> Any:  # noqa: ANN401
        return st.container(horizontal=True, vertical_alignment="bottom", gap="small", width=width)

    def choose(
        self,
        label: str,
        name: str,
        options: Mapping[str, str],
        default: str,
        width: int = 170,
        remembered: bool = False,
        resets: Sequence[str] = (),
    ) -> str:
        """A select box for the choice that is called `name` in the address.

        `options` maps what stands in the address to what the user reads. A value in the address
        that is not among them falls back to the default, with a note. `remembered` keeps a choice
        from page to page; `resets` names the choices that a change of this one makes meaningless.
        """
        given = st.query_params.get(name)
        if given is not None and given not in options:
            self._notes.warning(
                _unknown(label, given, options[default]), icon=":material/link_off:"
            )
            given = default
        earlier = _remembered().get(name) if remembered else None
        value = _first_known(options, given, earlier, default)
        key = f"keuze_{name}"
        st.session_state[key] = value
        with self._place:
            st.selectbox(
                label, list(options), format_func=lambda option: options.get(option, option),
                key=key, on_change=_write, args=(key, name, resets), width=width,
            )  # fmt: skip
        _keep(name, value)
        return value

    def button(self, label: str, name: str, value: str | None, shortcut: str, icon: str) -> None:
        """A button that makes a choice; out of use when there is no `value` to choose."""
        with self._place:
            st.button(
                label, key=f"{name}_{label}", on_click=put, args=(name, value or ""),
                disabled=value is None, shortcut=shortcut, icon=icon,
            )  # fmt: skip

    def search(self, label: str, name: str, width: int = 320) -> str:
        """A search box whose text stands in the address as `name`."""
        key = f"keuze_{name}"
        st.session_state[key] = st.query_params.get(name, _remembered().get(name, ""))
        with self._place:
            text = st.text_input(
                label, key=key, on_change=_write, args=(key, name), width=width, max_chars=80
            )
        _keep(name, text)
        return text.strip()


def given(name: str) -> str:
    """The text of a choice in the address, or of an earlier page; "" when there is none."""
    return st.query_params.get(name, _remembered().get(name, ""))


def fill_in(label: str, name: str, usual: str, explanation: str = "") -> None:
    """A box for a short text that stands in the address as `name`, unless it is the usual one."""
    key = f"keuze_{name}"
    text = given(name) or usual
    st.session_state[key] = text
    st.text_input(
        label, key=key, on_change=_write, args=(key, name), help=explanation, max_chars=20
    )
    _keep(name, "" if text.strip() == usual else text)


def clear(names: Sequence[str]) -> None:
    """Take these choices back; for the callback of a button, as `put`."""
    for name in names:
        put(name, "")


def begin() -> None:
    """Before a page is shown: it has chosen nothing yet."""
    st.session_state[_CHOSEN] = {}


def chosen() -> dict[str, str]:
    """Every choice of the page that was just shown, by its name in the address."""
    found: dict[str, str] = st.session_state.setdefault(_CHOSEN, {})
    return found


def start_again(said: str = "") -> None:
    """Run anew with the defaults: after the store has changed, earlier choices may not exist.

    said: what was done, for `recording.tell(CHANGED)` on the page that comes.
    """
    st.session_state[CHANGED] = said
    st.session_state[_REMEMBERED] = {}
    st.query_params.clear()
    st.rerun()


def put(name: str, value: str, resets: Sequence[str] = ()) -> None:
    """A new choice comes in the address, in one step that the back button takes back.

    Call it before the page runs, in a callback, so that the page finds the choice there.
    """
    _remembered()[name] = value
    kept = {other: st.query_params[other] for other in st.query_params if other not in resets}
    kept |= {name: value}
    st.query_params.from_dict({other: text for other, text in kept.items() if text})


def _keep(name: str, value: str) -> None:
    """Remember a choice for the address of this page and for the other pages."""
    chosen()[name] = value
    _remembered()[name] = value


def _write(key: str, name: str, resets: Sequence[str] = ()) -> None:
    """What was picked in a box."""
    put(name, st.session_state[key], resets)


def _remembered() -> dict[str, str]:
    remembered: dict[str, str] = st.session_state.setdefault(_REMEMBERED, {})
    return remembered


def _first_known(options: Mapping[str, str], *wanted: str | None) -> str:
    return next(value for value in wanted if value is not None and value in options)


def _unknown(label: str, given: str, shown: str) -> str:
    return (
        f"{label}: ‘{plain(given[:60])}’ uit het adres bestaat hier niet. "
        f"U ziet {plain(shown)}. Kies hierboven wat u wilt zien."
    )
