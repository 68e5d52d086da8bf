"""What a citizen loses when these fail: papers ticked off twice or not at all, a draft that is gone."""

import threading
from dataclasses import replace as with_
from datetime import date

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.answers.turn import Turn
from bot.dossiers.casefile import CaseFile, Draft, Phase
from bot.dossiers.milestone import DropOff, Milestone
from bot.dossiers.progress import Reached
from bot.dossiers.store import Cabinet, erase, move, record
from bot.dossiers.tables import case_file, milestone

HERE, OTHER = "a" * 32, "b" * 32
DAY = date(2026, 11, 22)
NOW = 1_795_312_800.0
ONE, TWO = (Draft(f"{n:012x}", "1.001193", Phase.CHECKLIST, DAY, DAY) for n in (1, 2))
EMPTY = CaseFile()
TURN = Turn("", (), DAY, channel="web", conversation_id=HERE, message_id="m1")


def test_a_turn_that_is_run_again_starts_where_it_started(engine: Engine) -> None:
    """The gateway died after the action server had answered: the tick must not be taken for a second one."""
    cabinet, ticked = Cabinet(engine), CaseFile((replace(ONE, ticked=("p1",)),), ONE.id)
    cabinet.put(TURN, EMPTY, CaseFile((ONE,), ONE.id), NOW)
    again = with_(TURN, message_id="m2")
    cabinet.put(again, cabinet.open(HERE, "m2"), ticked, NOW)
    assert cabinet.open(HERE, "m2") == CaseFile((ONE,), ONE.id)
    assert cabinet.open(HERE, "m3") == cabinet.open(HERE, "") == ticked
    assert cabinet.open(OTHER, "m2") == EMPTY


def test_nothing_is_written_while_nothing_is_prepared(engine: Engine) -> None:
    Cabinet(engine).put(TURN, EMPTY, EMPTY, NOW)
    with engine.connect() as connection:
        assert connection.execute(select(case_file)).all() == []


def test_a_draft_brought_along_while_a_turn_runs_is_not_lost(engine: Engine) -> None:
    """The telephone is linked while the website is being answered."""
    cabinet = Cabinet(engine)
    cabinet.put(TURN, EMPTY, CaseFile((ONE,), ONE.id), NOW)
    cabinet.put(with_(TURN, conversation_id=OTHER), EMPTY, CaseFile((TWO,), TWO.id), NOW)
    running = with_(TURN, message_id="m2")
    before = cabinet.open(HERE, "m2")
    with engine.begin() as connection:
        assert move(connection, OTHER, HERE) == 1
    after = replace(before, drafts=(replace(ONE, ticked=("p1",)),))
    cabinet.put(running, before, after, NOW)
    assert cabinet.open(HERE, "m3").drafts == (TWO, *after.drafts)
    cabinet.put(running, cabinet.open(HERE, "m2"), after, NOW)
    assert cabinet.open(HERE, "m3").drafts == (TWO, *after.drafts), "also when it is run again"


def test_a_turn_and_a_link_at_the_same_moment_wait_for_each_other(engine: Engine) -> None:
    """Neither may write over what the other has just written."""
    cabinet = Cabinet(engine)
    cabinet.put(TURN, EMPTY, CaseFile((ONE,), ONE.id), NOW)
    cabinet.put(with_(TURN, conversation_id=OTHER), EMPTY, CaseFile((TWO,), TWO.id), NOW)
    before = cabinet.open(HERE, "m2")
    after = replace(before, drafts=(replace(ONE, ticked=("p1",)),))
    putting = threading.Thread(target=cabinet.put, args=(with_(TURN, message_id="m2"), before, after, NOW))
    with engine.begin() as connection:
        move(connection, OTHER, HERE)
        putting.start()
        putting.join(0.5)
        assert putting.is_alive(), "it waits"
    putting.join(10)
    assert cabinet.open(HERE, "m3").drafts == (TWO, *after.drafts)


def test_erasing_leaves_the_count_and_moving_nothing_twice(engine: Engine) -> None:
    cabinet = Cabinet(engine)
    cabinet.put(TURN, EMPTY, CaseFile((ONE, TWO), ONE.id), NOW)
    with engine.begin() as connection:
        assert move(connection, OTHER, HERE) == 0
        assert move(connection, HERE, OTHER) == 2 and move(connection, HERE, OTHER) == 0
        assert erase(connection, OTHER) == 2 and erase(connection, OTHER) == 0
        steps = connection.execute(select(milestone.c.draft_id).distinct()).scalars().all()
    assert set(steps) == {ONE.id, TWO.id}


def test_a_milestone_is_counted_once_and_a_reason_may_come_later(engine: Engine) -> None:
    gave_up = Reached(ONE.id, ONE.procedure, Milestone.GAVE_UP)
    with engine.begin() as connection:
        record(connection, gave_up, "web", NOW)
        record(connection, Reached(ONE.id, ONE.procedure, Milestone.GAVE_UP, DropOff.FEE), "web", NOW + 9)
        record(connection, gave_up, "zalo", NOW + 10)
        row = connection.execute(select(milestone)).one()
    assert (row.channel, row.reason, row.at) == ("web", "fee", NOW)
