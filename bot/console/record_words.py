"""Records in words staff read: every field as lines, the same on its page, in a diff and in a preview."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bot.catalogue.records import (
    Era,
    Fee,
    Form,
    LevelReading,
    LevelStatement,
    Option,
    Paper,
    Procedure,
    Question,
    Result,
    Source,
    TimeLimit,
)
from bot.console.wording import Texts

TITLES: Mapping[str, str] = {
    "name": "record_name",
    "short_name": "record_short_name",
    "field": "record_field",
    "aliases": "record_aliases",
    "handler": "record_handler",
    "scope": "record_scope",
    "issuer": "record_issuer",
    "decision": "record_decision",
    "authority": "record_authority",
    "place": "record_place",
    "admin_levels": "record_admin_levels",
    "applicants": "record_applicants",
    "channels": "record_channels",
    "times": "record_times",
    "fees": "record_fees",
    "papers": "record_papers",
    "cases": "record_cases",
    "questions": "record_questions",
    "forms": "record_forms",
    "steps": "record_steps",
    "conditions": "record_conditions",
    "results": "record_results",
    "legal_basis": "record_legal_basis",
    "mistakes": "record_mistakes",
    "related": "record_related",
    "levels": "record_levels",
    "reading": "record_reading",
    "history": "record_history",
    "source": "record_source",
    "valid_from": "record_valid_from",
    "curated": "record_curated",
    "popularity": "record_popularity",
}
"""Fields of a record in the order of its page, and the keys of their titles."""

GROUPS: Mapping[str, str] = {
    "XA": "record_agency_communes",
    "CN-VPDKDD": "record_agency_land",
    "CHQS-XA": "record_agency_military",
}
"""Groups of agencies that level lists name, and the keys of their names."""
ORIGINS: Mapping[str, str] = {
    "data/catalogue": "origin_shipped",
    "amendments": "origin_amendments",
    "amendment reverted": "origin_reverted",
    "record checked": "origin_checked",
}
"""Imports the program makes itself, and the keys of their names; others are called as their files."""


class RecordWords:
    """``agencies``: names by code."""

    def __init__(self, texts: Texts, agencies: Mapping[str, str] | None = None) -> None:
        self._say, self._name = texts.say, texts.name
        self._agencies = agencies or {}

    def title(self, field: str) -> str:
        return self._say(TITLES[field])

    def lines(self, procedure: Procedure, field: str) -> tuple[str, ...]:
        """What a field holds, a line for each of its parts; empty when it is silent."""
        value = getattr(procedure, field)
        parts: Mapping[str, Callable[[Any], str]] = {
            "times": self.time,
            "fees": self.fee,
            "papers": self.paper,
            "forms": self.form,
            "results": self.result,
            "levels": self.level,
            "history": self.era,
        }
        if field in parts:
            return tuple(parts[field](part) for part in value)
        if field == "cases":
            return tuple(line for case in value for line in self._case(case))
        if field == "questions":
            return tuple(line for question in value for line in self.question(question))
        if field in ("admin_levels", "channels"):
            return tuple(self._name(member) for member in value)
        if field in ("handler", "scope"):
            return (self._name(value),)
        if field == "source":
            return self.source(value)
        if field == "reading":
            return (self.reading(value),) if value else ()
        if field == "curated":
            return (self._say("record_yes") if value else self._say("record_no"),)
        if isinstance(value, tuple):
            return value
        if isinstance(value, date):
            return (day_of(value),)
        return (str(value),) if value else ()

    def origin(self, source: str) -> str:
        """The name of an import by its source."""
        return self._say(ORIGINS[source]) if source in ORIGINS else source

    def fee(self, fee: Fee) -> str:
        amount = self._say("fee_sum", sum=thousands(fee.amount)) if fee.amount is not None else ""
        what = amount or self._name(fee.kind)
        head = f"{what}/{fee.per}" if fee.per else what
        return _joined(
            f"{fee.label}: {head}" if fee.label else head,
            self._name(fee.channel) if fee.channel else "",
            self._period(fee.valid_from, fee.valid_to),
            self._about("record_relief", fee.relief),
            self._about("record_basis", fee.legal_basis),
            fee.note,
        )

    def time(self, limit: TimeLimit) -> str:
        unit = self._name(limit.unit)
        return _joined(
            f"{number(limit.value)} {unit}" if limit.value is not None else unit,
            self._name(limit.channel) if limit.channel else "",
            limit.note,
        )

    def paper(self, paper: Paper) -> str:
        return _joined(
            paper.name,
            self._name(paper.need),
            self._say("record_originals", count=paper.originals) if paper.originals else "",
            self._say("record_copies", count=paper.copies) if paper.copies else "",
            self._about("record_form", paper.form or ""),
            self._about("record_database", paper.database or ""),
            self._say("record_optional") if paper.optional else "",
            paper.note,
        )

    def form(self, form: Form) -> str:
        return _joined(form.name, form.code or "", form.issued_by)

    def result(self, result: Result) -> str:
        return _joined(result.name, self._about("record_validity", result.validity))

    def level(self, statement: LevelStatement) -> str:
        return _joined(
            self._name(statement.value),
            self._agency_list(statement.agencies),
            self._say("record_stated_on", day=day_of(statement.stated_on)),
            statement.source,
            self._name(statement.scheme),
            self._about("record_service", statement.service_code),
            statement.variant,
            self._say("record_trial") if statement.trial else "",
            self._about("record_why", statement.reason),
            self._about("record_basis", statement.legal_basis),
            statement.submit_url or "",
        )

    def reading(self, reading: LevelReading) -> str:
        basis = self._about("record_basis", reading.legal_basis)
        return _joined(self._name(reading.value), reading.reason, basis, *reading.offline_steps)

    def era(self, era: Era) -> str:
        return _joined(
            self._period(era.valid_from, era.valid_to),
            self._name(era.admin_level) if era.admin_level else "",
            era.authority,
            era.place,
            self._name(era.level) if era.level else "",
            era.note,
            era.source,
        )

    def source(self, source: Source) -> tuple[str, ...]:
        dated = (
            ("record_retrieved_on", source.retrieved_on),
            ("record_checked_on", source.checked_on),
        )
        days = [f"{self._say(key)}: {day_of(day)}" for key, day in dated if day]
        return tuple(filter(None, (source.title, source.url or "", *days)))

    def question(self, question: Question) -> tuple[str, ...]:
        when = self._say("record_when", when=", ".join(question.when)) if question.when else ""
        return (
            _joined(question.ask, when, question.why),
            *(f"{question.ask} → {self._option(option)}" for option in question.options),
        )

    def _option(self, option: Option) -> str:
        papers = [paper.name for paper in option.papers]
        return _joined(
            option.label,
            self._about("record_cases_of", ", ".join(option.cases)),
            self._about("record_papers_more", "; ".join(papers)),
            self._about("record_instead", option.instead or ""),
            self._about("record_stop", option.stop),
            option.note,
        )

    def _case(self, case: Any) -> tuple[str, ...]:
        head = _joined(case.label, case.note)
        return (head, *(f"{case.label} → {self.paper(paper)}" for paper in case.papers))

    def _agency_list(self, codes: tuple[str, ...]) -> str:
        named = (
            self._agencies.get(code) or (self._say(GROUPS[code]) if code in GROUPS else code)
            for code in codes
        )
        return ", ".join(named)

    def _about(self, key: str, value: str) -> str:
        return f"{self._say(key)}: {value}" if value else ""

    def _period(self, first: date | None, last: date | None) -> str:
        if first and last:
            return self._say("record_from_to", first=day_of(first), last=day_of(last))
        if first:
            return self._say("record_from", first=day_of(first))
        return self._say("record_to", last=day_of(last)) if last else ""


def day_of(day: date) -> str:
    """dd/MM/yyyy."""
    return day.strftime("%d/%m/%Y")


def thousands(amount: int) -> str:
    """12000 is 12.000."""
    return f"{amount:,}".replace(",", ".")


def number(value: float) -> str:
    """0.5 is 0,5."""
    return f"{value:g}".replace(".", ",")


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)
