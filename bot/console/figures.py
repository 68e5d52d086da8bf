"""Dashboards: what is asked, whether it is answered well, and what happens next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console import numbers
from bot.console.charts import chart
from bot.console.context import Console, console_of
from bot.console.guard import needs
from bot.console.period_choice import Choice, chosen
from bot.staff.roles import Permission
from bot.steering.figure import FEWEST, Figure, Kind, Row
from bot.steering.report import Group, Report, measure
from bot.steering.wording import Break, Definition, FiguresFile, Naming, read_figures

PATH = "/console/figures"
DASHBOARDS = (Group.USE, Group.QUALITY, Group.PEOPLE, Group.FUNNEL, Group.GAPS, Group.CATALOGUE)


@dataclass(frozen=True)
class Line:
    """``keys``: what is told of the row; ``cells``: a text for each column."""

    keys: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Panel:
    """A figure as it is shown. ``headline``: where one number says it all."""

    key: str
    definition: Definition
    n: str
    chart: str
    headline: str
    dimensions: tuple[str, ...]
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


def routes() -> list[Route]:
    return [Route(PATH, figures, methods=["GET"])]


@needs(Permission.ANALYSE)
async def figures(request: Request) -> Response:
    console = console_of(request)
    asked = request.query_params.get("group", Group.USE.value)
    if asked not in {group.value for group in DASHBOARDS}:
        raise HTTPException(404)
    group, choice, file = Group(asked), chosen(request.query_params, console), file_of(console)

    def work(connection: Connection) -> tuple[Report, Report | None, list[Panel]]:
        # Charts are drawn here too: others wait for the event loop, not for this thread.
        report, before = measured(connection, [group], choice, file, console.now())
        return report, before, panels(console, report, before, group)

    report, before, shown = await console.run(work)
    return console.page(
        request,
        "figures.html",
        group=group.value,
        groups=[(one.value, file.groups[one.value], _address(one, choice)) for one in DASHBOARDS],
        panels=shown,
        **shared(choice, report, before, PATH, group=group.value),
    )


def measured(
    connection: Connection, groups: Sequence[Group], choice: Choice, file: FiguresFile, now: float
) -> tuple[Report, Report | None]:
    """The figures and, where they are compared, those of the period before."""
    report = measure(connection, groups, choice.period, file, now)
    before = measure(connection, groups, choice.period.before(), file, now) if choice.compare else None
    return report, before


def shared(
    choice: Choice, report: Report, before: Report | None, path: str, **more: str
) -> Mapping[str, Any]:
    """What every page of figures tells: period, breaks, scope, and when it was counted."""
    return {
        "choice": choice,
        "before": before.period if before else None,
        "links": choice.links(path, **more),
        "breaks": _breaks(report, before),
        "scope": report.naming.file.scope,
        "refreshed_at": report.refreshed_at,
        "action": path,
    }


def panels(console: Console, report: Report, before: Report | None, group: Group) -> list[Panel]:
    earlier = {figure.key: figure for figure in before.figures[group]} if before else {}
    return [
        _panel(console, figure, earlier.get(figure.key), report.naming) for figure in report.figures[group]
    ]


def file_of(console: Console) -> FiguresFile:
    return _file(console.settings.data_dir / "steering" / "figures.yaml")


@lru_cache(maxsize=4)
def _file(path: Path) -> FiguresFile:
    return read_figures(path)


def _address(group: Group, choice: Choice) -> str:
    return f"{PATH}?{urlencode({'group': group.value, **choice.query})}"


def _breaks(report: Report, before: Report | None) -> list[Break]:
    """Of the period, and between it and the one it is compared with."""
    days: set[date] = set(report.breaks) | set(before.breaks if before else ())
    moments = report.naming.file.breaks
    return [one for one in moments if one.day in days or (before and one.day == report.period.first)]


def _panel(console: Console, figure: Figure, earlier: Figure | None, naming: Naming) -> Panel:
    definition = naming.of(figure)
    with_of = any(row.of is not None for row in figure.rows)
    with_value = figure.kind is not Kind.COUNT
    with_range = any(row.low is not None for row in figure.rows)
    compared = None if earlier is None or definition.now else {row.keys: row for row in earlier.rows}
    columns = [console.say("figure_count")]
    columns += [console.say("figure_of")] if with_of else []
    columns += [naming.file.kinds[figure.kind.value]] if with_value else []
    columns += [console.say("figure_range")] if with_range else []
    columns += [console.say("figure_before")] if compared is not None else []
    lines = []
    for row in figure.rows:
        cells = [_count(row, naming)]
        cells += ["" if row.of is None else numbers.count(row.of)] if with_of else []
        cells += [numbers.value(figure, row)] if with_value else []
        cells += [_range(row)] if with_range else []
        cells += [_told(figure, compared.get(row.keys), naming)] if compared is not None else []
        keys = zip(figure.dimensions, row.keys, strict=True)
        lines.append(Line(tuple(naming.key(dimension, key) for dimension, key in keys), tuple(cells)))
    few = figure.people and 0 < figure.n < FEWEST
    return Panel(
        key=figure.key,
        definition=definition,
        n=naming.file.hidden if few else numbers.count(figure.n),
        chart=chart(figure, naming),
        headline=numbers.value(figure, figure.rows[0]) if len(figure.rows) == 1 else "",
        dimensions=tuple(naming.column(dimension) for dimension in figure.dimensions),
        columns=tuple(columns),
        lines=tuple(lines),
    )


def _count(row: Row, naming: Naming) -> str:
    if row.hidden:
        return naming.file.hidden
    return naming.file.unmeasured if row.count is None else numbers.count(row.count)


def _told(figure: Figure, row: Row | None, naming: Naming) -> str:
    """The whole of an earlier row in one cell."""
    if row is None or row.of == 0:
        return ""
    return numbers.value(figure, row) or _count(row, naming)


def _range(row: Row) -> str:
    if row.low is None or row.high is None:
        return ""
    return f"{numbers.percent(row.low)} – {numbers.percent(row.high)}"
