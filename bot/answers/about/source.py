"""The closing lines of every answer: procedure code, agency, date and link of the source."""

from datetime import timedelta

from bot.answers.about import moment
from bot.answers.about.figures import day
from bot.answers.about.lines import heading, inline, shortened
from bot.answers.asked import Asked
from bot.answers.phrase import Phrase, SourceRef, phrase
from bot.catalogue.records import LevelStatement, Procedure

STALE_AFTER = timedelta(days=90)
_ORIGINS = frozenset({"utter_about_source", "utter_about_source_dated", "utter_about_source_link"})


def of_record(procedure: Procedure) -> SourceRef:
    """The page the record was read from, dated by its last check."""
    source = procedure.source
    return SourceRef(procedure.code, source.title, source.url, source.checked_on or source.retrieved_on)


def of_statement(procedure: Procedure, statement: LevelStatement) -> SourceRef:
    """The publication a level is quoted from."""
    return SourceRef(procedure.code, statement.source, None, statement.stated_on)


def closing(procedure: Procedure, asked: Asked, sources: tuple[SourceRef, ...]) -> tuple[Phrase, ...]:
    """Code, agency and one line for every source; first a warning when the answer stands on an old record,
    and the whole name where the heading had to be cut: what comes last in it often tells two records apart.

    ``sources``: at least one, the one the answer stands on leading.
    """
    warning = _warning(procedure, asked) if sources[0] == of_record(procedure) else ()
    return (*warning, *_whole_name(procedure), _code(procedure, asked), *map(_origin, sources))


def is_origin(line: Phrase) -> bool:
    """Whether a closing line names one of the answer's sources and nothing else."""
    return line.id in _ORIGINS


def _warning(procedure: Procedure, asked: Asked) -> tuple[Phrase, ...]:
    checked = of_record(procedure).dated
    if checked is None:
        return (phrase("utter_about_unchecked"),)
    if asked.today - checked > STALE_AFTER:
        return (phrase("utter_about_stale", date=day(checked)),)
    return ()


def _whole_name(procedure: Procedure) -> tuple[Phrase, ...]:
    if heading(procedure) == inline(procedure.label):
        return ()
    return (phrase("utter_about_overview_official", name=inline(procedure.name)),)


def _code(procedure: Procedure, asked: Asked) -> Phrase:
    if moment.eras_of(procedure, asked):
        return phrase("utter_about_code", code=procedure.code)
    if procedure.authority:
        agency = shortened(procedure.authority)
        return phrase("utter_about_code_agency", code=procedure.code, agency=agency)
    if procedure.issuer:
        return phrase("utter_about_code_issuer", code=procedure.code, issuer=inline(procedure.issuer))
    return phrase("utter_about_code", code=procedure.code)


def _origin(source: SourceRef) -> Phrase:
    title = inline(source.title)
    if source.dated is None or day(source.dated) in title:
        where = phrase("utter_about_source", title=title)
    else:
        where = phrase("utter_about_source_dated", title=title, date=day(source.dated))
    if not source.url:
        return where
    return phrase("utter_about_source_link", source=where, url=source.url)
