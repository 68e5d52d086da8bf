"""What the assistant understood of each message and what came of it. Without words."""

from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.engine import Connection

from bot.conversations.channel import Channel
from bot.conversations.tables import turn
from bot.database import insert_numbered


class Scored(msgspec.Struct, frozen=True):
    """A procedure the message may be about; ``score`` is a probability in 0–1."""

    code: str
    score: float


class Dated(msgspec.Struct, frozen=True):
    """A record the answer stands on; ``date``: its ISO day, "" where it is not known."""

    code: str
    date: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known of one turn. ``intent`` is "" where the assistant was not asked; ``candidates``: best
    first; ``revision``: of the catalogue; ``model``: id of the model that understood; ``elapsed_ms``: from
    taking up the message to having its answer.
    """

    intent: str = ""
    confidence: float = 0.0
    outcome: str = ""
    procedure_code: str | None = None
    candidates: tuple[Scored, ...] = ()
    sources: tuple[Dated, ...] = ()
    revision: int = 0
    model: str = ""
    elapsed_ms: float = 0.0


@dataclass(frozen=True)
class Recorded:
    """A turn as it is kept. ``seq``: the citizen's message in the log, 0 when it is not there;
    ``answer_seq``: the last message said in answer; ``accented``: None for a message without letters.
    """

    id: int
    conversation_id: str
    message_id: str
    seq: int
    answer_seq: int
    channel: Channel
    facts: Facts
    accented: bool | None
    flagged_at: float | None
    at: float


def record_turn(
    connection: Connection,
    conversation_id: str,
    message_id: str,
    seq: int,
    answer_seq: int,
    channel: Channel,
    facts: Facts,
    accented: bool | None,
    now: float,
) -> int:
    """Keep a turn; its id. A message has one turn: of two with the same id the first stays."""
    values = {
        "conversation_id": conversation_id,
        "message_id": message_id,
        "seq": seq,
        "answer_seq": answer_seq,
        "channel": channel.value,
        "intent": facts.intent,
        "confidence": facts.confidence,
        "outcome": facts.outcome,
        "procedure_code": facts.procedure_code,
        "best_score": facts.candidates[0].score if facts.candidates else None,
        "candidates": msgspec.to_builtins(facts.candidates),
        "sources": msgspec.to_builtins(facts.sources),
        "accented": accented,
        "revision": facts.revision,
        "model": facts.model[: turn.c.model.type.length],
        "elapsed_ms": round(facts.elapsed_ms, 1),
        "at": now,
    }
    number = insert_numbered(connection, turn, values)
    if number is not None:
        return number
    here = (turn.c.conversation_id == conversation_id) & (turn.c.message_id == message_id)
    return int(connection.execute(select(turn.c.id).where(here)).scalar_one())


def find_turn(connection: Connection, turn_id: int) -> Recorded | None:
    """The turn with this id; None when there is none, or it was erased."""
    row = connection.execute(select(turn).where(turn.c.id == turn_id)).one_or_none()
    return recorded(row) if row else None


def last_outcomes(connection: Connection, conversation_id: str, limit: int) -> list[str]:
    """Outcomes of the last turns the assistant was asked in, the newest first."""
    here = (turn.c.conversation_id == conversation_id) & (turn.c.intent != "")
    query = select(turn.c.outcome).where(here).order_by(turn.c.id.desc()).limit(limit)
    return list(connection.execute(query).scalars())


def erase_turns(connection: Connection, conversation_id: str) -> int:
    """Delete the turns of a conversation; how many."""
    gone: int = connection.execute(delete(turn).where(turn.c.conversation_id == conversation_id)).rowcount
    return gone


def recorded(row: Any) -> Recorded:
    """The turn in a row of the table ``turn``."""
    return Recorded(
        id=row.id,
        conversation_id=row.conversation_id,
        message_id=row.message_id,
        seq=row.seq,
        answer_seq=row.answer_seq,
        channel=Channel(row.channel),
        facts=Facts(
            intent=row.intent,
            confidence=row.confidence,
            outcome=row.outcome,
            procedure_code=row.procedure_code,
            candidates=msgspec.convert(row.candidates, tuple[Scored, ...]),
            sources=msgspec.convert(row.sources, tuple[Dated, ...]),
            revision=row.revision,
            model=row.model,
            elapsed_ms=row.elapsed_ms,
        ),
        accented=row.accented,
        flagged_at=row.flagged_at,
        at=row.at,
    )
