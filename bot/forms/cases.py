"""From the address of a page to the procedure and the facts it is about."""

from dataclasses import dataclass

from sqlalchemy.engine import Engine

from bot.answers.about.lines import unit_name
from bot.catalogue.agencies import Agency
from bot.catalogue.records import Procedure
from bot.catalogue.repository import Repository, load_procedures
from bot.catalogue.units import Unit
from bot.dossiers.branching import cases_of, settle
from bot.forms.definition import FormDefinition
from bot.forms.tokens import Case


@dataclass(frozen=True)
class Situation:
    """A case with what the catalogue says of it today. ``unit``: the commune, when one was named."""

    case: Case
    procedure: Procedure
    unit: Unit | None

    @property
    def facts(self) -> frozenset[str]:
        """What ``when``, ``unless`` and ``prefill`` of a form may name: the procedure's code, branch
        answers as ``question=option`` and ids of the cases they make.
        """
        given = settle(self.procedure, self.case.given)
        answers = {f"{one.question}={one.option}" for one in given}
        cases = {case.id for case in cases_of(self.procedure, given)}
        return frozenset({self.procedure.code, *answers, *cases})

    def addressee(self, form: FormDefinition) -> str:
        """Who the form is sent to; empty as long as the commune is not known."""
        return form.addressee.format(unit=unit_name(self.unit)) if self.unit else ""


class Situations:
    """Reads what a page needs of the catalogue, record by record: the gateway keeps no catalogue."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._repository = Repository(engine)

    def of(self, case: Case) -> Situation | None:
        """``None`` when the catalogue has no such procedure any more."""
        with self._engine.connect() as connection:
            found = load_procedures(connection, codes=[case.procedure])
        if not found:
            return None
        return Situation(case, found[0], self._unit(case.unit) if case.unit else None)

    def agencies(self) -> dict[str, Agency]:
        """Agencies by code."""
        return {agency.code: agency for agency in self._repository.agencies()}

    def _unit(self, code: str) -> Unit | None:
        today = (unit for unit in self._repository.units() if unit.formed_from and unit.valid_to is None)
        return next((unit for unit in today if unit.code == code), None)
