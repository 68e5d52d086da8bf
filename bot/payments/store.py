"""Rows of payments: beginning one, finding one."""

from typing import Any

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection

from bot.database import insert_once
from bot.following.state import FeeDue
from bot.payments.bill import Bill, Order
from bot.payments.metrics import STATES
from bot.payments.references import new_reference, new_token
from bot.payments.settling import move
from bot.payments.states import OPEN, PaymentState, Way
from bot.payments.tables import payment

LIFE_SECONDS = 24 * 3600.0
"""How long a payment may be paid and is asked after. As long it is shown again instead of beginning another:
two pages that both take money would take it twice.
"""
QUIET_SECONDS = 3 * 24 * 3600.0
"""How long after money has arrived nobody is asked for the same sum again: the one-stop record may lag."""
FIRST_QUERY_SECONDS = 60.0
"""When the platform is first asked, unless it tells by itself."""
_ENDED_WITH_MONEY = (PaymentState.PAID.value, PaymentState.MISMATCH.value)


def begin(connection: Connection, order: Order, way: Way, page: str, now: float) -> Bill:
    """The payment that still counts for what is owed, or a new one: written before anybody hears of it.

    Money that has arrived counts whichever way it came. ``page``: address of the pages of transfers, to which
    the token is added. Two that begin at once get the same payment.
    """
    arrived = _arrived(connection, order, now)
    if arrived is not None:
        return bill_of(arrived, page)
    while True:
        latest = _latest(connection, order.dossier, way)
        if latest is not None and _counts(latest, order.owed.amount, now):
            return bill_of(latest, page)
        attempt = (latest.attempt if latest is not None else 0) + 1
        values = _row(order, way, attempt, now)
        if insert_once(connection, payment, values):
            STATES.labels(values["state"]).inc()
            return bill_of(connection.execute(_one(values["reference"])).one(), page)


def find(connection: Connection, reference: str, page: str) -> Bill | None:
    """A payment by its reference."""
    row = connection.execute(_one(reference)).one_or_none()
    return bill_of(row, page) if row is not None else None


def find_page(connection: Connection, token: str, page: str) -> Bill | None:
    """A transfer by the token of its page; None once the conversation was erased."""
    query = select(payment).where(payment.c.token == token, payment.c.way == Way.TRANSFER.value)
    row = connection.execute(query).one_or_none()
    return bill_of(row, page) if row is not None else None


def started(connection: Connection, reference: str, url: str, now: float) -> None:
    """The platform gave the page to pay on. Two that asked for it at once keep the first."""
    unknown = (payment.c.reference == reference) & payment.c.url.is_(None)
    connection.execute(update(payment).where(unknown).values(url=url))
    move(connection, reference, PaymentState.STARTED, now)


def expire_transfers(connection: Connection, now: float) -> int:
    """Close the pages of transfers whose time is over; how many."""
    over = (payment.c.way == Way.TRANSFER.value) & (payment.c.expires_at <= now)
    still_open = payment.c.state.in_([state.value for state in OPEN])
    values = {"state": PaymentState.EXPIRED.value, "settled_at": now}
    closed: int = connection.execute(update(payment).where(over, still_open).values(values)).rowcount
    return closed


def bill_of(row: Any, page: str) -> Bill:
    """A row as a bill."""
    way = Way(row.way)
    link = row.url or ""
    if way is Way.TRANSFER and row.token:
        link = f"{page}/{row.token}"
    return Bill(
        reference=row.reference,
        way=way,
        dossier=row.dossier,
        amount=row.amount,
        items=msgspec.convert(row.items, tuple[FeeDue, ...]),
        state=PaymentState(row.state),
        link=link,
        created_at=row.created_at,
        expires_at=row.expires_at,
        settled_at=row.settled_at,
    )


def _counts(row: Any, amount: int, now: float) -> bool:
    if row.amount != amount:
        return False
    # Its conversation was erased, and with it the way to the page.
    closed = row.state != PaymentState.CREATED.value and row.url is None and row.token is None
    return PaymentState(row.state) in OPEN and not closed and now - row.created_at < LIFE_SECONDS


def _arrived(connection: Connection, order: Order, now: float) -> Any:
    """The last payment of this sum for the dossier that ended with money, while the record may lag."""
    ended = payment.c.state.in_(_ENDED_WITH_MONEY) & (payment.c.settled_at > now - QUIET_SECONDS)
    mine = (payment.c.dossier == order.dossier) & (payment.c.amount == order.owed.amount)
    query = select(payment).where(mine, ended).order_by(payment.c.settled_at.desc()).limit(1)
    return connection.execute(query).one_or_none()


def _latest(connection: Connection, dossier: str, way: Way) -> Any:
    mine = (payment.c.dossier == dossier) & (payment.c.way == way.value)
    newest = select(func.max(payment.c.attempt)).where(mine).scalar_subquery()
    return connection.execute(select(payment).where(mine, payment.c.attempt == newest)).one_or_none()


def _one(reference: str) -> Any:
    return select(payment).where(payment.c.reference == reference)


def _row(order: Order, way: Way, attempt: int, now: float) -> dict[str, Any]:
    platform = way is Way.PLATFORM
    return {
        "reference": new_reference(order.dossier, now),
        "way": way.value,
        "dossier": order.dossier,
        "attempt": attempt,
        "draft": order.draft,
        "conversation_id": order.conversation_id or None,
        "token": None if platform else new_token(),
        "amount": order.owed.amount,
        "items": msgspec.to_builtins(order.owed.items),
        "state": (PaymentState.CREATED if platform else PaymentState.STARTED).value,
        "queries": 0,
        "query_at": now + FIRST_QUERY_SECONDS if platform else None,
        "created_at": now,
        "expires_at": now + LIFE_SECONDS,
    }
