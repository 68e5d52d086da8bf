"""Accounts of staff: who they are, what they may do, and how they enter."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.database import insert_once
from bot.staff.lockout import locked_seconds
from bot.staff.passwords import fits, hashed, is_dated
from bot.staff.roles import Permission, Role, permissions_of
from bot.staff.serial import Turnstile, take_turn
from bot.staff.strength import is_weak
from bot.staff.tables import staff_account

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{2,79}")
_NAME_LENGTH = 120


@dataclass(frozen=True)
class Account:
    """A member of staff. ``must_change``: the password was given out and is good for changing it only.
    ``entered_at``: the last time a password was right, None when never.
    """

    id: int
    login: str
    name: str
    roles: frozenset[Role]
    active: bool
    must_change: bool
    has_factor: bool
    entered_at: float | None

    @property
    def permissions(self) -> frozenset[Permission]:
        return permissions_of(self.roles)


class Refused(str, Enum):
    """Why nobody entered. A page says the same sentence for the first two: who asks need not know."""

    UNKNOWN = "unknown"
    """No such login, or not its password."""
    LOCKED = "locked"
    INACTIVE = "inactive"


def create(
    connection: Connection,
    login: str,
    name: str,
    roles: Collection[Role],
    password: str,
    now: float,
    must_change: bool = False,
) -> Account:
    """A new account. Raises ``ValueError`` when the login is taken or badly formed, there is no name or role,
    or the password is weak.
    """
    spelled = spell(login)
    if not _LOGIN.fullmatch(spelled):
        raise ValueError("login: 3 to 80 of a-z, 0-9 and . _ @ -, a letter or digit first")
    values = {
        "login": spelled,
        "name": _named(name),
        "roles": _listed(roles),
        "password_hash": _accepted(password, spelled),
        "must_change": must_change,
        "totp_step": 0,
        "active": True,
        "failures": 0,
        "locked_until": 0.0,
        "created_at": now,
    }
    if not insert_once(connection, staff_account, values):
        raise ValueError("login: taken")
    made = by_login(connection, spelled)
    assert made is not None
    return made


def find(connection: Connection, account_id: int) -> Account | None:
    """The account with this id."""
    return _one(connection, staff_account.c.id == account_id)


def by_login(connection: Connection, login: str) -> Account | None:
    """The account with this login, in whatever case it was typed."""
    return _one(connection, staff_account.c.login == spell(login))


def find_subject(connection: Connection, subject: str) -> Account | None:
    """The account bound to a person of the log-in provider, ``<issuer>#<sub>``."""
    return _one(connection, staff_account.c.oidc_subject == subject)


def everyone(connection: Connection) -> list[Account]:
    """All accounts by login, inactive ones too."""
    return [
        _account(row) for row in connection.execute(select(staff_account).order_by(staff_account.c.login))
    ]


def enter(connection: Connection, login: str, password: str, now: float) -> Account | Refused:
    """The account, when login and password are right; its second factor, if it has one, is still to come.

    Takes the same time whether the login exists or not. A wrong password is counted and may lock; until the
    lock ends no password is right. Of guesses made at once the outcome of one is told.
    """
    row = connection.execute(select(staff_account).where(staff_account.c.login == spell(login))).one_or_none()
    right = fits(row.password_hash if row else None, password)
    if row is None:
        return Refused.UNKNOWN
    if row.locked_until > now:
        return Refused.LOCKED
    if not right:
        return Refused.LOCKED if count_failure(connection, row.id, now) else Refused.UNKNOWN
    if not row.active:
        return Refused.INACTIVE
    values: dict[str, Any] = {"entered_at": now}
    # Whoever knows the password alone must not be able to reset the count of wrong codes.
    if row.totp_sealed is None:
        values["failures"] = 0
    if is_dated(row.password_hash):
        values["password_hash"] = hashed(password)
    # Another guess that was counted since we looked makes this one count for nothing.
    same = (staff_account.c.id == row.id) & (staff_account.c.failures == row.failures)
    if not connection.execute(update(staff_account).where(same).values(values)).rowcount:
        return Refused.UNKNOWN
    return find(connection, row.id) or Refused.UNKNOWN


def enter_as_subject(connection: Connection, subject: str, now: float) -> Account | Refused:
    """The account bound to a person the log-in provider vouches for; nobody gets one by coming from there."""
    account = find_subject(connection, subject)
    if account is None:
        return Refused.UNKNOWN
    if not account.active:
        return Refused.INACTIVE
    _write(connection, account.id, entered_at=now)
    return replace(account, entered_at=now)


def count_failure(connection: Connection, account_id: int, now: float) -> bool:
    """Count a wrong password or code; whether the account is locked by it."""
    account = staff_account.c
    more = update(staff_account).where(account.id == account_id).values(failures=account.failures + 1)
    connection.execute(more)
    failures: int = connection.execute(select(account.failures).where(account.id == account_id)).scalar_one()
    seconds = locked_seconds(failures)
    if not seconds:
        return False
    lock = update(staff_account).where(account.id == account_id).values(locked_until=now + seconds)
    connection.execute(lock)
    return True


def locked_until(connection: Connection, account_id: int) -> float:
    """When the account opens again, POSIX seconds; long past when it is open."""
    query = select(staff_account.c.locked_until).where(staff_account.c.id == account_id)
    until: float = connection.execute(query).scalar_one()
    return until


def unlock(connection: Connection, account_id: int) -> None:
    """Forget failed log-ins and open the account."""
    _write(connection, account_id, failures=0, locked_until=0.0)


def set_password(
    connection: Connection, account_id: int, password: str, now: float, must_change: bool = False
) -> None:
    """Another password; the account is opened. Sessions go on: end them where somebody else might have one.

    Raises ``ValueError`` for a weak password or the one it had.
    """
    query = select(staff_account.c.login, staff_account.c.password_hash).where(
        staff_account.c.id == account_id
    )
    row = connection.execute(query).one()
    if fits(row.password_hash, password):
        raise ValueError("password: the one it was")
    stored = _accepted(password, row.login)
    _write(
        connection, account_id, password_hash=stored, must_change=must_change, failures=0, locked_until=now
    )


def change(
    connection: Connection, account_id: int, name: str, roles: Collection[Role], active: bool
) -> Account:
    """Another name, roles, or whether it is in use.

    Raises ``ValueError`` when nobody who is active would be an admin any more, or there is no name or role.
    """
    named, listed = _named(name), _listed(roles)
    take_turn(connection, Turnstile.ACCOUNTS)
    admins = {who.id for who in everyone(connection) if who.active and Role.ADMIN in who.roles}
    if admins == {account_id} and not (active and Role.ADMIN in roles):
        raise ValueError("roles: the last active admin")
    _write(connection, account_id, name=named, roles=listed, active=active)
    changed = find(connection, account_id)
    assert changed is not None
    return changed


def bind_subject(connection: Connection, account_id: int, subject: str | None) -> None:
    """Let a person of the log-in provider (``<issuer>#<sub>``) enter as this account; None ends it.

    Raises ``ValueError`` when another account is bound to that person.
    """
    if subject is not None:
        take_turn(connection, Turnstile.ACCOUNTS)
        bound = find_subject(connection, subject)
        if bound is not None and bound.id != account_id:
            raise ValueError("subject: bound to another account")
    _write(connection, account_id, oidc_subject=subject)


def spell(login: str) -> str:
    """A login as it is stored."""
    return login.strip().lower()


def _named(name: str) -> str:
    cut = " ".join(name.split())
    if not 0 < len(cut) <= _NAME_LENGTH:
        raise ValueError(f"name: 1 to {_NAME_LENGTH} characters")
    return cut


def _listed(roles: Collection[Role]) -> list[str]:
    if not roles:
        raise ValueError("roles: at least one")
    return sorted(role.value for role in set(roles))


def _accepted(password: str, login: str) -> str:
    if is_weak(password, login):
        raise ValueError("password: at least 12 characters, not common, not the login")
    return hashed(password)


def _write(connection: Connection, account_id: int, **values: Any) -> None:
    changed = connection.execute(update(staff_account).where(staff_account.c.id == account_id).values(values))
    if not changed.rowcount:
        raise ValueError("account: unknown")


def _one(connection: Connection, condition: Any) -> Account | None:
    row = connection.execute(select(staff_account).where(condition)).one_or_none()
    return _account(row) if row else None


def _account(row: Any) -> Account:
    return Account(
        id=row.id,
        login=row.login,
        name=row.name,
        roles=frozenset(Role(role) for role in row.roles),
        active=row.active,
        must_change=row.must_change,
        has_factor=row.totp_sealed is not None,
        entered_at=row.entered_at,
    )
