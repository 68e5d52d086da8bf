"""What the history of a record knows about an earlier time."""

from collections.abc import Sequence
from datetime import date

from bot.answers.about.lines import inline
from bot.answers.phrase import Phrase, SourceRef, phrase
from bot.catalogue.records import Era, Procedure


def facts(eras: Sequence[Era]) -> tuple[Phrase, ...]:
    """Agency, place and notes of that time, one line each, as far as recorded."""
    lines: list[Phrase] = []
    if authority := next((era.authority for era in eras if era.authority), ""):
        lines.append(phrase("utter_about_then_authority", authority=inline(authority)))
    if place := next((era.place for era in eras if era.place), ""):
        lines.append(phrase("utter_about_then_place", place=inline(place)))
    lines.extend(phrase("utter_about_note", note=inline(era.note)) for era in eras if era.note)
    return tuple(lines)


def changed(procedure: Procedure, eras: Sequence[Era]) -> bool:
    """True when the level of government that decided then no longer does."""
    return any(era.admin_level and era.admin_level not in procedure.admin_levels for era in eras)


def references(procedure: Procedure, eras: Sequence[Era]) -> tuple[SourceRef, ...]:
    """Where the history was read; such sources carry no update date."""
    return tuple(
        SourceRef(procedure.code, title, None, None) for title in dict.fromkeys(e.source for e in eras)
    )


def ends_of_offices(procedure: Procedure) -> tuple[date, ...]:
    """Last days of earlier agencies and places."""
    return tuple(era.valid_to for era in procedure.history if era.authority or era.place)
