"""The platform tells how a payment ended (CONFIRM): checked, settled for good, then answered.

Nothing but the row of the payment is touched here: receipts and messages to citizens are made later.
Our own error codes are assumed; of the platform's only "00" is known.
"""

import logging
from collections.abc import Callable
from enum import Enum

import msgspec
from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DBAPIError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.payments import hashing, messages
from bot.payments.client import Access
from bot.payments.messages import Confirm, ConfirmReply
from bot.payments.metrics import CONFIRMS
from bot.payments.settling import Settled, Told, settle
from bot.payments.states import PaymentState
from bot.payments.tables import payment
from bot.payments.times import stamp

PATH = "/payments/confirm"
MAX_BYTES = 16 * 1024
DONG = frozenset({"", "VND", "704"})

logger = logging.getLogger(__name__)


class Fate(str, Enum):
    """What became of a call; label of the counter."""

    TAKEN = "taken"
    UNKNOWN = "unknown"
    AMOUNT = "amount"
    FORGED = "forged"
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    FAILED = "failed"


_CODES = {
    Fate.TAKEN: "00",
    Fate.UNKNOWN: "01",
    Fate.AMOUNT: "04",
    Fate.FORGED: "97",
    Fate.MALFORMED: "99",
    Fate.TOO_LARGE: "99",
    Fate.FAILED: "99",
}
_STATUS = {Fate.FORGED: 401, Fate.MALFORMED: 400, Fate.TOO_LARGE: 413, Fate.FAILED: 503}
_SAID = {
    Fate.TAKEN: "Thanh cong",
    Fate.UNKNOWN: "Khong tim thay giao dich",
    Fate.AMOUNT: "So tien khong khop",
    Fate.FORGED: "Sai ma xac thuc",
    Fate.MALFORMED: "Ban tin khong hop le",
    Fate.TOO_LARGE: "Ban tin qua lon",
    Fate.FAILED: "He thong ban, vui long gui lai",
}
"""For the platform's operators; no citizen reads it."""
_FATES = {
    Settled.APPLIED: Fate.TAKEN,
    Settled.REPEATED: Fate.TAKEN,
    Settled.UNKNOWN: Fate.UNKNOWN,
    Settled.MISMATCH: Fate.AMOUNT,
    Settled.SECOND: Fate.AMOUNT,
}


class Confirmations:
    """Takes the calls. ``access``: its partner code and secret are what calls have to bear."""

    def __init__(self, engine: Engine, access: Access, now: Callable[[], float]) -> None:
        self._engine, self._access, self._now = engine, access, now

    def routes(self) -> list[Route]:
        """The one route."""
        return [Route(PATH, self._post, methods=["POST"])]

    def take(self, raw: bytes) -> tuple[Fate, bytes]:
        """One call: what became of it and the reply. The transaction has ended when this returns.

        A repeated message gets the same reply, byte for byte.
        """
        try:
            message = messages.decoded(raw, Confirm)
        except msgspec.DecodeError:
            return Fate.MALFORMED, _unsigned(Fate.MALFORMED)
        genuine = hashing.verified(message.signature, message.hashed, self._access.secret)
        ours = str(message.partner) == self._access.partner and message.kind == "CONFIRM"
        if not genuine or not ours:
            logger.warning("payment platform: a confirmation has a wrong hash; is the secret right?")
            return Fate.FORGED, _unsigned(Fate.FORGED)
        now = self._now()
        try:
            with self._engine.begin() as connection:
                fate = _FATES[settle(connection, message.reference, _told(message), now)]
                at = _settled_at(connection, message.reference)
        except DBAPIError as error:
            logger.error("payment platform: a confirmation was not stored: %s", type(error).__name__)
            return Fate.FAILED, _unsigned(Fate.FAILED)
        return fate, self._reply(message.reference, fate, now if at is None else at)

    async def _post(self, request: Request) -> Response:
        raw = await _body_of(request)
        if raw is None:
            fate, content = Fate.TOO_LARGE, _unsigned(Fate.TOO_LARGE)
        else:
            fate, content = await run_in_threadpool(self.take, raw)
        CONFIRMS.labels(fate.value).inc()
        return Response(content, _STATUS.get(fate, 200), media_type="application/json")

    def _reply(self, reference: str, fate: Fate, at: float) -> bytes:
        reply = ConfirmReply(
            code=_CODES[fate],
            description=_SAID[fate],
            partner=self._access.partner,
            reference=reference,
            at=stamp(at),
        )
        return msgspec.json.encode(messages.signed(reply, self._access.secret))


def _told(message: Confirm) -> Told:
    """A sum in another currency than đồng is no sum that was due."""
    paid = messages.is_success(message.code)
    amount = messages.sum_of(message.amount) if str(message.currency).strip() in DONG else None
    state = PaymentState.PAID if paid else PaymentState.FAILED
    return Told(state, amount, str(message.transaction), str(message.bank))


def _settled_at(connection: Connection, reference: str) -> float | None:
    query = select(payment.c.settled_at).where(payment.c.reference == reference)
    found: float | None = connection.execute(query).scalar_one_or_none()
    return found


def _unsigned(fate: Fate) -> bytes:
    """For callers who did not show that they are the platform: nothing they chose is signed for them."""
    return msgspec.json.encode({"MaLoi": _CODES[fate], "MoTaLoi": _SAID[fate]})


async def _body_of(request: Request) -> bytes | None:
    """The raw bytes, or None when there are too many: the rest is then not read."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BYTES:
            return None
    return bytes(body)
