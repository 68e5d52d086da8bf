"""The rows of submissions on their way: each try is claimed by one worker and settled once."""

import secrets
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.engine import Connection

from bot.gateways.news import News, tell
from bot.gateways.states import WAITING, NewsKind, SubmissionState, Trouble
from bot.gateways.tables import submission

S = SubmissionState
_FINAL = frozenset({S.SENT, S.REFUSED, S.WITHDRAWN, S.DEAD})


def doubt(connection: Connection, started_before: float, now: float) -> int:
    """Tries begun before ``started_before`` were cut off by a crash: whether they arrived is to be asked.
    How many.
    """
    left = (submission.c.state == S.SENDING.value) & (submission.c.started_at < started_before)
    values = {"state": S.UNKNOWN.value, "claim": None, "due_at": now}
    doubtful: int = connection.execute(update(submission).where(left).values(values)).rowcount
    return doubtful


def give_up(connection: Connection, handed_in_before: float, opened_before: float, now: float) -> int:
    """End what waits for longer than we try, and what was never completed; how many. What may have arrived
    is asked about for as long as it takes.
    """
    late = (submission.c.state == S.PENDING.value) & (submission.c.handed_in_at < handed_in_before)
    rows = connection.execute(select(submission).where(late)).all()
    ended = sum(_end(connection, row, now) for row in rows)
    idle = (submission.c.state == S.OPEN.value) & (submission.c.created_at < opened_before)
    values = _ended(S.DEAD, now) | {"error": Trouble.NOT_COMPLETED.value, "token": None}
    closed: int = connection.execute(update(submission).where(idle).values(values)).rowcount
    return ended + closed


def due(connection: Connection, now: float, limit: int) -> list[int]:
    """Ids of submissions with something to do, the longest due first."""
    query = (
        select(submission.c.id)
        .where(submission.c.state.in_([state.value for state in WAITING]), submission.c.due_at <= now)
        .order_by(submission.c.due_at, submission.c.id)
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def claim(connection: Connection, id: int, now: float) -> tuple[Any, SubmissionState] | None:
    """Take one submission for one try: its row and the state it was in; None when another was faster."""
    row = connection.execute(select(submission).where(submission.c.id == id)).one_or_none()
    if row is None or S(row.state) not in WAITING:
        return None
    before = S(row.state)
    values = {
        "state": S.SENDING.value,
        "claim": secrets.token_hex(16),
        "started_at": now,
        "attempts": row.attempts + (before is S.PENDING),
    }
    same = (submission.c.id == id) & (submission.c.state == row.state)
    if connection.execute(update(submission).where(same).values(values)).rowcount != 1:
        return None
    return connection.execute(select(submission).where(submission.c.id == id)).one(), before


def finish(
    connection: Connection,
    row: Any,
    state: SubmissionState,
    now: float,
    news: NewsKind | None = None,
    error: str | None = None,
    said: str | None = None,
) -> bool:
    """Settle a try for good and let the conversation hear of it; False when it is not ours any more."""
    mine = (submission.c.id == row.id) & (submission.c.claim == row.claim)
    # Before it is read: nobody takes it back or erases it in between.
    if connection.execute(update(submission).where(mine).values(claim=row.claim)).rowcount != 1:
        return False
    current = connection.execute(select(submission).where(mine)).one()
    if state is S.SENT and current.withdraw and news is not NewsKind.WITHDRAWAL_REFUSED:
        values: dict[str, Any] = {"state": S.WITHDRAWING.value, "due_at": now, "payload": None, "claim": None}
    else:
        values = _ended(state, now) | {"error": error, "said": said, "withdraw": False}
    if not current.conversation_id:
        values |= scrubbed()
    connection.execute(update(submission).where(mine).values(values))
    if news is not None:
        code = current.code if state is S.SENT else ""
        tell(connection, News(current.conversation_id, news, current.draft_id, code or ""), now)
    return True


def put_back(connection: Connection, row: Any, values: dict[str, Any]) -> bool:
    """Something is left to do: ``values`` with state and ``due_at``; False when it is not ours any more."""
    mine = (submission.c.id == row.id) & (submission.c.claim == row.claim)
    put: int = connection.execute(update(submission).where(mine).values({"claim": None, **values})).rowcount
    return put == 1


def scrubbed() -> dict[str, Any]:
    """What remains of an erased submission that was settled: ``key_hash`` and state."""
    return {
        "code": None,
        "reference": None,
        "payload": None,
        "token": None,
        "procedure_code": "",
        "procedure_name": "",
        "agency": "",
        "agency_name": "",
        "cases": [],
        "papers": [],
        "said": None,
    }


def drop(connection: Connection, draft_id: str) -> None:
    """Forget a submission that ended, so that the draft may be handed in anew."""
    connection.execute(delete(submission).where(submission.c.draft_id == draft_id))


def _end(connection: Connection, row: Any, now: float) -> int:
    same = (submission.c.id == row.id) & (submission.c.state == S.PENDING.value)
    values = _ended(S.DEAD, now) | {"error": Trouble.TOO_LATE.value}
    ended: int = connection.execute(update(submission).where(same).values(values)).rowcount
    if ended:
        tell(connection, News(row.conversation_id, NewsKind.UNDELIVERED, row.draft_id), now)
    return ended


def _ended(state: SubmissionState, now: float) -> dict[str, Any]:
    """Columns of a submission that is over: what it carried is wiped."""
    assert state in _FINAL
    return {"state": state.value, "payload": None, "claim": None, "finished_at": now}
