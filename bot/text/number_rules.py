"""Rules that numbers of one kind obey: place codes, prefixes, check digits. Digits only."""

from __future__ import annotations

import re

_PLACES = frozenset(
    f"{code:03d}"
    for code in (
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40,
        42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82,
        83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
    )
)  # fmt: skip
_PHONE = re.compile(r"0(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])\d{7}|0203\d{7}")
_TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def is_citizen_id(digits: str) -> bool:
    """12 digits with a place code in use and a century digit of the 1900s or 2000s; no check digit exists."""
    return len(digits) == 12 and digits[:3] in _PLACES and digits[3] in "0123"


def is_phone(digits: str) -> bool:
    """A Vietnamese mobile (10 digits) or Quảng Ninh landline (11 digits) number with its leading 0."""
    return _PHONE.fullmatch(digits) is not None


def is_tax_number(digits: str) -> bool:
    """10 or 13 digits, the tenth a check digit (TT 105/2020/TT-BTC); 1 in 11 other numbers passes too."""
    if len(digits) not in (10, 13):
        return False
    remainder = sum(int(d) * weight for d, weight in zip(digits, _TAX_WEIGHTS, strict=False)) % 11
    return remainder != 0 and 10 - remainder == int(digits[9])


def is_card_number(digits: str) -> bool:
    """13 to 19 digits with a right Luhn check digit."""
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return 13 <= len(digits) <= 19 and sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
