"""What is learned was checked by two, says nothing of anybody, and goes when its citizen says so."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Connection

from bot.answers.intent import Intent
from bot.channels.erasing import erase
from bot.evaluation.dialogues.dialogue import DialogueTurn
from bot.learning import lessons
from bot.learning.lessons import Draft, Fault, FourEyesError, LessonError, counts, decide, find, propose
from bot.learning.states import LessonKind, LessonOrigin, LessonState
from bot.notices import consent
from bot.notices.purpose import Purpose
from bot.notices.tables import consent as given
from bot.reviews import lesson_erasing
from bot.reviews.tables_lessons import lesson
from bot.staff import audit
from bot.staff.audit import Actor
from tests.learning.lesson_rows import (
    BIRTH,
    MARRIAGE,
    VERSIONS,
    WORDS,
    agree,
    approved,
    staff,
    stock,
    verbatim,
)
from tests.reviews.conftest import NOON, Past, past  # noqa: F401

OWN = Draft(LessonKind.TRAINING, "Làm khai sinh mất bao nhiêu tiền ạ?", Intent.ASK_FEE)
FIRST = DialogueTurn(say="khai sinh cần gì", intent=Intent.ASK_DOCUMENTS, procedure_codes=(BIRTH,))
SECOND = DialogueTurn(say="thế lệ phí", intent=Intent.ASK_FEE, procedure_codes=(BIRTH,))


def ask(connection: Connection, actor: Actor, draft: Draft) -> int:
    return propose(connection, actor, draft, "x", NOON, versions=VERSIONS)


def fault_of(deed: Callable[[], object]) -> Fault:
    with pytest.raises(LessonError) as caught:
        deed()
    return caught.value.fault


def test_two_accounts_make_a_lesson(connection: Connection, past: Past) -> None:  # noqa: F811
    lan, minh = staff(past, "lan"), staff(past, "minh")
    number = propose(connection, lan, OWN, "Hay bị hiểu nhầm", NOON, versions=VERSIONS)
    with pytest.raises(FourEyesError):
        decide(connection, lan, number, True, "", NOON, versions=VERSIONS)
    assert counts(connection)[LessonState.PROPOSED] == 1
    assert decide(connection, minh, number, True, "Đúng", NOON + 5, versions=VERSIONS)
    assert not decide(connection, minh, number, False, "", NOON + 6, versions=VERSIONS)
    found = find(connection, number)
    assert found is not None and found.state is LessonState.APPROVED
    assert (found.proposed_by, found.decided_by, found.decided_at) == (
        lan.account_id,
        minh.account_id,
        NOON + 5,
    )
    assert fault_of(lambda: lessons.retire(connection, lan, number, " ", NOON)) is Fault.REASON
    assert lessons.retire(connection, lan, number, "Trùng ý", NOON + 7)
    assert not lessons.retire(connection, lan, number, "Trùng ý", NOON + 8)
    told = [(entry.action, entry.object) for entry in audit.entries(connection)]
    assert told == [
        ("lesson_retired", f"lesson:{number}"),
        ("lesson_decided", f"lesson:{number}"),
        ("lesson_proposed", f"lesson:{number}"),
    ]
    # What was taken out may come back.
    assert propose(connection, lan, OWN, "Vẫn cần", NOON + 9, versions=VERSIONS) > number


def test_only_whoever_proposed_withdraws(connection: Connection, past: Past) -> None:  # noqa: F811
    lan, minh = staff(past, "lan"), staff(past, "minh")
    number = ask(connection, lan, OWN)
    assert not lessons.withdraw(connection, minh, number, NOON)
    assert lessons.withdraw(connection, lan, number, NOON)
    assert not lessons.withdraw(connection, lan, number, NOON)
    assert [one.state for one in lessons.listed(connection)] == [LessonState.WITHDRAWN]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"text": " ? "}, Fault.EMPTY),
        ({"text": "phí " * 130}, Fault.TOO_LONG),
        ({"intent": None}, Fault.INTENT),
        ({"in_scope": False, "procedure_codes": (BIRTH,)}, Fault.SCOPE),
        ({"intent": Intent.OUT_OF_SCOPE}, Fault.SCOPE),
        ({"procedure_codes": ("9.999999",)}, Fault.UNKNOWN_PROCEDURE),
        ({"text": "Tôi tên là Lan, lệ phí khai sinh?"}, Fault.IDENTIFYING),
        ({"text": "hồ sơ H49.01-261122-0042 phí bao nhiêu"}, Fault.IDENTIFYING),
        ({"kind": LessonKind.JOURNEY, "text": ""}, Fault.EMPTY),
        ({"kind": LessonKind.JOURNEY, "text": "", "turns": (FIRST,)}, Fault.TURNS),
        ({"turn_id": 1}, Fault.GONE),
        ({"conversation_id": "0" * 32}, Fault.GONE),
        ({"origin": LessonOrigin.CITIZEN}, Fault.GONE),
    ],
)
def test_what_nobody_should_learn_from_is_refused(
    connection: Connection, change: dict[str, object], fault: Fault
) -> None:
    past = Past(connection)  # noqa: F811
    lan = staff(past, "lan")
    draft = replace(OWN, **change)  # type: ignore[arg-type]
    assert fault_of(lambda: ask(connection, lan, draft)) is fault


def test_a_number_is_masked_before_anybody_reads_it(connection: Connection, past: Past) -> None:  # noqa: F811
    draft = replace(OWN, text="Gọi 0912345678 hỏi lệ phí khai sinh")
    number = propose(connection, staff(past, "lan"), draft, "Số 0912345678", NOON, versions=VERSIONS)
    row = connection.execute(select(lesson).where(lesson.c.id == number)).one()
    assert "0912345678" not in row.text + row.reason


def test_the_same_words_are_learned_once_and_never_measured_too(
    connection: Connection,
    past: Past,  # noqa: F811
) -> None:
    """Whoever measures with what was trained measures memory."""
    stock(connection)
    lan = staff(past, "lan")
    ask(connection, lan, OWN)
    again = replace(OWN, text="lam khai sinh mat bao nhieu tien a", intent=Intent.ASK_TIME)
    assert fault_of(lambda: ask(connection, lan, again)) is Fault.ALREADY
    measured = replace(OWN, kind=LessonKind.EVALUATION)
    assert fault_of(lambda: ask(connection, lan, measured)) is Fault.MEASURED
    journey = Draft(
        LessonKind.JOURNEY,
        turns=(
            replace(
                FIRST,
                say=OWN.text,
            ),
            SECOND,
        ),
    )
    assert fault_of(lambda: ask(connection, lan, journey)) is Fault.MEASURED


def test_a_citizens_words_need_their_consent_then_and_now(connection: Connection, past: Past) -> None:  # noqa: F811
    lan, minh, citizen = staff(past, "lan"), staff(past, "minh"), past.citizen("hoa")
    draft = verbatim(past, citizen)
    assert fault_of(lambda: ask(connection, lan, draft)) is Fault.NO_CONSENT
    agree(connection, citizen)
    number = ask(connection, lan, draft)
    connection.execute(update(given).values(withdrawn_at=NOON))
    approve = partial(decide, connection, minh, number, True, "", NOON, versions=VERSIONS)
    assert fault_of(approve) is Fault.NO_CONSENT
    assert decide(connection, minh, number, False, "Chưa có đồng ý", NOON, versions=VERSIONS)


def test_words_of_staff_are_not_those_of_the_citizen(connection: Connection, past: Past) -> None:  # noqa: F811
    """Without consent nobody learns a citizen's words by writing them off."""
    lan, citizen = staff(past, "lan"), past.citizen("hoa")
    draft = replace(verbatim(past, citizen), origin=LessonOrigin.REWRITTEN, text=WORDS.upper() + "?")
    assert fault_of(lambda: ask(connection, lan, draft)) is Fault.SAME_WORDS
    other = replace(draft, text="phí làm khai sinh cho bé")
    assert ask(connection, lan, other)


def test_words_go_when_the_consent_is_taken_back(connection: Connection, past: Past) -> None:  # noqa: F811
    pair, citizen = (staff(past, "lan"), staff(past, "minh")), past.citizen("hoa")
    agree(connection, citizen)
    number = approved(connection, past, verbatim(past, citizen), pair)
    own = approved(
        connection,
        past,
        replace(
            verbatim(past, citizen, "hỏi phí khai sinh"),
            text="Phí giấy khai sinh?",
            origin=LessonOrigin.REWRITTEN,
        ),
        pair,
    )
    here = citizen.conversation_id
    consent.withdraw(connection, here, {Purpose.FOLLOW}, "m8", NOON + 2)
    kept = find(connection, number)
    assert kept is not None and kept.state is LessonState.APPROVED
    consent.withdraw(connection, here, {Purpose.IMPROVE}, "m9", NOON + 3)
    gone, other = find(connection, number), find(connection, own)
    assert gone is not None and other is not None
    assert (gone.state, gone.ended_at, gone.text, gone.digest) == (LessonState.RETIRED, NOON + 3, "", "")
    assert other.state is LessonState.APPROVED and other.text


def test_erasing_the_conversation_leaves_no_word_of_it(connection: Connection, past: Past) -> None:  # noqa: F811
    """Whoever has everything erased is not learned from, and no lesson leads to them."""
    stock(connection)
    pair, citizen = (staff(past, "lan"), staff(past, "minh")), past.citizen("hoa")
    agree(connection, citizen)
    here = citizen.conversation_id
    learned = approved(connection, past, verbatim(past, citizen), pair)
    turns = (replace(FIRST, say="làm khai sinh cần những gì"), SECOND)
    journey = Draft(LessonKind.JOURNEY, turns=turns, origin=LessonOrigin.CITIZEN, conversation_id=here)
    waiting = ask(connection, pair[0], journey)
    own = replace(
        verbatim(past, citizen, "phí kết hôn"),
        text="Kết hôn mất phí không",
        origin=LessonOrigin.REWRITTEN,
        procedure_codes=(MARRIAGE,),
    )
    rewritten = approved(connection, past, own, pair)
    erase(connection, here, NOON + 9, b"key")
    for number in (learned, waiting):
        found = find(connection, number)
        assert found is not None and found.state is LessonState.RETIRED
        assert (found.text, found.turns, found.turn_id, found.conversation_id) == ("", (), None, None)
    kept = find(connection, rewritten)
    assert kept is not None and kept.state is LessonState.APPROVED
    assert (kept.text, kept.turn_id, kept.conversation_id) == ("Kết hôn mất phí không", None, None)


def test_lessons_follow_a_citizen_into_another_conversation(connection: Connection, past: Past) -> None:  # noqa: F811
    """The consent moves there, and must find them when it is taken back."""
    citizen = past.citizen("hoa")
    agree(connection, citizen)
    number = propose(connection, staff(past, "lan"), verbatim(past, citizen), "x", NOON, versions=VERSIONS)
    other = past.citizen("hoa-zalo").conversation_id
    assert lesson_erasing.move(connection, citizen.conversation_id, other) == 1
    assert lesson_erasing.retire(connection, other, NOON) == 1
    found = find(connection, number)
    assert found is not None and found.state is LessonState.RETIRED


def test_lists_are_by_state_and_kind_and_in_pages(connection: Connection) -> None:
    lan = staff(Past(connection), "lan")
    numbers = [
        propose(connection, lan, replace(OWN, text=f"hỏi phí lần {word}"), "x", NOON, versions=VERSIONS)
        for word in ("một", "hai", "ba")
    ]
    page = lessons.listed(connection, LessonState.PROPOSED, LessonKind.TRAINING, 2)
    assert [one.id for one in page] == numbers[:0:-1]
    rest = lessons.listed(connection, LessonState.PROPOSED, None, 2, page[-1].id)
    assert [one.id for one in rest] == numbers[:1]
    assert lessons.listed(connection, None, LessonKind.JOURNEY) == []
