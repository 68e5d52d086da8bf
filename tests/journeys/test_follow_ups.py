"""A second message that only makes sense with the first; and two wants in one message."""

import pytest

from bot.answers.outcome import Outcome
from tests.journeys.conversation import Conversation, offered, text_of

BIRTH, STAY = "1.001193", "1.004194"


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("còn lệ phí?", "ask_fee"),
        ("con le phi", "ask_fee"),
        ("thế bao nhiêu tiền", "ask_fee"),
        ("mất bao lâu", "ask_time"),
        ("mấy ngày xong", "ask_time"),
        ("nộp ở đâu", "ask_place"),
        ("ai giải quyết", "ask_authority"),
        ("có làm online được không", "ask_level"),
        ("thủ tục này mức mấy ạ", "ask_level"),
        ("có mẫu đơn không", "ask_form"),
    ],
)
def test_a_noun_is_enough(citizen: Conversation, message: str, intent: str) -> None:
    """Nobody repeats the name of the procedure in every message."""
    citizen.says("đăng ký khai sinh cần giấy tờ gì")
    exchange = citizen.says(message)
    assert exchange.reply.procedure_code == BIRTH
    assert exchange.reply.intent.value == intent


@pytest.mark.parametrize(
    "message", ["ở Vân Đồn thì sao", "o van don thi sao", "thế ở thị trấn Cái Rồng thì sao"]
)
def test_a_place_alone_asks_the_same_about_that_place(citizen: Conversation, message: str) -> None:
    citizen.says("đăng ký khai sinh nộp ở đâu")
    exchange = citizen.says(message)
    assert exchange.reply.procedure_code == BIRTH
    assert "đặc khu vân đồn" in text_of(exchange).lower()
    assert "nơi nộp" in text_of(exchange)


def test_the_place_is_remembered(citizen: Conversation) -> None:
    citizen.says("tôi ở phường Hồng Gai, đăng ký tạm trú nộp ở đâu")
    exchange = citizen.says("còn đăng ký khai sinh thì nộp ở đâu")
    assert exchange.reply.procedure_code == BIRTH
    assert "hồng gai" in text_of(exchange).lower()


@pytest.mark.parametrize("message", ["à nhầm, làm cho mẹ", "à không, ý tôi là làm cho mẹ"])
def test_a_correction_of_the_person_keeps_the_procedure(citizen: Conversation, message: str) -> None:
    """Starting over would lose the elderly."""
    citizen.says("đăng ký tạm trú cần giấy tờ gì")
    exchange = citizen.says(message)
    assert exchange.reply.procedure_code == STAY or STAY in offered(exchange)


def test_a_new_name_changes_the_procedure(citizen: Conversation) -> None:
    """An answer about the old procedure would be believed."""
    citizen.says("đăng ký khai sinh cần giấy tờ gì")
    exchange = citizen.says("còn đăng ký tạm trú thì cần gì")
    assert exchange.reply.procedure_code == STAY


@pytest.mark.parametrize("message", ["cái thứ hai", "số 2", "2", "cho em cái thứ 2 ạ"])
def test_an_option_is_picked_in_words(citizen: Conversation, message: str) -> None:
    asked = citizen.says("làm gplx nộp ở đâu")
    options = offered(asked)
    assert len(options) >= 2
    exchange = citizen.says(message)
    assert exchange.reply.procedure_code == options[1]
    assert exchange.reply.intent.value == asked.turn.intent.value, "what was asked is answered after the pick"


def test_at_most_four_buttons(citizen: Conversation) -> None:
    asked = citizen.says("làm gplx")
    assert len(asked.buttons) <= 4


def test_a_pick_without_a_list_is_told_so(citizen: Conversation) -> None:
    exchange = citizen.says("cái thứ hai")
    assert exchange.reply.outcome is Outcome.ASKED_BACK
    assert exchange.reply.procedure_code is None


@pytest.mark.parametrize("message", ["phi bao nhieu", "bao giờ có kết quả ạ", "thủ tục này mức mấy"])
def test_a_follow_up_without_a_first_question_asks_which(citizen: Conversation, message: str) -> None:
    """A guessed procedure would name a wrong fee."""
    exchange = citizen.says(message)
    assert exchange.reply.procedure_code is None
    assert exchange.reply.outcome in (Outcome.ASKED_BACK, Outcome.NO_DATA)


def test_starting_over_forgets(citizen: Conversation) -> None:
    citizen.says("đăng ký khai sinh cần giấy tờ gì")
    citizen.says("nói lại từ đầu giùm")
    assert citizen.context.procedure is None
    assert citizen.says("lệ phí bao nhiêu").reply.procedure_code is None


def test_courtesy_in_between_does_not_forget(citizen: Conversation) -> None:
    citizen.says("đăng ký khai sinh cần giấy tờ gì")
    citizen.says("cảm ơn nhé")
    assert citizen.says("còn lệ phí?").reply.procedure_code == BIRTH


def test_the_overview_button_answers_about_the_same_procedure(citizen: Conversation) -> None:
    citizen.says("đăng ký tạm trú")
    exchange = citizen.presses("Giấy tờ")
    assert exchange.reply.procedure_code == STAY
    assert exchange.reply.intent.value == "ask_documents"


@pytest.mark.parametrize(
    ("message", "signs"),
    [
        ("đăng ký tạm trú lệ phí bao nhiêu và mất mấy ngày", ("lệ phí", "thời hạn")),
        ("cấp phiếu lý lịch tư pháp phí với thời gian thế nào", ("phí", "thời hạn")),
        ("dang ky khai sinh can giay to gi va nop o dau", ("hồ sơ gồm", "nơi nộp")),
    ],
)
def test_two_facts_in_one_message_are_both_told(
    citizen: Conversation, message: str, signs: tuple[str, str]
) -> None:
    """The second half of the question would have to be typed again."""
    exchange = citizen.says(message)
    text = text_of(exchange).lower()
    assert exchange.reply.procedure_code is not None
    assert all(sign in text for sign in signs)


def test_two_procedures_in_one_message_get_both_or_the_joint_one(citizen: Conversation) -> None:
    """Birth and residence of a child go in one joint procedure."""
    exchange = citizen.says("vừa muốn khai sinh vừa nhập khẩu cho cháu luôn")
    told = {exchange.reply.procedure_code, *(a.procedure_code for a in exchange.reply.answers)}
    assert "2.000986" in told or {BIRTH, "1.004222"} <= told


def test_two_unrelated_procedures_get_both(citizen: Conversation) -> None:
    exchange = citizen.says("cho hỏi giấy tờ đăng ký kết hôn và đăng ký tạm trú")
    told = {answer.procedure_code for answer in exchange.reply.answers}
    assert {"1.000894", STAY} <= told
