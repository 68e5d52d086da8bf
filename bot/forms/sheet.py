"""A filled form as a sheet of paper, before it becomes DOCX or PDF. Pure: both are drawn from this."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.answers.phrase import phrase
from bot.answers.wording import Wording
from bot.forms.answers import ADDRESSEE
from bot.forms.definition import Field, FormDefinition, Kind, Section, Signature, answer_key

LINE_LENGTH = 84
"""Characters of a line of text on A4, about."""
_ROOM = 12
"""Characters of handwriting a blank needs at least."""


@dataclass(frozen=True)
class Place:
    """A label and what is written there; ``None`` is left as dots, on ``lines`` lines."""

    label: str
    value: str | None
    lines: int = 1


@dataclass(frozen=True)
class Grid:
    """A table to fill in; empty cells are ``""``."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Block:
    """A section: heading, sentence, then lines of one to three places, or a table."""

    title: str
    intro: str
    lines: tuple[tuple[Place, ...], ...]
    grid: Grid | None = None


@dataclass(frozen=True)
class Sheet:
    """Everything on the paper, from top to bottom."""

    caution: str
    origin: str
    motto: tuple[str, str]
    title: str
    addressee: Place
    blocks: tuple[Block, ...]
    closing: str
    place_and_date: str
    signatures: tuple[Signature, ...]
    checklist_url: str
    scan: str
    made: str


def lay_out(form: FormDefinition, answers: Mapping[str, str], checklist_url: str, wording: Wording) -> Sheet:
    """The form with its answers. Every line of the official form is there, answered or not."""

    def say(name: str, **values: str) -> str:
        return wording.say(phrase(f"utter_form_{name}", **values))

    return Sheet(
        caution="" if form.confirmed else say("caution"),
        origin=_origin(form, say("issued_by", text=form.issued_by) if form.issued_by else ""),
        motto=(say("nation"), say("motto")),
        title=form.name.upper(),
        addressee=Place(say("addressee"), answers.get(ADDRESSEE)),
        blocks=tuple(_block(section, answers) for section in form.sections),
        closing=form.closing,
        place_and_date=say("place_and_date"),
        signatures=form.signatures,
        checklist_url=checklist_url,
        scan=say("scan"),
        made=say("made"),
    )


def _origin(form: FormDefinition, issued: str) -> str:
    return " – ".join(part for part in (form.code, issued) if part)


def _block(section: Section, answers: Mapping[str, str]) -> Block:
    if section.rows:
        rows = tuple(
            tuple(answers.get(answer_key(field, row), "") for field in section.fields)
            for row in range(1, section.rows + 1)
        )
        grid = Grid(tuple(field.label for field in section.fields), rows)
        return Block(section.title, section.intro, (), grid)
    lines: list[list[Place]] = []
    for field in section.fields:
        place = _place(field, answers)
        if field.join and lines and _fits([*lines[-1], place]):
            lines[-1].append(place)
        else:
            lines.append([place])
    return Block(section.title, section.intro, tuple(tuple(line) for line in lines))


def _place(field: Field, answers: Mapping[str, str]) -> Place:
    return Place(field.label, answers.get(field.key), field.lines if field.kind is Kind.LONG else 1)


def _fits(line: list[Place]) -> bool:
    width = LINE_LENGTH // len(line)
    return all(len(place.label) + 5 + len(place.value or "." * _ROOM) <= width for place in line)
