"""What citizens lose when these fail: a time limit or another province's decision shown as a procedure."""

import pytest

from bot.catalogue.importing.names import announces_procedures, name_of, readable


@pytest.mark.parametrize(
    "cell",
    [
        "05 ngày làm việc kể từ ngày nhận được hồ sơ hợp lệ.",
        "Mười (10) ngày làm việc kể từ ngày nhận được hồ sơ hợp lệ.",
        "*Mười (10) ngày làm việc kể từ ngày nhận được hồ sơ hợp lệ*.",
        "Nghị định số 280/2025/NĐ-CP sửa đổi, bổ sung một số điều",
        "(Cấp xã)",
        ". ",
        None,
    ],
)
def test_a_cell_without_a_name_gives_none(cell: str | None) -> None:
    assert name_of(cell) == ""


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        (". Đăng ký  thuế", "Đăng ký thuế"),
        ("1. Công nhận tỉnh đạt chuẩn", "Công nhận tỉnh đạt chuẩn"),
        ("*Cấp lại giấy phép*", "Cấp lại giấy phép"),
        (
            "Tạm ngừng giao dịch từ 05 ngày làm việc trở lên",
            "Tạm ngừng giao dịch từ 05 ngày làm việc trở lên",
        ),
        ("Quyết định miễn tiền thuê nhà", "Quyết định miễn tiền thuê nhà"),
    ],
)
def test_list_marks_go_and_real_names_stay(cell: str, name: str) -> None:
    assert name_of(cell) == name


def test_only_announcements_of_procedures_are_decisions() -> None:
    assert announces_procedures("Công bố Danh mục và Quy trình nội bộ thủ tục hành chính của Sở Nội vụ")
    assert not announces_procedures("Công bố Danh mục khu đất dự kiến thực hiện dự án thí điểm")


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("HƯỞNG TRỢ CẤP TUẤT HẰNG THÁNG", "Hưởng trợ cấp tuất hằng tháng"),
        ("CẤP THẺ BHYT TẠI UBND XÃ (Cấp xã).", "Cấp thẻ BHYT tại UBND xã (cấp xã)"),
        (
            "THEO KHOẢN 2 ĐIỀU 34 CỦA LUẬT TÍN NGƯỠNG, PHÁP LUẬT VIỆT NAM",
            "Theo khoản 2 Điều 34 của Luật Tín ngưỡng, pháp luật Việt Nam",
        ),
        ("Cấp thẻ BHYT", ""),
    ],
)
def test_names_in_capitals_become_readable_and_keep_abbreviations(name: str, short: str) -> None:
    assert readable(name) == short
