"""How citizens come to a person: each figure on an example counted by hand."""

from sqlalchemy import insert

from bot.handoffs import measures
from bot.handoffs.states import Cause, Happening
from bot.handoffs.tables import handoff_event
from bot.handoffs.waits import Waits
from bot.steering import people
from bot.steering.people import Safety
from tests.steering.town import WEEK, Town, at


def test_handoffs_are_counted_by_cause_without_those_staff_began() -> None:
    found = people.handoffs({Cause.ASKED: 3, Cause.SAFETY: 1, Cause.STAFF: 9}, 40)
    rows = {row.keys[0]: (row.count, row.of) for row in found.rows}
    assert (found.n, rows["asked"], rows["all"]) == (4, (3, 40), (4, 40))
    assert "staff" not in rows


def test_waits_that_did_not_end_stand_beside_those_that_did() -> None:
    """A median of the lucky ones alone looks best where nobody is served."""
    rows = people.waiting("first_response", Waits(5, 2, 2, 1, 45.0, 60.0)).rows
    assert [(row.keys[0], row.count, row.value) for row in rows] == [
        ("median", 2, 45.0),
        ("p90", 2, 60.0),
        ("pending", 2, None),
        ("never", 1, None),
    ]


def test_the_queries_count_what_was_opened_in_the_period(town: Town) -> None:
    an, binh, chi, dung, emi = (town.citizen(name) for name in ("an", "binh", "chi", "dung", "emi"))
    town.handoff(an, Cause.SAFETY, at(16), 200)
    late = town.handoff(binh, Cause.SAFETY, at(17), 900)
    town.handoff(chi, Cause.SAFETY, at(18))
    town.handoff(dung, Cause.ASKED, at(19), 30)
    town.handoff(emi, Cause.ASKED, at(9), 30)
    town.connection.execute(
        insert(handoff_event).values(handoff_id=late, happening=Happening.REOPENED.value, at=at(17))
    )
    assert people.count_causes(town.connection, WEEK) == {Cause.SAFETY: 3, Cause.ASKED: 1}
    assert people.count_reopened(town.connection, WEEK) == 1
    found = people.count_safety(town.connection, WEEK, 7)
    assert found == Safety(messages=7, opened=3, in_time=1, late=1)
    rows = {row.keys[0]: (row.count, row.of) for row in people.safety(found).rows}
    assert rows == {"in_time": (1, 3), "late": (1, 3), "never": (1, 3), "messages": (7, None)}
    assert people.count_first_response(town.connection, WEEK) == measures.first_response(
        town.connection, WEEK.start, WEEK.end
    )
    waited = measures.first_response(town.connection, WEEK.start, WEEK.end)
    assert (waited.opened, waited.reached, waited.median) == (4, 3, 200)
    assert people.count_resolution(town.connection, WEEK) == measures.resolution(
        town.connection, WEEK.start, WEEK.end
    )
    assert people.reopened(1, waited.opened).rows[0].value == 0.25


def test_waits_counted_by_the_database_mean_the_same(town: Town) -> None:
    """The queue page and the dashboard would tell two different medians."""
    for number, wait in enumerate((5, 50, 10, 400, 20, 40, 30, 15, 25, 35, None, 60)):
        cause = Cause.STAFF if number == 3 else Cause.ASKED
        town.handoff(town.citizen(f"c{number}"), cause, at(17), wait)
    found = people.count_first_response(town.connection, WEEK)
    assert found == measures.first_response(town.connection, WEEK.start, WEEK.end)
    assert (found.opened, found.reached, found.pending, found.median, found.p90) == (11, 10, 1, 27.5, 50)
    assert people.count_first_response(town.connection, WEEK.before()) == Waits(0, 0, 0, 0, None, None)
