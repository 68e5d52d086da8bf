"""The text a member of staff sends to a citizen, made plain. Pure."""

import unicodedata

from bot.handoffs.filling import has_gap
from bot.text.fold import clean

LONGEST = 2000
"""Characters of one message of staff."""


def plain_text(text: str) -> str:
    """NFC, each line trimmed, without control and zero-width characters; not masked.

    Raises ``ValueError`` ("empty", "too long" or "gap") when nothing of that kind may be sent.
    """
    composed = unicodedata.normalize("NFC", text).strip()
    if len(composed) > LONGEST:
        raise ValueError("too long")
    plain = "\n".join(clean(line) for line in composed.splitlines()).strip()
    if not plain:
        raise ValueError("empty")
    if has_gap(plain):
        raise ValueError("gap")
    return plain
