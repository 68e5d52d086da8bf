"""The checklist of a case in phrases: papers by kind, then fee, time and place. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.answers.about import COMPOSERS, paper, source
from bot.answers.about.lines import heading, inline
from bot.answers.asked import Asked
from bot.answers.intent import Intent
from bot.answers.phrase import Phrase, Value, phrase
from bot.catalogue.agencies import Agency
from bot.catalogue.enums import Need
from bot.dossiers.branching import next_question, settle
from bot.dossiers.checklist import checklist_of
from bot.forms.cases import Situation

_TOLD = (Intent.ASK_FEE, Intent.ASK_TIME, Intent.ASK_PLACE)


@dataclass(frozen=True)
class Papers:
    """Papers of one kind. ``tick``: they have to be brought, so there is a box to tick."""

    title: str
    lines: tuple[Phrase, ...]
    tick: bool


@dataclass(frozen=True)
class Shown:
    """The page. ``unfinished``: a branch question is open, so papers may be missing. ``facts``: titles with
    what the record says; ``closing``: code, source and its date.
    """

    name: str
    code: str
    unfinished: bool
    cases: tuple[str, ...]
    notes: tuple[str, ...]
    papers: tuple[Papers, ...]
    facts: tuple[tuple[str, tuple[Phrase, ...]], ...]
    mistakes: tuple[str, ...]
    closing: tuple[Phrase, ...]


def checklist_page(situation: Situation, agencies: Mapping[str, Agency], today: date) -> Shown:
    """What the page shows of a case on this day."""
    procedure = situation.procedure
    given = settle(procedure, situation.case.given)
    checklist = checklist_of(procedure, given)
    papers = (
        Papers(
            f"checklist_{need.value}",
            tuple(_line(paper.line(item.paper)) for item in checklist.items if item.paper.need is need),
            tick=need in (Need.SUBMIT, Need.SHOW),
        )
        for need in Need
    )
    asked = Asked(Intent.ASK_DOCUMENTS, "", today, today, situation.unit)
    return Shown(
        name=heading(procedure),
        code=procedure.code,
        unfinished=next_question(procedure, given) is not None,
        cases=tuple(map(inline, checklist.cases)),
        notes=tuple(map(inline, checklist.notes)),
        papers=tuple(group for group in papers if group.lines),
        facts=tuple(
            (f"checklist_{intent.value}", _told(intent, situation, agencies, today)) for intent in _TOLD
        ),
        mistakes=tuple(map(inline, procedure.mistakes)),
        closing=source.closing(procedure, asked, (source.of_record(procedure),)),
    )


def _told(
    intent: Intent, situation: Situation, agencies: Mapping[str, Agency], today: date
) -> tuple[Phrase, ...]:
    """The answer to that question without its closing lines, which the page has once."""
    procedure = situation.procedure
    asked = Asked(intent, "", today, today, situation.unit)
    answer = COMPOSERS[intent](procedure, asked, agencies)
    closing = source.closing(procedure, asked, answer.sources)
    return answer.phrases[: -len(closing)]


def _line(value: Value) -> Phrase:
    return value if isinstance(value, Phrase) else phrase("utter_page_plain", text=value)
