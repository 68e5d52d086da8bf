"""What a citizen hears about their dossier. A wrong word here costs a day, or the whole dossier."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.database import connect, metadata
from bot.dossiers.casefile import CaseFile, Waiting
from bot.following import factor
from bot.following.state import DossierState
from bot.following.status import DossierStatus
from bot.following.tables import follow_gate, follow_lookup, follow_news, followed
from tests.following.conversation import PORTAL, WORDING, Talk, draft
from tests.following.doubles import (
    CODE,
    OTHER,
    PAYMENT,
    PROCESSING,
    REFUSED,
    SUPPLEMENT,
    FakeSource,
    Time,
    at,
)


@pytest.fixture
def tables(sqlite_url: str) -> Iterator[Engine]:
    """The tables of this package alone: migrations are tested elsewhere and take their time."""
    engine = connect(sqlite_url)
    metadata.create_all(engine, tables=[followed, follow_news, follow_lookup, follow_gate])
    yield engine
    engine.dispose()


@pytest.fixture
def talk(tables: Engine) -> Talk:
    return Talk(tables, FakeSource(PROCESSING))


def with_state(talk: Talk, state: DossierState) -> Talk:
    assert talk.source
    talk.source.states[state.code] = state
    return talk


def test_the_code_is_asked_for_when_none_is_known_and_then_the_state_is_told(talk: Talk) -> None:
    assert "mã hồ sơ" in talk.say("hồ sơ của em đến đâu rồi")
    said = talk.say("h49.22 261105 ooo7", Intent.OUT_OF_SCOPE)
    assert "đang xử lý" in said and "phường Hà Tu" in said and "27/11/2026" in said
    assert "Đang chờ cơ quan" in said
    assert talk.file.waiting is None


def test_names_and_the_procedure_are_not_told_by_code_alone(talk: Talk) -> None:
    said = talk.say(CODE)
    assert "hôn nhân" not in said and "4321" not in said


@pytest.mark.parametrize("status", DossierStatus)
def test_every_state_is_told_in_words_with_whose_turn_it_is(talk: Talk, status: DossierStatus) -> None:
    said = with_state(talk, replace(PROCESSING, status=status, status_text="Đang trình ký")).say(CODE)
    turn = {"citizen": "Đến lượt anh/chị", "agency": "Đang chờ cơ quan", "nobody": "Không còn chờ ai"}
    assert turn[status.turn_of.value] in said and "{" not in said


def test_a_state_of_a_local_system_is_quoted_and_not_guessed(talk: Talk) -> None:
    state = replace(PROCESSING, status=DossierStatus.UNKNOWN, status_text="Đang trình ký")
    said = with_state(talk, state).say(CODE)
    assert "“Đang trình ký”" in said and "đang kiểm tra" in said


def test_a_supplement_names_its_last_day_but_not_what_is_missing(talk: Talk) -> None:
    """Asked on 16/11, so day 15 is 1/12."""
    said = with_state(talk, SUPPLEMENT).say(CODE)
    assert "01/12/2026" in said and "ly hôn" not in said
    assert f"follow:details:{CODE}" in talk.acts


@pytest.mark.parametrize("state", [SUPPLEMENT, PAYMENT, replace(PROCESSING, status=DossierStatus.DECIDED)])
def test_a_date_that_no_longer_holds_is_not_told(talk: Talk, state: DossierState) -> None:
    assert "27/11/2026" not in with_state(talk, state).say(CODE)


def test_a_supplement_past_its_day_is_not_told_as_open(talk: Talk) -> None:
    talk.time.now = Time("2026-12-02 09:00").now
    said = with_state(talk, SUPPLEMENT).say(CODE)
    assert "nay đã qua" in said


def test_the_last_four_digits_open_what_is_missing(talk: Talk) -> None:
    with_state(talk, SUPPLEMENT).say(CODE)
    asked = talk.press(f"follow:details:{CODE}")
    assert "4 số cuối" in asked and factor.asked(talk.file)
    said = talk.say("4 số cuối là 4321", Intent.OUT_OF_SCOPE)
    assert "Bản sao quyết định ly hôn" in said and "tình trạng hôn nhân" in said
    assert not factor.asked(talk.file) and "4321" not in said


def test_wrong_digits_may_be_corrected_and_then_are_locked(talk: Talk) -> None:
    with_state(talk, REFUSED).press(f"follow:details:{CODE}")
    assert "còn 2 lần" in talk.say("1111", Intent.OUT_OF_SCOPE)
    assert "còn 1 lần" in talk.say("2222", Intent.OUT_OF_SCOPE)
    assert "hết lượt" in talk.say("3333", Intent.OUT_OF_SCOPE)
    assert not factor.asked(talk.file)
    talk.press(f"follow:details:{CODE}")
    assert "tạm khóa" in talk.say("4321", Intent.OUT_OF_SCOPE)


def test_digits_may_be_sent_again_after_the_wait(talk: Talk) -> None:
    """Lost: the details, and the digits themselves, which would be stored where nobody waits for them."""
    with_state(talk, REFUSED).press(f"follow:details:{CODE}")
    for number in range(5):
        talk.say(f"H49.22-261105-1{number:03d}")
    talk.press(f"follow:details:{CODE}")
    assert "xin chờ" in talk.say("4321", Intent.OUT_OF_SCOPE)
    assert factor.asked(talk.file)
    talk.time.now += 3600
    assert "chữ ký" in talk.say("4321", Intent.OUT_OF_SCOPE)
    talk.press(f"follow:details:{CODE}")
    assert talk.source
    talk.source.down = True
    talk.time.now += 3600
    assert "chưa xem được" in talk.say("4321", Intent.OUT_OF_SCOPE)
    assert factor.asked(talk.file)


def test_the_reason_of_a_refusal_needs_the_digits(talk: Talk) -> None:
    assert "chữ ký" not in with_state(talk, REFUSED).say(CODE)
    talk.press(f"follow:details:{CODE}")
    assert "Thiếu chữ ký của bên mua" in talk.say("0123", Intent.OUT_OF_SCOPE)


def test_a_question_in_between_is_not_taken_for_digits(talk: Talk) -> None:
    with_state(talk, SUPPLEMENT).press(f"follow:details:{CODE}")
    for text in ("năm 2026 lệ phí bao nhiêu", "làm khai sinh cần gì", "gọi 0912 345 678"):
        assert not talk.claims(text)
    assert "gõ lại mã" in talk.say("thôi", Intent.DENY)
    assert talk.file.waiting is None


def test_what_is_to_pay_leads_to_paying(talk: Talk) -> None:
    said = with_state(talk, PAYMENT).say(CODE)
    assert talk.acts[0] == f"pay:start:{CODE}" and "1.250.000" not in said


def test_overdue_tells_the_right_to_an_apology_and_where_to_report(talk: Talk) -> None:
    """Due Fri 27/11; the apology was due on Thu 26/11."""
    talk.time.now = Time("2026-11-30 09:00").now
    said = talk.say(CODE)
    assert "quá ngày hẹn 27/11/2026" in said and "26/11/2026" in said and "văn bản xin lỗi" in said
    assert "https://pakn.dichvucong.gov.vn" in talk.acts


def test_the_day_before_is_called_tomorrow(talk: Talk) -> None:
    talk.time.now = Time("2026-11-26 09:00").now
    assert "ngày mai" in talk.say(CODE)


def test_ready_and_returned_say_how_to_collect_and_rate(talk: Talk) -> None:
    said = with_state(talk, replace(PROCESSING, status=DossierStatus.DECIDED)).say(CODE)
    assert "giấy hẹn" in said and "ủy quyền" in said
    talk.time.now += 400
    said = with_state(talk, replace(PROCESSING, status=DossierStatus.RETURNED)).say(CODE)
    assert "đánh giá" in said and PORTAL in talk.acts


def test_the_clock_of_eight_hours_is_told_and_its_end_noticed(talk: Talk) -> None:
    """Registered Mon 23/11 08:00: 3.5 hours, 4 hours, and half an hour on Wed 25."""
    state = replace(
        PROCESSING, status=DossierStatus.REGISTERED, received_at=at("2026-11-23 08:00"), due_at=None
    )
    assert "08:00, 25/11/2026" in with_state(talk, state).say(CODE)
    talk.time.now = Time("2026-11-25 08:01").now
    assert "Đã quá 8 giờ làm việc" in talk.say(CODE)


def test_the_computed_day_is_told_beside_the_official_one_for_a_draft_of_ones_own(talk: Talk) -> None:
    """Received Thu 5/11, three working days: Fri 6, Mon 9, Tue 10."""
    talk.file = CaseFile(drafts=(draft(CODE),))
    said = talk.say("hồ sơ tới đâu rồi")
    assert "thứ Ba, 10/11/2026" in said and "ngày chính thức" in said and "27/11/2026" in said
    assert talk.context.procedure == "1.004873"


def test_no_day_is_computed_from_a_limit_without_unit(talk: Talk) -> None:
    talk.file = CaseFile(drafts=(draft(CODE, "1.013831"),))
    assert "Tính theo quy định" not in talk.say("hồ sơ tới đâu rồi")


def test_several_dossiers_are_offered_by_their_names(talk: Talk) -> None:
    talk.file = CaseFile(drafts=(draft(CODE), draft(OTHER, "1.013831", "b" * 12)))
    talk.say("hồ sơ của tôi sao rồi")
    assert talk.acts == [f"follow:code:{OTHER}", f"follow:code:{CODE}"]
    assert "biến động" in talk.titles[0]


def test_candidates_are_offered_and_not_looked_up(talk: Talk) -> None:
    talk.say("H49.22-261105-7")
    assert talk.source and not talk.source.asked
    assert talk.acts == ["follow:code:H49.22-261105-0007", "follow:code:H49.22-261105-00007"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("H49.22-261345-0007", "không có thật"),
        ("H49.22-271105-0007", "chưa đến"),
        ("H56.22-261105-0007", "không phải của Quảng Ninh"),
        ("hồ sơ 261105-0007", "thiếu phần đầu"),
    ],
)
def test_what_is_wrong_with_a_code_is_said(talk: Talk, typed: str, words: str) -> None:
    assert words in talk.say(typed, Intent.OUT_OF_SCOPE)
    assert talk.source and not talk.source.asked


def test_unknown_is_one_text_with_the_portal(talk: Talk) -> None:
    assert "không có dữ liệu" in talk.say(OTHER)
    assert talk.last and talk.last.outcome is Outcome.NO_DATA and PORTAL in talk.acts


def test_too_many_look_ups_are_told_with_the_time_to_wait(talk: Talk) -> None:
    for number in range(5):
        talk.say(f"H49.22-261105-1{number:03d}")
    assert "khoảng 10 phút" in talk.say("H49.22-261105-2000")


def test_old_data_are_told_with_their_time(talk: Talk) -> None:
    talk.say(CODE)
    assert talk.source
    talk.source.down = True
    talk.time.now += 3600
    said = talk.say(CODE)
    assert "theo dữ liệu lúc 09:00, 23/11/2026" in said and "có thể đã khác" in said


def test_without_a_system_no_data_is_said_and_days_are_still_computed(tables: Engine) -> None:
    """Received Tue 3/11 with three working days: Wed 4, Thu 5, Fri 6."""
    talk = Talk(tables, None)
    assert "chưa có dữ liệu" in talk.say("hồ sơ tới đâu rồi") and PORTAL in talk.acts
    assert "chưa có dữ liệu" in talk.say(CODE)
    assert talk.acts == [PORTAL, f"follow:date:{CODE}"]
    talk.press(f"follow:date:{CODE}")
    assert "thời hạn chắc chắn" in talk.say("3/11", Intent.OUT_OF_SCOPE)
    assert "thứ Sáu, 06/11/2026" in talk.say("ngày 3/11, 3 ngày làm việc", Intent.ASK_DEADLINE)


def test_the_limit_of_the_own_draft_needs_no_number(tables: Engine) -> None:
    talk = Talk(tables, None, file=CaseFile(drafts=(draft(CODE),)))
    talk.press(f"follow:date:{CODE}")
    assert "thứ Sáu, 06/11/2026" in talk.say("3/11", Intent.OUT_OF_SCOPE)


def test_silence_after_handing_in_gets_the_rule_and_the_hour(talk: Talk) -> None:
    """Handed in on Fri 20/11: as late as 17:00, so the end of Mon 23."""
    said = talk.say("nộp ngày 20/11 mà chưa thấy phản hồi", Intent.SUBMISSION_PROBLEM)
    assert "8 giờ làm việc" in said and "17:00, 23/11/2026" in said


def test_withdrawing_is_explained_while_it_is_possible(talk: Talk) -> None:
    said = talk.say(f"tôi muốn rút hồ sơ {CODE}", Intent.WITHDRAW_DOSSIER)
    assert "đang xử lý" in said and "Điều 21" in said
    talk.time.now += 400
    with_state(talk, replace(PROCESSING, status=DossierStatus.DECIDED))
    assert "không còn rút được" in talk.say(f"rút hồ sơ {CODE}", Intent.WITHDRAW_DOSSIER)


def test_watching_leads_to_consent_and_can_be_ended(talk: Talk) -> None:
    talk.say(CODE)
    assert f"follow:watch:{CODE}" in talk.acts
    talk.press(f"follow:watch:{CODE}")
    assert talk.acts[0] == f"notice:ask:{CODE}"
    talk.say(CODE)
    assert f"follow:stop:{CODE}" in talk.acts
    talk.press(f"follow:stop:{CODE}")
    assert "chưa có hồ sơ nào" in talk.press("follow:list")


def test_the_list_tells_what_was_last_known(talk: Talk) -> None:
    talk.say(CODE)
    assert f"{CODE}: đang xử lý, theo dữ liệu lúc" in talk.say("hồ sơ của tôi", Intent.OUT_OF_SCOPE)


def test_a_code_in_a_question_about_something_else_is_left_to_others(talk: Talk) -> None:
    text = f"hồ sơ {CODE} của tôi bị trừ tiền hai lần trong ví điện tử thì phải làm thế nào bây giờ"
    assert not talk.claims(text, Intent.PAYMENT_PROBLEM)
    assert talk.claims(CODE, Intent.OUT_OF_SCOPE) and talk.claims(text, Intent.EXPLAIN_STATUS)


def test_deadlines_in_general_stay_with_the_assistant(talk: Talk) -> None:
    assert not talk.claims("nộp rồi bao giờ xong", Intent.ASK_DEADLINE)
    talk.file = CaseFile(drafts=(draft(CODE),))
    assert talk.claims("hồ sơ bao giờ xong", Intent.ASK_DEADLINE)
    assert not talk.claims("nộp ngày 3/11, 10 ngày làm việc thì bao giờ xong", Intent.ASK_DEADLINE)


@pytest.mark.parametrize(
    "action", ["follow:", "follow:code:", "follow:code:xyz", "follow:nothing:1", "follow:list"]
)
def test_a_forged_button_does_no_harm(talk: Talk, action: str) -> None:
    assert talk.press(action)
    assert talk.source and not talk.source.asked


def test_the_open_question_of_another_flow_stays_open(talk: Talk) -> None:
    talk.file = CaseFile(waiting=Waiting("guide", "checklist", "a" * 12))
    talk.say(CODE)
    assert talk.file.waiting == Waiting("guide", "checklist", "a" * 12)


def test_typing_without_accents_is_the_same(talk: Talk) -> None:
    assert talk.claims("chua thay phan hoi", Intent.SUBMISSION_PROBLEM)
    assert talk.claims("ho so cua toi", Intent.OUT_OF_SCOPE)


def test_no_button_is_longer_than_platforms_allow(talk: Talk) -> None:
    for name, text in WORDING.shipped.items():
        if name.startswith("utter_follow_button_"):
            assert len(text) <= 20
