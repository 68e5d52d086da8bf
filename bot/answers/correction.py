"""What a citizen puts right: the part of "à nhầm, Y chứ không phải X" that is meant."""

import re
from dataclasses import replace

from bot.answers.turn import Turn
from bot.text import fold

_WHO = "em|toi|minh|tui|to|chi|anh|chau|con|bac|co|chu"
_NOT = "khong|ko|hong|hok|k|dau|chang"
_SIGH = r"(?:(?:a|o|e|oi|ui|da|u|uh|ah|thoi|chet|xin\s+loi|sorry)[\s,.!]+)"
_OPENING = re.compile(
    rf"""^\s*(?:
        {_SIGH}+(?:(?:{_WHO})\s+)?(?:(?:viet|noi|hoi|go|ghi|bam)\s+)?(?:nham|lon)(?:\s+(?:mat|roi|r))*
        | {_SIGH}+(?:{_NOT})(?!\s+(?:phai|co|biet|duoc|can)\b)
        | (?:(?:{_WHO})\s+)?(?:(?:viet|noi|hoi|go|ghi|bam)\s+)?(?:nham|lon)(?:\s+(?:mat|roi|r))+
        | (?:nham|lon|{_NOT})(?=\s*[,.;:])
        | {_SIGH}*y\s+(?:cua\s+)?(?:{_WHO})(?:\s+(?:muon\s+)?(?:noi|hoi))?(?:\s+la)?
        | {_SIGH}*y\s+la
        | {_SIGH}*(?:dung\s+ra|noi\s+dung\s+ra|chinh\s+xac)\s+la
    )[\s,.;:!-]+(?=\S)""",
    re.VERBOSE,
)
_INSTEAD = re.compile(
    rf"^\s*{_SIGH}*(?:{_NOT})\s+phai\s+(?:la\s+)?[^,;.]+?\s*(?:[,;.]\s*(?:ma\s+)?(?:la\s+)?|\s(?:ma\s+)?la\s)(?=\S)"
)
_RATHER_THAN = re.compile(
    rf"\s*,?\s+(?:chu|chua)\s+(?:{_NOT})\s+(?:phai|la|can|lam|co)\b.*$|\s*,?\s+chu\s+(?:{_NOT})\s+\S.*$"
)
_EMPHASIS = re.compile(r"[\s,]+(?:co ma|cơ|moi dung|ay a|ay|nhe|nha|a|ah|thoi|nhi)[\s.!]*$")


def asserted(turn: Turn) -> Turn | None:
    """The turn with only the words that are meant; None for a message that takes nothing back."""
    folded = fold(turn.text)
    if len(folded) != len(turn.text):
        return None
    start, end = 0, len(folded)
    for pattern in (_OPENING, _INSTEAD):
        match = pattern.match(folded[start:end])
        start += match.end() if match else 0
    rather = _RATHER_THAN.search(folded[start:end])
    if rather and rather.start() > 0:
        end = start + rather.start()
    stressed = turn.text[start:end].lower().rstrip(" .!").endswith((" cơ", " cơ mà", " co ma"))
    if (start, end) == (0, len(folded)) and not stressed:
        return None
    emphasis = _EMPHASIS.search(turn.text[start:end].lower().replace("cơ mà", "co ma"))
    if emphasis is None:
        emphasis = _EMPHASIS.search(folded[start:end])
    if emphasis and emphasis.start() > 0:
        end = start + emphasis.start()
    return _cut(turn, start, end) if folded[start:end].strip() else None


def _cut(turn: Turn, start: int, end: int) -> Turn:
    inside = tuple(
        replace(mention, start=mention.start - start, end=mention.end - start)
        for mention in turn.mentions
        if start <= mention.start and mention.end <= end
    )
    return replace(turn, text=turn.text[start:end], mentions=inside)
