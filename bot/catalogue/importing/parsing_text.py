"""Small repairs of raw cells shared by the loaders (pure)."""

import re
from collections.abc import Iterable

_BREAK = re.compile(r"<br\s*/?>|\r?\n")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_LEAD = re.compile(r"^(?:[-+*•–—]|\(?\d{1,2}[.)](?!\d)|[a-zđ][.)]|\([a-zđ]\))\s*", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?<!\d)(?!(?:19|20)\d{2}/\D)\d{1,4}(?:\.\d{1,2})?(?:\.?[a-z])?/(?:\d{4}/)?(?:QH\d{2}|(?:UBTVQH|PL-UBTVQH)\d{2}"
    r"|(?:NĐ|TTLT|TT|QĐ|NQ|VBHN|CT|PL)(?:-[A-ZĐ]+)+)"
)


def clean(text: str | None) -> str:
    """One line without tags and doubled spaces."""
    return " ".join(_TAG.sub(" ", _BREAK.sub(" ", text or "")).split())


def lines(text: str | None) -> tuple[str, ...]:
    """Non-empty cleaned lines of a paragraph."""
    return tuple(line for part in _BREAK.split(text or "") if (line := clean(part)))


def title(text: str | None) -> str:
    """A heading without its bullet or number and without trailing marks."""
    return _LEAD.sub("", clean(text)).strip(" ;,.:-")


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between words and marked with an ellipsis."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(" ;,.:(-") + "…"


def text_numbers(cells: Iterable[str]) -> tuple[str, ...]:
    """Numbers of legal texts named in ``cells``, each once, in order.

    The source glues neighbours together ("54/2014/QH1354", "2014/QH13"): only well-formed numbers count.
    """
    found = dict.fromkeys(match for cell in cells for match in _NUMBER.findall(clean(cell)))
    return tuple(number for number in found if number[:-1] not in found)
