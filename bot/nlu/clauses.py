"""Danger told in passing: "đăng ký khai sinh, mà nhà tôi đang cháy"."""

import re
from collections.abc import Iterator

_BORDER = re.compile(r"[,.;!?\n]+|\s(?:mà|ma|nhưng|nhung|thì|vì|vi)\s", re.IGNORECASE)
_FEWEST_WORDS = 3
DANGER = ("emergency", "self_harm")
ALARM = 0.5
"""Chance a whole message gets for a danger one of its clauses is sure of."""
SURE = 0.9
"""Chance a clause of its own needs: below it, everyday clauses raise false alarms."""


def clauses(text: str) -> Iterator[str]:
    """Parts of a message long enough to mean something; nothing for a message of one part."""
    parts = [part.strip() for part in _BORDER.split(text)]
    found = [part for part in parts if len(part.split()) >= _FEWEST_WORDS]
    if len(found) > 1:
        yield from found
