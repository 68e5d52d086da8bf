"""Codes of receipts: short enough to be read out, without signs that look alike, with a check sign."""

import re
import secrets
from collections.abc import Callable

SIGNS = "2346789CDEFHJKMNPRTVWXY"
"""A prime number of them: one wrong sign, or two swapped, never give another valid code."""
_PREFIX = "QN"
_FREE = 5


def new_code(random: Callable[[int], int] = secrets.randbelow) -> str:
    """A code such as ``QN-7K3M-92``: five random signs and one that checks them."""
    signs = "".join(SIGNS[random(len(SIGNS))] for _ in range(_FREE))
    return _dressed(signs + _check(signs))


def read_code(text: str) -> str | None:
    """The code somebody typed, in any case, with or without prefix, dashes and spaces; None when it cannot
    be one.
    """
    plain = re.sub(r"[^0-9A-Z]", "", text.upper())
    signs = plain[len(_PREFIX) :] if plain.startswith(_PREFIX) and len(plain) > _FREE + 1 else plain
    if len(signs) != _FREE + 1 or any(sign not in SIGNS for sign in signs):
        return None
    return _dressed(signs) if _check(signs[:_FREE]) == signs[_FREE] else None


def _check(signs: str) -> str:
    total = sum(weight * SIGNS.index(sign) for weight, sign in enumerate(signs, 2))
    return SIGNS[-total % len(SIGNS)]


def _dressed(signs: str) -> str:
    return f"{_PREFIX}-{signs[:4]}-{signs[4:]}"
