"""Counts and shares, each with its denominator and date."""

from bot.answers.context import ListQuery
from bot.answers.lists.listing import dotted
from bot.answers.lists.scope import level_word, scope_of
from bot.answers.lists.selection import agency_of, levels_of, tally, within
from bot.answers.lists.snapshot import snapshot_line
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Phrase, phrase
from bot.catalogue.enums import LevelValue
from bot.catalogue.statistics import Statistic
from bot.catalogue.view import Catalogue


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
        wanted = LevelValue(query.level)
        hits = sum(1 for p in found if wanted in levels_of(p, agency, catalogue))
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
    found = [s for s in catalogue.statistics if s.usable and s.as_of and s.as_of.year == year]
    if not found:
        return Answer(Outcome.NO_DATA, (phrase("utter_count_no_year", year=year),))
    lines = [figure(statistic) for statistic in found]
    return Answer(Outcome.COUNTED, (phrase("utter_count_year", year=year), *lines))


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
    """A share with one decimal, cut not rounded up past the truth: 77,8."""
    return f"{100 * part / whole:.1f}".replace(".", ",") if whole else "0"
