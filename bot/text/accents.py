"""Whether somebody writes with the accents of Vietnamese."""

import unicodedata

from bot.text.fold import fold


def has_accents(text: str) -> bool | None:
    """True from one accented letter on ("đ" is one); None for a text without letters."""
    letters = [letter for letter in unicodedata.normalize("NFC", text).lower() if letter.isalpha()]
    return any(fold(letter) != letter for letter in letters) if letters else None
