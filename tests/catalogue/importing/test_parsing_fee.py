"""What citizens lose when these fail: "free" for a licence of 135.000 đồng, or a sum nobody asks for."""

from datetime import date

import pytest

from bot.catalogue.enums import FeeKind
from bot.catalogue.importing.parsing_fee import parse_fee
from bot.catalogue.records import Fee


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Miễn phí", (FeeKind.FREE, None)),
        ("Miễn phí(Không có)", (FeeKind.FREE, None)),
        ("Phí : 0 Đồng", (FeeKind.FREE, None)),
        ("Phí : 0 Đồng Không quy định", (FeeKind.FREE, None)),
        ("40,000 Việt Nam Đồng(Phí cấp giấy)", (FeeKind.AMOUNT, 40000)),
        (
            "10,000,000 Việt Nam Đồng((Áp dụng mức phí: 5.000.000 đồng đến hết 2026))",
            (FeeKind.AMOUNT, 10_000_000),
        ),
        ("200,000 VNĐ", (FeeKind.AMOUNT, 200_000)),
        ("Lệ phí: 200000 ĐồngXem chi tiết", (FeeKind.AMOUNT, 200_000)),
        ("Miễn phí(Theo quy định của Hội đồng nhân dân cấp tỉnh)", (FeeKind.COUNCIL, None)),
        ("Lệ phí: Theo mức thu do Hội đồng nhân dân cấp tỉnh quy định.", (FeeKind.COUNCIL, None)),
        ("Miễn phí(do Ủy ban nhân dân cấp tỉnh quy định.)", (FeeKind.REGULATION, None)),
        ("Miễn phí(theo quy định tại Thông tư số 10/2024/TT-BTC)", (FeeKind.REGULATION, None)),
        ("100 VNĐ(Phí công bố: 100.000 đồng/lần (Thông tư số 47/2019/TT-BTC))", (FeeKind.AMOUNT, 100_000)),
        ("120 VNĐ", (FeeKind.UNKNOWN, None)),
        ("VNĐ", (FeeKind.UNKNOWN, None)),
    ],
)
def test_kind_and_amount(cell: str, expected: tuple[FeeKind, int | None]) -> None:
    (fee,) = parse_fee(cell)
    assert (fee.kind, fee.amount) == expected


@pytest.mark.parametrize("cell", ["", None, "Nộp trực tuyến trên Cổng dịch vụ công.", "07 ngày làm việc"])
def test_a_cell_that_is_not_about_money_gives_no_fee(cell: str | None) -> None:
    assert parse_fee(cell) == ()


def test_free_with_sums_in_the_note_gives_the_sums_and_keeps_the_claim() -> None:
    cell = (
        "Miễn phí(- Lệ phí cấp giấy phép lái xe: 135.000 đồng/lần. - Trường hợp nộp trực tuyến: "
        "Kể từ ngày 01/12/2023 đến hết ngày 31/12/2025, áp dụng mức thu lệ phí là 115.000 đồng/lần cấp.)"
    )
    now, online = parse_fee(cell)
    assert now == Fee(FeeKind.AMOUNT, 135000, "lần", "Lệ phí cấp giấy phép lái xe", note=cell)
    assert (online.amount, online.valid_to) == (115000, date(2025, 12, 31))


def test_a_regulation_is_named() -> None:
    (fee,) = parse_fee("Miễn phí(theo quy định tại Thông tư số 10/2024/TT-BTC ngày 05/02/2024)")
    assert fee.legal_basis == "10/2024/TT-BTC"
    assert fee.note.startswith("Miễn phí (")
