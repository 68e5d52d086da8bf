"""The exported list: tells who took it out, and runs nothing in a spreadsheet."""

from bot.reviews.export import csv_of


def test_every_row_carries_the_watermark_and_no_cell_is_a_formula() -> None:
    text = csv_of(
        "lan · 22/11/2026 12:00", ["Câu hỏi", "Điểm"], [["=HYPERLINK(1)", -0.5], ["lệ phí, thuế", 1]]
    )
    assert text == (
        "\ufefflan · 22/11/2026 12:00\r\n"
        "Câu hỏi,Điểm\r\n"
        "'=HYPERLINK(1),-0.5,lan · 22/11/2026 12:00\r\n"
        '"lệ phí, thuế",1,lan · 22/11/2026 12:00\r\n'
    )
