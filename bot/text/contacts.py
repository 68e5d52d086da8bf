"""A telephone number or e-mail address that somebody leaves to be called back."""

from bot.text.fold import clean
from bot.text.identifiers import Kind, find_identifiers

_MOST_WORDS = 12
"""Words around it; a longer message says something else."""


def find_contact(text: str) -> str:
    """The one contact of a message that is about nothing else; "" for any other message, and a question."""
    plain = clean(text)
    found = [one for one in find_identifiers(plain) if one.kind in (Kind.PHONE, Kind.EMAIL)]
    if len(found) != 1 or not found[0].valid or "?" in plain:
        return ""
    around = f"{plain[: found[0].start]} {plain[found[0].end :]}"
    return found[0].value if len(around.split()) <= _MOST_WORDS else ""
