"""Accounts that steer."""

from collections.abc import Callable

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Connection

from bot.staff.audit import Actor
from bot.staff.tables import staff_account

NOW = 1_795_323_600.0  # 22/11/2026 12:00 in Vietnam


@pytest.fixture
def hired() -> Callable[[Connection, str], Actor]:
    """Makes an account and gives it as the one who acts."""

    def hire(connection: Connection, login: str) -> Actor:
        values = {"login": login, "name": login, "roles": [], "created_at": NOW}
        made = connection.execute(insert(staff_account).values(values)).inserted_primary_key[0]
        return Actor(made, login)

    return hire
