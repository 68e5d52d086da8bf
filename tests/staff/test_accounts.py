"""What is lost when these fail: strangers get in by guessing, or staff cannot get in at all."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update
from sqlalchemy.engine import Engine

from bot.database import connect
from bot.staff import accounts, passwords
from bot.staff.accounts import Account, Refused
from bot.staff.roles import Permission, Role
from bot.staff.tables import staff_account
from tests.staff.conftest import NOW, PASSWORD, Hire

MINUTE = 60.0
OTHER = "cá mực khô 58 nắng"


def _enter(
    engine: Engine, password: str = PASSWORD, at: float = NOW, login: str = "lan"
) -> Account | Refused:
    with engine.begin() as connection:
        return accounts.enter(connection, login, password, at)


def test_an_account_enters_with_its_password_in_any_spelling_of_its_login(engine: Engine, hire: Hire) -> None:
    made = hire("Lan.Nguyen@quangninh", Role.AGENT, Role.EDITOR)
    assert (made.login, made.entered_at, made.has_factor) == ("lan.nguyen@quangninh", None, False)
    assert {
        Permission.TALK,
        Permission.EDIT,
    } <= made.permissions and Permission.APPROVE not in made.permissions
    entered = _enter(engine, login=" LAN.nguyen@quangninh ")
    assert isinstance(entered, Account) and (entered.id, entered.entered_at) == (made.id, NOW)
    with engine.connect() as connection:
        assert accounts.find(connection, made.id) == entered == accounts.everyone(connection)[0]
        stored = connection.execute(select(staff_account.c.password_hash)).scalar_one()
    assert stored.startswith("$argon2id$") and PASSWORD not in stored


def test_a_password_fits_however_the_keyboard_composes_its_letters(sqlite_engine: Engine) -> None:
    """A telephone sends ề as one character, some desktops as three."""
    with sqlite_engine.begin() as connection:
        accounts.create(connection, "lan", "Lan", {Role.AGENT}, "thuy\u1ec1n bu\u1ed3m 47", NOW)
    assert isinstance(_enter(sqlite_engine, "thuye\u0302\u0300n buo\u0302\u0300m 47"), Account)


@pytest.mark.parametrize(
    ("login", "name", "roles", "password"),
    [
        ("lan", "Lan", {Role.AGENT}, OTHER),
        ("LAN", "Lan", {Role.AGENT}, OTHER),
        ("l", "Lan", {Role.AGENT}, OTHER),
        ("lan hoa", "Lan", {Role.AGENT}, OTHER),
        ("hoa", " ", {Role.AGENT}, OTHER),
        ("hoa", "H" * 121, {Role.AGENT}, OTHER),
        ("hoa", "Hoa", set(), OTHER),
        ("hoa", "Hoa", {Role.AGENT}, "ngắn"),
    ],
)
def test_a_bad_account_is_refused(
    sqlite_engine: Engine, login: str, name: str, roles: set[Role], password: str
) -> None:
    with sqlite_engine.begin() as connection:
        accounts.create(connection, "lan", "Lan", {Role.AGENT}, PASSWORD, NOW)
        with pytest.raises(ValueError, match="login|name|roles|password"):
            accounts.create(connection, login, name, roles, password, NOW)
        assert len(accounts.everyone(connection)) == 1


def test_five_wrong_passwords_lock_for_a_quarter_of_an_hour_and_more_each_time(
    engine: Engine, hire: Hire
) -> None:
    hire()
    outcomes = [_enter(engine, "sai rồi") for _ in range(5)]
    assert outcomes == [Refused.UNKNOWN] * 4 + [Refused.LOCKED]
    assert _enter(engine, at=NOW + 15 * MINUTE - 1) is Refused.LOCKED, "no password is right while locked"
    assert _enter(engine, "sai rồi", NOW + 15 * MINUTE) is Refused.LOCKED
    assert _enter(engine, at=NOW + 45 * MINUTE - 1) is Refused.LOCKED, "the sixth counts half an hour"
    assert isinstance(_enter(engine, at=NOW + 45 * MINUTE), Account)
    assert _enter(engine, "sai rồi", NOW + 46 * MINUTE) is Refused.UNKNOWN, "the right one began a new count"


def test_guessing_while_locked_does_not_lengthen_the_lock(engine: Engine, hire: Hire) -> None:
    """Else anybody could keep a member of staff out for good."""
    made = hire()
    for _ in range(30):
        _enter(engine, "sai rồi")
    with engine.connect() as connection:
        assert accounts.locked_until(connection, made.id) == NOW + 15 * MINUTE


def test_an_operator_can_open_a_locked_account(engine: Engine, hire: Hire) -> None:
    made = hire()
    for _ in range(5):
        _enter(engine, "sai rồi")
    with engine.begin() as connection:
        accounts.unlock(connection, made.id)
    assert isinstance(_enter(engine), Account)


def test_unknown_logins_are_worked_on_as_long_as_known_ones(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the time of an answer tells who works here."""
    with sqlite_engine.begin() as connection:
        accounts.create(connection, "lan", "Lan", {Role.AGENT}, PASSWORD, NOW)
    real, worked = passwords._HASHER, []

    class Counting:
        @staticmethod
        def hash(password: str) -> str:
            worked.append("unknown")
            return real.hash(password)

        @staticmethod
        def verify(stored: str, password: str) -> bool:
            worked.append("known")
            return real.verify(stored, password)

    monkeypatch.setattr(passwords, "_HASHER", Counting())
    assert _enter(sqlite_engine, "sai rồi") is Refused.UNKNOWN
    assert _enter(sqlite_engine, "sai rồi", login="hoa") is Refused.UNKNOWN
    assert worked == ["known", "unknown"], "each is one computation of the hash"


def test_an_account_out_of_use_is_only_told_to_who_knows_its_password(engine: Engine, hire: Hire) -> None:
    hire("chief", Role.ADMIN)
    made = hire()
    with engine.begin() as connection:
        accounts.change(connection, made.id, made.name, made.roles, active=False)
    assert _enter(engine) is Refused.INACTIVE
    assert _enter(engine, "sai rồi") is Refused.UNKNOWN


def test_another_password_ends_the_old_one_and_a_lock(engine: Engine, hire: Hire) -> None:
    made = hire()
    for _ in range(5):
        _enter(engine, "sai rồi")
    with engine.begin() as connection:
        with pytest.raises(ValueError, match="password"):
            accounts.set_password(connection, made.id, "lanlanlanlanlan", NOW)
        with pytest.raises(ValueError, match="the one it was"):
            accounts.set_password(connection, made.id, PASSWORD, NOW)
        accounts.set_password(connection, made.id, OTHER, NOW, must_change=True)
    assert _enter(engine) is Refused.UNKNOWN
    entered = _enter(engine, OTHER)
    assert isinstance(entered, Account) and entered.must_change


def test_a_hash_of_weaker_days_is_renewed_when_its_password_comes_by(
    engine: Engine, hire: Hire, monkeypatch: pytest.MonkeyPatch
) -> None:
    hire()
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=2, memory_cost=64, parallelism=1))
    assert isinstance(_enter(engine), Account)
    with engine.connect() as connection:
        assert ",t=2," in connection.execute(select(staff_account.c.password_hash)).scalar_one()


def test_the_last_active_admin_stays(engine: Engine, hire: Hire) -> None:
    """Without one nobody could make another."""
    chief, deputy = hire("chief", Role.ADMIN), hire("deputy", Role.ADMIN, Role.AGENT)
    with engine.begin() as connection:
        changed = accounts.change(connection, chief.id, "Trưởng phòng", {Role.ANALYST}, active=True)
        assert changed.name == "Trưởng phòng" and changed.roles == {Role.ANALYST}
        for roles, active in (({Role.AGENT}, True), ({Role.ADMIN}, False)):
            with pytest.raises(ValueError, match="last active admin"):
                accounts.change(connection, deputy.id, deputy.name, roles, active)
        assert accounts.change(connection, deputy.id, "Phó phòng", {Role.ADMIN}, True).name == "Phó phòng"


def test_two_admins_who_remove_each_other_at_once_do_not_both_succeed(
    postgres_url: str, templates: Any
) -> None:
    templates.fill(postgres_url)
    engine = connect(postgres_url)
    with engine.begin() as connection:
        ids = [
            accounts.create(connection, f"admin{n}", "Admin", {Role.ADMIN}, PASSWORD, NOW).id
            for n in range(8)
        ]

    def demote(account_id: int) -> bool:
        try:
            with engine.begin() as connection:
                accounts.change(connection, account_id, "Admin", {Role.AGENT}, active=True)
        except ValueError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(demote, ids)) == [False] + [True] * 7
    engine.dispose()


def test_many_guesses_at_once_are_not_more_guesses(postgres_url: str, templates: Any) -> None:
    """Of 16 sent together, one right, at most the five before the lock may tell anything."""
    templates.fill(postgres_url)
    engine = connect(postgres_url)
    with engine.begin() as connection:
        made = accounts.create(connection, "lan", "Lan", {Role.AGENT}, PASSWORD, NOW)
        connection.execute(update(staff_account).values(failures=4))
    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(lambda n: _enter(engine, f"sai {n}"), range(16)))
    assert Refused.LOCKED in outcomes and _enter(engine) is Refused.LOCKED
    with engine.connect() as connection:
        assert accounts.locked_until(connection, made.id) >= NOW + 15 * MINUTE
    engine.dispose()


def test_a_right_guess_counts_for_nothing_once_another_was_counted(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between looking and writing: a wrong guess of the same burst came first."""
    with sqlite_engine.begin() as connection:
        made = accounts.create(connection, "lan", "Lan", {Role.AGENT}, PASSWORD, NOW)

    def slowly(stored: str | None, password: str) -> bool:
        with sqlite_engine.begin() as other:
            accounts.count_failure(other, made.id, NOW)
        return True

    monkeypatch.setattr(accounts, "fits", slowly)
    assert _enter(sqlite_engine) is Refused.UNKNOWN


def test_a_person_of_the_provider_enters_as_the_account_bound_to_them(engine: Engine, hire: Hire) -> None:
    lan, hoa, subject = hire("lan"), hire("hoa"), "https://sso.example.gov.vn#4711"
    with engine.begin() as connection:
        assert accounts.enter_as_subject(connection, subject, NOW) is Refused.UNKNOWN
        accounts.bind_subject(connection, lan.id, subject)
        with pytest.raises(ValueError, match="another account"):
            accounts.bind_subject(connection, hoa.id, subject)
        entered = accounts.enter_as_subject(connection, subject, NOW)
        assert isinstance(entered, Account) and (entered.login, entered.entered_at) == ("lan", NOW)
        assert accounts.find_subject(connection, subject) == entered
        accounts.create(connection, "chief", "Chief", {Role.ADMIN}, OTHER, NOW)
        accounts.change(connection, lan.id, lan.name, lan.roles, active=False)
        assert accounts.enter_as_subject(connection, subject, NOW) is Refused.INACTIVE
        accounts.bind_subject(connection, lan.id, None)
        assert accounts.find_subject(connection, subject) is None
