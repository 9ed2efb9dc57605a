"""Who waits hears how far the work is, from nothing to all of it, and in whose words."""

from data.progress import heard_by, part, step, tell


def work():
    with step(1, 2, "Eerst dit."):
        for done in range(4):
            tell(f"Deel {done} van 4.", done, 4)
    with step(2, 2, "Dan dat."), step(1, 2, "Een kleine stap."):
        tell("Bijna.", 1, 2)


def test_what_is_told_within_a_step_is_a_part_of_it():
    heard = []
    with heard_by(lambda part, text: heard.append((part, text))):
        work()
    assert heard[0] == (0.0, "Stap 1 van 2. Eerst dit.")
    assert heard[4] == (0.375, "Stap 1 van 2. Deel 3 van 4.")
    assert heard[-1] == (0.625, "Stap 2 van 2. Bijna.")
    assert [part for part, _ in heard] == sorted(part for part, _ in heard)


def test_work_that_has_a_name_is_heard_before_what_is_told_within_it():
    heard = []
    with (
        heard_by(lambda done, text: heard.append((done, text))),
        part(2, 2, "blad.pdf (2 van 2)"),
        step(2, 2, "Kleine aantallen."),
    ):
        tell("Nu dit.", 1, 2)
    assert heard == [
        (0.5, "blad.pdf (2 van 2)."),
        (0.75, "blad.pdf (2 van 2). Kleine aantallen."),
        (0.875, "blad.pdf (2 van 2). Nu dit."),
    ]


def test_without_anyone_who_waits_the_work_is_done_all_the_same():
    work()
    heard = []
    with heard_by(lambda part, text: heard.append(text)):
        tell("Niets te doen.", 0, 0)
    tell("Dit hoort niemand.", 1, 2)
    assert heard == ["Niets te doen."]
