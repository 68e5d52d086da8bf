"""What is lost when these fail: a stolen password is enough, or staff are shut out by a slow clock."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from cryptography.fernet import Fernet
from pyotp import TOTP, parse_uri
from sqlalchemy import select, update
from sqlalchemy.engine import Engine

from bot.database import connect
from bot.staff import accounts, second_factor
from bot.staff.accounts import Account, Refused
from bot.staff.roles import Role
from bot.staff.second_factor import SecondFactor, _step
from bot.staff.tables import staff_account
from tests.staff.conftest import NOW, PASSWORD, Hire

KEY = Fernet.generate_key()
FACTOR = SecondFactor(KEY)


def _code(secret: str, at: float) -> str:
    return TOTP(secret).at(int(at))


def _set_up(engine: Engine, account: Account) -> str:
    secret = FACTOR.propose(account.login).secret
    with engine.begin() as connection:
        assert FACTOR.confirm(connection, account.id, secret, _code(secret, NOW), NOW)
    return secret


def _check(engine: Engine, account: Account, code: str, at: float, factor: SecondFactor = FACTOR) -> bool:
    with engine.begin() as connection:
        return factor.check(connection, account.id, code, at)


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B: SHA-1, the last six of the eight digits."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for at, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")):
        assert _step(secret, code, at) == at // 30


def test_an_authenticator_app_reads_the_proposal() -> None:
    setup = FACTOR.propose("lan")
    read = parse_uri(setup.uri)
    assert isinstance(read, TOTP)
    assert (read.secret, read.name, read.digits, read.interval) == (setup.secret, "lan", 6, 30)
    assert "Quảng Ninh" in (read.issuer or "")


def test_a_factor_is_stored_only_once_a_code_of_it_was_given(engine: Engine, hire: Hire) -> None:
    made, secret = hire(), FACTOR.propose("lan").secret
    with engine.begin() as connection:
        assert not FACTOR.confirm(connection, made.id, secret, "000000", NOW)
        assert not FACTOR.confirm(connection, made.id, "JBSWY3DP", "123456", NOW), "too short"
        assert FACTOR.confirm(
            connection, made.id, secret, f" {_code(secret, NOW)[:3]} {_code(secret, NOW)[3:]}", NOW
        )
        found = accounts.find(connection, made.id)
        assert found is not None and found.has_factor
        stored = connection.execute(select(staff_account.c.totp_sealed)).scalar_one()
    assert secret not in stored
    assert not _check(engine, made, _code(secret, NOW), NOW), "the code it was set up with is used up"
    assert _check(engine, made, _code(secret, NOW + 30), NOW + 30)


def test_whoever_knows_the_password_cannot_put_their_own_factor_in_place(engine: Engine, hire: Hire) -> None:
    made = hire()
    secret, other = _set_up(engine, made), FACTOR.propose("lan").secret
    with engine.begin() as connection:
        assert not FACTOR.confirm(connection, made.id, other, _code(other, NOW), NOW)
    assert _check(engine, made, _code(secret, NOW + 30), NOW + 30)
    with engine.begin() as connection:
        FACTOR.drop(connection, made.id)
        assert not FACTOR.check(connection, made.id, _code(secret, NOW + 60), NOW + 60)
        assert FACTOR.confirm(connection, made.id, other, _code(other, NOW), NOW)


def test_a_code_works_once_and_half_a_minute_early_or_late(engine: Engine, hire: Hire) -> None:
    made = hire()
    secret = _set_up(engine, made)
    assert _check(engine, made, _code(secret, NOW + 300), NOW + 330), "read just before it changed"
    assert not _check(engine, made, _code(secret, NOW + 300), NOW + 331), "a second time"
    assert _check(engine, made, _code(secret, NOW + 360), NOW + 330), "a telephone that is ahead"
    assert not _check(engine, made, _code(secret, NOW + 330), NOW + 330), "older than one already used"
    assert not _check(engine, made, _code(secret, NOW + 600), NOW + 660), "a minute old"


def test_wrong_codes_lock_though_the_password_is_right_each_time(engine: Engine, hire: Hire) -> None:
    """Six digits do not hold against somebody with the password who may try for ever."""
    made = hire()
    secret = _set_up(engine, made)
    for _ in range(4):
        with engine.begin() as connection:
            assert isinstance(accounts.enter(connection, "lan", PASSWORD, NOW), Account)
        assert not _check(engine, made, "không", NOW)
    assert not _check(engine, made, "123", NOW)
    assert not _check(engine, made, _code(secret, NOW + 60), NOW + 60), "no code is right while locked"
    with engine.begin() as connection:
        assert accounts.enter(connection, "lan", PASSWORD, NOW) is Refused.LOCKED
    assert _check(engine, made, _code(secret, NOW + 900), NOW + 900)
    with engine.begin() as connection:
        assert connection.execute(select(staff_account.c.failures)).scalar_one() == 0


def test_a_secret_of_another_account_or_key_opens_nothing(engine: Engine, hire: Hire) -> None:
    """Whoever writes to the database could else give their own factor to an account."""
    lan, hoa = hire("lan"), hire("hoa")
    secret = _set_up(engine, lan)
    with engine.begin() as connection:
        sealed = select(staff_account.c.totp_sealed).where(staff_account.c.id == lan.id).scalar_subquery()
        connection.execute(
            update(staff_account).where(staff_account.c.id == hoa.id).values(totp_sealed=sealed)
        )
    assert not _check(engine, hoa, _code(secret, NOW + 60), NOW + 60)
    assert not _check(engine, lan, _code(secret, NOW + 60), NOW + 60, SecondFactor(Fernet.generate_key()))
    assert _check(engine, lan, _code(secret, NOW + 60), NOW + 60)
    with pytest.raises(ValueError, match="Fernet"):
        SecondFactor(b"short")


def test_a_code_that_was_used_between_looking_and_writing_is_used(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two windows send the same code; the other one is faster."""
    with sqlite_engine.begin() as connection:
        made = accounts.create(connection, "lan", "Lan", {Role.AGENT}, PASSWORD, NOW)
    code, faster = _code(_set_up(sqlite_engine, made), NOW + 60), []

    def slowly(secret: str, typed: str, now: float) -> int | None:
        monkeypatch.undo()
        faster.append(_check(sqlite_engine, made, code, NOW + 60))
        return _step(secret, typed, now)

    monkeypatch.setattr(second_factor, "_step", slowly)
    assert not _check(sqlite_engine, made, code, NOW + 60)
    assert faster == [True]


def test_a_code_sent_eight_times_at_once_works_once(postgres_url: str, templates: Any) -> None:
    templates.fill(postgres_url)
    engine = connect(postgres_url)
    with engine.begin() as connection:
        made = accounts.create(connection, "lan", "Lan", {Role.AGENT}, PASSWORD, NOW)
    secret = _set_up(engine, made)
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: _check(engine, made, _code(secret, NOW + 60), NOW + 60), range(8)))
    assert sum(taken) == 1
    engine.dispose()
