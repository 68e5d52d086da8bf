"""Charts as pictures inside the page: an SVG in an ``img`` keeps its styles and runs no script."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pygal  # type: ignore[import-untyped]
from pygal.style import Style  # type: ignore[import-untyped]

from bot.console import numbers
from bot.steering.figure import Figure, Kind, Row
from bot.steering.wording import Naming

MOST_BARS = 15
_LONGEST_LABEL = 44
_WIDTH, _BAR, _EDGE = 860, 34, 70
_OVER_TIME = frozenset({"day", "week", "month"})
# Told apart without colours of red against green, on white at least 3:1.
_STYLE = Style(
    background="transparent",
    plot_background="#ffffff",
    foreground="#1b1d21",
    foreground_strong="#1b1d21",
    foreground_subtle="#4f5661",
    guide_stroke_color="#d6dae0",
    major_guide_stroke_color="#d6dae0",
    opacity="1",
    font_family="system-ui, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif",
    label_font_size=13,
    major_label_font_size=13,
    legend_font_size=13,
    no_data_font_size=16,
    colors=("#0b4fb3", "#c2570c", "#5b6470", "#7a3e9d", "#0f766e"),
)


@dataclass(frozen=True)
class _Wanted:
    """A chart is the same as long as its figure and what is said of it are."""

    figure: Figure
    names: tuple[str, ...]
    naming: Naming = field(compare=False)


def chart(figure: Figure, naming: Naming) -> str:
    """A data address; "" where there is nothing to compare. Drawn once: it takes longer than to count."""
    names = (
        naming.key(*pair) for row in figure.rows for pair in zip(figure.dimensions, row.keys, strict=True)
    )
    return _drawn(_Wanted(figure, tuple(names), naming))


@lru_cache(maxsize=64)
def _drawn(wanted: _Wanted) -> str:
    figure, naming = wanted.figure, wanted.naming
    rows = [row for row in figure.rows if _height(figure, row) is not None]
    if len(rows) < 2 or not any(_height(figure, row) for row in rows):
        return ""
    if len(figure.dimensions) == 2 and figure.kind is not Kind.COUNT:
        return _grouped(figure, rows, naming)
    if figure.dimensions[0] in _OVER_TIME:
        return _over_time(figure, naming)
    return _bars(figure, rows[:MOST_BARS], naming)


def _bars(figure: Figure, rows: Sequence[Row], naming: Naming) -> str:
    """The number stands beside the name of its bar: on short bars there is no room for it."""
    drawn = pygal.HorizontalBar(
        **_options(_EDGE + _BAR * len(rows)), show_legend=False, value_formatter=_axis(figure)
    )
    # The first of a horizontal chart is at its bottom.
    ordered = list(reversed(rows))
    drawn.x_labels = [f"{_name(figure, row, naming)}: {_told(figure, row)}" for row in ordered]
    drawn.add("", [_height(figure, row) for row in ordered])
    return str(drawn.render_data_uri())


def _grouped(figure: Figure, rows: Sequence[Row], naming: Naming) -> str:
    """Parts of a whole lie end to end, what is compared side by side."""
    outer, inner = figure.dimensions
    places = list(dict.fromkeys(row.keys[0] for row in rows))[:MOST_BARS]
    stacked = inner == "level"
    # Always in the same order: a colour means the same on every chart.
    series = list(naming.file.dimensions[inner].values)
    height = _EDGE + 5 * _BAR + _BAR * len(places) if stacked else 320
    draw = pygal.HorizontalStackedBar if stacked else pygal.Bar
    drawn = draw(
        **_options(height),
        legend_at_bottom=True,
        legend_at_bottom_columns=1 if stacked else len(series),
        value_formatter=numbers.percent,
    )
    found = {row.keys: row for row in rows}
    ordered = places[::-1] if stacked else places
    drawn.x_labels = [_short(naming.key(outer, place)) for place in ordered]
    for name in series:
        cells = [found.get((place, name)) for place in ordered]
        drawn.add(naming.key(inner, name), [row.value if row else None for row in cells])
    return str(drawn.render_data_uri())


def _over_time(figure: Figure, naming: Naming) -> str:
    outer, inner = figure.dimensions
    times = list(dict.fromkeys(row.keys[0] for row in figure.rows))
    found = {row.keys: row.count for row in figure.rows}
    drawn = pygal.StackedBar(
        **_options(320),
        legend_at_bottom=True,
        legend_at_bottom_columns=3,
        x_label_rotation=40,
        value_formatter=lambda number: numbers.count(round(number)),
        show_minor_x_labels=False,
    )
    drawn.x_labels = [naming.key(outer, time) for time in times]
    drawn.x_labels_major = drawn.x_labels[:: max(1, len(times) // 15)]
    for name in dict.fromkeys(row.keys[1] for row in figure.rows):
        drawn.add(naming.key(inner, name), [found[time, name] for time in times])
    return str(drawn.render_data_uri())


def _options(height: int) -> dict[str, object]:
    return {
        "js": [],
        "style": _STYLE,
        "width": _WIDTH,
        "height": height,
        "margin": 8,
        "margin_right": 40,
        "truncate_label": -1,
        "truncate_legend": -1,
        "no_prefix": True,
        "show_y_guides": True,
        "include_x_axis": True,
        "min_scale": 3,
        "max_scale": 6,
    }


def _height(figure: Figure, row: Row) -> float | None:
    """What a bar is as long as."""
    if row.hidden:
        return None
    return row.count if _by_count(figure) else row.value


def _told(figure: Figure, row: Row) -> str:
    value = numbers.value(figure, row)
    if not _by_count(figure):
        return value
    counted = numbers.count(row.count or 0)
    return f"{counted} ({value})" if value else counted


def _axis(figure: Figure) -> Callable[[float], str]:
    if _by_count(figure):
        return lambda height: numbers.count(round(height))
    return lambda height: numbers.value(figure, Row((), None, value=height))


def _by_count(figure: Figure) -> bool:
    """The funnel is about how many are left, not only about which part."""
    return figure.kind is Kind.COUNT or figure.key == "funnel"


def _name(figure: Figure, row: Row, naming: Naming) -> str:
    keys = zip(figure.dimensions, row.keys, strict=True)
    return _short(" · ".join(naming.key(dimension, key) for dimension, key in keys))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else text[: _LONGEST_LABEL - 1] + "…"
