"""Counts and shares, each with its denominator and date."""

import re

from bot.answers.context import ListQuery
from bot.answers.lists.listing import dotted
from bot.answers.lists.scope import level_word, scope_of
from bot.answers.lists.selection import agency_of, tally, within
from bot.answers.lists.snapshot import snapshot_line
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Phrase, phrase
from bot.catalogue.enums import LevelValue
from bot.catalogue.statistics import Statistic
from bot.catalogue.view import Catalogue

_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")


def compose(query: ListQuery, catalogue: Catalogue, year: int | None = None) -> Answer:
    """How many procedures a query names, by level; for an earlier year the published figures."""
    if year is not None:
        return historical(year, catalogue)
    agency = agency_of(query, catalogue)
    found = within(query, catalogue)
    scope = scope_of(query, catalogue)
    if not found:
        return Answer(Outcome.NO_DATA, (phrase("utter_list_empty", scope=scope),))
    count = tally(found, agency, catalogue)
    phrases: list[Phrase] = []
    if query.level:
        hits = count.of(LevelValue(query.level))
        phrases.append(
            phrase(
                "utter_count_level",
                hits=dotted(hits),
                level=level_word(query.level),
                scope=scope,
                stated=dotted(count.stated),
                share=percent(hits, count.stated),
            )
        )
    phrases.append(
        phrase("utter_count_total", scope=scope, total=dotted(count.total), stated=dotted(count.stated))
    )
    if count.stated:
        phrases.append(
            phrase(
                "utter_count_split",
                full=dotted(count.full),
                partial=dotted(count.partial),
                mixed=dotted(count.mixed),
            )
        )
    phrases.extend(snapshot_line(found))
    return Answer(Outcome.COUNTED, tuple(phrases))


def historical(year: int, catalogue: Catalogue) -> Answer:
    """Figures published about a year; the contradictory ones are named as such."""
    found = [s for s in catalogue.statistics if s.usable and year in years_of(s)]
    if not found:
        return Answer(Outcome.NO_DATA, (phrase("utter_count_no_year", year=year),))
    lines = [figure(statistic) for statistic in found]
    return Answer(Outcome.COUNTED, (phrase("utter_count_year", year=year), *lines))


def years_of(statistic: Statistic) -> frozenset[int]:
    """Years a figure is about: of its day, else those its source names instead of a day."""
    if statistic.as_of:
        return frozenset({statistic.as_of.year})
    return frozenset(int(year) for year in _YEAR.findall(statistic.as_of_text))


def figure(statistic: Statistic) -> Phrase:
    """One published figure with denominator, date and source."""
    note = phrase("utter_figure_doubt", doubt=statistic.contradiction) if statistic.contradiction else ""
    if statistic.denominator and statistic.numerator is not None:
        return phrase(
            "utter_figure_share",
            label=statistic.label,
            numerator=dotted(statistic.numerator),
            denominator=dotted(statistic.denominator),
            name=statistic.denominator_name,
            share=percent(statistic.numerator, statistic.denominator),
            source=statistic.source,
            note=note,
        )
    return phrase(
        "utter_figure", label=statistic.label, claim=statistic.claim, source=statistic.source, note=note
    )


def percent(part: int, whole: int) -> str:
    """A share with one decimal: 77,9. Cut instead where rounding would claim all or none: 99,9."""
    if not whole:
        return "0"
    share = round(100 * part / whole, 1)
    if part < whole:
        share = min(share, 99.9)
    if part > 0:
        share = max(share, 0.1)
    return f"{share:.1f}".replace(".", ",")
