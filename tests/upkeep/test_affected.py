"""A record changes: whoever was told the old facts is counted, and whoever asked hears of it once."""

import json
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection, Engine

from bot.answers.outcome import Outcome
from bot.conversations.channel import Channel
from bot.conversations.people import Person
from bot.conversations.turns import Dated, Facts, record_turn
from bot.dossiers.casefile import CaseFile, Draft, Phase
from bot.dossiers.tables import case_file
from bot.following.mirror import dump
from bot.following.state import DossierState
from bot.following.status import DossierStatus
from bot.following.tables import followed
from bot.handoffs.desk import open_handoff
from bot.handoffs.states import Cause
from bot.notices.quiet import quiet_hours
from bot.notices.tables import reminder
from bot.notices.watching import watch
from bot.reviews.lesson_states import LessonKind, LessonOrigin, LessonState
from bot.reviews.tables_lessons import lesson
from bot.staff.audit import Actor, entries
from bot.upkeep.affected import Affected, affected, window
from bot.upkeep.affected_telling import NothingToTellError, tell, was_told
from bot.upkeep.affected_tests import Labelled, read_tests
from bot.upkeep.tables import change_notice
from tests.reviews.conftest import DAY, NOON, Past

CODE, OTHER = "1.000002", "1.000003"
HOURS = quiet_hours("21:00", "07:00", timezone.utc)
TESTS = (
    Labelled("own-1", "lệ phí kết hôn", 1, frozenset({CODE, OTHER})),
    Labelled("own-2", "sang tên", 1, frozenset({OTHER})),
    Labelled("dialogue-1", "kết hôn cần gì", 3, frozenset({CODE})),
)


def told(
    connection: Connection, who: Person, number: int, code: str, source: str | None = None, at: float = NOON
) -> None:
    sources = (Dated(source, "2026-10-01"),) if source else ()
    facts = Facts("ask_fee", 0.9, Outcome.ANSWERED.value, code, (), sources)
    record_turn(connection, who.conversation_id, f"t{number}", 0, 0, Channel.WEB, facts, True, at)


def keep_file(connection: Connection, conversation_id: str, *drafts: Draft) -> None:
    body = msgspec.to_builtins(CaseFile(drafts))
    values: dict[str, Any] = {"before": {}, "message_id": "m", "updated_at": NOON}
    connection.execute(insert(case_file).values(conversation_id=conversation_id, body=body, **values))


def draft(number: int, code: str, phase: Phase) -> Draft:
    return Draft(f"{number:012x}", code, phase, date(2026, 11, 1), date(2026, 11, 2))


def follow(connection: Connection, number: int, code: str, status: DossierStatus | None) -> None:
    as_of = datetime(2026, 11, 22, tzinfo=timezone.utc)
    state = dump(DossierState(f"H49.{number}", code, status, as_of)) if status else None
    values = {"conversation_id": "f" * 32, "code": f"H49.{number}", "procedure_code": code, "state": state}
    times = {"seen_at": 0.0, "checked_at": 0.0, "due_at": 0.0}
    connection.execute(insert(followed).values(**values, **times))


def learn(connection: Connection, by: int, number: int, state: LessonState, *codes: str) -> int:
    values = {
        "kind": LessonKind.EVALUATION.value,
        "state": state.value,
        "origin": LessonOrigin.REWRITTEN.value,
        "text": "lệ phí kết hôn",
        "procedure_codes": list(codes),
        "in_scope": True,
        "turns": [],
        "digest": str(number),
        "reason": "x",
        "proposed_by": by,
        "proposed_at": NOON,
    }
    return int(connection.execute(insert(lesson).values(values)).inserted_primary_key[0])


def test_whom_a_change_touches(engine: Engine) -> None:
    """Three answers to two citizens from the record; one too long ago, one that cited nothing, one of
    another record count no more than a dossier that has ended.
    """
    with engine.begin() as connection:
        past = Past(connection)
        an, ba, by = past.citizen("an"), past.citizen("ba"), past.reviewer("lan")
        for number, who in enumerate((an, an, ba)):
            told(connection, who, number, CODE, CODE)
        told(connection, ba, 4, CODE)
        told(connection, ba, 5, OTHER, OTHER)
        told(connection, past.citizen("cu"), 6, CODE, CODE, NOON - 91 * DAY)
        keep_file(
            connection,
            "a" * 32,
            draft(1, CODE, Phase.CHECKLIST),
            draft(2, CODE, Phase.SUBMITTED),
            draft(3, OTHER, Phase.READY),
        )
        keep_file(connection, "b" * 32, draft(4, CODE, Phase.NOT_READY))
        for number, status in enumerate((DossierStatus.PROCESSING, DossierStatus.RETURNED, None)):
            follow(connection, number, CODE, status)
        opened = open_handoff(
            connection, an.conversation_id, an.id, Channel.WEB, Cause.ASKED, NOON, procedure_code=CODE
        )
        watch(connection, an.conversation_id, CODE, 1, NOON)
        watch(connection, ba.conversation_id, OTHER, 1, NOON)
        learned = learn(connection, by, 1, LessonState.APPROVED, OTHER, CODE)
        learn(connection, by, 2, LessonState.PROPOSED, CODE)
        learn(connection, by, 3, LessonState.APPROVED, OTHER)
        assert affected(connection, CODE, window(NOON), TESTS) == Affected(
            answers=3,
            conversations=2,
            drafts=2,
            followed=2,
            handoffs=(opened.id,),
            watching=1,
            tests=(TESTS[0], TESTS[2]),
            lessons=(learned,),
        )


def test_nobody_is_touched(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        found = affected(connection, "1.100", 0.0, TESTS)
    assert found == Affected(0, 0, 0, 0, (), 0, (), ())


def test_a_code_is_not_found_in_a_longer_one(sqlite_engine: Engine) -> None:
    """1.00000 would else have all that belongs to 1.000002."""
    with sqlite_engine.begin() as connection:
        past = Past(connection)
        told(connection, past.citizen("an"), 1, "1.00000", CODE)
        keep_file(connection, "a" * 32, draft(1, CODE, Phase.READY))
        found = affected(connection, "1.00000", 0.0, ())
        assert (found.answers, found.drafts) == (0, 0)


def test_questions_and_conversations_are_read_from_files(tmp_path: Path) -> None:
    first, second = tmp_path / "shipped", tmp_path / "learned"
    first.mkdir()
    question = {"id": "own-1", "question": "lệ phí", "procedure_codes": [CODE]}
    (first / "questions_1.jsonl").write_text(json.dumps(question) + "\nkhông đọc được\n", encoding="utf-8")
    turns = [
        {"say": "kết hôn", "intent": "ask_procedure", "procedure_codes": [CODE]},
        {"say": "và sang tên", "intent": "ask_procedure", "procedure_codes": [CODE], "also_codes": [OTHER]},
    ]
    dialogue = {"id": "dialogue-1", "kind": "follow_up", "turns": turns}
    (first / "dialogues_1.jsonl").write_text(json.dumps(dialogue) + "\n", encoding="utf-8")
    assert read_tests((first, second)) == (
        Labelled("dialogue-1", "kết hôn", 2, frozenset({CODE, OTHER})),
        Labelled("own-1", "lệ phí", 1, frozenset({CODE})),
    )


def test_those_who_asked_are_told_once_for_each_revision(engine: Engine) -> None:
    """Two of three watch this procedure. Twice the same message would teach them to ignore it."""
    with engine.begin() as connection:
        past = Past(connection)
        actor = Actor(past.reviewer("minh"), "minh")
        for name, code in (("an", CODE), ("ba", CODE), ("cu", OTHER)):
            watch(connection, past.citizen(name).conversation_id, code, 6, NOON)
        assert tell(connection, actor, CODE, 7, ["fees", "aliases"], HOURS, NOON) == 2
        assert tell(connection, actor, CODE, 7, ["fees"], HOURS, NOON + 1) is None
        assert was_told(connection, CODE, 7) and not was_told(connection, CODE, 8)
        assert connection.execute(select(func.count()).select_from(reminder)).scalar_one() == 2
        row = connection.execute(select(change_notice)).one()
        assert (row.revision, row.fields, row.people, row.made_by) == (
            7,
            ["fees", "aliases"],
            2,
            actor.account_id,
        )
        (entry,) = entries(connection)
        assert (entry.action, entry.object) == ("change_told", f"procedure:{CODE}")
        assert entry.detail == {"revision": 7, "people": 2}


def test_what_only_the_assistant_reads_is_not_told(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as connection:
        actor = Actor(Past(connection).reviewer("minh"), "minh")
        with pytest.raises(NothingToTellError):
            tell(connection, actor, CODE, 7, ["aliases", "popularity"], HOURS, NOON)
        assert entries(connection) == []
