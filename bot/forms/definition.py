"""An official form as data. Pure; ``data/forms/*.yaml`` holds the forms, one a file."""

from collections.abc import Collection, Iterable, Iterator
from enum import Enum

import msgspec

NAME_LENGTH = 80
TEXT_LENGTH = 200
LONG_LENGTH = 1000


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of all parts of a form: immutable, unknown fields refused."""


class Kind(str, Enum):
    """What is written into a field."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"


class Shape(str, Enum):
    """A text of a fixed shape."""

    ID_NUMBER = "id_number"
    """Số định danh cá nhân: 12 digits (Luật Căn cước 26/2023/QH15 Điều 12)."""
    PHONE = "phone"
    YEAR = "year"
    EMAIL = "email"


class Field(Part, frozen=True):
    """One line to fill in. ``label`` as on the form; ``help`` says what to write, in our words.

    ``required``: the office wants it; a citizen may still leave it to be filled in by hand. ``maxlength``:
    0 means the usual one of its kind. ``past``: a date that cannot lie ahead. ``join``: on one line with
    the field before it. ``lines``: dotted lines left for an unanswered ``long`` field.

    ``when``: only asked if one of these facts holds; ``unless``: not asked if one does; ``prefill``: fact →
    value. A fact is ``question=option`` of the procedure's branch questions, or the id of one of its cases.
    """

    key: str
    label: str
    kind: Kind = Kind.TEXT
    options: tuple[str, ...] = ()
    required: bool = False
    help: str = ""
    maxlength: int = 0
    shape: Shape | None = None
    past: bool = False
    join: bool = False
    lines: int = 2
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    prefill: dict[str, str] = {}

    @property
    def most(self) -> int:
        """Characters it takes."""
        return self.maxlength or (LONG_LENGTH if self.kind is Kind.LONG else TEXT_LENGTH)

    def applies(self, facts: Collection[str]) -> bool:
        """Whether the citizen is asked for it."""
        return not any(fact in facts for fact in self.unless) and _called_for(self.when, facts)

    def initial(self, facts: Collection[str]) -> str:
        """What follows from the branch answers; empty when nothing does."""
        return next((value for fact, value in self.prefill.items() if fact in facts), "")


class Section(Part, frozen=True):
    """Fields below a heading. ``intro``: a sentence of the form before them. ``rows``: how often the
    fields repeat, as lines of a table (0: once, not in a table).
    """

    fields: tuple[Field, ...]
    title: str = ""
    intro: str = ""
    rows: int = 0

    def cells(self) -> Iterator[tuple[int, Field]]:
        """Every place to write with its row, numbered from 1 (0: not in a table)."""
        for row in range(1, self.rows + 1) if self.rows else (0,):
            for field in self.fields:
                yield row, field


class Signature(Part, frozen=True):
    """Where somebody signs. ``note``: what stands below the title, in brackets on paper."""

    title: str
    note: str


class FormDefinition(Part, frozen=True):
    """A form. ``name`` is printed in capitals as its title; ``code`` and ``issued_by`` as the text that
    issued it says. ``confirmed``: its lines were compared with that text; else page and document say that
    they were not. ``procedures``: codes of the procedures it is for. ``addressee``: who it is sent to, with
    ``{unit}`` for the commune.
    """

    id: str
    name: str
    procedures: tuple[str, ...]
    addressee: str
    sections: tuple[Section, ...]
    closing: str
    signatures: tuple[Signature, ...]
    code: str = ""
    issued_by: str = ""
    confirmed: bool = False

    def fields(self) -> Iterator[tuple[str, Field]]:
        """Every place to write with the key of its answer."""
        for section in self.sections:
            for row, field in section.cells():
                yield answer_key(field, row), field


def answer_key(field: Field, row: int) -> str:
    """Key of an answer: in a table the number of the row is part of it."""
    return f"{field.key}_{row}" if row else field.key


def initial_answers(form: FormDefinition, facts: Collection[str]) -> dict[str, str]:
    """Answers that follow from the branch questions."""
    found = ((key, field.initial(facts)) for key, field in form.fields() if field.applies(facts))
    return {key: value for key, value in found if value}


def _called_for(when: Iterable[str], facts: Collection[str]) -> bool:
    wanted = tuple(when)
    return not wanted or any(fact in facts for fact in wanted)
