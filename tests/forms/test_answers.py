"""A wrong date or number on a form sends the citizen home from the counter."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.answers import Mistake, read_answers
from bot.forms.definition import Field, FormDefinition, Kind, Section, Shape, Signature

TODAY = date(2026, 11, 22)
FIELDS = (
    Field("ten", "Tên", maxlength=10),
    Field("dai", "Dài", kind=Kind.LONG),
    Field("ngay", "Ngày", kind=Kind.DATE, past=True),
    Field("hen", "Hẹn", kind=Kind.DATE),
    Field("so", "Số", kind=Kind.NUMBER),
    Field("gioi", "Giới", kind=Kind.CHOICE, options=("Nam", "Nữ")),
    Field("cc", "Căn cước", shape=Shape.ID_NUMBER),
    Field("dt", "Điện thoại", shape=Shape.PHONE),
    Field("nam", "Năm", shape=Shape.YEAR),
    Field("thu", "Thư", shape=Shape.EMAIL),
    Field("cha", "Cha", unless=("don-than",)),
)
FORM = FormDefinition("a", "A", (), "{unit}", (Section(FIELDS),), "…", (Signature("Ký", "Ký"),))


def read(key: str, text: str) -> str | Mistake | None:
    filled = read_answers(FORM, {key: text}, (), TODAY)
    return filled.mistakes.get(key) or filled.answers.get(key)


@pytest.mark.parametrize(
    ("key", "typed", "expected"),
    [
        ("ten", "  Ngô   Thị\tẨm ", "Ngô Thị Ẩm"),
        ("ten", "Ngo\u0302", "Ngô"),
        ("ten", "a\nb\x00c\u202e", "a b c"),
        ("ten", "x" * 11, Mistake.TOO_LONG),
        ("dai", "a\r\n\r\n b ", "a\nb"),
        ("dai", "x" * 1001, Mistake.TOO_LONG),
        ("ngay", "5/9/1986", "05/09/1986"),
        ("ngay", "05-09-1986", "05/09/1986"),
        ("ngay", "29.2.2024", "29/02/2024"),
        ("ngay", "29/2/2023", Mistake.NOT_A_DATE),
        ("ngay", "31/04/2020", Mistake.NOT_A_DATE),
        ("ngay", "1986", Mistake.NOT_A_DATE),
        ("ngay", "05/09/86", Mistake.NOT_A_DATE),
        ("ngay", "22/11/2026", "22/11/2026"),
        ("ngay", "23/11/2026", Mistake.AHEAD),
        ("hen", "23/11/2026", "23/11/2026"),
        ("hen", "01/01/3026", Mistake.NOT_A_DATE),
        ("so", "120,5", "120,5"),
        ("so", "10.000.000", "10.000.000"),
        ("so", "hai", Mistake.NOT_A_NUMBER),
        ("gioi", "Nữ", "Nữ"),
        ("gioi", "khác", Mistake.NOT_AN_OPTION),
        ("cc", "022 089 001 234", "022089001234"),
        ("cc", "02208900123", Mistake.ID_NUMBER),
        ("cc", "02208900123a", Mistake.ID_NUMBER),
        ("dt", "0912.345.678", "0912345678"),
        ("dt", "12345", Mistake.PHONE),
        ("nam", "1990", "1990"),
        ("nam", "90", Mistake.YEAR),
        ("thu", "a@b.vn", "a@b.vn"),
        ("thu", "a b@c", Mistake.EMAIL),
        ("ten", "", None),
        ("la", "x", None),
    ],
)
def test_what_is_typed_is_cleaned_and_checked(key: str, typed: str, expected: str | Mistake | None) -> None:
    assert read(key, typed) == expected


def test_what_was_typed_is_kept_beside_the_mistake() -> None:
    filled = read_answers(FORM, {"ngay": "31/02/2020", "ten": "Lan"}, (), TODAY)
    assert filled.typed["ngay"] == "31/02/2020" and filled.typed["ten"] == "Lan"
    assert filled.mistakes == {"ngay": Mistake.NOT_A_DATE}


def test_a_field_that_does_not_apply_is_not_taken_over() -> None:
    """The line about the father stays empty when the branch answers say so, whatever is posted."""
    assert read_answers(FORM, {"cha": "Ai đó"}, {"don-than"}, TODAY).answers == {}


@given(st.dictionaries(st.sampled_from([field.key for field in FIELDS]), st.text(max_size=60)))
def test_nothing_a_browser_sends_is_an_error(posted: dict[str, str]) -> None:
    filled = read_answers(FORM, posted, (), TODAY)
    assert filled.answers.keys() | filled.mistakes.keys() <= filled.typed.keys()
    assert all(value.isprintable() or "\n" in value for value in filled.answers.values())
