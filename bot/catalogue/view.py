"""The catalogue in memory, as answers and lists read it. Immutable; one per catalogue revision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.catalogue.agencies import Agency, AgencyKind
from bot.catalogue.enums import LevelValue
from bot.catalogue.records import LevelStatement, Procedure
from bot.catalogue.statistics import Statistic
from bot.catalogue.units import Unit


@dataclass(frozen=True)
class Catalogue:
    """All records of one revision, by code."""

    procedures: Mapping[str, Procedure]
    agencies: Mapping[str, Agency]
    units: tuple[Unit, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    revision: int = 0

    @cached_property
    def current_units(self) -> Mapping[str, Unit]:
        """The 54 communes of today by code."""
        return {unit.code: unit for unit in self.units if unit.formed_from and unit.valid_to is None}

    @cached_property
    def by_field(self) -> Mapping[str, tuple[Procedure, ...]]:
        """Procedures per field, in code order."""
        groups: dict[str, list[Procedure]] = {}
        for code in sorted(self.procedures):
            procedure = self.procedures[code]
            groups.setdefault(procedure.field, []).append(procedure)
        return {field: tuple(found) for field, found in groups.items()}

    @cached_property
    def _offers(self) -> Mapping[str, frozenset[str]]:
        """Codes of the procedures with a statement under each code that level lists name."""
        named: dict[str, set[str]] = {}
        for procedure in self.procedures.values():
            for statement in procedure.levels:
                for agency in statement.agencies:
                    named.setdefault(agency, set()).add(procedure.code)
        return {agency: frozenset(codes) for agency, codes in named.items()}

    def codes_standing_for(self, agency_code: str) -> frozenset[str]:
        """Codes under which level lists name an agency: its own and its groups'."""
        agency = self.agencies.get(agency_code)
        return frozenset({agency_code, *(agency.groups if agency else ())})

    def agency_of_unit(self, unit_code: str) -> Agency | None:
        """The People's Committee of a commune."""
        for agency in self.agencies.values():
            if agency.unit == unit_code and agency.kind is AgencyKind.COMMUNE and agency.valid_to is None:
                return agency
        return None

    def statements_for(self, procedure: Procedure, agency_code: str) -> tuple[LevelStatement, ...]:
        """Statements of a procedure that hold for one agency."""
        codes = self.codes_standing_for(agency_code)
        return tuple(s for s in procedure.levels if codes.intersection(s.agencies))

    def offered_by(self, agency_code: str) -> tuple[Procedure, ...]:
        """Procedures with a statement for this agency, in code order."""
        names = self.codes_standing_for(agency_code)
        codes = frozenset[str]().union(*(self._offers.get(name, ()) for name in names))
        return tuple(self.procedures[code] for code in sorted(codes))


def level_values(statements: Iterable[LevelStatement]) -> frozenset[LevelValue]:
    """The levels a set of statements names."""
    return frozenset(statement.value for statement in statements)
