"""The growth of search drawn as SVG: time of work beside memory. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

_WIDTH, _HEIGHT = 760, 300
_PANEL, _TOP, _BOTTOM = 290, 56, 240
_LEFTS = (60, 430)
_COLOURS = ("#0b5cad", "#c2410c")
_STEPS = 4

Points = Sequence[tuple[float, float]]


def plot(rows: Sequence[Mapping[str, Any]]) -> str:
    """An SVG of rows of ``growth.measure``: work on a question and cost of the index by records."""
    times = {
        f"{share}, ms of work": [(row["records"], row["work_ms"][share]) for row in rows]
        for share in ("p50", "p99")
    }
    costs = {
        "index, MB": [(row["records"], row["index_mb"]) for row in rows],
        "build, s of work × 10": [(row["records"], row["build_work_s"] * 10) for row in rows],
    }
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            'font-family="sans-serif" font-size="12" fill="#222">',
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
            *_panel("Understanding and search", times, _LEFTS[0]),
            *_panel("Search index", costs, _LEFTS[1]),
            "</svg>",
            "",
        ]
    )


def _panel(title: str, series: Mapping[str, Points], left: int) -> list[str]:
    widest = max((x for points in series.values() for x, _ in points), default=1)
    highest = _ceiling(max((y for points in series.values() for _, y in points), default=1))
    lines = [f'<text x="{left}" y="20" font-weight="bold">{title}</text>']
    for step in range(_STEPS + 1):
        height = _BOTTOM - (_BOTTOM - _TOP) * step / _STEPS
        lines.append(f'<path d="M{left} {height:.1f}h{_PANEL}" stroke="#ddd"/>')
        lines.append(
            f'<text x="{left - 6}" y="{height + 4:.1f}" text-anchor="end">{highest * step / _STEPS:g}</text>'
        )
    for x in sorted({x for points in series.values() for x, _ in points}):
        place = left + _PANEL * x / widest
        lines.append(f'<text x="{place:.1f}" y="{_BOTTOM + 18}" text-anchor="middle">{x:,}</text>')
    middle = left + _PANEL / 2
    lines.append(f'<text x="{middle:g}" y="{_BOTTOM + 40}" text-anchor="middle">records</text>')
    for number, (name, points) in enumerate(series.items()):
        colour = _COLOURS[number % len(_COLOURS)]
        places = [(left + _PANEL * x / widest, _BOTTOM - (_BOTTOM - _TOP) * y / highest) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        lines += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        lines.append(f'<text x="{left + number * 130}" y="40" fill="{colour}">{name}</text>')
    return lines


def _ceiling(value: float) -> float:
    """The next round number: 1, 2, 4 or 8 times a power of ten."""
    power = 1.0
    while power * 10 < value:
        power *= 10
    return next(power * factor for factor in (1, 2, 4, 8, 10) if power * factor >= value)
