"""What citizens lose when these fail: papers with readable names, forms they can ask for by name."""

import pytest

from bot.catalogue.importing.attachments import detach


@pytest.mark.parametrize(
    ("name", "form", "paper", "label"),
    [
        ("Đơn đề nghị", "Mẫu số 39.docx", "Đơn đề nghị", "Mẫu số 39"),
        ("Đơn đề nghịMẫu s", "ố 39.docx", "Đơn đề nghị", "Mẫu số 39"),
        ("Văn bản đề nghịMẫu I.1.", "15.docx", "Văn bản đề nghị", "Mẫu I.1.15"),
        ("Đơn theo 132/2024/NĐ-CP;..Mauso02Nghidinh132.", "2024.docx", "Đơn theo 132/2024/NĐ-CP", None),
        ("Báo cáo.Phụ lục số 05.docxMẫu s", "ố 09.docx", "Báo cáo", "Phụ lục số 05; Mẫu số 09"),
        ("Đơn, mẫu ng", "ày 25/01/2026Mau so 01.docx", "Đơn, mẫu ngày 25/01/2026", "Mẫu số 01"),
        ("Tờ khai (theo Mẫu 02-PLIII-ĐGTS)", "15.docx", "Tờ khai (theo Mẫu 02-PLIII-ĐGTS)", None),
        ("Giấy tờ khác...(nếu có)", "ửa.docx", "Giấy tờ khác...(nếu có)", None),
        ("Sơ đồ mặt bằngMẫu s", "", "Sơ đồ mặt bằngMẫu s", None),
    ],
)
def test_file_names_leave_the_paper_and_only_readable_ones_name_the_form(
    name: str, form: str, paper: str, label: str | None
) -> None:
    assert detach(name, form) == (paper, label)
