"""The three steps of a quarter: who took them and when, what blocks the next one, and its form."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from kpi.cycle.closing import close
from kpi.cycle.quarter import QuarterState, close_without_late
from kpi.cycle.status import QuarterStatus, offer, second_reading
from kpi.cycle.verify import verify
from kpi.figure.monitor import Monitor
from kpi.formatting import signed_text
from pages.shared.blocks import progress
from pages.shared.recording import DEMO, form, tell
from pages.shared.text import lines, plain, remark, soft, strong

FOR_GOOD = (
    "Vaststellen kan één keer. De cijfers, de definities en de teksten krijgen dan een zegel. "
    "Wijzigt er later iets, dan staat dat hier en schrijft u een correctie."
)
OFFER, READ, CLOSE = "Zet klaar", "Ik heb het gelezen en ga akkoord", "Stel vast"


def steps(state: QuarterState) -> None:
    """Concept, read, closed: a line of three boxes, each with who and when."""
    taken = state.steps
    offered = (
        f"Klaargezet door {_signed(taken.offered)}" if taken.offered else "Nog niet klaargezet"
    )
    read = f"Door {_signed(taken.read)}" if taken.read else "Nog niet; door iemand anders"
    if taken.changed_after and not taken.seal:
        read = f"Opnieuw lezen: daarna kwam erbij {taken.changed_after}"
    sealed = f"Door {taken.seal.by}. Zegel {taken.seal.short}" if taken.seal else "Nog niet"
    boxes = (
        ("1. Concept", offered, taken.offered is not None),
        ("2. Tegengelezen", read, taken.is_read or taken.seal is not None),
        ("3. Vastgesteld", sealed, taken.seal is not None),
    )
    for place, (name, text, done) in zip(st.columns(3, gap="small"), boxes, strict=True):
        with place.container(border=True, gap="xxsmall", height="stretch"):
            st.markdown(lines(f"{'✓' if done else '○'} {strong(name)}", soft(text)))


def next_step(monitor: Monitor, state: QuarterState) -> None:
    """What must be done and what to keep in mind, and the form for the step that comes now."""
    tell()
    if state.steps.seal:
        _check(monitor, state)
        return
    if state.errors:
        st.warning(_listed("Nog te doen", state.errors), icon=":material/checklist:")
    if state.warnings:
        st.info(_listed("Let op", state.warnings), icon=":material/info:")
    if not state.errors:
        st.info("Alles is klaar om vast te stellen.", icon=":material/task_alt:")
    if monitor.is_demo:
        st.markdown(remark(DEMO))
    if state.late and not state.late_reason:
        with st.expander("Vaststellen zonder wat nog niet binnen is", key="zonder"):
            _without_late(monitor, state)
    _step(monitor, state)


def _step(monitor: Monitor, state: QuarterState) -> None:
    """A name and one button."""
    taken, quarter = state.steps, state.quarter
    take: Callable[[str], object]
    if taken.status is QuarterStatus.READ:
        st.markdown(remark(FOR_GOOD))
        name, label, take = "vaststellen", CLOSE, partial(_close, monitor, state)
        said = "Vastgesteld. Het zegel staat hierboven."
    elif taken.offered:
        name, label, take = "lezen", READ, partial(second_reading, monitor, quarter)
        said = "Vastgelegd: tegengelezen."
    else:
        st.markdown(remark("Klaar met het concept? Dan kan iemand anders het tegenlezen."))
        name, label, take = "klaar", OFFER, partial(offer, monitor, quarter)
        said = "Klaargezet. Nu leest iemand anders het tegen."
    enabled = label != CLOSE or not state.errors
    asks = form(f"stap_{name}", label, None, kind="primary", in_row=True, enabled=enabled)
    with asks as asked:
        pass  # it asks for a name only
    asked.record(take, said)


def _close(monitor: Monitor, state: QuarterState, author: str) -> None:
    with progress("Het kwartaal wordt vastgesteld."):
        close(monitor, state.quarter, author)


def _without_late(monitor: Monitor, state: QuarterState) -> None:
    with form(f"laat_{state.quarter.period_id}") as asked:
        reason = st.text_input("Waarom wacht u er niet op?", max_chars=300)
    asked.record(
        lambda author: close_without_late(monitor, state.quarter, reason, author),
        "Vastgelegd: u stelt vast zonder wat nog niet binnen is.",
    )


def _check(monitor: Monitor, state: QuarterState) -> None:
    """The seal, and the button that builds every figure again to see that it still holds."""
    seal = state.steps.seal
    assert seal is not None  # the caller looked
    asked = st.button("Ga na of het zegel klopt", icon=":material/verified:")
    st.markdown(remark(f"Het hele zegel: {seal.hash}"))
    if not asked:
        return
    with progress("Alle cijfers worden opnieuw berekend."):
        found = verify(seal.quarter, monitor.store.path)
    told = lines(strong(found.text), *map(plain, (*found.problems, *found.remarks)))
    if found.is_whole:
        st.success(told, icon=":material/verified:")
    else:
        st.error(told, icon=":material/gpp_bad:")


def _listed(heading: str, texts: tuple[str, ...]) -> str:
    return f"{strong(heading)}\n\n" + "\n".join(f"- {plain(text)}" for text in texts)


def _signed(line: object) -> str:
    return signed_text(getattr(line, "author", ""), getattr(line, "at", ""))
