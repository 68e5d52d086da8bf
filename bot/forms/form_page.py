"""The form as the page shows it: places to write with what was typed and what is wrong with it. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from bot.forms.answers import ADDRESSEE, Filled
from bot.forms.definition import Field, FormDefinition, Kind, Section, Shape, answer_key

_DIGITS = frozenset({Shape.ID_NUMBER, Shape.YEAR})
FEW = 4
"""Options shown all at once; more of them are a list to open."""


@dataclass(frozen=True)
class Asked:
    """One place to write. ``mistake``: response name of what is wrong, empty when nothing is."""

    key: str
    label: str
    kind: Kind
    value: str = ""
    help: str = ""
    mistake: str = ""
    options: tuple[str, ...] = ()
    required: bool = False
    most: int = 0
    keyboard: str = "text"
    few: bool = False


@dataclass(frozen=True)
class Group:
    """Places of one section, or of one row of a table. ``folded``: shown only when opened."""

    title: str
    intro: str
    row: int
    asked: tuple[Asked, ...]
    folded: bool = False

    @property
    def filled(self) -> bool:
        """Whether something stands in it."""
        return any(asked.value for asked in self.asked)


@dataclass(frozen=True)
class Wrong:
    """A line of the summary of mistakes."""

    key: str
    label: str
    mistake: str


def groups_of(form: FormDefinition, facts: Collection[str], filled: Filled) -> tuple[Group, ...]:
    """What is asked, section by section; sections without a question are left out."""
    found = [group for section in form.sections for group in _groups(section, facts, filled)]
    return tuple(group for group in found if group.asked)


def addressee_of(label: str, filled: Filled) -> Asked:
    """The place for who the form is sent to."""
    return _asked(ADDRESSEE, Field(ADDRESSEE, label), filled)


def wrong_in(addressee: Asked, groups: tuple[Group, ...]) -> tuple[Wrong, ...]:
    """Mistakes in the order of the page."""
    every = (addressee, *(asked for group in groups for asked in group.asked))
    return tuple(Wrong(asked.key, asked.label, asked.mistake) for asked in every if asked.mistake)


def _groups(section: Section, facts: Collection[str], filled: Filled) -> Iterator[Group]:
    cells = ((row, field) for row, field in section.cells() if field.applies(facts))
    for row, fields in groupby(cells, key=lambda cell: cell[0]):
        asked = tuple(_asked(answer_key(field, row), field, filled) for _, field in fields)
        yield Group(section.title, section.intro, row, asked, folded=row > 0)


def _asked(key: str, field: Field, filled: Filled) -> Asked:
    mistake = filled.mistakes.get(key)
    return Asked(
        key=key,
        label=field.label,
        kind=field.kind,
        value=filled.typed.get(key, ""),
        help=field.help,
        mistake=f"form_wrong_{mistake.value}" if mistake else "",
        options=field.options,
        required=field.required,
        most=field.most,
        keyboard=_keyboard(field),
        few=len(field.options) <= FEW,
    )


def _keyboard(field: Field) -> str:
    if field.shape is Shape.PHONE:
        return "tel"
    if field.shape is Shape.EMAIL:
        return "email"
    # Dates take "/", which the keyboard of digits lacks on some telephones.
    return "numeric" if field.shape in _DIGITS else "text"


def as_typed(answers: Mapping[str, str]) -> Filled:
    """A page before anybody typed: only what the branch answers gave."""
    return Filled(typed=answers, answers=answers, mistakes={})
