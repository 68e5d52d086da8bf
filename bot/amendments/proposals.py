"""Changes of records: one account proposes, another decides, and any change can be taken back."""

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import msgspec
from sqlalchemy import insert, update
from sqlalchemy.engine import Connection

from bot.amendments.applying import replay
from bot.amendments.faults import AmendmentError, Fault, FourEyesError
from bot.amendments.record import Amendment, Basis, find, of_code, waiting
from bot.amendments.states import AmendmentState
from bot.catalogue.amending import Patch, apply_patch, patched_fields
from bot.catalogue.contradictions import Checks
from bot.catalogue.records import Procedure
from bot.catalogue.repository import load_procedures
from bot.catalogue.tables_amendments import amendment
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor
from bot.text import mask

__all__ = [
    "Amendment",
    "AmendmentError",
    "Basis",
    "Fault",
    "FourEyesError",
    "decide",
    "find",
    "of_code",
    "propose",
    "revert",
    "waiting",
    "withdraw",
]


def propose(
    connection: Connection,
    actor: Actor,
    code: str,
    patch: Patch,
    basis: Basis,
    now: float,
    turn_id: int | None = None,
) -> int:
    """Propose a change of a record; its id. ``turn_id``: the turn that showed what was wrong.

    Raises ``AmendmentError``.
    """
    patch, basis = _cleaned(patch), _checked(basis)
    record = _record(connection, code)
    if record is None:
        raise AmendmentError(Fault.UNKNOWN, code)
    changed = _patched(record, patch)
    if changed == record:
        raise AmendmentError(Fault.SAME)
    values = {
        "code": code,
        "state": AmendmentState.PROPOSED.value,
        "patch": patch,
        "base": _base(record, patch),
        **vars(basis),
        "turn_id": turn_id,
        "proposed_by": actor.account_id,
        "proposed_at": now,
    }
    made = int(connection.execute(insert(amendment).values(values)).inserted_primary_key[0])
    detail: dict[str, int | str] = {"amendment": made, "fields": ", ".join(patched_fields(patch))}
    audit.record(connection, actor, Action.RECORD_PROPOSED, f"procedure:{code}", now, basis.reason, detail)
    return made


def decide(
    connection: Connection,
    actor: Actor,
    amendment_id: int,
    approve: bool,
    comment: str,
    today: str,
    now: float,
) -> bool:
    """Approve or refuse a change; False when it no longer waits. ``today``: ISO day of the citizens.

    What is approved goes in force with ``applying.apply_due``, which is called when this is committed.
    Raises ``FourEyesError`` for one's own, and ``AmendmentError`` for an approval of a change whose record
    has changed meanwhile, that does not fit it any more, or whose document is not of today or before.
    """
    found = find(connection, amendment_id)
    if found is None or found.state is not AmendmentState.PROPOSED:
        return False
    if found.proposed_by == actor.account_id:
        raise FourEyesError
    if approve:
        _check_again(connection, found, today)
    state = AmendmentState.APPROVED if approve else AmendmentState.REFUSED
    values = {"decided_by": actor.account_id, "decided_at": now, "comment": mask(comment.strip()) or None}
    if not _move(connection, amendment_id, AmendmentState.PROPOSED, state, values):
        return False
    detail = {"amendment": amendment_id, "approved": approve}
    audit.record(connection, actor, Action.RECORD_DECIDED, f"procedure:{found.code}", now, comment, detail)
    return True


def withdraw(connection: Connection, actor: Actor, amendment_id: int, now: float) -> bool:
    """Take back one's own proposal; False when it is somebody else's or no longer waits."""
    found = find(connection, amendment_id)
    if found is None or found.proposed_by != actor.account_id:
        return False
    ended = {"ended_at": now}
    if not _move(connection, amendment_id, AmendmentState.PROPOSED, AmendmentState.WITHDRAWN, ended):
        return False
    detail = {"amendment": amendment_id, "withdrawn": True}
    audit.record(connection, actor, Action.RECORD_DECIDED, f"procedure:{found.code}", now, detail=detail)
    return True


def revert(
    connection: Connection,
    actor: Actor,
    amendment_id: int,
    reason: str,
    now: float,
    checks: Checks | None = None,
) -> bool:
    """Take a change out: the record says again what imports say, as if the change had never been.

    One that is approved and waits for its first day never begins. False when it is neither in force nor
    approved. One account suffices: nothing new is said. Raises ``AmendmentError`` without a reason.
    """
    if not reason.strip():
        raise AmendmentError(Fault.REASON)
    ended, reverted = {"ended_at": now}, AmendmentState.REVERTED
    waited = _move(connection, amendment_id, AmendmentState.APPROVED, reverted, ended)
    if not waited and not _move(connection, amendment_id, AmendmentState.IN_FORCE, reverted, ended):
        return False
    found = find(connection, amendment_id)
    assert found is not None
    if not waited:
        replay(connection, {found.code: None}, "amendment reverted", now, checks)
    detail = {"amendment": amendment_id, "in_force": not waited}
    audit.record(connection, actor, Action.RECORD_REVERTED, f"procedure:{found.code}", now, reason, detail)
    return True


def _check_again(connection: Connection, found: Amendment, today: str) -> None:
    record = _record(connection, found.code)
    if record is None or _base(record, found.patch) != found.base:
        raise AmendmentError(Fault.OUTDATED)
    if _patched(record, found.patch) == record:
        raise AmendmentError(Fault.SAME)
    if found.source_day is not None and found.source_day > today:
        raise AmendmentError(Fault.DAY, found.source_day)


def _record(connection: Connection, code: str) -> Procedure | None:
    return next(iter(load_procedures(connection, None, (code,))), None)


def _patched(record: Procedure, patch: Patch) -> Procedure:
    try:
        return apply_patch(record, patch)
    except ValueError as error:
        raise AmendmentError(Fault.PATCH, str(error)) from error


def _base(record: Procedure, patch: Patch) -> dict[str, Any]:
    """The patched fields as plain values. Not the day of a check, which changes nothing an editor saw."""
    base = {field: msgspec.to_builtins(getattr(record, field)) for field in patched_fields(patch)}
    if "source" in base:
        base["source"].pop("checked_on", None)
    # Tuples come back from the database as lists.
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(base))
    return plain


def _checked(basis: Basis) -> Basis:
    """Trimmed; raises ``AmendmentError`` for what is missing or no day, or no address."""
    reason, title = basis.reason.strip(), " ".join(basis.source_title.split())
    url = (basis.source_url or "").strip() or None
    days = [(day or "").strip() or None for day in (basis.source_day, basis.valid_from)]
    if not reason:
        raise AmendmentError(Fault.REASON)
    if not title:
        raise AmendmentError(Fault.DOCUMENT)
    if url is not None and not _is_address(url):
        raise AmendmentError(Fault.ADDRESS, url)
    for day in days:
        if day is not None and not _is_day(day):
            raise AmendmentError(Fault.DAY, day)
    return Basis(mask(reason), unicodedata.normalize("NFC", title), url, *days)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _cleaned(patch: Patch) -> dict[str, dict[str, Any]]:
    """The patch as it is stored: trimmed words, none empty in lists; raises ``AmendmentError``."""
    if not patch:
        raise AmendmentError(Fault.SAME)
    try:
        patched_fields(patch)
    except ValueError as error:
        raise AmendmentError(Fault.FIELD, str(error)) from error
    return {field: {name: _clean(value) for name, value in deed.items()} for field, deed in patch.items()}


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.replace("\r\n", "\n").strip())
    if isinstance(value, Mapping):
        return {name: _clean(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [item for item in map(_clean, value) if item != ""]
    return value


def _move(
    connection: Connection,
    amendment_id: int,
    before: AmendmentState,
    after: AmendmentState,
    values: Mapping[str, Any],
) -> bool:
    """One conditional update: of two who decide at once, one wins."""
    here = (amendment.c.id == amendment_id) & (amendment.c.state == before.value)
    moved: int = connection.execute(
        update(amendment).where(here).values(state=after.value, **values)
    ).rowcount
    return moved == 1
