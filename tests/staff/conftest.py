"""Members of staff on both databases, with passwords that are cheap to check."""

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher
from sqlalchemy.engine import Engine

from bot.staff import accounts, passwords
from bot.staff.accounts import Account
from bot.staff.roles import Role

NOW = 1_795_300_000.0
PASSWORD = "thuyền buồm 47 cánh"

Hire = Callable[..., Account]


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 is slow on purpose; here it only has to tell right from wrong."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture
def hire(engine: Engine) -> Hire:
    """``hire("lan", Role.AGENT)``: an account with ``PASSWORD``."""

    def hired(login: str = "lan", *roles: Role) -> Account:
        with engine.begin() as connection:
            chosen = roles or (Role.AGENT,)
            return accounts.create(connection, login, f"Cán bộ {login}", chosen, PASSWORD, NOW)

    return hired
