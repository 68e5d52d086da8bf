"""Puts an answer about one procedure together: body, cautions about time, source."""

from collections.abc import Sequence

from bot.answers.about import moment, source
from bot.answers.about.lines import heading, shortened
from bot.answers.asked import Asked
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Phrase, SourceRef, phrase
from bot.catalogue.enums import Handler
from bot.catalogue.records import Procedure

SHARED_COUNTER = frozenset({Handler.COMMUNE, Handler.PROVINCE, Handler.LAND_REGISTRY})
"""Handlers whose dossiers the province's own centres take in (Nghị định 118/2025/NĐ-CP, Điều 3.7)."""


def answered(
    procedure: Procedure, asked: Asked, body: Sequence[Phrase], buttons: Sequence[Button] = ()
) -> Answer:
    """An answer from the present version, with a caution when asked about another time."""
    return dated(procedure, asked, (*body, *moment.cautions(procedure, asked)), buttons)


def dated(
    procedure: Procedure,
    asked: Asked,
    body: Sequence[Phrase],
    buttons: Sequence[Button] = (),
    sources: tuple[SourceRef, ...] = (),
    outcome: Outcome = Outcome.ANSWERED,
) -> Answer:
    """An answer whose body already says which time it holds for. ``sources`` default to the record."""
    cited = sources or (source.of_record(procedure),)
    return Answer(
        outcome,
        (*body, *source.closing(procedure, asked, cited)),
        tuple(buttons),
        procedure_code=procedure.code,
        sources=cited,
    )


def no_data(procedure: Procedure, asked: Asked, what: Phrase, known: Sequence[Phrase] = ()) -> Answer:
    """Says openly that the record is silent about ``what``, adds what is ``known``, and where to ask."""
    body = (
        phrase("utter_about_missing", name=heading(procedure), what=what),
        *known,
        where_to_ask(procedure),
    )
    return dated(procedure, asked, body, outcome=Outcome.NO_DATA)


def where_to_ask(procedure: Procedure) -> Phrase:
    """The counter that knows: the province's centre, or the office of the agency that decides."""
    if procedure.handler in SHARED_COUNTER:
        return phrase("utter_about_ask_centre")
    if procedure.authority:
        return phrase("utter_about_ask_office", agency=shortened(procedure.authority))
    return phrase("utter_about_ask_source")
