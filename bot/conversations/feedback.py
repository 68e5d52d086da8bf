"""What citizens think of an answer or of the whole visit."""

from enum import Enum

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.engine import Connection, Engine

from bot.conversations.channel import Author
from bot.conversations.tables import feedback, message
from bot.lookup import Lookup
from bot.text import clean, mask

COMMENT_LENGTH = 500
"""Characters of a comment that are kept."""

VISIT = 0
"""The ``seq`` of feedback about the whole conversation."""


class Kind(str, Enum):
    """What is judged, and on which scale."""

    THUMB = "thumb"
    """One answer: 1 or -1."""
    VISIT = "visit"
    """The conversation: 3 satisfied, 2 neither, 1 not satisfied."""

    @property
    def scores(self) -> frozenset[int]:
        """The scores of this scale."""
        return frozenset({-1, 1}) if self is Kind.THUMB else frozenset({1, 2, 3})


class Reason(str, Enum):
    """What was wrong."""

    WRONG = "wrong"
    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    OUTDATED = "outdated"
    OTHER = "other"


_JUDGED = Lookup(
    select(feedback.c.seq).where(feedback.c.conversation_id == bindparam("conversation_id")).limit(1)
)


def can_be_judged(connection: Connection, conversation_id: str, seq: int) -> bool:
    """Whether this message exists and is not the citizen's own."""
    found = select(message.c.id).where(
        message.c.conversation_id == conversation_id,
        message.c.seq == seq,
        message.c.author != Author.CITIZEN.value,
    )
    return connection.execute(found).first() is not None


def has_judged(engine: Engine, conversation_id: str) -> bool:
    """Whether anything was judged in this conversation: asked after many an answer."""
    return bool(_JUDGED.rows(engine, conversation_id=conversation_id))


def record(
    connection: Connection,
    conversation_id: str,
    kind: Kind,
    score: int,
    now: float,
    seq: int = VISIT,
    reason: Reason | None = None,
    comment: str = "",
) -> None:
    """Keep a judgement in place of an earlier one; the comment is masked and cut.

    Raises ``ValueError`` for a score that is not on the scale of ``kind``.
    """
    if score not in kind.scores:
        raise ValueError(f"{score} is no score of {kind.value}")
    key = {"conversation_id": conversation_id, "seq": seq, "kind": kind.value}
    said = {
        "score": score,
        "reason": reason.value if reason else None,
        # Masked before it is cut: half a number would not be recognised.
        "comment": mask(clean(comment))[:COMMENT_LENGTH].rstrip() or None,
        "created_at": now,
    }
    insert = postgresql_insert if connection.dialect.name == "postgresql" else sqlite_insert
    row = insert(feedback).values(key | said)
    connection.execute(row.on_conflict_do_update(index_elements=list(key), set_=said))
