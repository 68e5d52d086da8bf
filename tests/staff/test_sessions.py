"""What is lost when these fail: a forgotten browser or a copied database lets others in."""

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.staff import accounts, sessions
from bot.staff.roles import Role
from bot.staff.sessions import HALF_WAY_SECONDS, IDLE_SECONDS, LONGEST_SECONDS, Session
from bot.staff.tables import staff_session
from tests.staff.conftest import NOW, Hire


def _find(engine: Engine, token: str, at: float) -> Session | None:
    with engine.begin() as connection:
        return sessions.find(connection, token, at)


def _seen(engine: Engine) -> float:
    with engine.connect() as connection:
        seen: float = connection.execute(select(staff_session.c.seen_at)).scalar_one()
    return seen


def _complete(engine: Engine, account_id: int) -> str:
    with engine.begin() as connection:
        return sessions.complete(connection, sessions.open_session(connection, account_id, "::1", NOW), NOW)


def test_a_session_is_half_open_until_the_second_factor_and_then_has_another_token(
    engine: Engine, hire: Hire
) -> None:
    """A token somebody planted before the log-in must not become theirs after it."""
    made = hire()
    with engine.begin() as connection:
        first = sessions.open_session(connection, made.id, "10.0.0.7", NOW)
    half = _find(engine, first, NOW + 1)
    assert half is not None and (half.account_id, half.complete, half.created_at) == (made.id, False, NOW)
    with engine.begin() as connection:
        second = sessions.complete(connection, first, NOW + 2)
    whole = _find(engine, second, NOW + 3)
    assert whole is not None and whole.complete and whole.csrf != half.csrf
    assert second != first and _find(engine, first, NOW + 3) is None
    for spent in (first, second, "nothing"):
        with engine.begin() as connection, pytest.raises(ValueError, match="session"):
            sessions.complete(connection, spent, NOW + 4)


def test_the_database_holds_no_token(engine: Engine, hire: Hire) -> None:
    token = _complete(engine, hire().id)
    with engine.connect() as connection:
        row = connection.execute(select(staff_session)).one()
    assert token not in map(str, row) and len(row.token_hash) == 64 and len(token) >= 43


def test_a_half_open_session_waits_ten_minutes(engine: Engine, hire: Hire) -> None:
    made = hire()
    with engine.begin() as connection:
        token = sessions.open_session(connection, made.id, "", NOW)
    assert _find(engine, token, NOW + HALF_WAY_SECONDS - 1) is not None
    assert _find(engine, token, NOW + HALF_WAY_SECONDS) is None
    with engine.begin() as connection, pytest.raises(ValueError, match="session"):
        sessions.complete(connection, token, NOW + HALF_WAY_SECONDS)


def test_a_session_nobody_uses_ends_after_half_an_hour(engine: Engine, hire: Hire) -> None:
    token = _complete(engine, hire().id)
    assert _find(engine, token, NOW + IDLE_SECONDS - 1) is not None
    assert _find(engine, token, NOW + 2 * IDLE_SECONDS - 2) is not None, "using it keeps it"
    assert _find(engine, token, NOW + 3 * IDLE_SECONDS - 2) is None


def test_what_a_page_does_by_itself_does_not_keep_a_session(engine: Engine, hire: Hire) -> None:
    """A browser left open on a live page would stay entered until the evening."""
    token = _complete(engine, hire().id)
    for at, there in ((NOW + IDLE_SECONDS - 1, True), (NOW + IDLE_SECONDS, False)):
        with engine.begin() as connection:
            assert (sessions.peek(connection, token, at) is not None) == there


def test_no_session_is_longer_than_a_day_of_work(engine: Engine, hire: Hire) -> None:
    token, at = _complete(engine, hire().id), NOW
    while at + 1000 < NOW + LONGEST_SECONDS:
        at += 1000
        assert _find(engine, token, at) is not None
    assert _find(engine, token, NOW + LONGEST_SECONDS) is None


def test_looking_is_written_down_once_a_minute(engine: Engine, hire: Hire) -> None:
    token = _complete(engine, hire().id)
    _find(engine, token, NOW + 59)
    assert _seen(engine) == NOW
    _find(engine, token, NOW + 60)
    assert _seen(engine) == NOW + 60


def test_leaving_ends_one_session_and_a_new_password_all(engine: Engine, hire: Hire) -> None:
    made, other = hire(), hire("hoa")
    tokens, theirs = [_complete(engine, made.id) for _ in range(3)], _complete(engine, other.id)
    with engine.begin() as connection:
        sessions.end(connection, tokens[0])
    assert [_find(engine, token, NOW) is None for token in tokens] == [True, False, False]
    with engine.begin() as connection:
        assert sessions.end_all(connection, made.id) == 2
    assert _find(engine, tokens[1], NOW) is None and _find(engine, theirs, NOW) is not None


def test_an_account_out_of_use_has_no_session_from_that_moment(engine: Engine, hire: Hire) -> None:
    hire("chief", Role.ADMIN)
    made = hire()
    token = _complete(engine, made.id)
    with engine.begin() as connection:
        accounts.change(connection, made.id, made.name, made.roles, active=False)
    assert _find(engine, token, NOW) is None


def test_what_ended_is_deleted_and_nothing_else(engine: Engine, hire: Hire) -> None:
    made = hire()
    kept = _complete(engine, made.id)
    _complete(engine, made.id)
    with engine.begin() as connection:
        sessions.open_session(connection, made.id, "", NOW)
        assert sessions.drop_expired(connection, NOW + HALF_WAY_SECONDS) == 1
        assert sessions.find(connection, kept, NOW + IDLE_SECONDS - 1) is not None
        assert sessions.drop_expired(connection, NOW + IDLE_SECONDS) == 1
        assert sessions.find(connection, kept, NOW + IDLE_SECONDS) is not None
