"""Which version of a record holds on the day asked about (decision D4)."""

from collections.abc import Iterable
from datetime import date

from bot.answers.about.figures import day
from bot.answers.asked import Asked
from bot.answers.phrase import Phrase, phrase
from bot.catalogue.records import Era, Procedure


def eras_of(procedure: Procedure, asked: Asked) -> tuple[Era, ...]:
    """Recorded earlier times the question falls into, the one that ended first leading.

    Empty for questions about today. Several may overlap: one tells the level, another the agency.
    """
    if not asked.historical:
        return ()
    covering = (
        era
        for era in procedure.history
        if (era.valid_from is None or era.valid_from <= asked.as_of) and asked.as_of <= era.valid_to
    )
    return tuple(sorted(covering, key=lambda era: era.valid_to))


def is_present(procedure: Procedure, asked: Asked, ended: Iterable[date] = ()) -> bool:
    """True when the present version is known to have held on ``asked.as_of``.

    ``ended``: last days of earlier versions of the fact asked about, so that the present one follows.
    """
    if not asked.historical:
        return True
    starts = (procedure.valid_from, procedure.source.retrieved_on, max(ended, default=None))
    return any(start is not None and start <= asked.as_of for start in starts)


def cautions(procedure: Procedure, asked: Asked, ended: Iterable[date] = ()) -> tuple[Phrase, ...]:
    """A line that says the facts are today's when the question is about a day they may not hold for."""
    if asked.as_of > asked.today:
        return (phrase("utter_about_caution_future", date=day(asked.as_of)),)
    if is_present(procedure, asked, ended):
        return ()
    return (phrase("utter_about_caution_past", date=day(asked.as_of)),)
