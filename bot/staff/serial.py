"""One at a time: what must be read and written without anybody in between."""

from enum import IntEnum

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection

from bot.staff.tables import staff_audit


class Turnstile(IntEnum):
    """What is done one at a time; the numbers are keys of PostgreSQL's advisory locks."""

    AUDIT = 7_401
    ACCOUNTS = 7_402


def take_turn(connection: Connection, turnstile: Turnstile) -> None:
    """Wait until nobody else is behind the turnstile, and keep it until this transaction ends.

    SQLite knows one writer only, so there it keeps all others out; whoever read before in this transaction
    without writing must not rely on it.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(int(turnstile))))
        return
    # Changes nothing, but makes the transaction a writing one before it reads.
    connection.execute(update(staff_audit).where(staff_audit.c.id < 0).values(ip=staff_audit.c.ip))
