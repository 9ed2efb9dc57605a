"""The form that adds an activity or changes one."""

from collections.abc import Sequence

import streamlit as st

from kpi.figure.monitor import Monitor
from kpi.plans.activities import (
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_RESULT,
    LONGEST_TEXT,
    put_activity,
)
from kpi.plans.activity import Activity, Direction, Plan
from kpi.plans.effect import size_name
from kpi.plans.filled_in import MONTH, ActivityForm, filled_in, form_of
from pages.shared import recording
from pages.shared.text import lines, remark, strong

NEW = ""
DONE = "activiteit_vastgelegd"
HINT = (
    "Schrijf bij wie een komma tussen partijen, en bij geld bijvoorbeeld: ca. € 5.000 per jaar. "
    "Schrijf zonder namen van personen. De oude tekst blijft bewaard."
)
EFFECT = (
    "Alleen als u een getal durft te noemen. De monitor zegt later of het te zien is in de cijfers "
    "van het hele samenwerkingsverband: zichtbaar, niet zichtbaar of niet te zeggen. Bij een stand "
    "of een bedrag uit de boekhouding is dat altijd niet te zeggen."
)
NO_EFFECT = "geen verwacht effect"


def form(monitor: Monitor, of_year: Sequence[Activity], school_year: str) -> None:
    """Choose an activity or a new one; everything about it stands in one form."""
    recording.tell(DONE)
    known = {item.id: item for item in of_year}
    names = {NEW: "een nieuwe activiteit"} | {item.id: item.short for item in of_year}
    chosen = st.selectbox(
        "Wat wilt u toevoegen of wijzigen?", list(names), format_func=names.__getitem__
    )
    changes = known.get(chosen)
    with recording.form(f"activiteit_{chosen}", icon=":material/save:", note=HINT) as asked:
        filled = _fields(monitor, of_year, changes, chosen)
        checked = st.checkbox("De namen hierin zijn geen personen, maar scholen of projecten")

    def put(author: str) -> str:
        item = filled_in(monitor, filled, school_year, changes)
        put_activity(monitor, item, author, names_checked=checked)
        return f"Vastgelegd: {item.short}."

    asked.record(put, place=DONE)


def _fields(
    monitor: Monitor, of_year: Sequence[Activity], changes: Activity | None, key: str
) -> ActivityForm:
    """The boxes, filled with what stands there; their keys differ per activity."""
    was = (
        form_of(changes)
        if changes
        else ActivityForm(Plan.YEAR_PLAN, 1, "", "", "", "", "", "", "", ())
    )
    themes = {item.theme_number: item.theme_text for item in of_year}
    plans = [str(item) for item in Plan]
    one, two, three, four = st.columns([1, 2, 1, 2])
    plan = one.selectbox("Plan", plans, plans.index(was.plan), key=f"{key}_plan")
    theme = two.selectbox(
        "Thema", list(themes), list(themes).index(was.theme_number) if changes else 0,
        format_func=themes.__getitem__, key=f"{key}_thema",
    )  # fmt: skip
    number = three.text_input("Nummer", was.number, max_chars=3, key=f"{key}_nummer")
    period = four.text_input("Wanneer?", was.period, max_chars=LONGEST_NAME, key=f"{key}_periode")
    what = st.text_area("Wat gebeurt er?", was.what, max_chars=LONGEST_TEXT, key=f"{key}_wat")
    result = st.text_area(
        "Wat moet het opleveren?", was.result, max_chars=LONGEST_RESULT, key=f"{key}_resultaat"
    )
    left, right = st.columns(2)
    who = left.text_input("Wie?", was.who, max_chars=LONGEST_NOTE, key=f"{key}_wie")
    people = right.text_input(
        "Welke mensen?", was.people, max_chars=LONGEST_NOTE, key=f"{key}_mensen"
    )
    money = left.text_input("Hoeveel geld?", was.money, max_chars=LONGEST_NOTE, key=f"{key}_geld")
    kpis = right.multiselect(
        "Voor welke KPI’s?", list(monitor.kpis), list(was.kpis),
        format_func=lambda name: monitor.kpis[name].name,
        key=f"{key}_kpis", placeholder="Kies KPI’s",
    )  # fmt: skip
    expected = _effect_fields(monitor, was, key)
    return ActivityForm(
        plan, theme, number, period, what, who, result, people, money, kpis, *expected
    )


def _effect_fields(monitor: Monitor, was: ActivityForm, key: str) -> tuple[str, str, str, str]:
    """Which KPI should move, which way, how far and from when; all of it may stay empty."""
    st.markdown(lines(strong("Verwacht effect (mag leeg blijven)"), remark(EFFECT)))
    names = {NEW: NO_EFFECT} | {
        kpi.id: f"{kpi.name} ({size_name(kpi)})" for kpi in monitor.kpis.values()
    }
    ways = [str(item) for item in Direction]
    one, two, three, four = st.columns([4, 1, 1, 1])
    kpi = one.selectbox(
        "Welk cijfer verandert?", list(names), list(names).index(was.effect_kpi),
        format_func=names.__getitem__, key=f"{key}_effect",
    )  # fmt: skip
    way = two.selectbox(
        "Welke kant op?", ways, ways.index(was.effect_direction), key=f"{key}_richting"
    )
    size = three.text_input(
        "Hoeveel?", was.effect_size, max_chars=10, placeholder="5", key=f"{key}_grootte"
    )
    by = four.text_input(
        "Vanaf welke maand?", was.effect_by, max_chars=20, placeholder=MONTH, key=f"{key}_vanaf"
    )
    return kpi, way, size, by
