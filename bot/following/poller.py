"""Looks after the dossiers citizens want to hear about: politely, and telling each change once."""

import logging
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection, Engine

from bot.following import mirror, news
from bot.following.deadline import Clock, Standing, reminders
from bot.following.local import at, local
from bot.following.lookups import Cache
from bot.following.metrics import NEWS
from bot.following.mirror import POLL_SECONDS, Row
from bot.following.news import News, NewsKind
from bot.following.ports import Absence, Source
from bot.following.state import DossierState
from bot.following.status import DossierStatus
from bot.following.tables import followed
from bot.following.telling import closing_day

log = logging.getLogger(__name__)
SPACING_SECONDS = 1.0
"""Between two requests of a round."""
RETRY_SECONDS = 600.0
GIVE_UP_AFTER = 3
"""So many requests in a row without an answer end a round."""
MOST_AT_ONCE = 50
TRUSTED_SECONDS = 86_400.0
"""How old a state may be to say that something is late."""
_OVERDUE_DAYS = 30


class Poller:
    """``source`` None: nothing is asked, only what is known is reminded of. ``pause`` sleeps. Several may
    run at once.
    """

    def __init__(
        self, engine: Engine, source: Source | None, clock: Clock, pause: Callable[[float], None]
    ) -> None:
        self._engine, self._clock, self._pause = engine, clock, pause
        self._source = source

    def once(self, now: float) -> int:
        """One round over what is due; how many news."""
        with self._engine.connect() as connection:
            query = (
                select(followed)
                .where(followed.c.watching, followed.c.due_at <= now)
                .order_by(followed.c.due_at)
                .limit(MOST_AT_ONCE)
            )
            due = connection.execute(query).all()
        source = Cache(self._source, lambda: now) if self._source else None
        told = silent = 0
        for place, row in enumerate(due):
            if silent >= GIVE_UP_AFTER:
                log.warning("the dossier system does not answer; %d followed dossiers wait", len(due) - place)
                break
            if not self._claim(row, now):
                continue
            if source is None:
                told += self._settle(row, None, now)
                continue
            if place:
                self._pause(SPACING_SECONDS)
            found = source.find(row.code)
            silent = silent + 1 if found is Absence.UNAVAILABLE else 0
            if found is Absence.UNAVAILABLE:
                self._retry(row, now)
            told += self._settle(row, found if isinstance(found, DossierState) else None, now)
        return told

    def _claim(self, row: Any, now: float) -> bool:
        """Whoever moves the time of a row first looks after it."""
        mine = (followed.c.id == row.id) & (followed.c.due_at == row.due_at)
        with self._engine.begin() as connection:
            claimed: int = connection.execute(
                update(followed).where(mine).values(due_at=now + POLL_SECONDS)
            ).rowcount
        return claimed == 1

    def _retry(self, row: Any, now: float) -> None:
        with self._engine.begin() as connection:
            here = (followed.c.id == row.id) & (followed.c.due_at == now + POLL_SECONDS)
            connection.execute(update(followed).where(here).values(due_at=now + RETRY_SECONDS))

    def _settle(self, row: Any, state: DossierState | None, now: float) -> int:
        """Write down what was seen, with the news of it, in one transaction."""
        with self._engine.begin() as connection:
            # The update holds the row: who erases the conversation waits, or was here before.
            here = followed.c.id == row.id
            connection.execute(update(followed).where(here).values(due_at=followed.c.due_at))
            known = mirror.read(connection, row.conversation_id, row.code)
            if known is None or not known.dossier.watching:
                return 0
            told = []
            if state is not None:
                if not mirror.changed(connection, known, state, now):
                    return 0
                told += self._changes(connection, known, state, now)
                if state.status.is_final:
                    done = update(followed).where(followed.c.id == known.id).values(watching=False)
                    connection.execute(done)
            trusted = state is not None or now - known.checked_at <= TRUSTED_SECONDS
            told += self._reminders(connection, known, state or known.dossier.state, trusted, now)
        for kind in told:
            NEWS.labels(kind.value).inc()
        return len(told)

    def _changes(self, connection: Connection, known: Row, state: DossierState, now: float) -> list[NewsKind]:
        old = known.dossier.state.status if known.dossier.state else None
        if old is None or old is state.status:
            return []
        kind = NewsKind.RESULT_READY if state.status is DossierStatus.DECIDED else NewsKind.STATUS_NEWS
        day = closing_day(state) or (local(state.due_at).date() if state.due_at else None)
        item = News(known.conversation_id, known.dossier.code, kind, state.status, old, day)
        return [kind] if news.tell(connection, item, f"status:{known.revision + 1}", now) else []

    def _reminders(
        self, connection: Connection, known: Row, state: DossierState | None, trusted: bool, now: float
    ) -> list[NewsKind]:
        """What is due today by the last known state; each is told once for its day."""
        if state is None:
            return []
        told = []
        for kind, day in self._due(state, at(now).date(), trusted):
            item = News(known.conversation_id, known.dossier.code, kind, state.status, None, day)
            if news.tell(connection, item, f"{kind.value}:{day}", now):
                told.append(kind)
        return told

    def _due(self, state: DossierState, today: date, trusted: bool) -> list[tuple[NewsKind, date]]:
        closes = closing_day(state)
        if state.status is DossierStatus.SUPPLEMENT and closes and state.supplement:
            asked = state.supplement.noticed_at
            early, late = reminders(local(asked).date()) if asked else (closes, closes)
            if late <= today <= closes:
                return [(NewsKind.SUPPLEMENT_12, closes)]
            return [(NewsKind.SUPPLEMENT_7, closes)] if early <= today < late else []
        if state.due_at is None or not state.status.clock_runs or not trusted:
            return []
        promised = local(state.due_at).date()
        stands = self._clock.standing(promised, today)
        if stands is Standing.TOMORROW:
            return [(NewsKind.APPOINTMENT_TOMORROW, promised)]
        recent = today - promised <= timedelta(days=_OVERDUE_DAYS)
        return [(NewsKind.OVERDUE, promised)] if stands is Standing.OVERDUE and recent else []
