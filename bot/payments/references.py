"""References and tokens of payments."""

import secrets

from bot.payments.times import stamp

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_TAIL = 10


def new_reference(dossier: str, now: float) -> str:
    """``MaThamChieu``: "dvc", the dossier code without dots and dashes, 14 digits of time, and a tail of 10
    characters (49 random bits) so that nobody can name the payment of another. At most 53 characters.
    """
    tail = "".join(secrets.choice(_LETTERS) for _ in range(_TAIL))
    return f"dvc{plain(dossier)}{stamp(now)}{tail}"


def new_token() -> str:
    """128 random bits in 22 characters: the address of a citizen's page."""
    return secrets.token_urlsafe(16)


def plain(dossier: str) -> str:
    """A dossier code without anything but letters and digits."""
    return "".join(character for character in dossier if character.isascii() and character.isalnum())
