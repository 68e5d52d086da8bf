"""Small pieces of layout: bulleted lines, series of words, headings."""

from collections.abc import Iterable, Sequence

from bot.answers.phrase import Phrase, Value, phrase
from bot.catalogue.records import Procedure
from bot.catalogue.units import Unit

HEADING_LENGTH = 120


def inline(text: str) -> str:
    """Text of the catalogue as part of a line: one line, no closing full stop."""
    return " ".join(text.split()).rstrip(" .;,")


def shortened(text: str, length: int = HEADING_LENGTH) -> str:
    """Text cut between two words, with an ellipsis, when longer than ``length`` characters."""
    whole = inline(text)
    if len(whole) <= length:
        return whole
    return inline(whole[:length].rsplit(" ", 1)[0]) + "…"


def heading(procedure: Procedure) -> str:
    """The procedure's everyday name, short enough to open a sentence."""
    return shortened(procedure.label)


def unit_name(unit: Unit) -> str:
    """A unit inside a sentence: "phường Hà Tu"."""
    return unit.name[:1].lower() + unit.name[1:]


def bullets(values: Iterable[Value]) -> tuple[Phrase, ...]:
    """One bulleted line for every value."""
    return tuple(phrase("utter_about_bullet", text=value) for value in values)


def noted(procedure: Procedure, fact: Value, note: str) -> Value:
    """A fact with its note; notes of records nobody has curated are quoted as the source's own words."""
    if not note:
        return fact
    line = "utter_about_then_note" if procedure.curated else "utter_about_then_quote"
    return phrase(line, fact=fact, note=inline(note))


def section(title: str, values: Sequence[Value]) -> tuple[Phrase, ...]:
    """A title (response name) with bulleted lines below; nothing when there are no values."""
    return (phrase(title), *bullets(values)) if values else ()


def distinct(values: Iterable[Value]) -> list[Value]:
    """Values without repetitions, in order (phrases are not hashable)."""
    kept: list[Value] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return kept


def series(values: Sequence[Value]) -> Value:
    """``a, b và c``. Needs at least one value."""
    if len(values) <= 2:
        return _joined("utter_about_and", values)
    return phrase("utter_about_comma", first=values[0], rest=series(values[1:]))


def listing(values: Sequence[Value]) -> Value:
    """``a; b; c``, for parts that contain commas themselves. Needs at least one value."""
    return _joined("utter_about_semicolon", values)


def _joined(link: str, values: Sequence[Value]) -> Value:
    if len(values) == 1:
        return values[0]
    return phrase(link, first=values[0], rest=_joined(link, values[1:]))
