"""What came back from the form page: cleaned, and checked where a mistake can be seen. Pure."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.forms.definition import Field, FormDefinition, Kind, Shape

ADDRESSEE = "kinh-gui"
"""Key of the line who the form is sent to."""
_DATE = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})")
_NUMBER = re.compile(r"\d+(?:[.,\s]\d+)*")
_EARLIEST_YEAR = 1850
_SHAPES = {
    Shape.ID_NUMBER: re.compile(r"\d{12}"),
    Shape.PHONE: re.compile(r"(?:0|\+?84)\d{9}"),
    Shape.YEAR: re.compile(r"(?:18[5-9]|19\d|20\d)\d"),
    Shape.EMAIL: re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+"),
}
_SPACED = frozenset({Shape.ID_NUMBER, Shape.PHONE})


class Mistake(str, Enum):
    """What is wrong with an answer."""

    TOO_LONG = "too_long"
    NOT_A_DATE = "not_a_date"
    AHEAD = "ahead"
    NOT_A_NUMBER = "not_a_number"
    NOT_AN_OPTION = "not_an_option"
    ID_NUMBER = "id_number"
    PHONE = "phone"
    YEAR = "year"
    EMAIL = "email"


@dataclass(frozen=True)
class Filled:
    """``typed``: what to show again, as typed; ``answers``: what goes on the form, without empty ones."""

    typed: Mapping[str, str]
    answers: Mapping[str, str]
    mistakes: Mapping[str, Mistake]


def read_answers(
    form: FormDefinition, posted: Mapping[str, str], facts: Collection[str], today: date
) -> Filled:
    """The answers to the fields that were asked; every field may be left empty, anything else is dropped."""
    typed: dict[str, str] = {}
    answers: dict[str, str] = {}
    mistakes: dict[str, Mistake] = {}
    for key, field in ((ADDRESSEE, Field(ADDRESSEE, "")), *form.fields()):
        if not field.applies(facts):
            continue
        text = _cleaned(posted.get(key, ""), field.kind is Kind.LONG)
        typed[key] = text
        if not text:
            continue
        found = _checked(field, text, today)
        if isinstance(found, Mistake):
            mistakes[key] = found
        else:
            answers[key] = found
    return Filled(typed, answers, mistakes)


def _cleaned(text: str, several_lines: bool) -> str:
    """Composed letters, no control characters, single spaces; line breaks only where there are lines."""
    text = unicodedata.normalize("NFC", text)
    lines = ("".join(c if c.isprintable() else " " for c in line) for line in text.splitlines())
    kept = [" ".join(line.split()) for line in lines]
    return ("\n" if several_lines else " ").join(line for line in kept if line)


def _checked(field: Field, text: str, today: date) -> str | Mistake:
    if len(text) > field.most:
        return Mistake.TOO_LONG
    if field.kind is Kind.DATE:
        return _date(text, field.past, today)
    if field.kind is Kind.NUMBER:
        return text if _NUMBER.fullmatch(text) else Mistake.NOT_A_NUMBER
    if field.kind is Kind.CHOICE:
        return text if text in field.options else Mistake.NOT_AN_OPTION
    if field.shape:
        written = re.sub(r"[\s.\-]", "", text) if field.shape in _SPACED else text
        return written if _SHAPES[field.shape].fullmatch(written) else Mistake(field.shape.value)
    return text


def _date(text: str, past: bool, today: date) -> str | Mistake:
    match = _DATE.fullmatch(text)
    if not match:
        return Mistake.NOT_A_DATE
    day, month, year = map(int, match.groups())
    try:
        written = date(year, month, day)
    except ValueError:
        return Mistake.NOT_A_DATE
    if year < _EARLIEST_YEAR or year > today.year + 20:
        return Mistake.NOT_A_DATE
    if past and written > today:
        return Mistake.AHEAD
    return written.strftime("%d/%m/%Y")
