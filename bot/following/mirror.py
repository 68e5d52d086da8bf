"""What is remembered of the dossiers a conversation asked about: the public part of their last state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection, Engine

from bot.database import insert_once
from bot.following import news
from bot.following.disclosure import public
from bot.following.ports import Ask, FollowedDossier
from bot.following.state import DossierState
from bot.following.tables import follow_news, followed

FRESH_SECONDS = 300.0
"""For how long a state may be shown again without asking for it."""
POLL_SECONDS = 1800.0


@dataclass(frozen=True)
class Row:
    """A remembered dossier. ``revision`` counts the changes of its state."""

    id: int
    conversation_id: str
    dossier: FollowedDossier
    revision: int
    checked_at: float


class Mirror:
    """The dossiers of conversations (port ``Followed``). ``now``: POSIX seconds."""

    def __init__(self, engine: Engine, now: Callable[[], float]) -> None:
        self._engine, self._now = engine, now

    def all(self, conversation_id: str) -> tuple[FollowedDossier, ...]:
        """Those asked about, the last one first."""
        query = select(followed).where(followed.c.conversation_id == conversation_id)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(followed.c.seen_at.desc(), followed.c.id.desc())).all()
        return tuple(row_of(row).dossier for row in rows)

    def watch(self, conversation_id: str, code: str) -> bool:
        """Keep an eye on it; False when it was never found here."""
        here = (followed.c.conversation_id == conversation_id) & (followed.c.code == code)
        now = self._now()
        with self._engine.begin() as connection:
            watching = update(followed).where(here).values(watching=True, due_at=now + POLL_SECONDS)
            found: int = connection.execute(watching).rowcount
        return found == 1

    def stop(self, conversation_id: str, code: str) -> None:
        """Forget it, with what was to be told about it."""
        with self._engine.begin() as connection:
            forget(connection, conversation_id, code)


def read(connection: Connection, conversation_id: str, code: str) -> Row | None:
    """A remembered dossier."""
    query = select(followed).where(followed.c.conversation_id == conversation_id, followed.c.code == code)
    row = connection.execute(query).one_or_none()
    return row_of(row) if row else None


def remember(connection: Connection, ask: Ask, state: DossierState, now: float) -> None:
    """Write down what the citizen was just shown: it is no news to them any more."""
    here = (followed.c.conversation_id == ask.conversation_id) & (followed.c.code == ask.code)
    values: dict[str, Any] = {"seen_at": now, "checked_at": now}
    known = read(connection, ask.conversation_id, ask.code)
    news.overtaken(connection, ask.conversation_id, ask.code, now)
    linked = {"procedure_code": ask.procedure_code, "draft_id": ask.draft_id}
    values |= {name: value for name, value in linked.items() if value}
    if known is None:
        fresh = {
            "conversation_id": ask.conversation_id,
            "code": ask.code,
            "state": dump(state),
            "revision": 1,
            "appointments": 1 if state.due_at else 0,
            "watching": False,
            "due_at": now + POLL_SECONDS,
        }
        if insert_once(connection, followed, {**fresh, **values}):
            return
        known = read(connection, ask.conversation_id, ask.code)
    connection.execute(update(followed).where(here).values({**values, **_changes(known, state)}))


def changed(connection: Connection, row: Row, state: DossierState, now: float) -> bool:
    """Write down what the poller saw; False when somebody else wrote meanwhile."""
    here = (followed.c.id == row.id) & (followed.c.revision == row.revision)
    values = {"checked_at": now, **_changes(row, state)}
    written: int = connection.execute(update(followed).where(here).values(values)).rowcount
    return written == 1


def _changes(known: Row | None, state: DossierState) -> Mapping[str, Any]:
    """The columns of a state. A date moved later while the clock ran is another appointment (NĐ
    118/2025/NĐ-CP Điều 19.6); one given anew after a supplement or a payment is the first again.
    """
    before = known.dossier if known else FollowedDossier(state.code)
    old, appointments = before.state, before.appointments
    if state.due_at and (old is None or old.due_at is None or not old.status.clock_runs):
        appointments = 1
    elif state.due_at and old and old.due_at and state.due_at > old.due_at:
        appointments += 1
    revision = followed.c.revision + 1
    return {"state": dump(state), "revision": revision, "appointments": appointments}


def forget(connection: Connection, conversation_id: str, code: str) -> None:
    """Delete a remembered dossier with its news."""
    for table in (follow_news, followed):
        here = (table.c.conversation_id == conversation_id) & (table.c.code == code)
        connection.execute(delete(table).where(here))


def dump(state: DossierState) -> str:
    """The public part as JSON."""
    return msgspec.json.encode(public(state)).decode()


def row_of(row: Any) -> Row:
    """A row of the table."""
    dossier = FollowedDossier(
        code=row.code,
        watching=row.watching,
        state=msgspec.json.decode(row.state, type=DossierState) if row.state else None,
        procedure_code=row.procedure_code,
        draft_id=row.draft_id,
        appointments=row.appointments,
    )
    return Row(row.id, row.conversation_id, dossier, row.revision, row.checked_at)
