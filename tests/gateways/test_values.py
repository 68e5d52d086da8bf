"""What citizens lose when these fail: a date, fee or whole dossier, because a system wrote it differently."""

from datetime import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gateways.values import LOCAL, is_zero, number_of, read, rows_of, text_of, time_of, unpacked, written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("20230905101500", datetime(2023, 9, 5, 10, 15, tzinfo=LOCAL)),
        ("202309051015", datetime(2023, 9, 5, 10, 15, tzinfo=LOCAL)),
        ("20230905", datetime(2023, 9, 5, tzinfo=LOCAL)),
        ("05/09/2023 10:15", datetime(2023, 9, 5, 10, 15, tzinfo=LOCAL)),
        ("2023-09-05T10:15:00.000", datetime(2023, 9, 5, 10, 15, tzinfo=LOCAL)),
        ("2023-09-05T03:15:00+00:00", datetime(2023, 9, 5, 10, 15, tzinfo=LOCAL)),
        ("", None),
        ("0", None),
        ("20231305101500", None),
        ("2023090510150", None),
        ("chưa có", None),
        ("0001-01-01T00:00:00", None),
        ("00010101000000", None),
        ("01/01/0001 00:00:00", None),
        ("0001-01-01T00:00:00+10:00", None),
        ("01/01/1900", None),
        ("9999-12-31T23:59:59-10:00", None),
    ],
)
def test_times(text: str, expected: datetime | None) -> None:
    assert time_of(text) == expected


def test_a_time_is_written_in_24_hours() -> None:
    """Lost: 15:00 sent as 03:00, twelve hours before it was handed in."""
    assert written(datetime(2026, 11, 22, 15, 4, 5, tzinfo=LOCAL)) == "20261122150405"


@pytest.mark.parametrize("code", [0, "0", "00", 0.0, " 0 "])
def test_success(code: object) -> None:
    assert is_zero(code)


@pytest.mark.parametrize("code", [3, "3", "-3", "", None, "01", False])
def test_no_success(code: object) -> None:
    assert not is_zero(code)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("8000", 8000),
        ("8.000", 8000),
        ("8,000 đ", 8000),
        ("8000.00", 8000),
        ("135.000đ", 135_000),
        ("1.135.000", 1_135_000),
        ("", None),
        ("8.000 - 16.000", None),
        ("10.000đ/bản; 5.000đ", None),
        ("8000.5", None),
        ("-8000", None),
    ],
)
def test_sums(text: str, amount: int | None) -> None:
    assert number_of(text) == amount


def test_json_inside_strings() -> None:
    assert unpacked('"{\\"result\\":[]}"') == {"result": []}
    assert unpacked("{không phải JSON") == "{không phải JSON"
    assert rows_of('[{"a":1},"{\\"b\\":2}",3]') == [{"a": 1}, {"b": 2}]
    assert rows_of({"a": 1}) == [{"a": 1}]
    assert rows_of(None) == rows_of("") == []


class Row(msgspec.Struct, frozen=True):
    gia: str = ""


class Whole(msgspec.Struct, frozen=True):
    ma_ho_so: str = ""
    danh_sach: tuple[Row, ...] = ()


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(ANY, ANY, ANY)
def test_whatever_a_field_holds_the_record_is_read(code: object, rows: object, other: object) -> None:
    """Lost: a dossier that cannot be looked up because one field is malformed."""
    found = read({"MaHoSo": code, "DANHSACH": rows, "Khac": other}, Whole)
    assert found.ma_ho_so == text_of(code)
    assert all(isinstance(row, Row) for row in found.danh_sach)
