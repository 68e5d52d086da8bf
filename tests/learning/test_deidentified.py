"""Nobody's number, name or door may end up in the assistant's training."""

import pytest

from bot.learning.deidentified import Suspicion, deidentify
from bot.text import Kind


def test_what_masking_knows_is_masked_and_named() -> None:
    found = deidentify("gọi 0912345678 hoặc CCCD 022089001234 nhé")
    assert "0912345678" not in found.text and "022089001234" not in found.text
    assert found.masked == (Kind.PHONE, Kind.CITIZEN_ID)
    assert found.doubts == ()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("tôi tên là Lan muốn khai sinh cho con", Suspicion.NAME),
        ("em ten la hoa, lam khai sinh", Suspicion.NAME),
        ("họ tên: hoàng lan", Suspicion.NAME),
        ("con tôi là Trần Minh Anh chưa có khai sinh", Suspicion.NAME),
        ("bà nguyễn thị hồng đã mất", Suspicion.NAME),
        ("nguyen van a muon tach thua", Suspicion.NAME),
        ("nhà tôi số nhà 12 tổ 5", Suspicion.ADDRESS),
        ("ở số 7 ngõ 15 Cao Xanh", Suspicion.ADDRESS),
        ("12/3 đường Lê Lợi", Suspicion.ADDRESS),
        ("thửa đất số 125, tờ bản đồ số 7", Suspicion.ADDRESS),
        ("căn hộ A1205 chung cư", Suspicion.ADDRESS),
        ("tra hồ sơ H49.01-261122-0042 giúp em", Suspicion.DOSSIER),
        ("biên lai 8812345", Suspicion.NUMBER),
        ("xem facebook.com/lan.nguyen", Suspicion.LINK),
        ("nhắn @lannguyen99 nhé", Suspicion.LINK),
    ],
)
def test_what_may_say_who_somebody_is_is_doubted(text: str, what: Suspicion) -> None:
    assert what in {doubt.what for doubt in deidentify(text).doubts}


@pytest.mark.parametrize(
    "text",
    [
        "lệ phí đăng ký kết hôn bao nhiêu",
        "ngày nghỉ lễ thì có làm việc không",
        "thủ tục ở phường Trần Hưng Đạo",
        "trường THPT Lê Quý Đôn xin học bạ",
        "nộp 150.000 đồng cho thủ tục 1.001193",
        "quy hoạch đô thị ở Hạ Long",
        "con em đang thi bằng lái",
        "tên công ty là gì cũng được à",
        "sinh năm 1990 thì đổi thẻ năm nào",
        "theo nghị định 61/2018/NĐ-CP",
        "chuyển hộ khẩu từ tổ 5 sang khu 3",
    ],
)
def test_questions_of_everyday_are_not_refused(text: str) -> None:
    assert deidentify(text).doubts == ()


def test_the_words_in_doubt_are_shown_as_they_were_written() -> None:
    """Staff have to see what to write another way."""
    (doubt,) = deidentify("Cháu Phạm Gia Hân mới sinh").doubts
    assert doubt.words == "Phạm Gia Hân"
