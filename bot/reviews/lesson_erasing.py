"""What happens to lessons when a conversation is erased, a consent is taken back or an address moves."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.reviews.lesson_states import LessonOrigin, LessonState
from bot.reviews.tables_lessons import lesson

_LIVE = (LessonState.PROPOSED.value, LessonState.APPROVED.value)
_NOTHING: dict[str, Any] = {"text": "", "turns": [], "digest": ""}


def retire(connection: Connection, conversation_id: str, now: float) -> int:
    """Delete the words of a citizen from all lessons of a conversation and end those that are learned from;
    how many lessons had such words. Lessons in the words of staff stay.

    The files of ``bot.learning.files`` follow within a minute while the console runs.
    """
    verbatim = (lesson.c.conversation_id == conversation_id) & (lesson.c.origin == LessonOrigin.CITIZEN.value)
    ended = {"state": LessonState.RETIRED.value, "ended_at": now}
    connection.execute(update(lesson).where(verbatim, lesson.c.state.in_(_LIVE)).values(ended))
    blanked: int = connection.execute(update(lesson).where(verbatim).values(_NOTHING)).rowcount
    return blanked


def erase(connection: Connection, conversation_id: str, now: float) -> int:
    """The same, and no lesson leads to the conversation any more; how many did."""
    retire(connection, conversation_id, now)
    here = lesson.c.conversation_id == conversation_id
    unlinked: int = connection.execute(
        update(lesson).where(here).values(conversation_id=None, turn_id=None)
    ).rowcount
    return unlinked


def move(connection: Connection, from_id: str, to_id: str) -> int:
    """Lessons follow the consents of a citizen who moves to another conversation; how many."""
    here = lesson.c.conversation_id == from_id
    moved: int = connection.execute(update(lesson).where(here).values(conversation_id=to_id)).rowcount
    return moved
