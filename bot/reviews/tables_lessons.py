"""What reviewers make of turns for the assistant to learn from. Times: POSIX seconds; texts are masked.

The table stands here and not with ``bot.learning``: whoever erases a conversation has to reach it.
"""

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from bot.database import metadata
from bot.reviews.lesson_states import LessonState

# ``text``: the question, empty for a journey; ``turns``: of a journey, as data/evaluation/dialogues_* has it.
# ``turn_id`` and ``conversation_id`` lead to where it came from and are blanked when that is erased;
# ``digest``: of kind, folded text and turns, so that nothing is learned twice; empty once words were erased.
lesson = Table(
    "lesson",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("origin", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("intent", String(40)),
    Column("procedure_codes", JSON, nullable=False),
    Column("in_scope", Boolean, nullable=False),
    Column("turns", JSON, nullable=False),
    Column("turn_id", ForeignKey("turn.id", ondelete="SET NULL"), index=True),
    Column("conversation_id", String(32), index=True),
    Column("digest", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("proposed_by", ForeignKey("staff_account.id"), nullable=False),
    Column("proposed_at", Float, nullable=False),
    Column("decided_by", ForeignKey("staff_account.id")),
    Column("decided_at", Float),
    Column("comment", Text),
    Column("ended_at", Float),
)
_LIVE = lesson.c.state.in_([LessonState.PROPOSED.value, LessonState.APPROVED.value])
Index("ix_lesson_state", lesson.c.state, lesson.c.id)
Index("uq_lesson_live", lesson.c.digest, unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE)
