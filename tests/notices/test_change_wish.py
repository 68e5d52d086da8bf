"""What citizens lose when these fail: being told of a change they asked for, or an answer to a question about
a procedure that has "thay đổi" in its name.
"""

import pytest

from bot.notices.change_wish import read_change_wish
from tests.notices.conftest import WORDS


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("báo tôi khi thủ tục này thay đổi", ""),
        ("Khi nào đổi lệ phí thì nhắn tôi", ""),
        ("co gi moi thi bao toi nhe", ""),
        ("nếu thay đổi giấy tờ thì báo cho tôi biết với ạ", ""),
        ("nhắn tôi khi có thay đổi nhé", ""),
        ("báo tôi khi lệ phí đăng ký khai sinh thay đổi", "đăng ký khai sinh"),
        ("khi phí làm hộ chiếu thay đổi thì báo tôi", "hộ chiếu"),
        ("bao toi khi thu tuc dang ky ket hon thay doi", "dang ky ket hon"),
        ("nhờ báo cho tôi nếu thủ tục thay đổi nơi cư trú có gì mới", "thay đổi nơi cư trú"),
        ("khi giấy tờ của thủ tục cấp căn cước thay đổi thì thông báo cho tôi", "cấp căn cước"),
    ],
)
def test_a_wish_is_heard_with_what_it_names(text: str, named: str) -> None:
    assert read_change_wish(text, WORDS.changes) == named


@pytest.mark.parametrize(
    "text",
    [
        "thủ tục thay đổi nơi cư trú",
        "báo tôi thủ tục thay đổi nơi cư trú",
        "khi thay đổi nơi cư trú thì báo tôi giấy tờ cần nộp",
        "khi thay đổi chủ hộ thì báo cho ai",
        "khi thay đổi nơi cư trú thì báo cho tôi",
        "thông báo cho tôi khi đổi giấy phép lái xe cần gì",
        "thay đổi tên trong giấy khai sinh thì nhắn ai",
        "đổi bằng lái thì nộp ở đâu",
        "nhắn tôi khi hồ sơ thay đổi trạng thái",
        "báo tôi khi hồ sơ của tôi có cập nhật",
        "báo tôi khi nào có kết quả",
        "thông báo lưu trú khi thay đổi người ở",
        "lệ phí có thay đổi không",
        "thì báo tôi",
        "",
    ],
)
def test_questions_about_changing_something_are_left_to_others(text: str) -> None:
    assert read_change_wish(text, WORDS.changes) is None
