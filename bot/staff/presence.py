"""Who of staff is there to take conversations."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.database import insert_once
from bot.staff.actions import Presence
from bot.staff.tables import staff_account, staff_presence

GONE_SECONDS = 120.0
"""Without a sign of life for so long somebody is not there, whatever they told."""
_TOUCH_SECONDS = 20.0


@dataclass(frozen=True)
class Whereabouts:
    """``reason``: why busy or away, in their own words, may be empty; ``seen_at``: the last sign of life."""

    state: Presence
    reason: str
    seen_at: float


def tell(connection: Connection, account_id: int, state: Presence, now: float, reason: str = "") -> None:
    """Somebody says whether they take conversations; the reason is cut to 160 characters."""
    cut = " ".join(reason.split())[: staff_presence.c.reason.type.length]
    values = {"state": state.value, "reason": cut, "seen_at": now}
    told = update(staff_presence).where(staff_presence.c.account_id == account_id).values(values)
    if connection.execute(told).rowcount:
        return
    if not insert_once(connection, staff_presence, {"account_id": account_id, **values}):
        connection.execute(told)


def seen(connection: Connection, account_id: int, now: float) -> None:
    """A sign of life. Who never told anything is away: reading figures is not being there for citizens."""
    known = of(connection, account_id)
    if known is None:
        values = {"account_id": account_id, "state": Presence.AWAY.value, "reason": "", "seen_at": now}
        insert_once(connection, staff_presence, values)
    elif known.seen_at <= now - _TOUCH_SECONDS:
        here = staff_presence.c.account_id == account_id
        connection.execute(update(staff_presence).where(here).values(seen_at=now))


def here(connection: Connection, now: float) -> list[tuple[int, str]]:
    """(account id, name) of everybody who takes conversations now, by name."""
    query = (
        select(staff_account.c.id, staff_account.c.name)
        .join(staff_presence, staff_presence.c.account_id == staff_account.c.id)
        .where(
            staff_presence.c.state == Presence.HERE.value,
            staff_presence.c.seen_at > now - GONE_SECONDS,
            staff_account.c.active,
        )
        .order_by(staff_account.c.name, staff_account.c.id)
    )
    return [(row.id, row.name) for row in connection.execute(query)]


def of(connection: Connection, account_id: int) -> Whereabouts | None:
    """What somebody told last; None when they never did and were never seen."""
    query = select(staff_presence).where(staff_presence.c.account_id == account_id)
    row = connection.execute(query).one_or_none()
    return Whereabouts(Presence(row.state), row.reason, row.seen_at) if row else None
