"""Puts figures together: which belong to a page, and everything a reader must know of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.answers.outcome import Outcome
from bot.catalogue.tables import procedure, procedure_version
from bot.catalogue.tables_context import agency
from bot.steering import freshness, funnel, gaps, judged, levels, people, quality, use
from bot.steering.days import daily, totals
from bot.steering.figure import Figure, concealed
from bot.steering.levels_kept import levels_now
from bot.steering.measure import Measure, number
from bot.steering.period import Period, day_of
from bot.steering.wording import FiguresFile, Naming


class Group(str, Enum):
    """Figures that are looked at together."""

    USE = "use"
    QUALITY = "quality"
    PEOPLE = "people"
    FUNNEL = "funnel"
    GAPS = "gaps"
    CATALOGUE = "catalogue"
    LEVELS = "levels"


@dataclass(frozen=True)
class Report:
    """Figures of a period, safe to show. ``refreshed_at``: when they were counted; ``breaks``: days inside
    the period from which on numbers mean something else; ``naming``: what everything is called.
    """

    period: Period
    refreshed_at: float
    figures: Mapping[Group, tuple[Figure, ...]]
    breaks: tuple[date, ...]
    naming: Naming


def measure(
    connection: Connection, groups: Sequence[Group], period: Period, file: FiguresFile, now: float
) -> Report:
    """Count these groups of figures."""
    today = day_of(now, period.zone)
    counted = {group: _COUNTED[group](connection, period, today, file) for group in groups}
    shown = {group: tuple(map(concealed, figures)) for group, figures in counted.items()}
    crossed = tuple(period.crossed(moment.day for moment in file.breaks))
    return Report(period, now, shown, crossed, _naming(connection, file, shown))


def _use(connection: Connection, period: Period, _today: date, _file: FiguresFile) -> list[Figure]:
    turns = totals(connection, Measure.TURN, period)
    return [
        use.volume(daily(connection, Measure.TURN, period), period),
        use.outcomes(turns),
        use.fallback(turns),
        use.clarification(totals(connection, Measure.CONTACT, period)),
        use.repeats(totals(connection, Measure.TOPIC, period)),
        use.speed(totals(connection, Measure.SPEED, period)),
    ]


def _quality(connection: Connection, period: Period, _today: date, _file: FiguresFile) -> list[Figure]:
    turns = totals(connection, Measure.TURN, period)
    contacts = number(totals(connection, Measure.CONTACT, period))
    thumbs = totals(connection, Measure.THUMB, period)
    compared = quality.equity(turns)
    return [
        quality.correctness(judged.verdicts(connection, period), judged.sampled(connection, period)),
        quality.satisfaction(judged.grades(connection, period), contacts),
        quality.thumbs(thumbs, number(row for row in turns if row.a)),
        compared,
        quality.equity_gap(compared),
        quality.equity_thumbs(thumbs),
    ]


def _people(connection: Connection, period: Period, _today: date, _file: FiguresFile) -> list[Figure]:
    contacts = number(totals(connection, Measure.CONTACT, period))
    turns = totals(connection, Measure.TURN, period)
    about_safety = number(row for row in turns if row.a == Outcome.SAFETY.value)
    resolution = people.count_resolution(connection, period)
    return [
        people.handoffs(people.count_causes(connection, period), contacts),
        people.waiting("first_response", people.count_first_response(connection, period)),
        people.waiting("resolution", resolution),
        people.reopened(people.count_reopened(connection, period), resolution.opened),
        people.safety(people.count_safety(connection, period, about_safety)),
    ]


def _funnel(connection: Connection, period: Period, _today: date, _file: FiguresFile) -> list[Figure]:
    cohort = funnel.count_cohort(connection, period)
    return [
        funnel.funnel(number(totals(connection, Measure.TOPIC, period)), cohort),
        funnel.drop_off(cohort),
    ]


def _gaps(connection: Connection, period: Period, _today: date, file: FiguresFile) -> list[Figure]:
    return [
        gaps.unanswered(totals(connection, Measure.NO_DATA, period)),
        gaps.unanswered_words(gaps.read_questions(connection, period, frozenset(file.idle))),
    ]


def _catalogue(connection: Connection, _period: Period, today: date, _file: FiguresFile) -> list[Figure]:
    return [
        freshness.freshness(freshness.count_checked(connection, today)),
        freshness.expiring(freshness.count_expiring(connection), today),
    ]


def _levels(connection: Connection, period: Period, _today: date, _file: FiguresFile) -> list[Figure]:
    known = levels_now(connection)
    return [
        levels.overall(known.stated),
        levels.by_field(known.stated),
        levels.by_agency(known.offered),
        levels.candidates(known.stated, totals(connection, Measure.ASKED, period)),
    ]


_COUNTED: Mapping[Group, Callable[[Connection, Period, date, FiguresFile], Sequence[Figure]]] = {
    Group.USE: _use,
    Group.QUALITY: _quality,
    Group.PEOPLE: _people,
    Group.FUNNEL: _funnel,
    Group.GAPS: _gaps,
    Group.CATALOGUE: _catalogue,
    Group.LEVELS: _levels,
}


def _naming(connection: Connection, file: FiguresFile, shown: Mapping[Group, Sequence[Figure]]) -> Naming:
    """Names of the procedures and agencies that are shown."""
    keys: dict[str, set[str]] = {"procedure": set(), "agency": set()}
    for figures in shown.values():
        for figure in figures:
            for place, dimension in enumerate(figure.dimensions):
                if dimension in keys:
                    keys[dimension] |= {row.keys[place] for row in figure.rows}
    version = procedure_version
    procedures = (
        select(procedure.c.code, version.c.short_name, version.c.name)
        .join(version, version.c.procedure_id == procedure.c.id)
        .where(version.c.superseded_at.is_(None), procedure.c.code.in_(keys["procedure"]))
    )
    agencies = (
        select(agency.c.code, agency.c.name)
        .where(agency.c.superseded_at.is_(None), agency.c.code.in_(keys["agency"]))
        .order_by(agency.c.id)
    )
    own: dict[str, dict[str, str]] = {"procedure": {}, "agency": {}}
    if keys["procedure"]:
        own["procedure"] = {
            code: f"{code} {short or name}" for code, short, name in connection.execute(procedures)
        }
    if keys["agency"]:
        own["agency"] = dict(connection.execute(agencies).all())
    return Naming(file, own)
