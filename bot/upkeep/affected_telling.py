"""Telling those who asked that a record is another one now: once for each revision, and on record."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.notices import watching
from bot.notices.changed import parts_of
from bot.notices.quiet import QuietHours
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor
from bot.staff.serial import Turnstile, take_turn
from bot.upkeep.tables import change_notice


@dataclass(frozen=True)
class Told:
    """``people`` conversations were told of a ``revision`` at a moment in POSIX seconds."""

    revision: int
    people: int
    at: float


class NothingToTellError(ValueError):
    """No field changed that citizens would act upon."""


def tell(
    connection: Connection,
    actor: Actor,
    code: str,
    revision: int,
    fields: Sequence[str],
    hours: QuietHours,
    now: float,
) -> int | None:
    """Have everybody told who watches ``code``; how many, None when they were told of this revision already.

    ``fields``: names of ``Procedure`` that differ since the revision. Raises ``NothingToTellError``.
    """
    if not parts_of(fields):
        raise NothingToTellError
    take_turn(connection, Turnstile.AUDIT)
    if was_told(connection, code, revision):
        return None
    people = watching.announce(connection, code, revision, fields, now, hours)
    values = {
        "code": code,
        "revision": revision,
        "fields": list(fields),
        "people": people,
        "made_by": actor.account_id,
        "made_at": now,
    }
    connection.execute(insert(change_notice).values(values))
    detail = {"revision": revision, "people": people}
    audit.record(connection, actor, Action.CHANGE_TOLD, f"procedure:{code}", now, detail=detail)
    return people


def last_told(connection: Connection, code: str) -> Told | None:
    """When those who asked were told last; None for never."""
    query = (
        select(change_notice).where(change_notice.c.code == code).order_by(change_notice.c.revision.desc())
    )
    row = connection.execute(query.limit(1)).one_or_none()
    return Told(row.revision, row.people, row.made_at) if row else None


def was_told(connection: Connection, code: str, revision: int) -> bool:
    """Whether those who asked were told of this revision or a later one."""
    last = last_told(connection, code)
    return last is not None and last.revision >= revision
