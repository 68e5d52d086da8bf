"""What citizens lose when these fail: calendar days taken for working days, or a guessed deadline."""

import pytest

from bot.catalogue.enums import TimeUnit
from bot.catalogue.importing.parsing_time import parse_time


@pytest.mark.parametrize(
    ("cell", "unit", "value"),
    [
        ("5 Ngày làm việc", TimeUnit.WORKING_DAY, 5),
        ("20 ngày", TimeUnit.DAY, 20),
        ("3.5 ngày làm việc", TimeUnit.WORKING_DAY, 3.5),
        ("3,5 (không ghi đơn vị)", TimeUnit.UNKNOWN, 3.5),
        ("120 (không ghi đơn vị)", TimeUnit.UNKNOWN, 120),
        ("120,000 (không ghi đơn vị)", TimeUnit.UNKNOWN, 120000),
        ("8 Giờ", TimeUnit.HOUR, 8),
        ("4 giờ làm việc", TimeUnit.WORKING_HOUR, 4),
        ("2 Tháng", TimeUnit.MONTH, 2),
        ("7", TimeUnit.UNKNOWN, 7),
        ("10 (mười) ngày làm việc kể từ ngày nhận đủ hồ sơ", TimeUnit.WORKING_DAY, 10),
        ("Không quá 5 ngày làm việc. ngày", TimeUnit.WORKING_DAY, 5),
        ("Thực hiện trong ngày làm việc nhận được hồ sơ đầy đủ ngày", TimeUnit.SAME_DAY, None),
        ("a) Không quá 8 ngày làm việc; b) Không quá 4 ngày làm việc ngày", TimeUnit.UNKNOWN, None),
    ],
)
def test_unit_and_value(cell: str, unit: TimeUnit, value: float | None) -> None:
    limit = parse_time(cell)
    assert limit is not None
    assert (limit.unit, limit.value) == (unit, value)


@pytest.mark.parametrize("cell", ["", None, "Theo mô tả ngày", "Không quy định", "Không quy định ngày"])
def test_a_cell_without_a_time_gives_none(cell: str | None) -> None:
    assert parse_time(cell) is None


def test_words_that_cannot_be_read_are_kept_for_the_citizen() -> None:
    text = "a) 8 ngày làm việc với chuyển nhượng; b) 4 ngày làm việc với cho thuê"
    limit = parse_time(text)
    assert limit is not None
    assert limit.note == text
