"""Whom and what a change of a record touches."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Text, and_, cast, func, select
from sqlalchemy.engine import Connection

from bot.conversations.tables import turn
from bot.dossiers.casefile import OPEN as UNDER_WAY
from bot.dossiers.casefile import CaseFile
from bot.dossiers.tables import case_file
from bot.following.state import DossierState
from bot.following.tables import followed
from bot.handoffs.states import OPEN
from bot.handoffs.tables import handoff
from bot.notices.tables import procedure_watch
from bot.reviews.lesson_states import LessonState
from bot.reviews.tables_lessons import lesson
from bot.upkeep.affected_tests import Labelled
from bot.upkeep.demand import DAY

WINDOW_DAYS = 90
"""How far back the answers count."""


@dataclass(frozen=True)
class Affected:
    """``answers``: turns about the procedure whose answer cites its record, in ``conversations``; ``drafts``:
    dossiers being prepared; ``followed``: dossiers handed in and not ended; ``handoffs``: ids of the open
    ones; ``watching``: conversations that asked to be told; ``lessons``: ids of the approved ones.
    """

    answers: int
    conversations: int
    drafts: int
    followed: int
    handoffs: tuple[int, ...]
    watching: int
    tests: tuple[Labelled, ...]
    lessons: tuple[int, ...]


def affected(connection: Connection, code: str, since: float, tests: Sequence[Labelled]) -> Affected:
    """What hangs on the record ``code``. ``since``: POSIX seconds from which on answers count; ``tests``: all
    there are.
    """
    answers, conversations = _told(connection, code, since)
    watching = select(func.count()).where(procedure_watch.c.code == code)
    open_ones = and_(handoff.c.procedure_code == code, handoff.c.state.in_([state.value for state in OPEN]))
    learned = _names(lesson.c.procedure_codes, code) | _names(lesson.c.turns, code)
    approved = and_(lesson.c.state == LessonState.APPROVED.value, learned)
    return Affected(
        answers=answers,
        conversations=conversations,
        drafts=_drafts(connection, code),
        followed=_followed(connection, code),
        handoffs=_ids(connection, select(handoff.c.id).where(open_ones).order_by(handoff.c.id)),
        watching=int(connection.execute(watching).scalar_one()),
        tests=tuple(test for test in tests if code in test.codes),
        lessons=_ids(connection, select(lesson.c.id).where(approved).order_by(lesson.c.id)),
    )


def _told(connection: Connection, code: str, since: float) -> tuple[int, int]:
    """By the index (procedure_code, at): a record cited beside the answer about another one is not found."""
    query = select(func.count(), func.count(func.distinct(turn.c.conversation_id))).where(
        turn.c.procedure_code == code, turn.c.at >= since, _names(turn.c.sources, code)
    )
    answers, conversations = connection.execute(query).one()
    return int(answers), int(conversations)


def _drafts(connection: Connection, code: str) -> int:
    query = select(case_file.c.body).where(_names(case_file.c.body, code))
    files = (msgspec.convert(body, CaseFile) for body in connection.execute(query).scalars())
    return sum(
        draft.procedure == code and draft.phase in UNDER_WAY for file in files for draft in file.drafts
    )


def _followed(connection: Connection, code: str) -> int:
    query = select(followed.c.state).where(followed.c.procedure_code == code)
    states = connection.execute(query).scalars()
    return sum(not _has_ended(state) for state in states)


def _has_ended(state: str | None) -> bool:
    return state is not None and msgspec.json.decode(state, type=DossierState).status.is_final


def _names(column: Any, code: str) -> Any:
    """Whether the text of a JSON column has this string in it."""
    return cast(column, Text).contains(f'"{code}"', autoescape=True)


def _ids(connection: Connection, query: Any) -> tuple[int, ...]:
    return tuple(connection.execute(query).scalars())


def window(now: float) -> float:
    """Since when answers count that citizens may still act upon."""
    return now - WINDOW_DAYS * DAY
