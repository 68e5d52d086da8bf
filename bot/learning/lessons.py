"""Corrections to learn from: one account proposes, another decides, and each can be taken out again."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.engine import Connection

from bot.answers.intent import Intent
from bot.control.texts import FourEyesError
from bot.database import insert_once
from bot.evaluation.dialogues.dialogue import DialogueTurn
from bot.learning.digest import digest
from bot.learning.journeys import plain, read_journey
from bot.learning.lessons_drafts import LONGEST_REASON, Draft, Fault, LessonError, checked
from bot.learning.lessons_shipped import Taught
from bot.learning.lessons_sources import check_codes, check_others, check_source
from bot.notices.purpose import Versions
from bot.reviews.lesson_states import LessonKind, LessonOrigin, LessonState
from bot.reviews.tables_lessons import lesson
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor
from bot.text import clean, mask

__all__ = [
    "Draft",
    "Fault",
    "FourEyesError",
    "Lesson",
    "LessonError",
    "counts",
    "decide",
    "find",
    "lesson_of",
    "listed",
    "propose",
    "retire",
    "withdraw",
]
_LIVE = (LessonState.PROPOSED.value, LessonState.APPROVED.value)


@dataclass(frozen=True)
class Lesson:
    """A row of the table. ``text`` and ``turns`` are empty once the citizen's words were erased."""

    id: int
    kind: LessonKind
    state: LessonState
    origin: LessonOrigin
    text: str
    intent: Intent | None
    procedure_codes: tuple[str, ...]
    in_scope: bool
    turns: tuple[DialogueTurn, ...]
    turn_id: int | None
    conversation_id: str | None
    digest: str
    reason: str
    proposed_by: int
    proposed_at: float
    decided_by: int | None
    decided_at: float | None
    comment: str | None
    ended_at: float | None

    @property
    def draft(self) -> Draft:
        """As it was proposed."""
        return Draft(**{field.name: getattr(self, field.name) for field in fields(Draft)})

    @property
    def said(self) -> str:
        """For lists: the question, or the first words of the conversation."""
        return self.text or (self.turns[0].said if self.turns else "")


def propose(
    connection: Connection,
    actor: Actor,
    draft: Draft,
    reason: str,
    now: float,
    *,
    versions: Versions,
    taught: Taught | None = None,
) -> int:
    """Propose a lesson; its id. ``versions``: texts of consent in force; ``taught``: what ships. Raises
    ``LessonError``.
    """
    draft, reason = checked(draft), mask(clean(reason))
    if taught and taught.spoils(draft):
        raise LessonError(Fault.MEASURED)
    if not reason or len(reason) > LONGEST_REASON:
        raise LessonError(Fault.REASON)
    check_source(connection, draft, versions)
    check_codes(connection, draft.codes)
    made = digest(draft.kind, draft.text, draft.turns)
    check_others(connection, draft)
    values = {
        "kind": draft.kind.value,
        "state": LessonState.PROPOSED.value,
        "origin": draft.origin.value,
        "text": draft.text,
        "intent": draft.intent.value if draft.intent else None,
        "procedure_codes": list(dict.fromkeys(draft.procedure_codes)),
        "in_scope": draft.in_scope,
        "turns": [plain(turn) for turn in draft.turns],
        "turn_id": draft.turn_id,
        "conversation_id": draft.conversation_id,
        "digest": made,
        "reason": reason,
        "proposed_by": actor.account_id,
        "proposed_at": now,
    }
    if not insert_once(connection, lesson, values):
        raise LessonError(Fault.ALREADY)
    here = (lesson.c.digest == made) & lesson.c.state.in_(_LIVE)
    number: int = connection.execute(select(lesson.c.id).where(here)).scalar_one()
    detail = {"kind": draft.kind.value, "origin": draft.origin.value, "turn": draft.turn_id}
    audit.record(connection, actor, Action.LESSON_PROPOSED, f"lesson:{number}", now, reason, detail)
    return number


def decide(
    connection: Connection,
    actor: Actor,
    lesson_id: int,
    approve: bool,
    comment: str,
    now: float,
    *,
    versions: Versions,
) -> bool:
    """Approve or refuse; False when it no longer waits.

    Raises ``FourEyesError`` for one's own, ``LessonError`` when what it needs is gone since: the consent of
    the citizen, the conversation, a procedure.
    """
    found = find(connection, lesson_id)
    if found is None or found.state is not LessonState.PROPOSED:
        return False
    if found.proposed_by == actor.account_id:
        raise FourEyesError
    if approve:
        checked(found.draft)
        if found.origin is LessonOrigin.CITIZEN:
            check_source(connection, found.draft, versions)
        check_codes(connection, found.draft.codes)
    said = mask(clean(comment))
    state = LessonState.APPROVED if approve else LessonState.REFUSED
    values = {"decided_by": actor.account_id, "decided_at": now, "comment": said or None}
    if not _move(connection, lesson_id, LessonState.PROPOSED, state, values):
        return False
    detail = {"approved": approve}
    audit.record(connection, actor, Action.LESSON_DECIDED, f"lesson:{lesson_id}", now, said, detail)
    return True


def withdraw(connection: Connection, actor: Actor, lesson_id: int, now: float) -> bool:
    """Take back one's own proposal; False when it is somebody else's or no longer waits."""
    found = find(connection, lesson_id)
    if found is None or found.proposed_by != actor.account_id:
        return False
    if not _move(connection, lesson_id, LessonState.PROPOSED, LessonState.WITHDRAWN, {"ended_at": now}):
        return False
    detail = {"withdrawn": True}
    audit.record(connection, actor, Action.LESSON_DECIDED, f"lesson:{lesson_id}", now, detail=detail)
    return True


def retire(connection: Connection, actor: Actor, lesson_id: int, reason: str, now: float) -> bool:
    """Learn from it no longer; False when it is not learned from. Raises ``LessonError`` without a reason.

    One account suffices: what the assistant does without it was measured before.
    """
    said = mask(clean(reason))
    if not said or len(said) > LONGEST_REASON:
        raise LessonError(Fault.REASON)
    if not _move(connection, lesson_id, LessonState.APPROVED, LessonState.RETIRED, {"ended_at": now}):
        return False
    audit.record(connection, actor, Action.LESSON_RETIRED, f"lesson:{lesson_id}", now, said)
    return True


def find(connection: Connection, lesson_id: int) -> Lesson | None:
    """One lesson."""
    row = connection.execute(select(lesson).where(lesson.c.id == lesson_id)).one_or_none()
    return lesson_of(row) if row else None


def listed(
    connection: Connection,
    state: LessonState | None = None,
    kind: LessonKind | None = None,
    limit: int = 50,
    before_id: int | None = None,
) -> list[Lesson]:
    """The newest first, those older than ``before_id`` for the next page."""
    query = select(lesson).order_by(lesson.c.id.desc()).limit(limit)
    if state is not None:
        query = query.where(lesson.c.state == state.value)
    if kind is not None:
        query = query.where(lesson.c.kind == kind.value)
    if before_id is not None:
        query = query.where(lesson.c.id < before_id)
    return [lesson_of(row) for row in connection.execute(query)]


def counts(connection: Connection) -> Mapping[LessonState, int]:
    """How many lessons there are in each state."""
    query = select(lesson.c.state, func.count()).group_by(lesson.c.state)
    found: dict[str, int] = dict(connection.execute(query).all())
    return {state: found.get(state.value, 0) for state in LessonState}


def _move(
    connection: Connection, lesson_id: int, before: LessonState, after: LessonState, values: Mapping[str, Any]
) -> bool:
    here = (lesson.c.id == lesson_id) & (lesson.c.state == before.value)
    moved: int = connection.execute(update(lesson).where(here).values(state=after.value, **values)).rowcount
    return moved == 1


def lesson_of(row: Any) -> Lesson:
    """The lesson in a row of the table."""
    return Lesson(
        **{
            **row._mapping,
            "kind": LessonKind(row.kind),
            "state": LessonState(row.state),
            "origin": LessonOrigin(row.origin),
            "intent": Intent(row.intent) if row.intent else None,
            "procedure_codes": tuple(row.procedure_codes),
            "turns": read_journey(row.turns).turns if row.turns else (),
        }
    )
