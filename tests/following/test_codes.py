"""Citizens copy codes from paper: a code misread shows them somebody else's dossier."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.incoming import receive
from bot.following.codes import Candidates, Exact, Fault, Wrong, is_code, read

TODAY = date(2026, 11, 22)
NEW, OLD = "H49.22-261121-0001", "000.00.22.H49-261121-0001"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        (NEW, NEW),
        (OLD, OLD),
        ("mã hồ sơ của tôi là h49.22-261121-0001 nhé", NEW),
        ("H49.22 261121 0001", NEW),
        ("H49.22–261121–0001", NEW),
        ("H49.22 — 261121 — 0001", NEW),
        ("H49.22_261121_0001", NEW),
        ("H49.22.261121.0001", NEW),
        ("H49.22/261121/0001", NEW),
        ("H 49.22-261121-0001", NEW),
        ("H49 22 261121 0001", NEW),
        ("H49-22-261121-0001", NEW),
        ("H49.22-26112l-OOO1", NEW),
        ("h49.22-261121-oool", NEW),
        ("H49.22-26i121-0001", NEW),
        ("H49.222611210001", NEW),
        ("H49222611210001", NEW),
        ("H49.22-2611210001", NEW),
        ("H49-261121-0001", "H49-261121-0001"),
        ("H49.1.22-261121-00012", "H49.1.22-261121-00012"),
        ("H49.22-261121-123456", "H49.22-261121-123456"),
        ("OOO.OO.22.H49-261121-0001", OLD),
        ("ooo.oo.22.h49–261121–0001", OLD),
        ("000 00 22 H49 261121 0001", OLD),
        ("0000022H49-261121-0001", OLD),
        ("tra giúp H49.22-261121-0001 nộp ngày 21/11", NEW),
    ],
)
def test_every_accepted_spelling_is_the_same_code(typed: str, code: str) -> None:
    assert read(typed, TODAY) == Exact(code)
    assert read(receive(typed), TODAY) == Exact(code), "the mask must let a code through"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("H49.22-261121-1", NEW),
        ("H49.22-261121-001", NEW),
        ("0.0.22.H49-261121-0001", OLD),
        ("00.00.22.H49-261121-0001", OLD),
        ("H49.22-26115-0001", "H49.22-261105-0001"),
        ("H49.22-26115-0001", "H49.22-260115-0001"),
    ],
)
def test_zeros_left_out_are_offered_and_never_put_in_silently(typed: str, code: str) -> None:
    found = read(typed, TODAY)
    assert isinstance(found, Candidates) and code in found.codes
    assert read(receive(typed), TODAY) == found, "the mask must let a code through"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("H49.22-261332-0001", Wrong(Fault.IMPOSSIBLE_DATE)),
        ("H49.22-260230-0001", Wrong(Fault.IMPOSSIBLE_DATE)),
        ("H49.22-170101-0001", Wrong(Fault.IMPOSSIBLE_DATE)),
        ("H49.22-261123-0001", Wrong(Fault.FUTURE_DATE)),
        ("H56.14-240910-0012", Wrong(Fault.OTHER_PROVINCE, "H56")),
        ("000.00.14.H56-230905-0001", Wrong(Fault.OTHER_PROVINCE, "H56")),
        ("G01.01-240910-0012", Wrong(Fault.OTHER_PROVINCE, "G01")),
        ("hồ sơ 261121-0001", Wrong(Fault.INCOMPLETE)),
        ("hồ sơ của tôi đến đâu rồi", Wrong(Fault.NONE_FOUND)),
        ("thủ tục 1.001193", Wrong(Fault.NONE_FOUND)),
        ("gọi 0912 345 678", Wrong(Fault.NONE_FOUND)),
        ("hỏi 261121 0001", Wrong(Fault.INCOMPLETE)),
        ("", Wrong(Fault.NONE_FOUND)),
    ],
)
def test_what_is_wrong_is_named(typed: str, wrong: Wrong) -> None:
    assert read(typed, TODAY) == wrong


def test_a_day_and_number_stand_for_a_dossier_of_this_conversation_once_confirmed() -> None:
    assert read("261121-0001", TODAY, known=(NEW, "H49.22-261121-0002")) == Candidates((NEW,))


CODES = st.builds(
    lambda unit, day, number: f"{unit}-{day:%y%m%d}-{number}",
    st.one_of(
        st.just("H49"),
        st.from_regex(r"H49\.[0-9]{2,3}", fullmatch=True),
        st.from_regex(r"000\.00\.[0-9]{2}\.H49", fullmatch=True),
    ),
    st.dates(date(2018, 1, 1), TODAY),
    st.integers(1, 99999).map(lambda n: f"{n:04d}"),
)


@given(
    CODES,
    st.sampled_from(["-", " - ", "–", "—", "_", " ", "‑"]),
    st.booleans(),
    st.lists(st.booleans(), min_size=40, max_size=40),
)
def test_no_spelling_changes_the_code(code: str, dash: str, lower: bool, looks: list[bool]) -> None:
    written = "".join(
        {"0": "O", "1": "l"}.get(letter, letter) if look else letter
        for letter, look in zip(code, looks, strict=False)
    ).replace("-", dash)
    assert read(written.lower() if lower else written, TODAY) == Exact(code)


@given(CODES)
def test_without_any_separator_the_code_is_found_or_offered(code: str) -> None:
    found = read(code.replace("-", "").replace(".", ""), TODAY)
    assert found == Exact(code) or (isinstance(found, Candidates) and code in found.codes)


@given(CODES)
def test_without_leading_zeros_the_code_is_offered(code: str) -> None:
    head, number = code.rsplit("-", 1)
    short = number.lstrip("0")
    found = read(f"{head}-{short}", TODAY)
    assert found == Exact(code) or (isinstance(found, Candidates) and code in found.codes)


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_and_every_reading_is_a_code(text: str) -> None:
    found = read(text, TODAY)
    codes = found.codes if isinstance(found, Candidates) else [found.code] if isinstance(found, Exact) else []
    assert all(is_code(code) for code in codes)
