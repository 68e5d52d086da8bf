"""What is lost when these fail: a new installation nobody can enter, or one that anybody can."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy.engine import Engine

from bot.database import connect
from bot.staff import accounts, audit
from bot.staff.accounts import Account
from bot.staff.actions import Action
from bot.staff.first_run import first_run
from bot.staff.roles import Role
from tests.staff.conftest import NOW, Hire


def test_the_first_admin_gets_a_password_that_is_told_once(engine: Engine) -> None:
    with engine.begin() as connection:
        password = first_run(connection, NOW)
        assert password is not None and first_run(connection, NOW) is None
        entered = accounts.enter(connection, "admin", password, NOW)
        assert isinstance(entered, Account) and entered.roles == {Role.ADMIN} and entered.must_change
        (entry,) = audit.entries(connection)
    assert (entry.action, entry.object) == (Action.ACCOUNT_CREATED.value, f"account:{entered.id}")
    assert password not in repr(entry)


def test_an_installation_with_accounts_gets_no_other(engine: Engine, hire: Hire) -> None:
    hire()
    with engine.begin() as connection:
        assert first_run(connection, NOW) is None and len(accounts.everyone(connection)) == 1


def test_processes_that_start_at_once_create_one(postgres_url: str, templates: Any) -> None:
    templates.fill(postgres_url)
    engine = connect(postgres_url)

    def start(_: int) -> str | None:
        with engine.begin() as connection:
            return first_run(connection, NOW)

    with ThreadPoolExecutor(8) as pool:
        passwords = [password for password in pool.map(start, range(8)) if password]
    assert len(passwords) == 1
    engine.dispose()
