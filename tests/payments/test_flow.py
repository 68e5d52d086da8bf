"""What is lost when these fail: a citizen who pays twice, pays a stranger, or hears what is not theirs."""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.turn import Mention, Pressed, Turn
from bot.answers.wording import Wording
from bot.catalogue.enums import Channel, FeeKind
from bot.catalogue.records import Fee, Procedure, Source
from bot.catalogue.view import Catalogue
from bot.dossiers.casefile import CaseFile, Draft, Phase, Waiting
from bot.dossiers.flow import Flow, Told
from bot.following.state import FeeDue
from bot.knowledge_source import wording_from
from bot.payments.bill import Bill, News, Order, Owed, Standing
from bot.payments.flow import PayFlow
from bot.payments.opening import read_words
from bot.payments.sayings import news_phrases
from bot.payments.states import OPEN, PaymentState, Way
from tests.payments.making import CODE, ITEMS, NOW, owed

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
DRAFT = Draft("d" * 12, "1.000001", Phase.READY, TODAY, TODAY, way=Channel.ONLINE)
RECORD = Procedure(
    "1.000001",
    "Cấp giấy nuôi chim",
    Source("Cổng Dịch vụ công quốc gia"),
    fees=(Fee(FeeKind.AMOUNT, 7000, channel=Channel.ONLINE),),
    curated=True,
)
REFERENCE = "dvc0000014H492611200001"
BOTH = frozenset(Way)


@dataclass
class Desk:
    """Dues and till in one: what a test sets."""

    owed: Owed = field(default_factory=owed)
    ways: frozenset[Way] = BOTH
    state: PaymentState = PaymentState.STARTED
    down: bool = False
    asked: list[tuple[str, str]] = field(default_factory=list)
    orders: list[Order] = field(default_factory=list)

    def of(self, code: str, conversation_id: str) -> Owed:
        self.asked.append((code, conversation_id))
        return self.owed

    def start(self, order: Order, way: Way) -> Bill | None:
        self.orders.append(order)
        return None if self.down else self.bill(way)

    def check(self, reference: str) -> Bill | None:
        return self.bill(Way.PLATFORM) if reference == REFERENCE else None

    def bill(self, way: Way) -> Bill:
        link = "https://pay.example.vn/1" if way is Way.PLATFORM else "https://bot.example.vn/thanh-toan/x"
        settled = None if self.state in OPEN else NOW
        return Bill(REFERENCE, way, CODE, 50000, ITEMS, self.state, link, NOW, NOW + 86400, settled)


@pytest.fixture(scope="module")
def wording() -> Wording:
    return wording_from(ROOT / "domain.yml")


def flow(desk: Desk) -> PayFlow:
    words = read_words(ROOT / "data" / "dossiers" / "payments.yaml")
    return PayFlow(Catalogue({RECORD.code: RECORD}, {}), desk, desk, words)


def turn(text: str = "", act: str = "", code: str = "") -> Turn:
    start = text.find(code) if code else 0
    mentions = (Mention("dossier", code, start, start + len(code)),) if code else ()
    pressed = Pressed(act=act) if act else None
    return Turn(text, ((Intent.ASK_FEE, 0.9),), TODAY, mentions, pressed, conversation_id="c1")


WAITING = CaseFile(waiting=Waiting("pay", "state", REFERENCE))


def press(desk: Desk, act: str, file: CaseFile | None = None) -> Told:
    given = file or CaseFile()
    assert flow(desk).claims(turn(act=act), given)
    return flow(desk).respond(turn(act=act), given, Context())


def words(told: Told, wording: Wording) -> str:
    return "\n".join(wording.text(answer) for answer in told.answers)


def acts(told: Told) -> list[str]:
    return [button.payload or button.url for answer in told.answers for button in answer.buttons]


def test_it_is_a_flow() -> None:
    as_flow: Flow = flow(Desk())
    assert as_flow.name == "pay"


def test_what_is_due_for_a_draft_by_its_channel_with_source(wording: Wording) -> None:
    told = press(Desk(), f"pay:due:{DRAFT.id}", CaseFile((DRAFT,)))
    text = words(told, wording)
    assert text.startswith("Cấp giấy nuôi chim, nộp qua mạng: phí, lệ phí như sau\n- 7.000 đồng")
    assert "Cổng Dịch vụ công quốc gia" in text and "1.000001" in text
    assert told.answers[0].sources[0].code == "1.000001"


def test_no_data_about_a_channel_is_said_so(wording: Wording) -> None:
    by_post = msgspec.structs.replace(DRAFT, way=Channel.POST)
    told = press(Desk(), f"pay:due:{DRAFT.id}", CaseFile((by_post,)))
    assert told.answers[0].outcome is Outcome.NO_DATA
    assert "chưa có dữ liệu" in words(told, wording)


def test_the_way_to_pay_names_sums_page_and_caution(wording: Wording) -> None:
    desk = Desk()
    told = press(desk, f"pay:start:{CODE}")
    text = words(told, wording)
    assert f"Hồ sơ {CODE} cần nộp 50.000 đồng, gồm:\n- Lệ phí cấp bản sao: 8.000 đồng\n" in text
    assert "không bao giờ hỏi số thẻ, mật khẩu hay mã OTP" in text and "09:00 ngày 23/11/2026" in text
    assert acts(told) == [
        "https://pay.example.vn/1",
        f'/select_option{{"act":"pay:state:{REFERENCE}"}}',
        f'/select_option{{"act":"pay:transfer:{CODE}"}}',
    ]
    assert told.file.waiting == Waiting("pay", "state", REFERENCE)
    assert desk.asked == [(CODE, "c1")]


def test_without_a_platform_the_transfer_is_offered_and_without_both_the_counter(wording: Wording) -> None:
    transfer = press(Desk(ways=frozenset({Way.TRANSFER})), f"pay:start:{CODE}")
    assert "https://bot.example.vn/thanh-toan/x" in acts(transfer)
    assert "giữ nguyên nội dung chuyển khoản" in words(transfer, wording)
    desk = Desk(ways=frozenset())
    counter = press(desk, f"pay:start:{CODE}")
    assert "tại quầy" in words(counter, wording) and acts(counter) == [] and desk.orders == []


@pytest.mark.parametrize("standing", [each for each in Standing if each is not Standing.OWED])
def test_nothing_is_begun_unless_the_record_says_how_much(standing: Standing, wording: Wording) -> None:
    desk = Desk(owed=Owed(standing))
    told = press(desk, f"pay:start:{CODE}")
    assert desk.orders == [] and told.file.waiting is None
    assert CODE in words(told, wording) and "50.000" not in words(told, wording)


def test_a_platform_that_is_down_sends_to_the_counter_never_to_another_account(wording: Wording) -> None:
    told = press(Desk(down=True), f"pay:start:{CODE}")
    text = words(told, wording)
    assert "nộp tại quầy" in text and "đừng chuyển tiền vào tài khoản nào khác" in text
    assert acts(told) == [f'/select_option{{"act":"pay:start:{CODE}"}}']


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (PaymentState.PENDING, "chưa báo đã nhận"),
        (PaymentState.STARTED, "chưa báo đã nhận"),
        (PaymentState.PAID, "Đã nhận 50.000 đồng"),
        (PaymentState.FAILED, "không thành công"),
        (PaymentState.EXPIRED, "đã hết hạn nộp"),
        (PaymentState.MISMATCH, "giữ biên lai, xin đừng nộp thêm; cán bộ sẽ đối chiếu"),
    ],
)
def test_the_state_of_a_payment_in_plain_words(state: PaymentState, says: str, wording: Wording) -> None:
    told = press(Desk(state=state), f"pay:state:{REFERENCE}", WAITING)
    assert says in words(told, wording)
    still_open = state in (PaymentState.PENDING, PaymentState.STARTED)
    assert (told.file.waiting is not None) == still_open


def test_who_has_not_paid_yet_is_shown_the_page_although_the_platform_says_pending() -> None:
    told = press(Desk(state=PaymentState.PENDING), f"pay:start:{CODE}")
    assert acts(told)[0] == "https://pay.example.vn/1"


def test_who_has_paid_is_not_offered_another_payment() -> None:
    for state in (PaymentState.PAID, PaymentState.MISMATCH):
        told = press(Desk(state=state), f"pay:state:{REFERENCE}", WAITING)
        assert acts(told) == []
        assert acts(press(Desk(state=state), f"pay:start:{CODE}")) == []


@pytest.mark.parametrize(
    "text", ["tôi đã nộp rồi", "toi da nop roi", "dạ em chuyển khoản xong rồi ạ", "đã nhận được tiền chưa ạ?"]
)
def test_words_about_an_open_payment_are_understood(text: str, wording: Wording) -> None:
    pay = flow(Desk(state=PaymentState.PAID))
    assert pay.claims(turn(text), WAITING)
    assert "Đã nhận" in words(pay.respond(turn(text), WAITING, Context()), wording)


def test_the_link_is_given_again_and_later_is_accepted(wording: Wording) -> None:
    pay = flow(Desk())
    again = pay.respond(turn("gửi lại link giúp em"), WAITING, Context())
    assert "https://pay.example.vn/1" in acts(again)
    assert pay.claims(turn("để sau nhé"), WAITING)
    assert pay.respond(turn("để sau nhé"), WAITING, Context()).file.waiting is None


@pytest.mark.parametrize(
    "text",
    [
        "đã nộp hồ sơ thì bao lâu có kết quả",
        "lệ phí khai sinh bao nhiêu",
        "nộp tiền phạt giao thông ở đâu",
        "xin chào",
        "",
    ],
)
def test_a_question_about_something_else_is_not_taken_away(text: str) -> None:
    assert not flow(Desk()).claims(turn(text), WAITING)


@pytest.mark.parametrize("file", [CaseFile(), CaseFile(waiting=Waiting("guide", "which"))])
def test_words_about_paying_mean_nothing_while_nothing_is_open(file: CaseFile) -> None:
    for text in ("đã nộp rồi", "để sau", "xong rồi", "thanh toán"):
        assert not flow(Desk()).claims(turn(text), file)


def test_the_wish_to_pay_for_a_dossier_with_its_code() -> None:
    desk = Desk()
    wish = turn(f"cho tôi nộp lệ phí hồ sơ {CODE}", code=CODE)
    assert flow(desk).claims(wish, CaseFile())
    flow(desk).respond(wish, CaseFile(), Context())
    assert desk.asked == [(CODE, "c1")]
    assert not flow(desk).claims(turn(f"hồ sơ {CODE} tới đâu rồi", code=CODE), CaseFile())


def test_the_draft_of_the_dossier_is_noted() -> None:
    desk = Desk()
    press(desk, f"pay:start:{CODE}", CaseFile((msgspec.structs.replace(DRAFT, dossier=CODE),)))
    assert desk.orders[0].draft == DRAFT.id


@pytest.mark.parametrize("act", ["guide:start:1", "pay", "pay:", "pay:start", "pay:start:", "pay:steal:x"])
def test_acts_of_others_and_unknown_ones_are_not_claimed(act: str) -> None:
    assert not flow(Desk()).claims(turn(act=act), CaseFile())


@pytest.mark.parametrize("act", ["pay:due:none", "pay:state:dvc0", "pay:start:" + "x" * 60])
def test_what_is_gone_is_said_to_be_gone(act: str, wording: Wording) -> None:
    told = press(Desk(), act)
    assert told.answers[0].outcome is Outcome.NO_DATA
    assert "Không còn tìm thấy" in words(told, wording)


def test_a_message_on_our_own_account_says_sum_and_code_and_no_more(wording: Wording) -> None:
    news = News("c1", REFERENCE, CODE, PaymentState.PAID, 50000, NOW)
    text = "\n".join(wording.say(each) for each in news_phrases(news))
    assert text.startswith(f"Đã nhận 50.000 đồng cho hồ sơ {CODE} lúc 09:00 ngày 22/11/2026.")
    mismatch = replace(news, state=PaymentState.MISMATCH)
    assert "giữ biên lai" in wording.say(news_phrases(mismatch)[0])


def test_sums_of_several_fees_add_up() -> None:
    assert owed(FeeDue("A", 1), FeeDue("B", 2)).amount == 3
