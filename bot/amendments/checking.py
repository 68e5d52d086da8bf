"""Somebody compared a record with its source and found it right: only the day of the last check changes."""

from datetime import date

from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.amendments.applying import replay
from bot.amendments.faults import AmendmentError, Fault
from bot.catalogue.contradictions import Checks
from bot.catalogue.repository import load_procedures
from bot.catalogue.tables_amendments import record_check
from bot.database import insert_once
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor
from bot.text import mask


def confirm(
    connection: Connection,
    actor: Actor,
    code: str,
    day: str,
    note: str,
    now: float,
    checks: Checks | None = None,
) -> bool:
    """Note that the whole record was compared with its source on ``day`` (ISO) and is right.

    Outlives every import. False when a check of that day or a later one is known. The catalogue gets a new
    revision in which only ``source`` differs, which is no change that anybody is told of. Raises
    ``AmendmentError`` for an unknown code, or what is no day.
    """
    try:
        checked = date.fromisoformat(day)
    except ValueError as error:
        raise AmendmentError(Fault.DAY, day) from error
    record = next(iter(load_procedures(connection, None, (code,))), None)
    if record is None:
        raise AmendmentError(Fault.UNKNOWN, code)
    if record.source.checked_on is not None and record.source.checked_on >= checked:
        return False
    values = {
        "day": checked.isoformat(),
        "account_id": actor.account_id,
        "at": now,
        "note": mask(note.strip()),
    }
    if not insert_once(connection, record_check, {"code": code, **values}):
        connection.execute(update(record_check).where(record_check.c.code == code).values(values))
    replay(connection, {code: None}, "record checked", now, checks)
    detail = {"day": checked.isoformat()}
    audit.record(connection, actor, Action.RECORD_CHECKED, f"procedure:{code}", now, note, detail)
    return True
