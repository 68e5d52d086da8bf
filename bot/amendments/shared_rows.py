"""Changes of the tables beside the procedures: one account proposes, another decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from enum import Enum
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.catalogue.importing.shared_rows import one_at_a_time, replace_row, standing_row
from bot.catalogue.shared_tables import FIELDS, ChangeState, SharedTable, differing, plain, record_of, typed
from bot.catalogue.tables_changes import table_change
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor
from bot.text import mask


class TableFault(str, Enum):
    """Why a change was not taken."""

    GONE = "gone"
    """There is no such row any more."""
    SAME = "same"
    """The row says so already."""
    WRONG = "wrong"
    """A value that makes no sense."""
    WAITING = "waiting"
    """Another change of the row waits for a decision."""
    UNFOUNDED = "unfounded"
    """No reason or no source was given."""
    OWN = "own"
    """Somebody else has to decide."""
    OUTDATED = "outdated"
    """The row became another one since this was proposed."""


class TableError(Exception):
    """``fault``: why."""

    def __init__(self, fault: TableFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class RowChange:
    """A change of a row, as ``bot.catalogue.tables_changes`` has it."""

    id: int
    table: SharedTable
    key: str
    state: ChangeState
    patch: Mapping[str, Any]
    base: Mapping[str, Any]
    reason: str
    source: str
    proposed_by: int
    proposed_at: float
    decided_by: int | None
    decided_at: float | None
    comment: str | None
    ended_at: float | None


def propose(
    connection: Connection,
    actor: Actor,
    table: SharedTable,
    key: str,
    patch: Mapping[str, Any],
    reason: str,
    source: str,
    now: float,
) -> int:
    """Id of the change, which waits for somebody else. ``patch``: plain values, days as text; what is in the
    row already is left out. Raises ``TableError``.
    """
    row = standing_row(connection, table, key)
    if row is None or not set(patch) <= set(FIELDS[table]):
        raise TableError(TableFault.GONE)
    if not reason.strip() or not source.strip():
        raise TableError(TableFault.UNFOUNDED)
    changed = differing(row, patch)
    if not changed:
        raise TableError(TableFault.SAME)
    _check(table, row, changed)
    if connection.execute(select(table_change.c.id).where(_of(table, key, ChangeState.PROPOSED))).first():
        raise TableError(TableFault.WAITING)
    values = {
        "table": table.value,
        "key": key,
        "state": ChangeState.PROPOSED.value,
        "patch": changed,
        "base": {name: plain(row[name]) for name in changed},
        "reason": mask(reason.strip()),
        "source": mask(source.strip()),
        "proposed_by": actor.account_id,
        "proposed_at": now,
    }
    made = int(connection.execute(insert(table_change).values(values)).inserted_primary_key[0])
    _record(
        connection, actor, table, key, now, reason, change=made, deed="proposed", fields=",".join(changed)
    )
    return made


def decide(
    connection: Connection, actor: Actor, change_id: int, approve: bool, comment: str, now: float
) -> bool:
    """Approve a change, which then holds at once, or refuse it; False when it no longer waits.

    Raises ``TableError`` for one's own, and when the row is not the one any more that was to be changed.
    """
    found = find(connection, change_id)
    if found is None or found.state is not ChangeState.PROPOSED:
        return False
    if found.proposed_by == actor.account_id:
        raise TableError(TableFault.OWN)
    state = ChangeState.IN_FORCE if approve else ChangeState.REFUSED
    values: dict[str, Any] = {
        "decided_by": actor.account_id,
        "decided_at": now,
        "comment": mask(comment.strip()) or None,
    }
    revision = None
    if approve:
        one_at_a_time(connection)
        earlier = _in_force(connection, found.table, found.key)
        if earlier is not None:
            _move(connection, earlier.id, earlier.state, ChangeState.REPLACED, ended_at=now)
            values |= {"patch": {**earlier.patch, **found.patch}, "base": {**found.base, **earlier.base}}
    if not _move(connection, change_id, ChangeState.PROPOSED, state, **values):
        return False
    if approve:
        revision = _apply(connection, found, now)
    deed = "approved" if approve else "refused"
    _record(
        connection,
        actor,
        found.table,
        found.key,
        now,
        comment,
        change=change_id,
        deed=deed,
        revision=revision,
    )
    return True


def withdraw(connection: Connection, actor: Actor, change_id: int, now: float) -> bool:
    """Take back one's own proposal; False when it is somebody else's or no longer waits."""
    found = find(connection, change_id)
    if found is None or found.proposed_by != actor.account_id:
        return False
    if not _move(connection, change_id, ChangeState.PROPOSED, ChangeState.WITHDRAWN, ended_at=now):
        return False
    _record(connection, actor, found.table, found.key, now, "", change=change_id, deed="withdrawn")
    return True


def revert(connection: Connection, actor: Actor, change_id: int, reason: str, now: float) -> bool:
    """Let the source hold again; False when the change does not hold. Raises ``TableError`` without a reason.

    One account suffices: what the source says was checked with it.
    """
    if not reason.strip():
        raise TableError(TableFault.UNFOUNDED)
    found = find(connection, change_id)
    if found is None or not _move(
        connection, change_id, ChangeState.IN_FORCE, ChangeState.REVERTED, ended_at=now
    ):
        return False
    one_at_a_time(connection)
    row = standing_row(connection, found.table, found.key)
    revision = None
    if row is not None and differing(row, found.base):
        revision = replace_row(connection, found.table, row, found.base, _moment(now))
    _record(
        connection,
        actor,
        found.table,
        found.key,
        now,
        reason,
        change=change_id,
        deed="reverted",
        revision=revision,
    )
    return True


def find(connection: Connection, change_id: int) -> RowChange | None:
    """One change."""
    row = connection.execute(select(table_change).where(table_change.c.id == change_id)).one_or_none()
    return _change(row) if row else None


def waiting(connection: Connection) -> list[RowChange]:
    """What waits for a decision, the oldest first."""
    proposed = table_change.c.state == ChangeState.PROPOSED.value
    return [
        _change(row)
        for row in connection.execute(select(table_change).where(proposed).order_by(table_change.c.id))
    ]


def standing(connection: Connection, limit: int = 50) -> list[RowChange]:
    """What holds against the source, the newest first."""
    held = table_change.c.state == ChangeState.IN_FORCE.value
    query = select(table_change).where(held).order_by(table_change.c.id.desc()).limit(limit)
    return [_change(row) for row in connection.execute(query)]


def history(connection: Connection, table: SharedTable, key: str, limit: int = 50) -> list[RowChange]:
    """All changes of one row, the newest first."""
    here = (table_change.c.table == table.value) & (table_change.c.key == key)
    query = select(table_change).where(here).order_by(table_change.c.id.desc()).limit(limit)
    return [_change(row) for row in connection.execute(query)]


def _apply(connection: Connection, change: RowChange, now: float) -> int:
    row = standing_row(connection, change.table, change.key)
    if row is None or differing(row, change.base):
        raise TableError(TableFault.OUTDATED)
    _check(change.table, row, change.patch)
    return replace_row(connection, change.table, row, change.patch, _moment(now))


def _check(table: SharedTable, row: Mapping[str, Any], patch: Mapping[str, Any]) -> None:
    try:
        record_of(table, {**row, **typed(patch)})
    except ValueError as error:
        raise TableError(TableFault.WRONG) from error


def _in_force(connection: Connection, table: SharedTable, key: str) -> RowChange | None:
    query = select(table_change).where(_of(table, key, ChangeState.IN_FORCE))
    row = connection.execute(query).one_or_none()
    return _change(row) if row else None


def _of(table: SharedTable, key: str, state: ChangeState) -> Any:
    where = (table_change.c.table == table.value) & (table_change.c.key == key)
    return where & (table_change.c.state == state.value)


def _move(
    connection: Connection, change_id: int, before: ChangeState, after: ChangeState, **values: Any
) -> bool:
    here = (table_change.c.id == change_id) & (table_change.c.state == before.value)
    moved: int = connection.execute(
        update(table_change).where(here).values(state=after.value, **values)
    ).rowcount
    return moved == 1


def _record(
    connection: Connection,
    actor: Actor,
    table: SharedTable,
    key: str,
    now: float,
    reason: str,
    **detail: str | int | None,
) -> None:
    here = f"table:{table.value}:{key}"
    audit.record(connection, actor, Action.TABLE_CHANGED, here, now, reason, detail)


def _moment(now: float) -> datetime:
    return datetime.fromtimestamp(now, timezone.utc)


def _change(row: Any) -> RowChange:
    stored = dict(row._mapping)
    return RowChange(**{**stored, "table": SharedTable(row.table), "state": ChangeState(row.state)})
