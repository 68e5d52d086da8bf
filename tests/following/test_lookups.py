"""Codes are guessable: whoever may ask without limit, or hears the difference between unknown and forbidden,
reads other people's dossiers.
"""

import json
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine

from bot.following.audit import CONVERSATION_MOST, FACTOR_MOST, PERSON_MOST, Audit, Outcome
from bot.following.disclosure import proves
from bot.following.lookups import CountedLookups
from bot.following.mirror import Mirror
from bot.following.ports import (
    Found,
    Locked,
    NotFound,
    Sealed,
    TooMany,
    Unavailable,
    WrongFactor,
)
from bot.following.tables import follow_lookup, followed
from tests.following.doubles import (
    CODE,
    CONVERSATION,
    OTHER,
    PAYMENT,
    PROCESSING,
    REFUSED,
    SUPPLEMENT,
    FakeSource,
    Time,
    ask,
    at,
)


def lookups(engine: Engine, source: FakeSource | None, time: Time) -> CountedLookups:
    return CountedLookups(engine, source, Audit(b"key"), time)


def outcomes(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(
            connection.execute(select(follow_lookup.c.outcome).order_by(follow_lookup.c.id)).scalars()
        )


def test_by_code_alone_only_state_unit_and_dates_are_told(engine: Engine) -> None:
    for state in (SUPPLEMENT, PAYMENT, REFUSED):
        found = lookups(engine, FakeSource(state), Time()).find(ask(who=state.status.name))
        assert isinstance(found, Found) and not found.opened
        told = found.state
        assert (told.status, told.due_at, told.unit_name) == (state.status, state.due_at, state.unit_name)
        assert told.reason == "" and told.fees_due == () and told.proofs == ()
        assert told.procedure_code == "" and told.procedure_name == ""
        assert told.supplement is None or told.supplement.items == ()


def test_what_is_kept_says_no_more_than_what_anybody_may_see(engine: Engine) -> None:
    desk = lookups(engine, FakeSource(SUPPLEMENT), Time())
    assert isinstance(desk.find(ask(factor="4321")), Found)
    with engine.connect() as connection:
        row = connection.execute(select(followed)).one()
        logged = str(connection.execute(select(follow_lookup)).all())
    kept = json.dumps(json.loads(row.state), ensure_ascii=False)
    assert "4321" not in kept and "ly hôn" not in kept and "tình trạng" not in kept
    assert "4321" not in logged and CODE not in logged


def test_the_digits_of_the_owner_open_the_details(engine: Engine) -> None:
    found = lookups(engine, FakeSource(REFUSED), Time()).find(ask(factor="0123"))
    assert isinstance(found, Found) and found.opened
    assert found.state.reason == REFUSED.reason and found.state.proofs == ()


def test_three_wrong_digits_lock_a_code_for_an_hour_whoever_asks(engine: Engine) -> None:
    time = Time()
    desk = lookups(engine, FakeSource(SUPPLEMENT), time)
    left = []
    for number in range(FACTOR_MOST):
        result = desk.find(ask(message=f"m{number}", factor="9999", who=f"guesser{number}"))
        assert isinstance(result, WrongFactor)
        left.append(result.left)
    assert left == [2, 1, 0]
    assert isinstance(desk.find(ask(message="m9", factor="4321", who="owner")), Locked)
    time.now += 3601
    assert isinstance(desk.find(ask(message="m10", factor="4321", who="owner")), Found)


def test_a_turn_that_is_run_again_is_counted_once(engine: Engine) -> None:
    desk = lookups(engine, FakeSource(SUPPLEMENT), Time())
    for _ in range(5):
        assert desk.find(ask(factor="9999")) == WrongFactor(2)
    assert outcomes(engine) == [Outcome.WRONG.value]


def test_wrong_digits_at_once_are_counted_one_after_the_other(engine: Engine) -> None:
    desk = lookups(engine, FakeSource(SUPPLEMENT), Time())

    def guess(number: int) -> object:
        return desk.find(ask(message=f"m{number}", factor=f"{number:04d}", who=f"guesser{number}"))

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(guess, range(1000, 1008)))
    assert sum(isinstance(result, WrongFactor) for result in results) == FACTOR_MOST
    assert sum(isinstance(result, Locked) for result in results) == 8 - FACTOR_MOST


def test_a_dossier_without_digits_cannot_be_opened_by_any() -> None:
    assert not proves("", PROCESSING) and not proves("12", PROCESSING) and not proves("43210", PROCESSING)
    assert proves("4321", PROCESSING) and proves("0123", PROCESSING)


def test_a_dossier_that_holds_no_number_stays_sealed(engine: Engine) -> None:
    source = FakeSource(replace(SUPPLEMENT, proofs=()))
    assert lookups(engine, source, Time()).find(ask(factor="0000")) == Sealed()


def test_five_look_ups_in_ten_minutes_for_one_person(engine: Engine) -> None:
    time = Time()
    desk = lookups(engine, FakeSource(), time)
    for number in range(PERSON_MOST):
        assert desk.find(ask(f"H49-261105-{number:04d}", f"m{number}")) == NotFound()
    refused = desk.find(ask("H49-261105-0100", "m100"))
    assert refused == TooMany(600)
    time.now += 599
    assert desk.find(ask("H49-261105-0100", "m101")) == TooMany(1)
    time.now += 1
    assert desk.find(ask("H49-261105-0100", "m102")) == NotFound()


def test_waiting_is_not_made_longer_by_asking_meanwhile(engine: Engine) -> None:
    time = Time()
    desk = lookups(engine, FakeSource(), time)
    for number in range(PERSON_MOST + 20):
        desk.find(ask(f"H49-261105-{number:04d}", f"m{number}"))
    time.now += 600
    assert desk.find(ask("H49-261105-0100", "late")) == NotFound()


def test_thirty_an_hour_for_a_conversation_on_all_its_channels(engine: Engine) -> None:
    time = Time()
    desk = lookups(engine, FakeSource(), time)
    allowed = 0
    for number in range(CONVERSATION_MOST + 5):
        one = ask(f"H49-261105-{number:04d}", f"m{number}")
        person = type(one)(one.conversation_id, f"channel{number % 12}", one.message_id, one.code)
        allowed += not isinstance(desk.find(person), TooMany)
    assert allowed == CONVERSATION_MOST


def test_processes_that_ask_at_once_share_the_limit(engine: Engine) -> None:
    """Two gateways, eight threads each: still five."""
    time = Time()
    desks = [lookups(engine, FakeSource(PROCESSING), time), lookups(engine, FakeSource(PROCESSING), time)]

    def look(number: int) -> object:
        return desks[number % 2].find(ask(f"H49-261105-{number:04d}", f"m{number}"))

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(look, range(16)))
    assert sum(result == NotFound() for result in results) == PERSON_MOST


@pytest.fixture
def counted(engine: Engine) -> Callable[[], int]:
    statements: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))
    return lambda: len(statements)


def test_unknown_and_forbidden_codes_get_the_same_answer_by_the_same_way(
    engine: Engine, counted: Callable[[], int]
) -> None:
    """The source has one answer for both; nothing after it may tell them apart."""
    desk = lookups(engine, FakeSource(), Time())
    seen = []
    for number in range(3):
        before = counted()
        result = desk.find(ask(f"H49.{number:02d}-261105-0001", f"m{number}"))
        seen.append((result, counted() - before))
    assert len({repr(one) for one in seen}) == 1


def test_unknown_is_remembered_as_long_as_known(engine: Engine) -> None:
    """Otherwise the time an answer takes tells which codes exist."""
    source = FakeSource(PROCESSING)
    desk = lookups(engine, source, Time())
    for number in range(2):
        desk.find(ask(CODE, f"a{number}", who=f"one{number}"))
        desk.find(ask(OTHER, f"b{number}", who=f"two{number}"))
    assert source.asked == [CODE, OTHER]


def test_guessing_is_noticed_without_naming_codes(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    desk = lookups(engine, FakeSource(), Time())
    with caplog.at_level(logging.WARNING):
        for number in range(4):
            desk.find(ask(f"H49-261105-{number:04d}", f"m{number}"))
        assert "unknown dossier codes" not in caplog.text
        desk.find(ask("H49-261105-0004", "m4"))
    assert "asked for 5 unknown dossier codes" in caplog.text and "H49" not in caplog.text


def test_what_was_known_is_told_with_its_time_while_the_system_is_silent(engine: Engine) -> None:
    time, source = Time(), FakeSource(SUPPLEMENT)
    desk = lookups(engine, source, time)
    desk.find(ask())
    source.down, time.now = True, time.now + 3600
    found = desk.find(ask(message="m2"))
    assert isinstance(found, Found) and not found.fresh and found.state.as_of == SUPPLEMENT.as_of
    assert desk.find(ask(OTHER, "m3")) == Unavailable()
    assert desk.find(ask(message="m4", who="somebody else")) == Unavailable()


def test_silence_opens_nothing(engine: Engine) -> None:
    time, source = Time(), FakeSource(SUPPLEMENT)
    desk = lookups(engine, source, time)
    desk.find(ask())
    source.down, time.now = True, time.now + 3600
    found = desk.find(ask(message="m2", factor="4321"))
    assert isinstance(found, Found) and not found.opened and found.state.supplement
    assert found.state.supplement.items == ()


def test_without_a_system_nothing_is_pretended(engine: Engine) -> None:
    desk = lookups(engine, None, Time())
    assert not desk.connected and desk.find(ask()) == Unavailable(connected=False)


def test_the_same_dossier_shown_again_at_once_is_no_look_up(engine: Engine) -> None:
    time, source = Time(), FakeSource(PROCESSING)
    desk = lookups(engine, source, time)
    for number in range(10):
        assert isinstance(desk.find(ask(message=f"m{number}")), Found)
    assert source.asked == [CODE] and len(outcomes(engine)) == 1
    time.now += 301
    desk.find(ask(message="later"))
    assert source.asked == [CODE, CODE]


def test_a_date_moved_while_the_clock_runs_is_another_appointment(engine: Engine) -> None:
    time, source = Time(), FakeSource(PROCESSING)
    desk = lookups(engine, source, time)
    for number, day in enumerate(("27", "28", "30")):
        source.states[CODE] = replace(PROCESSING, due_at=at(f"2026-11-{day} 17:00"))
        desk.find(ask(message=f"m{number}"))
        time.now += 301
    (dossier,) = Mirror(engine, time).all(CONVERSATION)
    assert dossier.appointments == 3
    source.states[CODE] = SUPPLEMENT
    desk.find(ask(message="asked back"))
    time.now += 301
    source.states[CODE] = replace(PROCESSING, due_at=at("2026-12-10 17:00"))
    desk.find(ask(message="anew"))
    assert Mirror(engine, time).all(CONVERSATION)[0].appointments == 1


def test_codes_are_written_to_the_log_only_as_keyed_hashes(engine: Engine) -> None:
    lookups(engine, FakeSource(PROCESSING), Time()).find(ask())
    with engine.connect() as connection:
        digest = connection.execute(select(follow_lookup.c.code_hash)).scalar_one()
        assert connection.execute(select(func.count()).select_from(follow_lookup)).scalar_one() == 1
    assert digest == Audit(b"key").code_hash(CODE) != Audit(b"other").code_hash(CODE)
