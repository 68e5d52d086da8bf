"""Asks the platform about payments it has not told us of; background work of the gateway."""

import logging
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Engine

from bot.payments import store
from bot.payments.client import Client, PlatformDownError, RefusedError
from bot.payments.metrics import ALERTS
from bot.payments.settling import Settled, Told, move, settle
from bot.payments.states import OPEN, PaymentState
from bot.payments.tables import payment

INTERVAL_SECONDS = 30.0
"""How often ``once`` should be called."""
LONGEST_WAIT_SECONDS = 30 * 60.0
GIVE_UP_SECONDS = store.LIFE_SECONDS
WITHOUT_ANSWER_SECONDS = 2 * store.LIFE_SECONDS
"""Age at which a payment is given up although the platform did not answer the last question either."""
AT_ONCE = 20

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Asked:
    """What one round did."""

    asked: int = 0
    settled: int = 0
    expired: int = 0


@dataclass(frozen=True)
class _Open:
    reference: str
    query_at: float
    queries: int
    created_at: float
    has_page: bool


class Queries:
    """``client``: None where there is no platform; pages of transfers are closed all the same. Several
    processes may call ``once`` at the same time: each payment is asked about by one of them.
    """

    def __init__(self, engine: Engine, client: Client | None) -> None:
        self._engine, self._client = engine, client

    def once(self, now: float) -> Asked:
        """Ask about every payment that is due, at most 20; the wait before the next question doubles."""
        with self._engine.begin() as connection:
            store.expire_transfers(connection, now)
            claimed = self._claim(connection, now) if self._client else []
        settled = expired = 0
        for found in claimed:
            told, answered = self._ask(found.reference)
            with self._engine.begin() as connection:
                if told and settle(connection, found.reference, told, now) is Settled.APPLIED:
                    settled += 1
                if self._is_over(found, answered, now):
                    # Who never got a page to pay on has nothing to hear of.
                    tell = found.has_page
                    expired += move(connection, found.reference, PaymentState.EXPIRED, now, tell=tell)
        return Asked(len(claimed), settled, expired)

    def _claim(self, connection: Connection, now: float) -> list[_Open]:
        """Payments to ask about, with the next question put off so that nobody else asks now."""
        due = select(payment).where(
            payment.c.query_at <= now, payment.c.state.in_([state.value for state in OPEN])
        )
        rows = connection.execute(due.order_by(payment.c.query_at).limit(AT_ONCE)).all()
        claimed: list[_Open] = []
        for row in rows:
            found = _Open(row.reference, row.query_at, row.queries, row.created_at, row.url is not None)
            mine = (payment.c.reference == found.reference) & (payment.c.query_at == found.query_at)
            values = {"query_at": now + wait_after(found.queries), "queries": found.queries + 1}
            if connection.execute(update(payment).where(mine).values(values)).rowcount == 1:
                claimed.append(found)
        return claimed

    def _ask(self, reference: str) -> tuple[Told | None, bool]:
        """What is told, and whether the platform answered at all."""
        assert self._client is not None
        try:
            return self._client.query(reference), True
        except RefusedError:
            return None, True
        except PlatformDownError:
            return None, False

    @staticmethod
    def _is_over(found: _Open, answered: bool, now: float) -> bool:
        age = now - found.created_at
        if age < GIVE_UP_SECONDS or (not answered and age < WITHOUT_ANSWER_SECONDS):
            return False
        if not answered:
            ALERTS.labels("no_answer").inc()
            logger.error("payment %s: given up without an answer of the platform", found.reference)
        return True


def wait_after(queries: int) -> float:
    """Seconds to the next question after ``queries`` earlier ones: 1, 2, 4 … 30 minutes."""
    return float(min(store.FIRST_QUERY_SECONDS * 2 ** min(queries, 10), LONGEST_WAIT_SECONDS))
