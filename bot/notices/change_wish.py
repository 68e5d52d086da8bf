"""Whether somebody wants to be told when a procedure changes, and of which one they speak. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.notices.reading import without_endings, without_openings
from bot.text import analyse

_THEN = "thi"


@dataclass(frozen=True)
class ChangeWords:
    """Folded phrases; see ``data/dossiers/notices.yaml``. ``tell``: asks for a message; ``when``: begins the
    condition; ``changes``: that something is another now; ``parts``: of a procedure, or procedures at large;
    ``others``: what changes in another sense, such as a dossier.
    """

    tell: frozenset[str]
    when: frozenset[str]
    changes: frozenset[str]
    parts: frozenset[str]
    others: frozenset[str]
    politeness: frozenset[str]
    opening: frozenset[str]


def read_change_wish(text: str, words: ChangeWords) -> str | None:
    """What the message says of the procedure, as it was typed ("" for the one spoken of); None when it is not
    such a wish. Only a condition with its change counts: "báo tôi thủ tục thay đổi nơi cư trú" asks about a
    procedure whose name has a change in it.
    """
    said = analyse(text)
    for clause in _conditions(" ".join(said.folded), words):
        subject = _subject(clause, words)
        if subject is not None:
            return _as_typed(subject, said.folded, said.syllables)
    return None


def _conditions(message: str, words: ChangeWords) -> Iterable[str]:
    """What stands between "báo tôi khi" and the end, or before "thì báo tôi"."""
    if not any(tell in message for tell in words.tell):
        return
    starts = without_openings(message, words.opening)
    for whole in sorted(without_endings(starts, words.politeness), key=len):
        for tell in words.tell:
            after, before = whole.removeprefix(f"{tell} "), whole.removesuffix(f" {_THEN} {tell}")
            if after != whole and _without_when(after, words) != after:
                yield _without_when(after, words)
            if before != whole:
                yield _without_when(before, words)


def _without_when(clause: str, words: ChangeWords) -> str:
    """The longest counts: "khi nào" is more than "khi"."""
    begins = [when for when in words.when if clause.startswith(f"{when} ")]
    return clause.removeprefix(f"{max(begins, key=len)} ") if begins else clause


def _subject(clause: str, words: ChangeWords) -> str | None:
    """What changes, without the parts of a procedure around it; None when nothing does."""
    for change in sorted(words.changes, key=len, reverse=True):
        if clause == change:
            return ""
        if clause.endswith(f" {change}"):
            return _bare(clause.removesuffix(f" {change}"), words)
        after = clause.removeprefix(f"{change} ")
        if after != clause and any(f"{after} ".startswith(f"{part} ") for part in words.parts):
            return _bare(after, words)
    return None


def _bare(named: str, words: ChangeWords) -> str | None:
    """Without "lệ phí của thủ tục" before a name; None for what is no procedure."""
    if any(f"{named} ".startswith(f"{other} ") for other in words.others):
        return None
    for part in sorted(words.parts, key=len, reverse=True):
        if named == part:
            return ""
        if named.startswith(f"{part} "):
            return _bare(named.removeprefix(f"{part} "), words)
    return named


def _as_typed(subject: str, folded: tuple[str, ...], syllables: tuple[str, ...]) -> str:
    """The same words with their accents: the search hears more in them."""
    wanted = tuple(subject.split())
    for start in range(len(folded) - len(wanted) + 1):
        if folded[start : start + len(wanted)] == wanted:
            return " ".join(syllables[start : start + len(wanted)])
    return subject
