"""Reviewers put right what was misunderstood, and two of them decide what the assistant learns."""

import asyncio
from typing import Any

import pytest

from bot.amendments.proposals import waiting
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Candidate
from bot.console.advice import Advice, Asked
from bot.console.lack import Lack
from bot.console.lessons_keeping import keeping
from bot.conversations import log
from bot.conversations.people import Person
from bot.learning import lessons
from bot.learning.files import DIALOGUES, QUESTIONS, TRAINING
from bot.learning.lessons import Lesson
from bot.learning.states import LessonKind, LessonOrigin, LessonState
from bot.notices import consent
from bot.notices.purpose import Purpose
from bot.reviews.labels import Label, give
from bot.reviews.verdict import Reason, Verdict
from bot.staff.roles import Role
from tests.amendments.conftest import CODE, RECORD, load
from tests.console.desk import NOON, Desk
from tests.learning.lesson_rows import BIRTH, MARRIAGE, agree, stock
from tests.reviews.conftest import Past

PATH = "/console/lessons"
QUESTION = "khai sinh cho cháu hết bao nhiêu tiền"


def heard(desk: Desk, words: str = QUESTION, agreed: bool = True, **facts: Any) -> tuple[int, Person]:
    """A turn of a citizen who lets us learn from it, or not."""
    with desk.engine.begin() as connection:
        past = Past(connection)
        who = past.citizen("hoa")
        for _ in log.entries(connection, who.conversation_id):
            past.asked("…", who=past.citizen("another"))
        turn = past.asked(words, who=who, **{"intent": Intent.ASK_TIME, **facts})
        if agreed:
            agree(connection, who)
        return turn, who


def fill(desk: Desk) -> None:
    with desk.engine.begin() as connection:
        stock(connection)


def found(desk: Desk, number: int = 1) -> Lesson:
    with desk.engine.connect() as connection:
        one = lessons.find(connection, number)
    assert one is not None
    return one


def two(desk: Desk) -> Any:
    """An editor in the first browser, an approver in the one returned."""
    desk.hire("lan", Role.EDITOR)
    desk.hire("minh", Role.APPROVER)
    desk.enter("lan")
    other = desk.browser()
    desk.enter("minh", other)
    return other


def test_a_turn_becomes_an_example_in_the_file(any_desk: Desk) -> None:
    other = two(any_desk)
    fill(any_desk)
    turn, _ = heard(any_desk)
    with any_desk.engine.begin() as connection:
        label = Label(Verdict.WRONG, Reason.OTHER_QUESTION, Intent.ASK_FEE, BIRTH)
        give(connection, turn, 1, label, NOON)
    assert f"{PATH}/new?turn={turn}" in any_desk.client.get(f"/console/turns/{turn}").text
    assert f"{PATH}/new?turn={turn}" in any_desk.client.get(PATH).text
    page = any_desk.client.get(f"{PATH}/new?turn={turn}").text
    assert (
        f">{QUESTION}</textarea>" in page
        and 'value="ask_fee" selected' in page
        and f'value="{BIRTH}"' in page
    )
    assert 'value="citizen" checked' in page and "Người dân đã đồng ý" in page
    fields: dict[str, Any] = {
        "kind": "training",
        "origin": "citizen",
        "text": QUESTION,
        "intent": "ask_fee",
        "in_scope": "1",
    }
    fields |= {"procedures": "Đăng ký khai sinh", "reason": "Hỏi phí chứ không hỏi hạn"}
    made = any_desk.post(f"{PATH}/new?turn={turn}", **fields)
    assert made.headers["location"] == f"{PATH}/1?done=lesson_proposed"
    one = found(any_desk)
    assert (one.origin, one.turn_id, one.procedure_codes) == (LessonOrigin.CITIZEN, turn, (BIRTH,))
    page = any_desk.client.get(f"{PATH}/1").text
    assert "phải do người khác duyệt" in page and f"- {QUESTION}" in page and "/approve" not in page
    assert any_desk.post(f"{PATH}/1/approve").status_code == 403
    path = any_desk.settings.learned_dir / TRAINING
    assert not path.exists()
    assert any_desk.post(f"{PATH}/1/refuse", other, comment=" ").headers["location"].endswith("fault=reason")
    assert any_desk.post(f"{PATH}/1/approve", other).headers["location"].endswith("done=lesson_approved")
    assert any_desk.post(f"{PATH}/1/approve", other).headers["location"].endswith("fault=lesson_decided")
    assert f"    - {QUESTION}\n" in path.read_text(encoding="utf-8")
    assert f"{PATH}/new?turn={turn}" not in any_desk.client.get(PATH).text
    assert any_desk.post(f"{PATH}/1/retire", other, reason=" ").headers["location"].endswith("fault=reason")
    gone = any_desk.post(f"{PATH}/1/retire", other, reason="Nhầm")
    assert gone.headers["location"].endswith("done=lesson_retired") and not path.exists()


def test_without_consent_staff_find_their_own_words(any_desk: Desk) -> None:
    """A citizen who said no must not be learned from because somebody pressed the button anyway."""
    any_desk.hire("lan", Role.EDITOR)
    turn, _ = heard(any_desk, agreed=False)
    any_desk.enter("lan")
    page = any_desk.client.get(f"{PATH}/new?turn={turn}").text
    assert "Người dân chưa đồng ý" in page and "></textarea>" in page and 'name="origin"' not in page
    fields: dict[str, Any] = {"kind": "evaluation", "intent": "ask_fee", "in_scope": "1", "reason": "x"}
    for origin, told in (("", "trùng với lời người dân"), ("citizen", "không còn đồng ý")):
        answer = any_desk.post(f"{PATH}/new?turn={turn}", **fields, origin=origin, text=QUESTION.upper())
        assert answer.status_code == 422 and told in answer.text
    answer = any_desk.post(f"{PATH}/new?turn={turn}", **fields, text="phí làm khai sinh là mấy")
    assert answer.headers["location"] == f"{PATH}/1?done=lesson_proposed"
    assert (found(any_desk).kind, found(any_desk).origin) == (LessonKind.EVALUATION, LessonOrigin.REWRITTEN)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": ""}, "Xin nhập mục này."),
        ({"intent": ""}, "Xin chọn ý định đúng."),
        ({"reason": " "}, "Xin nhập mục này."),
        ({"text": "tôi tên là Lan, phí bao nhiêu"}, "<mark>tôi tên là Lan</mark> – có thể là tên người"),
        ({"procedures": "không có đâu"}, "Chưa xác định được một thủ tục"),
        ({"in_scope": "", "procedures": BIRTH}, "thì không có thủ tục"),
        ({"kind": "alias", "text": "giấy chứng sinh", "procedures": ""}, "đúng một thủ tục"),
        ({"kind": "alias", "text": "", "procedures": BIRTH}, "Xin nhập mục này."),
    ],
)
def test_mistakes_are_told_at_their_field(desk: Desk, fields: dict[str, str], told: str) -> None:
    desk.hire("lan", Role.EDITOR)
    fill(desk)
    desk.enter("lan")
    right: dict[str, Any] = {
        "kind": "training",
        "text": "phí khai sinh",
        "intent": "ask_fee",
        "in_scope": "1",
        "reason": "x",
    }
    answer = desk.post(f"{PATH}/new", **{**right, **fields})
    assert answer.status_code == 422 and told in answer.text
    if fields.get("text"):
        assert f">{fields['text']}</textarea>" in answer.text


def test_a_conversation_becomes_a_lesson_with_one_click_and_is_put_right(any_desk: Desk) -> None:
    other = two(any_desk)
    fill(any_desk)
    _, who = heard(any_desk, "khai sinh cần những gì", intent=Intent.ASK_DOCUMENTS, code=BIRTH)
    turn, _ = heard(any_desk, "thế còn kết hôn", intent=Intent.ASK_FEE, code=BIRTH)
    with any_desk.engine.begin() as connection:
        label = Label(Verdict.WRONG, Reason.OTHER_PROCEDURE, Intent.ASK_DOCUMENTS, MARRIAGE)
        give(connection, turn, 2, label, NOON)
    here = who.conversation_id
    assert f"{PATH}/journey?conversation={here}" in any_desk.client.get(f"/console/conversations/{here}").text
    page = any_desk.client.get(f"{PATH}/journey?conversation={here}").text
    for words in ('value="khai sinh cần những gì"', f'value="{BIRTH}"', f'value="{MARRIAGE}"'):
        assert words in page
    fields: dict[str, Any] = {
        "origin": "citizen",
        "reason": "Đổi thủ tục giữa chừng",
        "turn_0": "1",
        "say_0": "khai sinh cần những gì",
        "press_0": "",
        "intent_0": "ask_documents",
        "codes_0": BIRTH,
        "say_1": "",
        "press_1": "Lệ phí",
        "codes_1": "đăng ký kết hôn",
        "say_2": "",
        "press_2": "",
    }
    wrong = any_desk.post(f"{PATH}/journey?conversation={here}", **{**fields, "codes_1": "xe"})
    assert wrong.status_code == 422 and "Chưa xác định được một thủ tục" in wrong.text
    short = any_desk.post(f"{PATH}/journey?conversation={here}", **{**fields, "press_1": ""})
    assert short.status_code == 422 and "từ 2 đến 5 lượt" in short.text
    made = any_desk.post(f"{PATH}/journey?conversation={here}", **fields)
    assert made.headers["location"] == f"{PATH}/1?done=lesson_proposed"
    assert [turn.said for turn in found(any_desk).turns] == ["khai sinh cần những gì", "[Lệ phí]"]
    page = other.get(f"{PATH}/1").text
    assert "option_picking" in page and "Bấm nút" in page
    any_desk.post(f"{PATH}/1/approve", other, comment="Đúng")
    assert "Lệ phí" in (any_desk.settings.learned_dir / DIALOGUES).read_text(encoding="utf-8")
    assert any_desk.client.get(f"{PATH}/journey?conversation={'0' * 32}").status_code == 404


def test_a_conversation_without_consent_or_too_short_says_so(desk: Desk) -> None:
    desk.hire("lan", Role.EDITOR)
    _, who = heard(desk, "khai sinh cần những gì", agreed=False)
    desk.enter("lan")
    path = f"{PATH}/journey?conversation={who.conversation_id}"
    assert "cần ít nhất 2 lượt" in desk.client.get(path).text
    heard(desk, "bao lâu có", agreed=False)
    page = desk.client.get(path).text
    assert "Người dân chưa đồng ý" in page and 'value="khai sinh cần những gì"' not in page
    copied: dict[str, Any] = {
        "say_0": "khai sinh cần những gì",
        "intent_0": "ask_documents",
        "say_1": "mấy ngày",
        "reason": "x",
    }
    assert "trùng với lời người dân" in desk.post(path, **copied).text
    answer = desk.post(path, **{**copied, "say_0": "làm khai sinh phải mang gì"})
    assert answer.headers["location"] == f"{PATH}/1?done=lesson_proposed"


def test_an_approval_needs_the_consent_that_was_there(any_desk: Desk) -> None:
    other = two(any_desk)
    turn, who = heard(any_desk)
    fields: dict[str, Any] = {
        "kind": "evaluation",
        "origin": "citizen",
        "text": QUESTION,
        "intent": "ask_fee",
        "in_scope": "1",
    }
    any_desk.post(f"{PATH}/new?turn={turn}", **fields, reason="x")
    with any_desk.engine.begin() as connection:
        consent.withdraw(connection, who.conversation_id, {Purpose.IMPROVE}, "m9", NOON)
    assert any_desk.post(f"{PATH}/1/approve", other).headers["location"].endswith("fault=lesson_decided")
    assert found(any_desk).state is LessonState.RETIRED
    page = other.get(f"{PATH}/1").text
    assert "đã rút sự đồng ý hoặc đã xóa" in page and QUESTION not in page
    assert not (any_desk.settings.learned_dir / QUESTIONS).exists()


def test_the_list_is_for_states_and_kinds(desk: Desk) -> None:
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    for kind, text in (("training", "phí khai sinh"), ("evaluation", "phí kết hôn")):
        desk.post(f"{PATH}/new", kind=kind, text=text, intent="ask_fee", in_scope="1", reason="x")
    page = desk.client.get(f"{PATH}?state=proposed&kind=training").text
    assert "phí khai sinh" in page and "phí kết hôn" not in page and "Chờ duyệt (2)" in page
    assert "Chưa có bài học nào" in desk.client.get(f"{PATH}?state=approved").text
    assert desk.post(f"{PATH}/2/withdraw").headers["location"].endswith("done=lesson_withdrawn")
    assert desk.post(f"{PATH}/2/withdraw").headers["location"].endswith("fault=lesson_decided")
    assert desk.client.get(f"{PATH}/9").status_code == 404


def test_nobody_approves_their_own_and_others_stay_out(desk: Desk) -> None:
    desk.hire("minh", Role.APPROVER)
    desk.enter("minh")
    desk.post(f"{PATH}/new", kind="training", text="phí gì", intent="ask_fee", in_scope="1", reason="x")
    assert desk.post(f"{PATH}/1/approve").headers["location"].endswith("fault=four_eyes")
    desk.hire("hoa", Role.AGENT, Role.SUPERVISOR)
    other = desk.browser()
    desk.enter("hoa", other)
    turn, who = heard(desk)
    for path in (PATH, f"{PATH}/1", f"{PATH}/new"):
        assert other.get(path).status_code == 403
    assert f"{PATH}/" not in other.get(f"/console/turns/{turn}").text
    assert f"{PATH}/" not in other.get(f"/console/conversations/{who.conversation_id}").text


class Fixed:
    """Who says the same to everybody."""

    def __init__(self, advice: Advice) -> None:
        self.advice, self.asked = advice, ""

    async def advise(self, asked: Asked) -> Advice:
        self.asked = asked.text
        return self.advice

    def close(self) -> None:
        pass


def test_what_the_assistant_makes_of_it_today(desk: Desk) -> None:
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    desk.post(f"{PATH}/new", kind="training", text="phí gì", intent="ask_fee", in_scope="1", reason="x")
    candidates = (Candidate(BIRTH, "Đăng ký khai sinh", 0.61),)
    says = Advice(
        0, "Miễn phí", Outcome.ANSWERED, intent=Intent.ASK_TIME, confidence=0.734, candidates=candidates
    )
    fixed = desk.app.state.adviser = Fixed(says)
    assert "0,73" not in desk.client.get(f"{PATH}/1").text
    page = desk.client.get(f"{PATH}/1?today=1").text
    assert fixed.asked == "phí gì"
    for words in ("khác bài học", "0,73", "0,61", BIRTH):
        assert words in page
    desk.app.state.adviser = Fixed(Advice(0, lack=Lack.NO_MODEL))
    assert desk.client.get(f"{PATH}/1?today=1").status_code == 200


def test_another_name_goes_to_the_record_by_four_eyes(any_desk: Desk) -> None:
    """A name that citizens use and the catalogue lacks is no lesson for the classifier."""
    any_desk.hire("lan", Role.EDITOR)
    load(any_desk.engine, RECORD)
    turn, _ = heard(any_desk, "xin tờ độc thân", agreed=False)
    any_desk.enter("lan")
    fields: dict[str, Any] = {"kind": "alias", "procedures": CODE, "reason": "Hay gọi thế"}
    same = any_desk.post(f"{PATH}/new?turn={turn}", **fields, text="giấy độc thân")
    assert same.status_code == 422 and "đã có tên gọi đó" in same.text
    made = any_desk.post(f"{PATH}/new?turn={turn}", **fields, text="tờ độc thân")
    assert made.headers["location"] == f"{PATH}?done=lesson_alias"
    with any_desk.engine.connect() as connection:
        (one,) = waiting(connection)
    assert (one.code, one.patch, one.turn_id) == (CODE, {"aliases": {"add": ["tờ độc thân"]}}, turn)
    assert one.source_title == f"Cách người dân gọi, lượt hỏi đáp số {turn}"


def test_words_leave_the_files_when_the_citizen_says_so_elsewhere(desk: Desk) -> None:
    """The chat takes the consent back; nobody has to press anything in the console."""
    other = two(desk)
    turn, who = heard(desk)
    fields: dict[str, Any] = {"kind": "training", "origin": "citizen", "text": QUESTION, "intent": "ask_fee"}
    desk.post(f"{PATH}/new?turn={turn}", **fields, in_scope="1", reason="x")
    desk.post(f"{PATH}/1/approve", other)
    path = desk.settings.learned_dir / TRAINING
    assert path.exists()
    with desk.engine.begin() as connection:
        consent.withdraw(connection, who.conversation_id, {Purpose.IMPROVE}, "m9", NOON)

    async def wait() -> None:
        async with keeping(desk.app.state.console):
            for _ in range(500):
                if not path.exists():
                    return
                await asyncio.sleep(0.01)

    asyncio.run(wait())
    assert not path.exists()
