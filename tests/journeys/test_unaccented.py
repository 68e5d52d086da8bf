"""Half of the messages carry no accents; they must lead to the same place."""

import pytest

from bot.text import fold
from tests.journeys.conversation import Conversation, reaches

QUESTIONS = """
đăng ký khai sinh cần giấy tờ gì
đăng ký kết hôn nộp ở đâu
đăng ký khai tử mất bao lâu
đăng ký tạm trú lệ phí bao nhiêu
đăng ký thường trú làm qua mạng được không
xác nhận tình trạng hôn nhân cần gì
tách thửa đất cần những giấy tờ gì
cấp lại bằng lái xe bị mất
đổi bằng lái xe hết hạn
làm hộ chiếu lần đầu
cấp phiếu lý lịch tư pháp
đăng ký hộ kinh doanh lệ phí bao nhiêu
giấy phép xây dựng nhà ở mất mấy ngày
chứng thực bản sao từ bản chính
chứng thực chữ ký nộp ở đâu
nhận cha mẹ con cần gì
trợ cấp mai táng phí cần giấy tờ gì
trợ cấp hưu trí xã hội cho người cao tuổi
đổi thẻ căn cước
cấp lại thẻ căn cước bị mất
thay đổi cải chính hộ tịch
đăng ký lại khai sinh
đăng ký giám hộ
bao nhiêu thủ tục toàn trình
liệt kê thủ tục lĩnh vực hộ tịch
toàn trình khác một phần thế nào
thị trấn Cái Rồng giờ là đâu
trung tâm hành chính công mấy giờ mở cửa
hồ sơ của tôi tới đâu rồi
cho tôi gặp cán bộ
tôi muốn tố cáo cán bộ nhận tiền
đăng nhập VNeID báo lỗi
nhờ con nộp hộ được không
thanh toán rồi mà chưa thấy xác nhận
xin chào
cảm ơn nhé
bạn là người hay máy
tôi không muốn sống nữa
chồng đánh tôi
làm giả giấy tờ giúp tôi
""".strip().splitlines()


@pytest.mark.parametrize("question", QUESTIONS)
def test_without_accents_the_answer_is_the_same(citizen: Conversation, question: str) -> None:
    """An old phone keyboard would get other papers than a new one."""
    accented = citizen.says(question)
    plain = Conversation(citizen.desk).says(fold(question))
    assert plain.reply.outcome is accented.reply.outcome
    assert plain.reply.intent is accented.reply.intent
    assert plain.reply.procedure_code == accented.reply.procedure_code


@pytest.mark.parametrize("question", ["toi bi mat so do thi phai lam gi", "tôi bị mất sổ đỏ thì phải làm gì"])
def test_what_to_do_is_no_question_about_a_status(citizen: Conversation, question: str) -> None:
    """Whoever has lost a paper must not be told the states of dossiers."""
    assert reaches(citizen.says(question), "1.012786", "1.115849")
