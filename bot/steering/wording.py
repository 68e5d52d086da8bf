"""What figures are called and how they are defined: ``data/steering/figures.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from bot.steering.figure import Figure


class Break(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From ``day`` on numbers mean something else, for the reason told in ``text``."""

    day: date
    text: str


class Definition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``n``: what ``Figure.n`` counts; ``of``: the name of the denominator, "" without one; ``now``: the
    figure is of the moment, not of the period.
    """

    name: str
    definition: str
    n: str
    of: str = ""
    target: str = ""
    now: bool = False


class Dimension(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``values``: names of keys that are no names themselves."""

    name: str
    values: Mapping[str, str] = {}


class FiguresFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``hidden`` and ``unmeasured``: what stands in the place of a number."""

    scope: str
    hidden: str
    unmeasured: str
    breaks: tuple[Break, ...]
    groups: Mapping[str, str]
    kinds: Mapping[str, str]
    columns: Mapping[str, str]
    dimensions: Mapping[str, Dimension]
    figures: Mapping[str, Definition]
    idle: tuple[str, ...]


@dataclass(frozen=True)
class Naming:
    """``own``: names the catalogue gives, by dimension and key."""

    file: FiguresFile
    own: Mapping[str, Mapping[str, str]]

    def of(self, figure: Figure) -> Definition:
        return self.file.figures[figure.key]

    def column(self, dimension: str) -> str:
        return self.file.dimensions[dimension].name

    def key(self, dimension: str, key: str) -> str:
        """What is shown of a key: its name, a day as dd/MM/yyyy, else the key itself."""
        found = self.file.dimensions[dimension].values.get(key) or self.own.get(dimension, {}).get(key)
        return found or _day(key)


def read_figures(path: Path) -> FiguresFile:
    """Raises ``msgspec.ValidationError`` for a file of another shape."""
    return msgspec.yaml.decode(path.read_bytes(), type=FiguresFile)


def _day(key: str) -> str:
    try:
        return date.fromisoformat(key).strftime("%d/%m/%Y")
    except ValueError:
        return key
