"""Where a lesson comes from: is that still there, did its citizen agree, and is it a lesson already."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.catalogue.tables import procedure, procedure_version
from bot.conversations import log
from bot.conversations.channel import Author
from bot.conversations.erasing import hold_living
from bot.conversations.tables import turn
from bot.learning.digest import folded
from bot.learning.lessons_drafts import Draft, Fault, LessonError, repeats
from bot.notices import consent
from bot.notices.purpose import Purpose, Versions
from bot.reviews.lesson_states import LessonKind, LessonOrigin, LessonState
from bot.reviews.tables_lessons import lesson

_LIVE = (LessonState.PROPOSED.value, LessonState.APPROVED.value)
_WORDS_READ = 200


def agreed(connection: Connection, conversation_id: str, versions: Versions) -> bool:
    """Whether the citizen lets us improve the assistant with this conversation."""
    standing = consent.standing(connection, conversation_id, versions)
    return any(one.purpose is Purpose.IMPROVE for one in standing)


def check_source(connection: Connection, draft: Draft, versions: Versions) -> None:
    """Where it came from is still there; the citizen agreed to their words, or they are others. Raises
    ``LessonError``.
    """
    here = draft.conversation_id
    if here is None:
        if draft.origin is LessonOrigin.CITIZEN or draft.turn_id is not None:
            raise LessonError(Fault.GONE)
        return
    # Held until the end: nobody erases it or takes the consent back meanwhile.
    if not hold_living(connection, here):
        raise LessonError(Fault.GONE)
    if draft.turn_id is not None:
        query = select(turn.c.id).where(turn.c.id == draft.turn_id)
        if connection.execute(query).one_or_none() is None:
            raise LessonError(Fault.GONE)
    if draft.origin is LessonOrigin.CITIZEN:
        if not agreed(connection, here, versions):
            raise LessonError(Fault.NO_CONSENT)
    elif repeats(draft, _heard(connection, draft)):
        raise LessonError(Fault.SAME_WORDS)


def _heard(connection: Connection, draft: Draft) -> list[str]:
    """What the citizen wrote in the conversation a draft came from, or in the one its turn stands in."""
    here = {draft.conversation_id}
    if draft.turn_id is not None:
        here |= set(
            connection.execute(select(turn.c.conversation_id).where(turn.c.id == draft.turn_id)).scalars()
        )
    words = []
    for one in filter(None, here):
        after = 0
        while page := log.entries(connection, one, after, _WORDS_READ):
            words += [entry.said.text for entry in page if entry.author is Author.CITIZEN]
            after = page[-1].seq
    return words


def check_codes(connection: Connection, codes: Collection[str]) -> None:
    """All procedures are in the catalogue; raises ``LessonError``."""
    query = (
        select(procedure.c.code)
        .join(procedure_version, procedure_version.c.procedure_id == procedure.c.id)
        .where(procedure.c.code.in_(list(codes)), procedure_version.c.superseded_at.is_(None))
    )
    if codes and set(connection.execute(query).scalars()) != set(codes):
        raise LessonError(Fault.UNKNOWN_PROCEDURE)


def check_others(connection: Connection, draft: Draft) -> None:
    """No words are both trained and measured with; raises ``LessonError``."""
    trains = draft.kind is LessonKind.TRAINING
    other = (
        lesson.c.kind != LessonKind.TRAINING.value if trains else lesson.c.kind == LessonKind.TRAINING.value
    )
    query = select(lesson.c.text, lesson.c.turns).where(lesson.c.state.in_(_LIVE), other)
    theirs = {
        folded(words)
        for row in connection.execute(query)
        for words in (row.text, *(said.get("say", "") for said in row.turns))
    }
    said = (draft.text, *(one.say for one in draft.turns))
    if any(folded(words) in theirs for words in said if words):
        raise LessonError(Fault.MEASURED)
