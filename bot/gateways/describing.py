"""From a draft to what is handed in. Pure."""

from datetime import date

from bot.answers.about.lines import unit_name
from bot.answers.about.published import statements_on
from bot.catalogue.enums import Handler
from bot.catalogue.records import Procedure
from bot.catalogue.view import Catalogue
from bot.dossiers.casefile import Draft
from bot.dossiers.checklist import checklist_of
from bot.gateways.described import Described, ListedPaper


def describe(catalogue: Catalogue, procedure: Procedure, draft: Draft, unit: str) -> Described | None:
    """For a counter of the commune ``unit``; None when there is no such commune today."""
    place = catalogue.current_units.get(unit)
    if place is None:
        return None
    agency = catalogue.agency_of_unit(unit)
    return _described(procedure, draft, unit, unit_name(place), agency.code if agency else "")


def describe_for_agency(
    catalogue: Catalogue, procedure: Procedure, draft: Draft, unit: str | None, on: date
) -> Described | None:
    """For the agency that decides: the commune's, or the only one that offers the service; None when it is
    not certain which that is.
    """
    if procedure.handler is Handler.COMMUNE:
        agency = catalogue.agency_of_unit(unit) if unit else None
    else:
        codes = {code for statement in statements_on(procedure, on) for code in statement.agencies}
        agency = catalogue.agencies.get(codes.pop()) if len(codes) == 1 else None
    if agency is None:
        return None
    return _described(procedure, draft, unit or "", agency.name, agency.code)


def _described(procedure: Procedure, draft: Draft, unit: str, unit_name: str, agency: str) -> Described:
    checklist = checklist_of(procedure, draft.answers)
    return Described(
        procedure_code=procedure.code,
        procedure_name=procedure.label,
        unit=unit,
        unit_name=unit_name,
        cases=checklist.cases,
        papers=tuple(ListedPaper(item.paper.name, item.id in draft.ticked) for item in checklist.to_bring),
        agency=agency,
    )
