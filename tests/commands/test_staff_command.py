"""What is lost when these fail: nobody can let staff in, shut them out, or show what they did."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner
from sqlalchemy import delete, update
from sqlalchemy.engine import Engine

from bot.cli import main
from bot.settings import get_settings
from bot.staff import accounts, passwords, sessions
from bot.staff.accounts import Account, Refused
from bot.staff.roles import Role
from bot.staff.tables import staff_account, staff_audit

# Later than whatever the clock of a command says.
NOW = 4_000_000_000.0


@pytest.fixture(autouse=True)
def _installation(
    sqlite_url: str, sqlite_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    monkeypatch.setenv("BOT_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("BOT_VAR_DIR", str(tmp_path / "var"))
    get_settings.cache_clear()
    yield
    get_settings.cache_clear()


def _run(*arguments: str, fails: bool = False) -> str:
    result = CliRunner().invoke(main, ["staff", *arguments])
    assert (result.exit_code != 0) is fails, result.output
    return result.output


def _created(login: str = "lan", role: str = "agent") -> str:
    """The one-time password."""
    return _run("create", login, "--name", f"Cán bộ {login}", "--role", role).split()[-1]


def _enter(engine: Engine, password: str, login: str = "lan") -> Account | Refused:
    with engine.begin() as connection:
        return accounts.enter(connection, login, password, NOW)


def test_an_account_is_made_listed_changed_and_taken_out_of_use(sqlite_engine: Engine) -> None:
    password = _created()
    entered = _enter(sqlite_engine, password)
    assert isinstance(entered, Account) and entered.must_change and entered.roles == {Role.AGENT}
    _created("chief", "admin")
    listed = _run("list")
    assert re.search(
        r"^lan  Cán bộ lan  cán bộ hỗ trợ  \[phải đổi mật khẩu.*\[chưa có mã", listed, re.MULTILINE
    )
    assert "editor,supervisor" in _run("roles", "lan", "supervisor", "editor")
    assert "giám sát, biên tập" in _run("list")
    assert "ngừng dùng" in _run("roles", "lan", "--inactive")
    assert _enter(sqlite_engine, password) is Refused.INACTIVE
    _run("roles", "lan", fails=True)
    assert "last active admin" in _run("roles", "chief", "agent", fails=True)
    assert "taken" in _run("create", "LAN", "--name", "Lan", "--role", "agent", fails=True)
    assert "no account" in _run("unlock", "nobody", fails=True)


def test_a_reset_password_ends_sessions_and_locks(sqlite_engine: Engine) -> None:
    old = _created()
    with sqlite_engine.begin() as connection:
        token = sessions.open_session(connection, 1, "", NOW)
    for _ in range(5):
        _enter(sqlite_engine, "sai rồi")
    new = _run("reset-password", "lan").split()[-1]
    assert _enter(sqlite_engine, old) is Refused.UNKNOWN and isinstance(_enter(sqlite_engine, new), Account)
    with sqlite_engine.begin() as connection:
        assert sessions.find(connection, token, NOW) is None
        connection.execute(update(staff_account).values(totp_sealed="x", locked_until=9e9))
    assert "đang khóa" in _run("list") and "chưa có mã" not in _run("list")
    _run("reset-factor", "lan")
    _run("unlock", "lan")
    assert "đang khóa" not in _run("list") and "chưa có mã" in _run("list")


def test_a_person_of_the_provider_is_bound_by_hand(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    _created()
    assert "BOT_OIDC_ISSUER" in _run("bind", "lan", "4711", fails=True)
    monkeypatch.setenv("BOT_OIDC_ISSUER", "https://sso.example.gov.vn")
    get_settings.cache_clear()
    _run("bind", "lan", "4711")
    with sqlite_engine.begin() as connection:
        assert accounts.find_subject(connection, "https://sso.example.gov.vn#4711") is not None
    _run("bind", "lan")
    with sqlite_engine.begin() as connection:
        assert accounts.find_subject(connection, "https://sso.example.gov.vn#4711") is None


def test_what_operators_do_is_in_the_log_without_passwords(sqlite_engine: Engine) -> None:
    words = [_created(), _run("reset-password", "lan").split()[-1]]
    _run("roles", "lan", "analyst")
    shown = _run("audit", "show")
    actions = re.findall(r"operator  -  (\w+)  account:1", shown)
    assert actions == ["account_changed", "password_changed", "account_created"]
    assert "active=True roles=analyst" in shown and not any(word in shown for word in words)
    assert re.search(r"^3  \d\d/\d\d/\d{4} \d\d:\d\d:\d\d  operator", shown, re.MULTILINE)
    assert _run("audit", "show", "--action", "password_changed").count("\n") == 1
    assert _run("audit", "show", "--before", "3", "--limit", "1").startswith("2  ")
    assert _run("audit", "show", "--login", "lan") == ""


def test_a_tampered_log_is_told_with_its_entry(sqlite_engine: Engine) -> None:
    _created()
    head = _run("audit", "verify").split()[-1]
    assert re.fullmatch(r"2:[0-9a-f]{64}", head)
    assert _run("audit", "head").strip() == head
    assert "head 3:" in _run("audit", "verify", "--head", head)
    with sqlite_engine.begin() as connection:
        connection.execute(delete(staff_audit).where(staff_audit.c.id > 1))
    assert "2" in _run("audit", "verify", "--head", head, fails=True)
    _run("audit", "verify", "--head", "nonsense", fails=True)
    with sqlite_engine.begin() as connection:
        connection.execute(update(staff_audit).where(staff_audit.c.id == 1).values(login="hoa"))
    assert "entry 1: nội dung đã bị sửa" in _run("audit", "verify", fails=True)
