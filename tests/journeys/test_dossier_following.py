"""From the code to the result in hand: state and second factor, supplements, fees, reminders."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.answers.outcome import Outcome
from bot.dossiers.casefile import Phase
from bot.gateways.states import RegistrationState
from bot.gateways.submissions.applicant import Applicant
from bot.notices.purpose import Purpose
from bot.payments.news import take_news
from tests.doubles.gov.government import Government
from tests.journeys.conversation import text_of
from tests.journeys.guided import answers, begins, draft_of, titles
from tests.journeys.installation import Installation, Visitor

BIRTH = ("1", "benh vien", "da dang ky ket hon", "chua qua 60 ngay", "1", "du")
"""Answers of a birth up to the way to hand it in."""


@pytest.fixture
def gov() -> Iterator[Government]:
    """The government systems of this province."""
    with Government() as running:
        yield running


@pytest.fixture
def here(sqlite_engine: Engine, gov: Government, tmp_path: Path) -> Installation:
    """An installation that is connected to them."""
    return Installation(sqlite_engine, gov, tmp_path)


@pytest.fixture
def citizen(here: Installation) -> Visitor:
    return Visitor(here)


def test_by_code_alone_only_the_state_is_told(citizen: Visitor, gov: Government) -> None:
    """Whoever finds a code on a bus must not read what is wrong with somebody's dossier."""
    code = gov.codes(status=5)[0]
    told = citizen.says(f"hồ sơ {code} đến đâu rồi")
    text = text_of(told)
    assert told.reply.outcome is Outcome.ANSWERED
    assert "cần bổ sung giấy tờ" in text and "Đến lượt anh/chị" in text and "06/12/2026" in text
    assert "Nộp lại" not in text and "giấy phép xây dựng" not in text and "Nguyễn" not in text
    assert "Xem chi tiết" in titles(told)


def test_the_second_factor_opens_the_details(citizen: Visitor, gov: Government) -> None:
    code = gov.codes(status=5)[0]
    citizen.says(code)
    asked = citizen.presses("Xem chi tiết")
    assert "4 số cuối" in text_of(asked)
    wrong = citizen.says("0000")
    assert "còn 2 lần thử" in text_of(wrong) and "giấy phép xây dựng" not in text_of(wrong)
    opened = citizen.says(gov.owner(code).id_last4)
    assert "Đơn đề nghị cấp giấy phép xây dựng" in text_of(opened)
    kept = repr(citizen.file) + citizen.context.dump()
    assert gov.owner(code).id_last4 not in kept


def test_guessing_the_second_factor_is_stopped(citizen: Visitor, gov: Government) -> None:
    """Ten thousand tries would open any dossier."""
    code = gov.codes(status=5)[0]
    right = gov.owner(code).id_last4
    citizen.says(code)
    citizen.presses("Xem chi tiết")
    answers(citizen, "0000", "0001")
    last = citizen.says("0002")
    assert "Đã hết lượt thử" in text_of(last)
    citizen.says(code)
    citizen.presses("Xem chi tiết")
    assert "giấy phép xây dựng" not in text_of(citizen.says(right)), "even the right digits come too late"


def test_looking_up_many_codes_is_slowed_down(citizen: Visitor, gov: Government) -> None:
    told = [text_of(citizen.says(code)) for code in gov.codes()[:8]]
    assert "Nơi giải quyết" in told[0] and "tra nhiều lần" in told[-1]


def test_a_supplement_request_answered_in_time(citizen: Visitor, here: Installation, gov: Government) -> None:
    """The citizen hears of it while there is time, and the clock starts anew."""
    code = gov.codes(status=4)[0]
    citizen.says(code)
    citizen.presses("Báo tôi khi thay đổi")
    here.later(days=1)
    gov.ask_supplement(code, here.at, "Nộp lại ảnh rõ nét", ["Ảnh chân dung"])
    assert here.polls() == 1, "the change is news"
    here.later(hours=1)
    asked = citizen.says("hồ sơ của tôi")
    assert "cần bổ sung giấy tờ" in text_of(asked)
    state = citizen.says(code)
    assert "chậm nhất ngày 09/12/2026" in text_of(state) and "tính lại từ đầu" in text_of(state)
    citizen.presses("Xem chi tiết")
    assert "Ảnh chân dung" in text_of(citizen.says(f"so cuoi la {gov.owner(code).phone_last4}"))
    here.later(days=7)
    assert here.polls() == 1, "day 7 is reminded of"
    gov.receive_supplement(code, here.at, here.at.replace(day=11, month=12))
    here.later(hours=4)
    assert here.polls() == 1
    again = citizen.says(code)
    assert "đang xử lý" in text_of(again) and "Ngày hẹn trả: 11/12/2026" in text_of(again)
    here.later(hours=6)
    assert here.polls() == 0, "and nothing is told twice"


def test_a_supplement_that_expires(citizen: Visitor, here: Installation, gov: Government) -> None:
    """Reminded on day 7 and day 12; afterwards the truth, not an old promise."""
    code = gov.codes(status=4)[1]
    citizen.says(code)
    citizen.presses("Báo tôi khi thay đổi")
    gov.ask_supplement(code, here.at, "Thiếu trang 2", ["Tờ khai"])
    reminded = []
    for day in range(1, 17):
        here.later(days=1)
        if here.polls():
            reminded.append(day)
    assert reminded == [1, 7, 12]
    late = citizen.says(f"ho so {code} sao roi")
    assert "nay đã qua" in text_of(late) and "hỏi ngay nơi đã nộp" in text_of(late)
    gov.stop(code, here.at)
    here.later(hours=4)
    assert here.polls() == 1
    closed = citizen.says(code)
    assert "đã dừng xử lý" in text_of(closed) and "Báo tôi khi thay đổi" not in titles(closed)


def test_the_system_is_down(citizen: Visitor, here: Installation, gov: Government) -> None:
    """No state is invented; where one was seen before, it is told with its hour."""
    seen, unseen = gov.codes(status=4)[:2]
    citizen.says(seen)
    here.later(hours=2)
    gov.fault("maintenance", times=None)
    down = citizen.says(unseen)
    assert down.reply.outcome is Outcome.NO_DATA and "không trả lời" in text_of(down)
    old = citizen.says(seen)
    assert "có thể đã khác" in text_of(old) and "đang xử lý" in text_of(old)


def test_a_payment_confirmed_twice_is_one_payment(
    citizen: Visitor, here: Installation, gov: Government
) -> None:
    """The platform repeats itself; nobody pays, or is thanked, twice."""
    code = gov.codes(status=6)[2]
    citizen.says(code)
    unproven = citizen.presses("Nộp tiền")
    assert "75.000" not in text_of(unproven) and gov.payments() == [], "anybody could have typed the code"
    citizen.says(code)
    citizen.presses("Xem chi tiết")
    citizen.says(gov.owner(code).id_last4)
    bill = citizen.presses("Nộp tiền")
    assert "75.000 đồng" in text_of(bill) and "Mở trang nộp tiền" in titles(bill)
    (payment,) = gov.payments()
    waiting = citizen.says("toi nop tien roi")
    assert "chưa báo đã nhận" in text_of(waiting) and "đừng nộp lần nữa" in text_of(waiting)
    gov.pay(payment.reference)
    message = gov.confirm(payment.reference)
    with here.payment_pages() as pages:
        replies = [gov.send(f"{pages.url}/payments/confirm", message) for _ in range(2)]
        forged = gov.send(f"{pages.url}/payments/confirm", gov.wrong_hash(message))
    assert [reply.body["MaLoi"] for reply in replies] == ["00", "00"] and forged.body["MaLoi"] != "00"
    with here.engine.begin() as connection:
        assert len(take_news(connection, here.now())) == 1, "it is told once"
    paid = citizen.says("nộp xong rồi")
    assert "Đã nhận 75.000 đồng" in text_of(paid) and "không phải nộp lại" in text_of(paid)
    citizen.says(f'/select_option{{"act":"pay:start:{code}"}}')
    assert len(gov.payments()) == 1


def _ready(citizen: Visitor, *rest: str) -> None:
    begins(citizen, "dang ky khai sinh can giay to gi")
    answers(citizen, *BIRTH, *rest)
    assert draft_of(citizen).phase is Phase.READY


def test_announced_at_a_counter_and_accepted_there(citizen: Visitor, here: Installation) -> None:
    """The receipt names no person, and its acceptance gives the dossier its code."""
    _ready(citizen, "trực tiếp", "cho tôi", "bai chay")
    asked = citizen.presses("Lấy phiếu hẹn tại quầy")
    assert "phường Bãi Cháy" in text_of(asked) and "không ghi tên" in text_of(asked)
    register = here.services.gateways.registrations
    assert register.waiting() == [], "nothing before they agree"
    citizen.presses("Đồng ý, lập phiếu")
    receipt = citizen.says("thứ năm")
    (announced,) = register.waiting()
    assert announced.code in text_of(receipt) and "26/11/2026" in text_of(receipt)
    assert "không phải Giấy tiếp nhận" in text_of(receipt)
    again = citizen.says("phiếu hẹn của tôi")
    assert announced.code in text_of(again)
    assert register.accept(announced.code, "cán bộ quầy 3", "H49.22-261126-0009")
    assert not register.accept(announced.code, "cán bộ quầy 4"), "a receipt is taken once"
    taken = citizen.says("tinh trang phieu hen")
    assert "đã nhận hồ sơ" in text_of(taken) and "H49.22-261126-0009" in text_of(taken)
    (draft,) = citizen.file.drafts
    assert draft.phase is Phase.SUBMITTED and draft.dossier == "H49.22-261126-0009"


def test_an_announcement_is_taken_back(citizen: Visitor, here: Installation) -> None:
    _ready(citizen, "truc tiep", "cho toi", "bai chay")
    citizen.presses("Lấy phiếu hẹn tại quầy")
    answers(citizen, "đồng ý", "hôm nào cũng được", "hủy phiếu hẹn")
    gone = citizen.presses("Chắc chắn")
    found = here.services.gateways.registrations.of_draft(citizen.id, citizen.file.drafts[0].id)
    assert found is not None and found.state is RegistrationState.WITHDRAWN
    assert "đã hủy" in text_of(gone)


def test_handed_in_through_the_one_stop_system(citizen: Visitor, here: Installation, gov: Government) -> None:
    """Names never pass through the conversation, and the dossier arrives once."""
    _ready(citizen, "qua mang", "cho toi", "bai chay", "co", "chup xong")
    asked = citizen.presses("Gửi qua hệ thống một cửa")
    assert "trang riêng" in text_of(asked) and "Ủy ban nhân dân phường Bãi Cháy" in text_of(asked)
    page = citizen.presses("Tiếp tục")
    token = next(b["url"] for b in page.buttons if b.get("url")).rsplit("/", 1)[1]
    assert gov.created() == 0
    applicant = Applicant("Nguyễn Thị Thử", "0912345678", "Tổ 1, phường Bãi Cháy")
    assert here.services.gateways.submissions.submit(token, applicant) is not None
    gov.die_after("DongBoHoSoMC")
    here.sends()
    here.later(hours=1)
    here.sends()
    here.later(hours=1)
    here.sends()
    assert gov.created() == 1, "a lost answer must not file a birth twice"
    act = f'/select_option{{"act":"submit:state:{citizen.file.drafts[0].id}"}}'
    sent = citizen.says(act)
    (draft,) = citizen.file.drafts
    assert draft.phase is Phase.SUBMITTED and draft.dossier and draft.dossier in text_of(sent)
    state = citizen.says("ho so cua toi den dau roi")
    assert draft.dossier in text_of(state) and "chưa được tiếp nhận" in text_of(state)
    assert "Thử" not in repr(citizen.file) + citizen.context.dump()


def test_reminders_are_agreed_to_and_taken_back(citizen: Visitor, here: Installation) -> None:
    """Nobody is written to who did not agree, and one message ends it."""
    begins(citizen, "dang ky khai sinh can giay to gi")
    citizen.says("1")
    citizen.says("để sau")
    desk = here.services.notices
    asked = citizen.presses("Nhắc tôi")
    assert "hệ thống lưu" in text_of(asked) and titles(asked) == ("Đồng ý", "Không đồng ý")
    assert not desk.agreed(citizen.id, Purpose.REMINDERS)
    citizen.says("dong y")
    assert desk.agreed(citizen.id, Purpose.REMINDERS)
    assert not desk.agreed(citizen.id, Purpose.FOLLOW), "each purpose by an act of its own"
    planned = citizen.says("nhắc tôi 9 giờ sáng mai")
    assert "09:00 thứ Ba, ngày 24/11/2026" in text_of(planned) and len(desk.wishes(citizen.id)) == 1
    ended = citizen.says("tat nhac")
    assert "Đã tắt" in text_of(ended)
    assert not desk.standing(citizen.id) and not desk.wishes(citizen.id)
    what = citizen.says("toi da dong y gi")
    assert "chưa đồng ý mục nào" in text_of(what)


def test_reminders_refused(citizen: Visitor, here: Installation) -> None:
    begins(citizen, "dang ky khai sinh can giay to gi")
    citizen.says("để sau")
    citizen.presses("Nhắc tôi")
    citizen.says("không")
    assert not here.services.notices.standing(citizen.id)
    resumed = citizen.says("tiếp tục")
    assert "chỉ làm khai sinh" in text_of(resumed), "no consent, no loss"


def test_said_to_be_handed_in_after_talking_of_other_ways(citizen: Visitor) -> None:
    """ "Đã nộp" still belongs to the dossier that is ready."""
    _ready(citizen, "trực tiếp", "cho tôi", "bai chay")
    citizen.presses("Lấy phiếu hẹn tại quầy")
    citizen.says("không")
    asked = citizen.says("tôi đã nộp rồi")
    assert "mã hồ sơ" in text_of(asked)
    citizen.says("H49.22-261123-0042")
    assert citizen.file.drafts[0].dossier == "H49.22-261123-0042"
