"""The improvement plan in a seal: its text is read back, also when that of now is another."""

from small_quarter import QUARTER

from data.deliveries.store import Store
from kpi.cycle.seal import rebuilt, seal_of
from kpi.meaning.profile import PROFILES
from kpi.plans.orders import improvement_plan

PLAN = (PROFILES / "dordrecht" / "verbeterplan.toml").read_text(encoding="utf-8")


def test_the_plan_of_a_sealed_quarter_is_that_of_then(closed):
    store = Store(closed)
    seal = seal_of(store, QUARTER)
    texts = {
        **seal.contents["texts"],
        "profiles/groningen_stad/verbeterplan.toml": {"text": PLAN.replace("RPO1", "RPO2")},
    }
    then = rebuilt(store, seal.made_from, texts, "groningen_stad", demo=False)
    assert improvement_plan(then).orders[0].standard == "RPO2"
