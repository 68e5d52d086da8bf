"""Tables of the learning loop. Every ``*_at`` is POSIX seconds in UTC; texts are masked before."""

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, String, Table, Text

from bot.database import metadata
from bot.learning.states import LessonState

# ``text``: the question, empty for a journey; ``turns``: of a journey, as data/evaluation/dialogues_* has it.
# ``turn_id`` and ``conversation_id`` lead to where it came from and are blanked when that is erased;
# ``digest``: of kind, folded text and turns, so that nothing is learned twice.
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

# One at a time is under way. ``progress``: 0–1; ``compared``: the model that served; ``report``: what the
# gate said, see ``bot.learning.training``; ``problem``: why it failed, in the words of the log.
training_run = Table(
    "training_run",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("state", String(12), nullable=False, index=True),
    Column("progress", Float, nullable=False),
    Column("lessons", Integer, nullable=False),
    Column("started_by", ForeignKey("staff_account.id"), nullable=False),
    Column("reason", Text, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("heartbeat_at", Float, nullable=False),
    Column("finished_at", Float),
    Column("model", String(40)),
    Column("compared", String(40)),
    Column("report", JSON),
    Column("problem", Text),
)
