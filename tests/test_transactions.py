"""Transactions: trouble of a moment must not become an error of a citizen, nor a fault be repeated."""

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError

from bot.database import connect
from bot.transactions import TRIES, transact


class _Fails:
    """Work that raises ``error`` the first ``times`` times."""

    def __init__(self, error: Exception, times: int) -> None:
        self.error, self.left, self.tries = error, times, 0

    def __call__(self, connection: Connection) -> int:
        self.tries += 1
        if self.left:
            self.left -= 1
            raise self.error
        return int(connection.execute(text("SELECT 7")).scalar_one())


def test_a_connection_that_broke_in_the_middle_is_tried_again(engine: Engine) -> None:
    lost = InterfaceError("UPDATE", {}, Exception("connection already closed"), connection_invalidated=True)
    assert transact(engine, _Fails(lost, 2)) == 7


def test_what_will_fail_again_is_not_repeated(engine: Engine) -> None:
    work = _Fails(IntegrityError("INSERT", {}, Exception("unique")), 9)
    with pytest.raises(IntegrityError):
        transact(engine, work)
    assert work.tries == 1


def test_a_lock_that_never_opens_is_told(sqlite_engine: Engine) -> None:
    """Somebody has to learn of it: whoever waits must not be told that it was done."""
    work = _Fails(OperationalError("UPDATE", {}, Exception("database is locked")), 9)
    with pytest.raises(OperationalError):
        transact(sqlite_engine, work)
    assert work.tries == TRIES


def test_after_a_restart_of_the_database_work_goes_on(postgres_url: str) -> None:
    """Every citizen of the next minute would otherwise get an apology."""
    engine, other = connect(postgres_url, repeated=True), connect(postgres_url)
    lost = transact(engine, lambda connection: connection.scalar(text("SELECT pg_backend_pid()")))
    with other.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": lost})
    assert transact(engine, lambda connection: connection.scalar(text("SELECT pg_backend_pid()"))) != lost
    engine.dispose()
    other.dispose()
