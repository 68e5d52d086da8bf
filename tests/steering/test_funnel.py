"""From the question to the result, on an example counted by hand."""

from bot.dossiers.milestone import DropOff, Milestone
from bot.steering import funnel
from tests.steering.town import WEEK, Town, at


def test_the_funnel_follows_the_drafts_begun_in_the_period(town: Town) -> None:
    """Results of last month's drafts would make this month's look twice as good."""
    for number in range(4):
        town.step(f"d{number}", Milestone.IDENTIFIED, at(16))
    for number in range(3):
        town.step(f"d{number}", Milestone.CHECKLIST, at(17))
    town.step("d0", Milestone.READY, at(24))
    town.step("d0", Milestone.OPENED, at(24))
    town.step("d3", Milestone.GAVE_UP, at(18), DropOff.NO_ACCOUNT)
    town.step("d2", Milestone.GAVE_UP, at(18))
    town.step("old", Milestone.IDENTIFIED, at(9))
    town.step("old", Milestone.SUBMITTED, at(17))
    cohort = funnel.count_cohort(town.connection, WEEK)
    rows = [(row.keys[0], row.count, row.of) for row in funnel.funnel(10, cohort).rows]
    assert rows == [
        ("asked", 10, None),
        ("identified", 4, 10),
        ("checklist", 3, 4),
        ("ready", 1, 4),
        ("opened", 1, 4),
        ("submitted", None, None),
        ("accepted", None, None),
        ("returned", None, None),
    ]
    reasons = funnel.drop_off(cohort)
    assert reasons.n == 1
    assert {row.keys[0] for row in reasons.rows if row.count} == {"no_account"}


def test_what_nobody_tells_is_not_measured_and_our_own_steps_are_zero() -> None:
    """A zero would say that nobody handed in, which nobody knows."""
    rows = {row.keys[0]: row.count for row in funnel.funnel(0, funnel.Cohort({}, {})).rows}
    assert (rows["submitted"], rows["ready"]) == (None, 0)
