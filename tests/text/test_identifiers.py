"""Identifiers and masking: a miss leaks personal data, a false hit hides a question."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import Kind, find_identifiers, mask
from bot.text.number_rules import is_card_number, is_citizen_id, is_phone, is_tax_number


@pytest.mark.parametrize(
    ("text", "kind", "value", "valid"),
    [
        ("hồ sơ H49.22-261119-0034 tới đâu", Kind.DOSSIER, "H49.22-261119-0034", True),
        (
            "000.00.22.H49-261012-0107 có chưa",
            Kind.DOSSIER,
            "000.00.22.H49-261012-0107",
            True,
        ),
        ("h49.22 _261119_0034", Kind.DOSSIER, "H49.22-261119-0034", True),
        ("H49.22-26I119-OO34", Kind.DOSSIER, "H49.22-261119-0034", True),
        ("HOl-OOllOl-OOOl", Kind.DOSSIER, "H01-001101-0001", True),
        ("H49.22-261319-0034", Kind.DOSSIER, "H49.22-261319-0034", False),
        ("hồ sơ 261119-0034", Kind.DOSSIER, "261119-0034", False),
        ("thủ tục 1.000894", Kind.PROCEDURE, "1.000894", True),
        ("1.000894.000.00.00.H49", Kind.PROCEDURE, "1.000894", True),
        ("thủ tục 1. OO1193 nhé", Kind.PROCEDURE, "1.001193", True),
        ("hết 1.000.000đ", Kind.MONEY, "1000000", True),
        ("phí 2tr5", Kind.MONEY, "2500000", True),
        ("100.000.000 đồng", Kind.MONEY, "100000000", True),
        ("cccd 022089001234", Kind.CITIZEN_ID, "022089001234", True),
        ("cccd022.089.001.234nhé", Kind.CITIZEN_ID, "022089001234", True),
        ("cccd 003089001234", Kind.CITIZEN_ID, "003089001234", False),
        ("cccd 02208900123", Kind.CITIZEN_ID, "02208900123", False),
        ("cmt 101234567", Kind.OLD_ID, "101234567", True),
        ("098 123 4321", Kind.PHONE, "0981234321", True),
        ("+84 981.234.321", Kind.PHONE, "0981234321", True),
        ("0203 3835 678", Kind.PHONE, "02033835678", True),
        ("mst 0100233488", Kind.TAX_OR_INSURANCE, "0100233488", True),
        ("mst 0100233489-001", Kind.TAX_OR_INSURANCE, "0100233489001", False),
        ("xe 14A-123.45", Kind.PLATE, "14A-12345", True),
        ("14-B1 234.56", Kind.PLATE, "14B1-23456", True),
        ("14M1-2345", Kind.PLATE, "14M1-2345", True),
        ("a.b@example.com", Kind.EMAIL, "a.b@example.com", True),
        ("stk 19034567", Kind.BANK_ACCOUNT, "19034567", True),
        ("thẻ 4111 1111 1111 1111", Kind.BANK_ACCOUNT, "4111111111111111", True),
        ("otp là 4829 13", Kind.OTP, "482913", True),
        ("sinh ngày 12/05/1990", Kind.BIRTH_DATE, "1990-05-12", True),
        ("sinh 31.2.1990", Kind.BIRTH_DATE, "1990-02-31", False),
    ],
)
def test_identifier_is_found_and_checked(text: str, kind: Kind, value: str, valid: bool) -> None:
    (found,) = find_identifiers(text)
    assert (found.kind, found.value, found.valid) == (kind, value, valid)


@pytest.mark.parametrize(
    "text",
    [
        "năm 2019 2020 2021", "từ 1.6.2020 - 5.7.2021", "thửa 12 tờ 34", "lớp 12a 2023", "nộp 24/11 chiều 4h",
        "luật 91/2025/QH15", "gọi 113 hoặc 1900 1234", "mức 2 hay mức 3", "",
    ],
)  # fmt: skip
def test_plain_numbers_are_left_alone(text: str) -> None:
    """A masked year or parcel number would make the question unreadable for staff."""
    assert find_identifiers(text) == ()


def test_neighbouring_numbers_are_told_apart() -> None:
    found = find_identifiers("con 2 tuổi 022089001234 0981234567 otp 482913")
    assert [one.kind for one in found] == [Kind.CITIZEN_ID, Kind.PHONE, Kind.OTP]


def test_check_rules() -> None:
    assert is_tax_number("0100233488") and not is_tax_number("0100233489")
    assert is_citizen_id("022089001234") and not is_citizen_id("022489001234")
    assert is_phone("0981234321") and not is_phone("0951234321")
    assert is_card_number("4111111111111111") and not is_card_number("4111111111111112")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("CCCD 022089001234", "CCCD 022********4"),
        ("o22.089.001.234", "022********4"),
        ("ko có cccd, số 0 2 2 0 8 9 0 0 1 2 3 4", "ko có cccd, số 022********4"),
        ("ko co cccd, so 0 2 2 0 8 9 0 0 1 2 3 4", "ko co cccd, so 022********4"),
        ("số 0-2-2-0-8-9-o-0-1-2-3-4", "số 022********4"),
        ("０２２０８９００１２３４", "022********4"),
        ("0220\u200b89001234", "022********4"),
        ("mã 482913", "mã ***"),
        ("otp của em 482913", "otp của em ***"),
        (
            unicodedata.normalize("NFD", "mã 482913"),
            unicodedata.normalize("NFD", "mã ***"),
        ),
        ("cmnd 101234789", "cmnd *****789"),
        ("gọi 0981234321", "gọi 098****321"),
        ("gọi +84981234321", "gọi 098****321"),
        ("mst 5700100224", "mst 5700***"),
        ("anh@example.com", "a***@"),
        ("xe 14C-123.48", "xe 14C-***.48"),
        ("stk 19034567890123", "stk ***"),
        ("sinh ngày 12/05/1990", "sinh ngày 1990"),
        ("hồ sơ H49.22-261119-0034, thủ tục 1.000894, 1.000.000đ", None),
    ],
)
def test_personal_identifiers_are_masked(text: str, masked: str | None) -> None:
    """An identity number would be stored, logged and shown to staff."""
    assert mask(text) == (text if masked is None else masked)


_NOISE = st.text(
    alphabet=st.sampled_from("0123456789oOIl .-_/@akgHđ+mãtp\n\u0301\u200b４"),
    max_size=60,
)


@given(st.one_of(st.text(), _NOISE))
def test_any_text_is_searched_without_error(text: str) -> None:
    end = 0
    for found in find_identifiers(text):
        assert end <= found.start < found.end <= len(text)
        end = found.end
    mask(text)


@given(
    st.from_regex(r"0(01|22|31|79)[0-3][0-9]{8}", fullmatch=True),
    st.sampled_from(["", " ", ".", "-", "\u200b", " - "[1:]]),
    st.sampled_from(["cccd ", "Số: ", "cccd", "căn cước của tôi (", ""]),
    st.sampled_from(["", " ạ", "nhé", ").", ", gọi em"]),
)
def test_no_spelling_of_a_citizen_id_gets_through(digits: str, gap: str, before: str, after: str) -> None:
    masked = mask(before + gap.join(digits) + after)
    assert masked == f"{before}{digits[:3]}********{digits[-1]}{after}"


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "a@b.c ", "0981234567 ", "o", "1.000.000đ ", "sinh 1/1/2000 ", "i1 "],
)
def test_ten_thousand_characters_are_searched(piece: str) -> None:
    mask((piece * 10_000)[:10_000])


@pytest.mark.parametrize(
    "typed", ["H49.22-261121-1", "0.0.22.H49-261121-0001", "H49 22 261121 0001", "H49222611210001"]
)
def test_a_code_of_the_province_with_parts_missing_is_not_taken_for_a_personal_number(typed: str) -> None:
    """Otherwise the mask blots it out and the citizen is asked for the code they have just typed."""
    assert mask(typed) == typed
    assert [found.kind for found in find_identifiers(typed)] == [Kind.DOSSIER]


@pytest.mark.parametrize("typed", ["h49 0981234567", "h49 022089001234", "H49 0981 234 567"])
def test_a_personal_number_after_the_province_is_still_masked(typed: str) -> None:
    assert "*" in mask(typed)
