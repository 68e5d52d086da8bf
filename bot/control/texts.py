"""Texts that staff change: one account proposes, another decides, and any change can be taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.control.tables import text_override
from bot.control.variables import check
from bot.database import insert_once
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor


class TextState(str, Enum):
    """Where a change of a text stands."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    """By whoever proposed it."""
    REPLACED = "replaced"
    """It was said until a newer change was approved."""
    REVERTED = "reverted"
    """It was said until the shipped text came back."""


class FourEyesError(ValueError):
    """Nobody decides on their own proposal."""


class WaitingError(ValueError):
    """Another change of the same text waits for a decision."""


@dataclass(frozen=True)
class Override:
    """A change of the response ``name``. ``base``: the text as it was said when this was proposed."""

    id: int
    name: str
    text: str
    base: str
    state: TextState
    reason: str
    proposed_by: int
    proposed_at: float
    decided_by: int | None
    decided_at: float | None
    comment: str | None
    ended_at: float | None


def propose(
    connection: Connection,
    actor: Actor,
    name: str,
    text: str,
    reason: str,
    shipped: Mapping[str, str],
    now: float,
) -> int:
    """Propose a text in the place of a response; the id of the change.

    Raises ``WrongTextError`` (see ``variables.check``), ``WaitingError``, or ``ValueError`` without a reason
    or when nothing would change.
    """
    text = text.replace("\r\n", "\n").strip()
    check(name, text, shipped)
    base = approved(connection).get(name, shipped[name].strip())
    if not reason.strip():
        raise ValueError("reason")
    if text == base:
        raise ValueError("same")
    values = {
        "name": name,
        "text": text,
        "base": base,
        "state": TextState.PROPOSED.value,
        "reason": reason.strip(),
        "proposed_by": actor.account_id,
        "proposed_at": now,
    }
    if not insert_once(connection, text_override, values):
        raise WaitingError(name)
    proposed = (text_override.c.name == name) & (text_override.c.state == TextState.PROPOSED.value)
    made: int = connection.execute(select(text_override.c.id).where(proposed)).scalar_one()
    audit.record(connection, actor, Action.TEXT_PROPOSED, f"text:{name}", now, reason, {"change": made})
    return made


def decide(
    connection: Connection,
    actor: Actor,
    change_id: int,
    approve: bool,
    comment: str,
    shipped: Mapping[str, str],
    now: float,
) -> bool:
    """Approve or refuse a change; False when it no longer waits.

    Raises ``FourEyesError`` for one's own, ``WrongTextError`` when the program has changed meanwhile.
    """
    found = find(connection, change_id)
    if found is None or found.state is not TextState.PROPOSED:
        return False
    if found.proposed_by == actor.account_id:
        raise FourEyesError
    if approve:
        check(found.name, found.text, shipped)
        _end(connection, found.name, TextState.REPLACED, now)
    state = TextState.APPROVED if approve else TextState.REFUSED
    values = {"decided_by": actor.account_id, "decided_at": now, "comment": comment.strip() or None}
    if not _move(connection, change_id, state, values):
        return False
    detail = {"change": change_id, "approved": approve}
    audit.record(connection, actor, Action.TEXT_DECIDED, f"text:{found.name}", now, comment, detail)
    return True


def withdraw(connection: Connection, actor: Actor, change_id: int, now: float) -> bool:
    """Take back one's own proposal; False when it is somebody else's or no longer waits."""
    found = find(connection, change_id)
    if found is None or found.proposed_by != actor.account_id:
        return False
    if not _move(connection, change_id, TextState.WITHDRAWN, {"ended_at": now}):
        return False
    detail = {"change": change_id, "withdrawn": True}
    audit.record(connection, actor, Action.TEXT_DECIDED, f"text:{found.name}", now, detail=detail)
    return True


def revert(connection: Connection, actor: Actor, name: str, reason: str, now: float) -> bool:
    """Say the shipped text again; False when it was not changed. Raises ``ValueError`` without a reason.

    One account suffices: the shipped text was checked with the program.
    """
    if not reason.strip():
        raise ValueError("reason")
    if not _end(connection, name, TextState.REVERTED, now):
        return False
    audit.record(connection, actor, Action.TEXT_REVERTED, f"text:{name}", now, reason)
    return True


def approved(connection: Connection) -> dict[str, str]:
    """What is said in the place of shipped texts, by name of the response."""
    query = select(text_override.c.name, text_override.c.text)
    rows = connection.execute(query.where(text_override.c.state == TextState.APPROVED.value))
    return {row.name: row.text for row in rows}


def find(connection: Connection, change_id: int) -> Override | None:
    """One change."""
    row = connection.execute(select(text_override).where(text_override.c.id == change_id)).one_or_none()
    return _override(row) if row else None


def waiting(connection: Connection) -> list[Override]:
    """What waits for a decision, the oldest first."""
    proposed = text_override.c.state == TextState.PROPOSED.value
    rows = connection.execute(select(text_override).where(proposed).order_by(text_override.c.id))
    return [_override(row) for row in rows]


def history(connection: Connection, name: str, limit: int = 50) -> list[Override]:
    """All changes of one response, the newest first."""
    query = select(text_override).where(text_override.c.name == name)
    rows = connection.execute(query.order_by(text_override.c.id.desc()).limit(limit))
    return [_override(row) for row in rows]


def _move(connection: Connection, change_id: int, state: TextState, values: Mapping[str, Any]) -> bool:
    here = (text_override.c.id == change_id) & (text_override.c.state == TextState.PROPOSED.value)
    moved: int = connection.execute(
        update(text_override).where(here).values(state=state.value, **values)
    ).rowcount
    return moved == 1


def _end(connection: Connection, name: str, state: TextState, now: float) -> bool:
    said = (text_override.c.name == name) & (text_override.c.state == TextState.APPROVED.value)
    values = {"state": state.value, "ended_at": now}
    ended: int = connection.execute(update(text_override).where(said).values(values)).rowcount
    return ended == 1


def _override(row: Any) -> Override:
    return Override(**{**row._mapping, "state": TextState(row.state)})
