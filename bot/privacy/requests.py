"""The desk of requests about personal data: opened, confirmed, carried out, each step in the audit log."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.privacy.clocks import Clocks
from bot.privacy.kinds import OPEN, RequestKind, RequestSource, RequestState, may_become
from bot.privacy.request import Request
from bot.privacy.tables import privacy_request
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor
from bot.staff.chain import Detail
from bot.text import mask

_OPEN = [state.value for state in OPEN]


class WrongStepError(ValueError):
    """The request is not where this step begins; ``str()`` is its state."""


def open_request(
    connection: Connection,
    actor: Actor,
    kind: RequestKind,
    source: RequestSource,
    summary: str,
    received_at: float,
    due: Clocks,
    now: float,
    conversation_id: str | None = None,
    identified: str = "",
    contact_sealed: str | None = None,
) -> int:
    """Take a request; its number. Identifiers in the texts are masked.

    Raises ``ValueError``: ``received`` when it came later than now, ``summary`` without one.
    """
    if received_at > now:
        raise ValueError("received")
    if not summary.strip():
        raise ValueError("summary")
    values = {
        "kind": kind.value,
        "state": RequestState.NEW.value,
        "source": source.value,
        "conversation_id": conversation_id,
        "summary": mask(summary.strip()),
        "identified": mask(identified.strip()),
        "contact_sealed": contact_sealed,
        "received_at": received_at,
        "acknowledge_due_at": due.acknowledge_due_at,
        "answer_due_at": due.answer_due_at,
        "owner_id": actor.account_id,
        "opened_by": actor.account_id,
        "answer": "",
        "changed_at": now,
    }
    made: int = connection.execute(insert(privacy_request).values(values)).inserted_primary_key[0]
    detail: Detail = {"kind": kind.value, "source": source.value}
    audit.record(connection, actor, Action.REQUEST_OPENED, f"request:{made}", now, detail=detail)
    return made


def acknowledge(connection: Connection, actor: Actor, request_id: int, now: float) -> None:
    """The person was told that the request is here. Raises ``WrongStepError``."""
    _move(connection, actor, request_id, RequestState.ACKNOWLEDGED, {"acknowledged_at": now}, now)


def end(
    connection: Connection,
    actor: Actor,
    request_id: int,
    state: RequestState,
    answer: str,
    now: float,
    report: Mapping[str, Any] | None = None,
) -> None:
    """Close a request with what the person was answered; how to reach them is wiped.

    Raises ``WrongStepError``, or ``ValueError`` without an answer.
    """
    if not answer.strip():
        raise ValueError("answer")
    values: dict[str, Any] = {"ended_at": now, "answer": mask(answer.strip()), "contact_sealed": None}
    if report is not None:
        values["report"] = report
    _move(connection, actor, request_id, state, values, now)


def extend(
    connection: Connection, actor: Actor, request_id: int, answer_due_at: float, reason: str, now: float
) -> bool:
    """Put off the end once; False when it was put off before or the request has ended. Raises ``ValueError``
    without a reason.
    """
    if not reason.strip():
        raise ValueError("reason")
    here = (privacy_request.c.id == request_id) & privacy_request.c.state.in_(_OPEN)
    first = here & privacy_request.c.extended_at.is_(None)
    values = {"extended_at": now, "answer_due_at": answer_due_at, "changed_at": now}
    if connection.execute(update(privacy_request).where(first).values(values)).rowcount != 1:
        return False
    _tell(connection, actor, request_id, now, {"extended": True}, reason)
    return True


def give(connection: Connection, actor: Actor, request_id: int, owner_id: int, now: float) -> bool:
    """Make somebody responsible; False when the request has ended."""
    here = (privacy_request.c.id == request_id) & privacy_request.c.state.in_(_OPEN)
    values = {"owner_id": owner_id, "changed_at": now}
    if connection.execute(update(privacy_request).where(here).values(values)).rowcount != 1:
        return False
    _tell(connection, actor, request_id, now, {"owner": owner_id})
    return True


def attach_report(connection: Connection, request_id: int, report: Mapping[str, Any], now: float) -> None:
    """Keep what an erasure for this request did."""
    here = privacy_request.c.id == request_id
    connection.execute(update(privacy_request).where(here).values(report=dict(report), changed_at=now))


def find(connection: Connection, request_id: int) -> Request | None:
    """One request."""
    row = connection.execute(select(privacy_request).where(privacy_request.c.id == request_id)).one_or_none()
    return _request(row) if row else None


def running(connection: Connection) -> list[Request]:
    """What has not ended, the most urgent first."""
    query = select(privacy_request).where(privacy_request.c.state.in_(_OPEN))
    rows = connection.execute(query.order_by(privacy_request.c.answer_due_at, privacy_request.c.id))
    return [_request(row) for row in rows]


def of_conversations(connection: Connection, ids: Sequence[str]) -> list[Request]:
    """What was asked for in these conversations and has not ended, the oldest first."""
    here = privacy_request.c.conversation_id.in_(ids)
    query = select(privacy_request).where(here, privacy_request.c.state.in_(_OPEN))
    return [_request(row) for row in connection.execute(query.order_by(privacy_request.c.id))]


def received(connection: Connection, since: float, until: float) -> list[Request]:
    """Those received from ``since`` on and before ``until``, the newest first."""
    here = (privacy_request.c.received_at >= since) & (privacy_request.c.received_at < until)
    rows = connection.execute(select(privacy_request).where(here).order_by(privacy_request.c.id.desc()))
    return [_request(row) for row in rows]


def _move(
    connection: Connection,
    actor: Actor,
    request_id: int,
    state: RequestState,
    values: Mapping[str, Any],
    now: float,
) -> None:
    found = find(connection, request_id)
    if found is None or not may_become(found.state, state):
        raise WrongStepError(found.state.value if found else "")
    here = (privacy_request.c.id == request_id) & (privacy_request.c.state == found.state.value)
    moved = update(privacy_request).where(here).values(state=state.value, changed_at=now, **values)
    if connection.execute(moved).rowcount != 1:
        raise WrongStepError(found.state.value)
    _tell(connection, actor, request_id, now, {"state": state.value})


def _tell(
    connection: Connection, actor: Actor, request_id: int, now: float, detail: Detail, reason: str = ""
) -> None:
    audit.record(connection, actor, Action.REQUEST_CHANGED, f"request:{request_id}", now, reason, detail)


def _request(row: Any) -> Request:
    return Request(
        **{
            **row._mapping,
            "kind": RequestKind(row.kind),
            "state": RequestState(row.state),
            "source": RequestSource(row.source),
        }
    )
