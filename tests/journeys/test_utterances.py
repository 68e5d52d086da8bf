"""What citizens write, by group: residue of keyboards, folk names, stories. Wording is our own.

A procedure is reached when it is answered about, or can be picked after being asked back.
"""

import pytest

from tests.journeys.conversation import Conversation, reaches, text_of

BIRTH, MARRIAGE, SINGLE, DEATH = "1.001193", "1.000894", "1.004873", "1.000656"
RESIDENCE, STAY, BUSINESS, HOUSE = "1.004222", "1.004194", "1.001612", "1.013225"
RECORD, CORRECTION, COPY, BIRTH_AGAIN = "3.000333", "1.004859", "2.000635", "1.004884"
LICENCE_NEW, LICENCE_SWAP, LICENCE_LOST = "3.000346", "3.000347", "3.000348"
BOOK_SWAP, BOOK_LOST, PARCELS = ("1.012783", "1.115848"), ("1.012786", "1.115849"), ("1.012784", "1.115832")
ID_CHILD, ONE_GO = "1.014062", "2.000986"


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("khai sinh cho be co lam qua mang dc ko ad", (BIRTH,)),
        ("mất bằng lái, cấp lại online trọn vẹn chưa ạ", (LICENCE_LOST,)),
        ("kết hôn phải ra phường hay làm trên mạng cũng đc", (MARRIAGE,)),
        ("ở đặc khu Vân Đồn đăng ký thường trú làm trực tuyến chưa", (RESIDENCE,)),
    ],
)
def test_can_i_do_it_online(citizen: Conversation, question: str, codes: tuple[str, ...]) -> None:
    """Otherwise they travel for what a phone could do, or wait at home for what needs a signature."""
    exchange = citizen.says(question)
    assert exchange.reply.intent.value == "ask_level" or exchange.reply.outcome.value == "asked_back"
    assert reaches(exchange, *codes)


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("sinh bé ở bệnh viện Bãi Cháy, khai sinh cần giấy tờ gì", (BIRTH,)),
        ("giay doc than can giay to gi", (SINGLE,)),
        ("chồng em mất rồi, xin giấy độc thân cần gì", (SINGLE,)),
        ("em li hôn năm 2019, xin xác nhận độc thân có cần nộp bản án không", (SINGLE,)),
        ("ddawng kys khai sinh caanf giaays gif", (BIRTH,)),
        ("d9a8ng ky1 ho65 kinh doanh ca62n gi2", (BUSINESS,)),
        ("mẹ đơn thân khai sinh cho con cần giấy gì", (BIRTH,)),
        ("đổi bằng B2 quá hạn 3 tháng cần những gì", (LICENCE_SWAP,)),
        ("thuê trọ làm tạm trú có cần hợp đồng công chứng ko", (STAY,)),
        ("sang nước ngoài cưới chồng thì xin phường giấy gì", (SINGLE, "2.000806")),
    ],
)
def test_which_papers_do_i_bring(citizen: Conversation, question: str, codes: tuple[str, ...]) -> None:
    """A missing paper is a second trip."""
    assert reaches(citizen.says(question), *codes)


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("sổ đỏ rách quá giờ đổi sổ mới ntn", BOOK_SWAP),
        ("làm lại sổ đỏ bị mất", BOOK_LOST),
        ("chia dat cho hai dua con lam the nao", PARCELS),
        ("xây nhà hai tầng ở xã có phải xin phép xây dựng ko", (HOUSE,)),
        ("nhập khẩu vợ về nhà chồng", (RESIDENCE,)),
        ("cắt khẩu chuyển đi nơi khác", ("1.003197", RESIDENCE)),
        ("xin lại giấy khai sinh bản chính bị mất", (COPY, BIRTH_AGAIN)),
        ("khai sinh ghi sai tên đệm thì sửa ở đâu", (CORRECTION,)),
        ("nhà có người mới mất, đi báo tử", (DEATH,)),
        ("làm cccd cho cháu 8 tháng tuổi", (ID_CHILD,)),
        ("xin phiếu lý lịch sạch để đi làm", (RECORD,)),
        ("sao y bản chính bằng đại học", ("2.000815", "2.000843")),
    ],
)
def test_what_people_call_things(citizen: Conversation, question: str, codes: tuple[str, ...]) -> None:
    """Nobody says "cấp đổi Giấy chứng nhận quyền sử dụng đất"."""
    assert reaches(citizen.says(question), *codes)


@pytest.mark.parametrize(
    ("question", "intent", "codes"),
    [
        ("lệ phí mở hộ kinh doanh bn vậy", "ask_fee", (BUSINESS,)),
        ("dang ky tam tru bao lau xong", "ask_time", (STAY,)),
        ("hộ khẩu Hà Nội, ở Quảng Ninh làm lý lịch tư pháp ở đâu", "ask_place", (RECORD,)),
        ("đổi gplx là công an phường hay công an tỉnh giải quyết", "ask_authority", (LICENCE_SWAP,)),
    ],
)
def test_fee_time_and_place(
    citizen: Conversation, question: str, intent: str, codes: tuple[str, ...]
) -> None:
    exchange = citizen.says(question)
    assert reaches(exchange, *codes)
    assert exchange.turn.intent.value == intent


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("cấp độ 4 là gì v ad", "explain_level"),
        ("toàn trình khác một phần chỗ nào", "explain_level"),
        ("nộp chiều thứ sáu lúc 4h thì tính từ hôm nào", "ask_deadline"),
        ("24/11 nghỉ lễ có tính vào ngày hẹn ko", "ask_deadline"),
        ("trung tam hanh chinh cong thu 7 mo cua ko", "ask_hours"),
        ("hồ sơ H49.22-261119-0034 đến đâu rồi", "dossier_status"),
        ("nộp năm hôm rồi chưa thấy báo gì", "dossier_status"),
        ("000.00.22.H49-261012-0107 có kết quả chưa ạ", "dossier_status"),
        ("sao báo bổ sung hồ sơ mà không nói thiếu gì", "explain_status"),
        ("trạng thái mới đăng ký là đã nhận chưa", "explain_status"),
        ("trễ hẹn bốn ngày rồi mà chẳng ai xin lỗi", "complaint"),
        ("mất giấy hẹn thì lấy kết quả kiểu gì", "ask_delivery"),
        ("cho tui rút hồ sơ về", "withdraw_dossier"),
        ("kq gửi bưu điện mãi chưa tới", "ask_delivery"),
        ("đăng nhập vneid báo lỗi hoài", "account_problem"),
        ("sim không chính chủ thì đăng nhập sao", "account_problem"),
        ("up ảnh lên báo quá dung lượng", "submission_problem"),
        ("nhập captcha sai hoài không qua", "submission_problem"),
        ("thanh toán rồi mà trạng thái vẫn chưa trả phí", "payment_problem"),
        ("nộp xong không thấy mã hồ sơ", "submission_problem"),
        ("ko biết chụp giấy tờ sao cho rõ để nộp", "submission_problem"),
        ("nhờ con gái nộp hộ có sao không", "ask_authorisation"),
        ("nói lại từ đầu giùm", "restart"),
        ("cho gặp người thật đi", "hand_off"),
        ("cán bộ phường đòi thêm bản photo công chứng trong khi trên mạng ghi không cần", "complaint"),
        ("phản ánh thái độ nhân viên một cửa", "complaint"),
        ("đánh giá 5 sao nhé", "feedback"),
        ("hay quá cảm ơn nhé", "thanks"),
        ("chào ad", "greet"),
        ("bạn là người hay máy vậy", "bot_identity"),
        ("hôm nay trời có mưa ko", "out_of_scope"),
        ("tính thuế thu nhập cá nhân giúp em", "out_of_scope"),
        ("xóa hết tin nhắn của tôi đi", "privacy_request"),
        ("sao biết số điện thoại của tôi", "privacy_request"),
    ],
)
def test_everything_around_a_procedure(citizen: Conversation, question: str, intent: str) -> None:
    """The right guide instead of a list of procedures nobody asked for."""
    assert citizen.says(question).reply.intent.value == intent


def test_automatic_services_are_explained(citizen: Conversation) -> None:
    text = text_of(citizen.says("dịch vụ công chủ động là gì, khỏi cần nộp hồ sơ à"))
    assert "chủ động" in text


@pytest.mark.parametrize("question", ["ly hôn thì nộp đơn ở đâu", "muốn ly dị chồng thì đơn gửi chỗ nào"])
def test_a_divorce_is_for_the_court(citizen: Conversation, question: str) -> None:
    """A wrong procedure here would send somebody to the ward in the worst week of their life."""
    exchange = citizen.says(question)
    assert exchange.reply.procedure_code is None
    assert exchange.reply.outcome.value in ("out_of_scope", "asked_back", "no_data")
