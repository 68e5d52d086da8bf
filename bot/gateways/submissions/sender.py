"""Hands dossiers over to the one-stop system: each once, whatever dies in between.

A dossier bears a code that the system takes only once and a reference of ours. A try that ended without an
answer is settled by asking for the code; only when it is not there is the same record sent again, and if it
was on its way all the same, the system says that it exists already.
"""

import logging
from collections.abc import Callable
from typing import Any

import msgspec
from sqlalchemy.engine import Connection, Engine

from bot.gateways.onestop.errors import NotFoundError, RefusedError, UnavailableError
from bot.gateways.onestop.services import Created, OneStop
from bot.gateways.states import NewsKind, SubmissionState, Trouble
from bot.gateways.submissions import queue
from bot.gateways.submissions.applicant import Applicant
from bot.gateways.submissions.submission import is_ours, new_code, outgoing
from bot.gateways.vault import Vault

log = logging.getLogger(__name__)

S = SubmissionState
PATIENCE_SECONDS = 600.0
"""A try that lasts longer was cut off: no call takes that long with the longest timeout of the settings."""
GIVE_UP_SECONDS = 7 * 86_400.0
OPEN_SECONDS = 86_400.0
"""For so long a citizen may take to complete a submission."""
_SHORTEST_PAUSE, _LONGEST_PAUSE = 15.0, 1800.0
_AT_ONCE = 20


class Sender:
    """The worker; several may run on one database. ``patience``: seconds after which a try was surely cut
    off, well over the time of four calls.
    """

    def __init__(
        self, engine: Engine, onestop: OneStop, vault: Vault, patience: float = PATIENCE_SECONDS
    ) -> None:
        self._engine, self._onestop, self._vault, self._patience = engine, onestop, vault, patience

    def once(self, now: float) -> int:
        """Do what is due at ``now`` (POSIX seconds); how many submissions were handled. Raises nothing but
        errors of the database.
        """
        with self._engine.begin() as connection:
            queue.doubt(connection, now - self._patience, now)
            queue.give_up(connection, now - GIVE_UP_SECONDS, now - OPEN_SECONDS, now)
        with self._engine.connect() as connection:
            ids = queue.due(connection, now, _AT_ONCE)
        return sum(self._handle(id, now) for id in ids)

    def _handle(self, id: int, now: float) -> bool:
        with self._engine.begin() as connection:
            claimed = queue.claim(connection, id, now)
        if claimed is None:
            return False
        row, before = claimed
        work = {S.PENDING: self._deliver, S.UNKNOWN: self._ask, S.WITHDRAWING: self._withdraw}[before]
        try:
            settle = work(row, now)
        except UnavailableError as error:
            settle = _postponed(row, before, error, now)
        with self._engine.begin() as connection:
            settle(connection)
        return True

    def _deliver(self, row: Any, now: float) -> "Settle":
        if row.withdraw:
            return _finish(row, S.WITHDRAWN, now, NewsKind.WITHDRAWN)
        applicant = self._unsealed(row)
        if applicant is None:
            return _finish(row, S.DEAD, now, NewsKind.UNDELIVERED, Trouble.UNREADABLE.value)
        try:
            created = self._onestop.create(outgoing(row, applicant))
        except RefusedError as error:
            return _finish(row, S.REFUSED, now, NewsKind.SEND_REFUSED, error.code, error.message)
        if created is Created.NOW:
            return _finish(row, S.SENT, now, NewsKind.SENT)
        if row.attempts == 1:
            # Never sent before: the code belongs to somebody else's dossier.
            return _recoded(row, now)
        return self._ask(row, now, exists=True)

    def _ask(self, row: Any, now: float, exists: bool = False) -> "Settle":
        """``exists``: the system said that there is a dossier with the code, after an earlier try of ours."""
        try:
            record = self._onestop.record(row.code)
        except (NotFoundError, RefusedError):
            if exists:
                return _finish(row, S.SENT, now, NewsKind.SENT)
            if row.payload is None:
                return _finish(row, S.DEAD, now, None)
            # Also where we may not look up: handing in again is answered with "exists already".
            return _put_back(row, S.PENDING, now)
        if is_ours(record, row):
            return _finish(row, S.SENT, now, NewsKind.SENT)
        return _recoded(row, now)

    def _withdraw(self, row: Any, now: float) -> "Settle":
        try:
            self._onestop.withdraw(row.code, row.procedure_code)
        except NotFoundError:
            log.warning("a dossier to be withdrawn is not there: %s", row.key_hash[:16])
        except RefusedError as error:
            return _finish(row, S.SENT, now, NewsKind.WITHDRAWAL_REFUSED, error.code, error.message)
        return _finish(row, S.WITHDRAWN, now, NewsKind.WITHDRAWN)

    def _unsealed(self, row: Any) -> Applicant | None:
        plain = self._vault.open(row.payload) if row.payload is not None else None
        return msgspec.json.decode(plain, type=Applicant) if plain is not None else None


Settle = Callable[[Connection], object]


def _finish(
    row: Any,
    state: SubmissionState,
    now: float,
    news: NewsKind | None,
    error: str | None = None,
    said: str | None = None,
) -> Settle:
    log.info("submission %s: %s %s", row.key_hash[:16], state.value, error or "")
    return lambda connection: queue.finish(connection, row, state, now, news, error, said)


def _put_back(row: Any, state: SubmissionState, due_at: float, **values: Any) -> Settle:
    return lambda connection: queue.put_back(
        connection, row, {"state": state.value, "due_at": due_at, "error": None, **values}
    )


def _recoded(row: Any, now: float) -> Settle:
    return _put_back(row, S.PENDING, now, code=new_code(row.agency, now), attempts=0)


def _postponed(row: Any, before: SubmissionState, error: UnavailableError, now: float) -> Settle:
    """Once more later, the rarer the longer it waits. What may have arrived is asked about first."""
    state = S.UNKNOWN if before is S.PENDING and error.arrived else before
    age = now - row.handed_in_at
    pause = max(_SHORTEST_PAUSE, min(_LONGEST_PAUSE, age / 4))
    return _put_back(row, state, now + pause, error=error.cause.value)
