"""What citizens lose when these fail: a reminder on the wrong day."""

from datetime import datetime

import pytest

from bot.notices.when import read_when
from tests.notices.conftest import HOURS, NOW, WORDS, ZONE


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("nhắc tôi ngày mai", "25/11/2026 08:00"),
        ("nhac toi ngay mai", "25/11/2026 08:00"),
        ("nhắc t mai", "25/11/2026 08:00"),
        ("nhắc tôi tối mai", "25/11/2026 19:00"),
        ("nhac toi chieu mai", "25/11/2026 14:00"),
        ("nhắc tôi chiều mai lúc 3h", "25/11/2026 15:00"),
        ("nhắc tôi hôm nay lúc 17h", "24/11/2026 17:00"),
        ("nhắc tôi ngày kia", "26/11/2026 08:00"),
        ("nhac toi ngay mot", "26/11/2026 08:00"),
        ("nhắc tôi thứ hai", "30/11/2026 08:00"),
        ("nhac toi thu 2", "30/11/2026 08:00"),
        ("nhắc tôi thứ ba", "01/12/2026 08:00"),
        ("nhắc tôi thứ tư", "25/11/2026 08:00"),
        ("nhắc tôi thứ năm lúc 9h30", "26/11/2026 09:30"),
        ("nhắc tôi chủ nhật", "29/11/2026 08:00"),
        ("nhắc tôi cuối tuần", "28/11/2026 08:00"),
        ("nhac toi thu 2 tuan sau", "30/11/2026 08:00"),
        ("nhắc tôi thứ sáu tuần sau", "04/12/2026 08:00"),
        ("nhắc tôi tuần sau", "01/12/2026 08:00"),
        ("nhắc mình ba ngày nữa nhé", "27/11/2026 08:00"),
        ("nhac toi 3 ngay nua", "27/11/2026 08:00"),
        ("nhắc tôi sau hai tuần", "08/12/2026 08:00"),
        ("nhắc tôi 2 tiếng nữa", "24/11/2026 17:30"),
        ("nhắc em 25/11 lúc 9h30", "25/11/2026 09:30"),
        ("nhắc tôi ngày 25 tháng 12", "25/12/2026 08:00"),
        ("nhắc tôi lúc 17h", "24/11/2026 17:00"),
        ("nhắc tôi 5 giờ chiều nay", "24/11/2026 17:00"),
        ("nhắc tôi tối nay", "24/11/2026 19:00"),
        ("nhắc tôi lúc 8h", "25/11/2026 08:00"),
        ("nhắc tôi 5/1", "05/01/2027 08:00"),
        ("nhắc tôi ngày 5 tháng 1", "05/01/2027 08:00"),
        ("nhắc tôi 5/1/2027", "05/01/2027 08:00"),
        ("nhắc tôi 20/11/2026", "20/11/2026 08:00"),
        ("nhắc tôi ngày 25 nhé", "25/11/2026 08:00"),
        ("nhắc tôi ngày 24", "24/12/2026 08:00"),
        ("nhắc tôi ngày 31", "31/12/2026 08:00"),
    ],
)
def test_the_day_meant_is_found(said: str, meant: str) -> None:
    found = read_when(said, NOW, HOURS, WORDS.times)
    assert found is not None
    assert datetime.fromtimestamp(found, ZONE).strftime("%d/%m/%Y %H:%M") == meant


@pytest.mark.parametrize(
    "said",
    [
        "nhắc tôi",
        "nhắc tôi nộp hồ sơ",
        "nhắc tôi 30/2",
        "nhắc tôi hôm qua",
        "nhắc tôi ngày 45",
        "nhắc tôi 30/2 lúc 8h",
    ],
)
def test_no_day_is_guessed(said: str) -> None:
    assert read_when(said, NOW, HOURS, WORDS.times) is None
