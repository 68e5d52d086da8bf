"""What citizens lose when these fail: a reminder that never comes, or comes for what is long done."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine

from bot.conversations.people import Person
from bot.notices import queue, reminders
from bot.notices.kinds import Kind
from bot.notices.reminders import Reminders
from bot.notices.states import State, Told
from bot.notices.tables import reminder
from tests.notices.conftest import CODE, DAY, DRAFT, HOURS, NOW, at

Meet = Callable[..., Person]
PLANNED = Reminders(HOURS)


def dues(connection: Connection, here: str) -> list[tuple[Kind, float]]:
    return [(one.kind, one.due_at) for one in queue.due(connection, here, NOW + 365 * DAY)]


def test_a_prepared_draft_is_asked_about_after_two_and_seven_days(engine: Engine, citizen: Meet) -> None:
    here = citizen().conversation_id
    with engine.begin() as connection:
        PLANNED.draft_prepared(connection, here, DRAFT, NOW)
        assert dues(connection, here) == [
            (Kind.DRAFT_WAITING, NOW + 2 * DAY),
            (Kind.DRAFT_WAITING, NOW + 7 * DAY),
        ]


def test_preparing_again_starts_the_days_anew(engine: Engine, citizen: Meet) -> None:
    """Two questions about a draft, not four."""
    here = citizen().conversation_id
    with engine.begin() as connection:
        for days in (0, 1, 1):
            PLANNED.draft_prepared(connection, here, DRAFT, NOW + days * DAY)
        assert [due for _, due in dues(connection, here)] == [NOW + 3 * DAY, NOW + 8 * DAY]


def test_said_to_be_handed_in_is_asked_about_the_code_the_next_day(engine: Engine, citizen: Meet) -> None:
    here = citizen().conversation_id
    with engine.begin() as connection:
        PLANNED.draft_prepared(connection, here, DRAFT, NOW)
        PLANNED.told_submitted(connection, here, DRAFT, NOW)
        assert dues(connection, here) == [(Kind.CODE_MISSING, NOW + DAY)]


def test_planning_twice_is_planning_once(engine: Engine, citizen: Meet) -> None:
    here = citizen().conversation_id
    with engine.begin() as connection:
        for _ in range(2):
            assert PLANNED.plan(connection, here, Kind.OVERDUE, CODE, NOW, NOW)
        assert len(dues(connection, here)) == 1


def test_what_was_told_is_not_told_again_on_the_same_day(engine: Engine, citizen: Meet) -> None:
    me = citizen()
    with engine.begin() as connection:
        PLANNED.plan(connection, me.conversation_id, Kind.OVERDUE, CODE, NOW, NOW)
        one = queue.due(connection, me.conversation_id, NOW)[0]
        assert queue.take(connection, one, Told.NOTICE, me.id, NOW)
        assert not queue.take(connection, one, Told.NOTICE, me.id, NOW)
        assert not PLANNED.plan(connection, me.conversation_id, Kind.OVERDUE, CODE, NOW, NOW)
        assert PLANNED.plan(connection, me.conversation_id, Kind.OVERDUE, CODE, NOW, NOW, mark="other news")
        assert PLANNED.plan(connection, me.conversation_id, Kind.OVERDUE, CODE, NOW + DAY, NOW)


def test_another_hour_of_the_same_day_replaces_the_first(engine: Engine, citizen: Meet) -> None:
    here = citizen().conversation_id
    with engine.begin() as connection:
        for due_at in (at("25/11/2026 08:00"), at("25/11/2026 14:00")):
            PLANNED.plan(connection, here, Kind.CITIZEN_SET, "", due_at, NOW)
        assert dues(connection, here) == [(Kind.CITIZEN_SET, at("25/11/2026 14:00"))]


def test_a_dossier_handed_in_or_given_up_is_not_asked_about(engine: Engine, citizen: Meet) -> None:
    here, other = citizen().conversation_id, citizen().conversation_id
    with engine.begin() as connection:
        for conversation_id in (here, other):
            PLANNED.draft_prepared(connection, conversation_id, DRAFT, NOW)
        PLANNED.plan(connection, here, Kind.OVERDUE, CODE, NOW, NOW)
        assert reminders.cancel(connection, here, DRAFT, NOW) == 2
        assert reminders.cancel(connection, here, DRAFT, NOW) == 0
        assert [kind for kind, _ in dues(connection, here)] == [Kind.OVERDUE]
        assert len(dues(connection, other)) == 2
        states = connection.execute(select(reminder.c.state).where(reminder.c.subject == DRAFT)).scalars()
        assert sorted(states) == [State.CANCELLED.value] * 2 + [State.WAITING.value] * 2


def test_supplement_reminders_end_with_the_supplement_and_nothing_else(engine: Engine, citizen: Meet) -> None:
    here = citizen().conversation_id
    with engine.begin() as connection:
        for kind in (Kind.SUPPLEMENT_7, Kind.SUPPLEMENT_12):
            PLANNED.plan(connection, here, kind, CODE, NOW, NOW)
        PLANNED.plan(connection, here, Kind.OVERDUE, CODE, NOW, NOW)
        ended = reminders.cancel(connection, here, CODE, NOW, (Kind.SUPPLEMENT_7, Kind.SUPPLEMENT_12))
        assert ended == 2
        assert [kind for kind, _ in dues(connection, here)] == [Kind.OVERDUE]


def test_of_several_that_piled_up_the_last_is_enough(engine: Engine, citizen: Meet) -> None:
    """All gateways were down for a week."""
    here = citizen().conversation_id
    with engine.begin() as connection:
        PLANNED.plan(connection, here, Kind.SUPPLEMENT_7, CODE, at("17/11/2026 08:00"), NOW - 7 * DAY)
        PLANNED.plan(connection, here, Kind.SUPPLEMENT_12, CODE, at("22/11/2026 08:00"), NOW - 2 * DAY)
        PLANNED.draft_prepared(connection, here, DRAFT, NOW - 8 * DAY)
        waiting = queue.due(connection, here, NOW)
        kept = [one for one in waiting if one.id not in queue.outdated(waiting)]
    assert [(one.kind, one.due_at) for one in kept] == [
        (Kind.SUPPLEMENT_12, at("22/11/2026 08:00")),
        (Kind.DRAFT_WAITING, NOW - DAY),
    ]
