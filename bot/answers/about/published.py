"""Published level statements: which hold on a day, for which agencies and where to click."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from msgspec import structs

from bot.answers.about import names
from bot.answers.about.figures import day
from bot.answers.about.lines import bullets, listing
from bot.answers.phrase import Phrase, Value, phrase
from bot.catalogue.agencies import Agency
from bot.catalogue.enums import LevelScheme, LevelValue
from bot.catalogue.records import LevelStatement, Procedure
from bot.catalogue.units import Unit

GROUPS = {
    "XA": "utter_about_group_communes",
    "CN-VPDKDD": "utter_about_group_land_branches",
    "CHQS-XA": "utter_about_group_commune_military",
}
COMMUNE_GROUPS = frozenset({"XA", "CHQS-XA"})

Level = tuple[LevelScheme, LevelValue]


def statements_on(procedure: Procedure, on: date) -> tuple[LevelStatement, ...]:
    """Statements in use on ``on``: for every agency only its latest publication."""
    known = [statement for statement in procedure.levels if statement.stated_on <= on]
    latest: dict[str, date] = {}
    for statement in known:
        for code in statement.agencies:
            latest[code] = max(latest.get(code, statement.stated_on), statement.stated_on)
    current = (
        structs.replace(
            statement,
            agencies=tuple(code for code in statement.agencies if latest[code] == statement.stated_on),
        )
        for statement in known
    )
    return tuple(statement for statement in current if statement.agencies)


def covers(statement: LevelStatement, unit: Unit, agencies: Mapping[str, Agency]) -> bool:
    """True when the statement speaks of the commune-level offices of ``unit``."""
    return any(code in COMMUNE_GROUPS or _sits_in(code, unit, agencies) for code in statement.agencies)


def by_level(statements: Iterable[LevelStatement]) -> dict[Level, list[LevelStatement]]:
    """Statements grouped by what they state, in the order of the publication."""
    groups: dict[Level, list[LevelStatement]] = {}
    for statement in statements:
        groups.setdefault((statement.scheme, statement.value), []).append(statement)
    return groups


def agency_names(statements: Iterable[LevelStatement], agencies: Mapping[str, Agency]) -> Value:
    """Names of all agencies of the statements, groups by their common name."""
    codes = dict.fromkeys(code for statement in statements for code in statement.agencies)
    return listing([_name(code, agencies) for code in codes])


def differing(statements: Sequence[LevelStatement], agencies: Mapping[str, Agency]) -> tuple[Phrase, ...]:
    """Which agencies have which level; nothing when all have the same."""
    levels = by_level(statements)
    if len(levels) < 2:
        return ()
    lines = (
        phrase(
            "utter_about_level_of_agencies", level=names.level(*level), agencies=agency_names(group, agencies)
        )
        for level, group in levels.items()
    )
    stated = day(min(statement.stated_on for statement in statements))
    return (phrase("utter_about_overview_levels", date=stated), *bullets(lines))


def offering(procedure: Procedure, on: date, agencies: Mapping[str, Agency]) -> tuple[Phrase, ...]:
    """One line with all agencies that offer the service online on a day; nothing when none is published."""
    statements = statements_on(procedure, on)
    if not statements:
        return ()
    stated = day(min(statement.stated_on for statement in statements))
    named = agency_names(statements, agencies)
    return (phrase("utter_about_authority_offering", agencies=named, date=stated),)


def links(statements: Sequence[LevelStatement]) -> tuple[str, ...]:
    """Full https addresses where the service is submitted, without repetitions."""
    urls = (statement.submit_url.rstrip("?") for statement in statements if statement.submit_url)
    return tuple(dict.fromkeys(url if "://" in url else f"https://{url}" for url in urls))


def _sits_in(code: str, unit: Unit, agencies: Mapping[str, Agency]) -> bool:
    agency = agencies.get(code)
    return agency is not None and agency.unit == unit.code


def _name(code: str, agencies: Mapping[str, Agency]) -> Value:
    if code in GROUPS:
        return phrase(GROUPS[code])
    return agencies[code].name if code in agencies else phrase("utter_about_agency_code", code=code)
