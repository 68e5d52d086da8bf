"""Which procedures a list or a count is about."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.answers.context import ListQuery
from bot.catalogue.enums import LevelValue, Scope
from bot.catalogue.records import Procedure
from bot.catalogue.view import Catalogue, level_values

COMMUNE_GROUP = "XA"


@dataclass(frozen=True)
class Tally:
    """Procedures of a selection by published level; ``mixed``: the level differs between agencies.

    ``stated`` = full + partial + information + mixed; ``unstated`` have no published level.
    """

    full: int
    partial: int
    information: int
    mixed: int
    unstated: int

    @property
    def stated(self) -> int:
        """Procedures with a published level: the denominator of every share."""
        return self.full + self.partial + self.information + self.mixed

    def of(self, level: LevelValue) -> int:
        """Procedures at this level wherever they are offered; mixed ones are counted apart."""
        return {
            LevelValue.FULL: self.full,
            LevelValue.PARTIAL: self.partial,
            LevelValue.INFORMATION: self.information,
        }[level]

    @property
    def total(self) -> int:
        """All procedures of the selection."""
        return self.stated + self.unstated


def agency_of(query: ListQuery, catalogue: Catalogue) -> str | None:
    """The agency a query is about: the one named, else the People's Committee of the unit named."""
    if query.agency:
        return query.agency
    if query.unit:
        agency = catalogue.agency_of_unit(query.unit)
        return agency.code if agency else COMMUNE_GROUP
    return None


def select(query: ListQuery, catalogue: Catalogue) -> tuple[Procedure, ...]:
    """Procedures a query names, in-force ones first, then by code. Level filter included."""
    agency = agency_of(query, catalogue)
    found = within(query, catalogue)
    if query.level:
        wanted = LevelValue(query.level)
        found = tuple(p for p in found if wanted in levels_of(p, agency, catalogue))
    return tuple(sorted(found, key=lambda p: (p.scope is not Scope.IN_FORCE, -p.popularity, p.code)))


def within(query: ListQuery, catalogue: Catalogue) -> tuple[Procedure, ...]:
    """Procedures of the field and agency of a query, whatever their level."""
    agency = agency_of(query, catalogue)
    if agency:
        found: Iterable[Procedure] = catalogue.offered_by(agency)
    elif query.field:
        found = catalogue.by_field.get(query.field, ())
    else:
        found = (p for p in catalogue.procedures.values() if p.scope is Scope.IN_FORCE)
    if query.field:
        found = (p for p in found if p.field == query.field)
    return tuple(found)


def levels_of(procedure: Procedure, agency: str | None, catalogue: Catalogue) -> frozenset[LevelValue]:
    """Published levels of a procedure, at one agency or anywhere."""
    statements = catalogue.statements_for(procedure, agency) if agency else procedure.levels
    return level_values(statements)


def tally(procedures: Iterable[Procedure], agency: str | None, catalogue: Catalogue) -> Tally:
    """Count a selection by level, each procedure once (by code, never by row)."""
    counts = dict.fromkeys(("full", "partial", "information", "mixed", "unstated"), 0)
    for procedure in procedures:
        values = levels_of(procedure, agency, catalogue)
        if not values:
            counts["unstated"] += 1
        elif len(values) > 1:
            counts["mixed"] += 1
        else:
            counts[next(iter(values)).value] += 1
    return Tally(**counts)
