"""What citizens lose when these fail: hearing that a fee or a paper changed before they set out."""

from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine

from bot.conversations.people import Person
from bot.notices import consent, queue
from bot.notices.changed import Part, parts_in
from bot.notices.erasing import erase, move
from bot.notices.kinds import Kind
from bot.notices.purpose import Purpose
from bot.notices.queue import Due
from bot.notices.states import State
from bot.notices.tables import procedure_watch, reminder
from bot.notices.watching import MOST_WATCHED, announce, unwatch, watch, watched, watchers
from tests.notices.conftest import HOURS, NOW, agree

BIRTH, MARRIAGE = "1.001193", "1.000894"
Citizen = Callable[..., Person]


def due(connection: Connection, me: Person) -> list[Due]:
    return queue.due(connection, me.conversation_id, NOW)


def test_each_change_is_told_once_to_those_who_asked(engine: Engine, citizen: Citizen) -> None:
    me, other = citizen(), citizen()
    with engine.begin() as connection:
        assert watch(connection, me.conversation_id, BIRTH, 3, NOW)
        assert watch(connection, me.conversation_id, BIRTH, 4, NOW)
        assert watch(connection, other.conversation_id, MARRIAGE, 3, NOW)
        assert watchers(connection, BIRTH) == [me.conversation_id]
        assert announce(connection, BIRTH, 4, ("fees", "source"), NOW, HOURS) == 1
        assert announce(connection, BIRTH, 4, ("fees", "source"), NOW, HOURS) == 0
        assert announce(connection, BIRTH, 5, ("aliases", "source"), NOW, HOURS) == 0
        assert due(connection, other) == []
        (one,) = due(connection, me)
    assert (one.kind, one.subject, parts_in(one.mark)) == (Kind.PROCEDURE_CHANGED, BIRTH, (Part.FEE,))


def test_what_changed_before_they_asked_is_no_news(sqlite_engine: Engine, citizen: Citizen) -> None:
    me = citizen()
    with sqlite_engine.begin() as connection:
        watch(connection, me.conversation_id, BIRTH, 7, NOW)
        assert announce(connection, BIRTH, 7, ("fees",), NOW, HOURS) == 0


def test_a_change_not_told_yet_is_told_with_the_next(sqlite_engine: Engine, citizen: Citizen) -> None:
    """Lost: the fee that changed on Monday, when the papers change on Tuesday."""
    me = citizen()
    with sqlite_engine.begin() as connection:
        watch(connection, me.conversation_id, BIRTH, 3, NOW)
        announce(connection, BIRTH, 4, ("fees",), NOW - 60, HOURS)
        (first,) = due(connection, me)
        queue.end(connection, first, State.HELD, NOW - 30)
        assert announce(connection, BIRTH, 5, ("papers",), NOW, HOURS) == 1
        (one,) = due(connection, me)
        assert queue.held(connection, me.conversation_id) == []
    assert parts_in(one.mark) == (Part.FEE, Part.PAPERS)


def test_whoever_takes_back_the_consent_hears_nothing_more(engine: Engine, citizen: Citizen) -> None:
    me = citizen()
    with engine.begin() as connection:
        agree(connection, me.conversation_id, Purpose.CHANGES)
        watch(connection, me.conversation_id, BIRTH, 3, NOW)
        announce(connection, BIRTH, 4, ("fees",), NOW, HOURS)
        assert consent.withdraw(connection, me.conversation_id, {Purpose.CHANGES}, "m9", NOW) == 1
        assert due(connection, me) == [] and watched(connection, me.conversation_id) == ()
        assert announce(connection, BIRTH, 5, ("fees",), NOW, HOURS) == 0


def test_one_procedure_can_be_let_go_alone(sqlite_engine: Engine, citizen: Citizen) -> None:
    me = citizen()
    with sqlite_engine.begin() as connection:
        for code in (BIRTH, MARRIAGE):
            watch(connection, me.conversation_id, code, 3, NOW)
            announce(connection, code, 4, ("fees",), NOW, HOURS)
        assert unwatch(connection, me.conversation_id, BIRTH, NOW)
        assert not unwatch(connection, me.conversation_id, BIRTH, NOW)
        assert [one.subject for one in due(connection, me)] == [MARRIAGE]
        assert watched(connection, me.conversation_id) == (MARRIAGE,)


def test_there_is_an_end_to_watching(sqlite_engine: Engine, citizen: Citizen) -> None:
    me = citizen()
    with sqlite_engine.begin() as connection:
        for number in range(MOST_WATCHED):
            assert watch(connection, me.conversation_id, f"1.{number:06}", 3, NOW)
        assert not watch(connection, me.conversation_id, BIRTH, 3, NOW)
        assert watch(connection, me.conversation_id, "1.000000", 3, NOW)


def test_erasing_forgets_what_was_watched(sqlite_engine: Engine, citizen: Citizen) -> None:
    me = citizen()
    with sqlite_engine.begin() as connection:
        watch(connection, me.conversation_id, BIRTH, 3, NOW)
        announce(connection, BIRTH, 4, ("fees",), NOW, HOURS)
        assert erase(connection, me.conversation_id, NOW, b"key") == 2
        for table in (procedure_watch, reminder):
            assert connection.execute(select(table)).first() is None


def test_joining_channels_takes_the_watch_along_once(engine: Engine, citizen: Citizen) -> None:
    me, here = citizen(), citizen()
    with engine.begin() as connection:
        for person, codes in ((me, (BIRTH, MARRIAGE)), (here, (BIRTH,))):
            for code in codes:
                watch(connection, person.conversation_id, code, 3, NOW)
        assert move(connection, me.conversation_id, here.conversation_id) == 1
        assert set(watched(connection, here.conversation_id)) == {BIRTH, MARRIAGE}
        assert watched(connection, me.conversation_id) == ()
