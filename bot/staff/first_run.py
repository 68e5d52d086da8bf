"""The first account of an installation."""

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.staff.accounts import create
from bot.staff.actions import Action
from bot.staff.audit import SYSTEM, record
from bot.staff.passwords import one_time_password
from bot.staff.roles import Role
from bot.staff.serial import Turnstile, take_turn
from bot.staff.tables import staff_account

LOGIN = "admin"
NAME = "Quản trị hệ thống"


def first_run(connection: Connection, now: float) -> str | None:
    """Create ``admin`` when there is no account, and give its one-time password.

    It is to be shown once and stored nowhere. None when there are accounts; of several processes that start
    at once one creates it.
    """
    if connection.execute(select(func.count()).select_from(staff_account)).scalar_one():
        return None
    take_turn(connection, Turnstile.ACCOUNTS)
    if connection.execute(select(func.count()).select_from(staff_account)).scalar_one():
        return None
    password = one_time_password()
    made = create(connection, LOGIN, NAME, {Role.ADMIN}, password, now, must_change=True)
    record(
        connection,
        SYSTEM,
        Action.ACCOUNT_CREATED,
        f"account:{made.id}",
        now,
        detail={"role": Role.ADMIN.value},
    )
    return password
