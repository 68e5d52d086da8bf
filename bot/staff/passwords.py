"""Passwords of staff: hashed with Argon2id, and made up where one is given out once."""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.staff.strength import LONGEST

# The library's own parameters are those of RFC 9106 for machines with little memory: 64 MiB, three passes.
_HASHER = PasswordHasher()
# Without letters and digits that are mistaken for each other when read aloud or copied from paper.
_LEGIBLE = "abcdefghijkmnpqrstuvwxyz23456789"


def hashed(password: str) -> str:
    """The hash to store, with its salt and parameters."""
    return _HASHER.hash(_typed(password))


def fits(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one; without a stored one the same time passes for nothing."""
    if len(password) > LONGEST:
        password = ""
    if stored is None:
        # Making a hash costs what checking one does.
        _HASHER.hash(_typed(password))
        return False
    try:
        return _HASHER.verify(stored, _typed(password))
    except (VerificationError, InvalidHashError):
        return False


def is_dated(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(stored)


def one_time_password() -> str:
    """Five groups of four: 100 bits, legible on paper."""
    return "-".join("".join(secrets.choice(_LEGIBLE) for _ in range(4)) for _ in range(5))


def _typed(password: str) -> str:
    """Vietnamese keyboards send the same letter composed or not."""
    return unicodedata.normalize("NFC", password)
