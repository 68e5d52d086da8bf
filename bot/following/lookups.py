"""Look-ups as they really happen: counted, cached, compared, remembered, noted."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

from sqlalchemy.engine import Engine

from bot.following import mirror
from bot.following.audit import FACTOR_MOST, GUESSES, SWARM, Audit, Outcome, Pass
from bot.following.disclosure import opened, proves, public
from bot.following.metrics import GUESSING, LOOKUPS
from bot.following.ports import (
    Absence,
    Ask,
    Found,
    Locked,
    NotFound,
    Result,
    Sealed,
    Source,
    TooMany,
    Unavailable,
    WrongFactor,
)
from bot.following.state import DossierState

log = logging.getLogger(__name__)
_MOST_CACHED = 500


class Cache:
    """A source asked again for the same code only after ``mirror.FRESH_SECONDS``. What is unknown is kept as
    long as what is known, so that the time an answer takes tells nothing.
    """

    def __init__(self, source: Source, now: Callable[[], float]) -> None:
        self._source, self._now = source, now
        self._kept: OrderedDict[str, tuple[float, DossierState | Absence]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, code: str) -> DossierState | Absence:
        """As the source says, now or a moment ago."""
        with self._lock:
            kept = self._kept.get(code)
        if kept and 0 <= self._now() - kept[0] < mirror.FRESH_SECONDS:
            return kept[1]
        found = self._source.find(code)
        if found is not Absence.UNAVAILABLE:
            with self._lock:
                self._kept[code] = (self._now(), found)
                self._kept.move_to_end(code)
                while len(self._kept) > _MOST_CACHED:
                    self._kept.popitem(last=False)
        return found


class CountedLookups:
    """The port ``Lookups``. ``source`` None: no system is connected. Safe to call from several threads and
    processes; the network is never waited for inside a transaction.
    """

    def __init__(self, engine: Engine, source: Source | None, audit: Audit, now: Callable[[], float]) -> None:
        self._engine, self._audit, self._now = engine, audit, now
        self._source = Cache(source, now) if source else None

    @property
    def connected(self) -> bool:
        """Whether there is a system to ask at all."""
        return self._source is not None

    def find(self, ask: Ask) -> Result:
        """How a dossier stands, as far as it may be shown."""
        if not ask.message_id:
            ask = replace(ask, message_id=uuid4().hex)
        if self._source is None:
            return self._from_memory(ask, Unavailable(connected=False))
        if ask.factor is None and (fresh := self._fresh(ask)):
            return Found(fresh)
        with self._engine.begin() as connection:
            passed = self._audit.begin(connection, ask, self._now())
        if passed.wait:
            LOOKUPS.labels(Outcome.THROTTLED.value).inc()
            return TooMany(passed.wait)
        found = self._source.find(ask.code)
        if found is Absence.UNAVAILABLE:
            self._end(passed, Outcome.UNAVAILABLE)
            return self._from_memory(ask, Unavailable())
        if found is Absence.UNKNOWN:
            self._unknown(ask, passed)
            return NotFound()
        assert isinstance(found, DossierState)
        return self._opened(ask, passed, found) if ask.factor is not None else self._shown(ask, passed, found)

    def _shown(self, ask: Ask, passed: Pass, state: DossierState) -> Found:
        with self._engine.begin() as connection:
            mirror.remember(connection, ask, state, self._now())
            self._audit.end(connection, passed, Outcome.FOUND)
        LOOKUPS.labels(Outcome.FOUND.value).inc()
        return Found(public(state))

    def _opened(self, ask: Ask, passed: Pass, state: DossierState) -> Result:
        now = self._now()
        result: Result
        with self._engine.begin() as connection:
            wrong, wait = self._audit.wrong_lately(connection, passed, ask.code, now)
            if not state.proofs:
                outcome, result = Outcome.SEALED, Sealed()
            elif wrong >= FACTOR_MOST:
                outcome, result = Outcome.LOCKED, Locked(wait)
            elif proves(ask.factor or "", state):
                outcome, result = Outcome.OPENED, Found(opened(state), opened=True)
                mirror.remember(connection, replace(ask, procedure_code=state.procedure_code), state, now)
            else:
                outcome, result = Outcome.WRONG, WrongFactor(FACTOR_MOST - wrong - 1)
            self._audit.end(connection, passed, outcome)
        LOOKUPS.labels(outcome.value).inc()
        return result

    def _unknown(self, ask: Ask, passed: Pass) -> None:
        with self._engine.begin() as connection:
            self._audit.end(connection, passed, Outcome.UNKNOWN)
            mine, everybody = self._audit.guesses(connection, ask.conversation_id, self._now())
        LOOKUPS.labels(Outcome.UNKNOWN.value).inc()
        if mine >= GUESSES:
            GUESSING.labels("conversation").inc()
            log.warning("conversation %s asked for %d unknown dossier codes", ask.conversation_id, mine)
        if everybody >= SWARM:
            GUESSING.labels("everybody").inc()
            log.warning("%d unknown dossier codes were asked for lately", everybody)

    def _fresh(self, ask: Ask) -> DossierState | None:
        """What this conversation was shown a moment ago: showing it again is no look-up."""
        with self._engine.connect() as connection:
            row = mirror.read(connection, ask.conversation_id, ask.code)
        recent = row is not None and 0 <= self._now() - row.checked_at < mirror.FRESH_SECONDS
        return row.dossier.state if row and recent else None

    def _from_memory(self, ask: Ask, otherwise: Unavailable) -> Found | Unavailable:
        with self._engine.connect() as connection:
            row = mirror.read(connection, ask.conversation_id, ask.code)
        state = row.dossier.state if row else None
        return Found(state, fresh=False) if state else otherwise

    def _end(self, passed: Pass, outcome: Outcome) -> None:
        with self._engine.begin() as connection:
            self._audit.end(connection, passed, outcome)
        LOOKUPS.labels(outcome.value).inc()
