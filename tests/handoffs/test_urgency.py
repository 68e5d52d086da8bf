import pytest

from bot.answers.intent import Intent
from bot.handoffs.states import Cause, Urgency
from bot.handoffs.urgency import Mark, cause_of, marks_of, urgency_of


@pytest.mark.parametrize(
    ("intent", "confidence", "text", "urgency"),
    [
        (Intent.EMERGENCY, 0.9, "có cháy ở nhà bên", Urgency.SAFETY),
        # A life may hang on a guess.
        (Intent.SELF_HARM, 0.1, "tôi không muốn sống nữa", Urgency.SAFETY),
        (Intent.CORRUPTION_REPORT, 0.8, "cán bộ đòi tiền", Urgency.SAFETY),
        (Intent.SCAM_ALERT, 0.8, "có người gọi xin mã OTP", Urgency.SAFETY),
        (Intent.CORRUPTION_REPORT, 0.2, "hỏi tiền", Urgency.NORMAL),
        (Intent.COMPLAINT, 0.8, "thái độ không tốt", Urgency.ANGRY),
        (Intent.INSULT, 0.8, "đồ vô dụng", Urgency.ANGRY),
        (Intent.COMPLAINT, 0.2, "cho hỏi", Urgency.NORMAL),
        (Intent.COMPLAINT, 0.8, "hồ sơ của tôi đã quá hạn 10 ngày", Urgency.OVERDUE),
        (Intent.HAND_OFF, 0.9, "trễ hẹn mãi chưa xong, cho gặp cán bộ", Urgency.OVERDUE),
        (Intent.DOSSIER_STATUS, 0.9, "ho so bi tre han roi", Urgency.OVERDUE),
        # Late registration is a procedure, not a late dossier.
        (Intent.ASK_PROCEDURE, 0.9, "đăng ký khai sinh quá hạn", Urgency.NORMAL),
        (Intent.HAND_OFF, 0.9, "cho tôi gặp cán bộ", Urgency.NORMAL),
        (Intent.HAND_OFF, 0.9, "GẶP CÁN BỘ NGAY!!", Urgency.ANGRY),
    ],
)
def test_urgency_of_a_message(intent, confidence, text, urgency):
    """A wrong order makes the one wait who can wait least."""
    assert urgency_of(intent, confidence, marks_of(text)) is urgency


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("CHO TÔI HỎI THỦ TỤC LÀM HỘ CHIẾU", set()),
        ("CHO TÔI HỎI THỦ TỤC LÀM HỘ CHIẾU!", {Mark.SHOUTED}),
        ("Cảm ơn!", set()),
        ("OK !", set()),
        ("sao lâu thế ! !", {Mark.SHOUTED}),
        ("đã qua ngày hẹn mà chưa trả kết quả", {Mark.LATE}),
        ("hồ sơ chưa quá hạn trả đúng không", set()),
        ("hồ sơ không trễ hẹn", set()),
        ("căn cước quá hạn phải làm gì", set()),
        ("", set()),
    ],
)
def test_marks_of_a_message(text, marks):
    assert marks_of(text) == marks


@pytest.mark.parametrize(
    ("intent", "cause"),
    [
        (Intent.SELF_HARM, Cause.SAFETY),
        (Intent.INSULT, Cause.COMPLAINT),
        (Intent.HAND_OFF, Cause.ASKED),
        (Intent.ASK_FEE, Cause.UNANSWERED),
    ],
)
def test_cause_of_a_message(intent, cause):
    assert cause_of(intent) is cause
