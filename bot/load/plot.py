"""The contenders drawn as SVG: throughput, slowest replies, work and memory. Pure."""

from collections.abc import Mapping, Sequence
from math import log10
from typing import Any

from bot.evaluation.bench import text
from bot.load.traffic import Traffic

_LEFT, _BAR, _HEIGHT, _GAP = 210, 330, 13, 10
_COLOURS = {Traffic.COLD.value: "#0b5cad", Traffic.AS_THEY_COME.value: "#c2410c"}
_NAMES = {Traffic.COLD.value: "every text new", Traffic.AS_THEY_COME.value: "as they come"}
_PANELS = (
    ("messages/s, 16 citizens at once", "msg_s"),
    ("p95 in ms, 16 citizens at once", "p95"),
    ("work a message in ms, 16 citizens at once", "cpu_ms"),
)
_MEMORY = "memory (RSS) in MB"

Bar = tuple[str, float, str]
"""(title, value, colour)."""


def plot(contenders: Mapping[str, Any]) -> str:
    """An SVG of ``figures.summary`` with titles; bars are on a logarithmic scale, with their values."""
    panels = [(title, _bars(contenders, name)) for title, name in _PANELS]
    panels.append(
        (_MEMORY, [(one["title"], one["rss_mb"], "#555") for one in contenders.values() if one["rss_mb"]])
    )
    lines: list[str] = []
    top = 40
    for title, bars in panels:
        drawn = panel(f"{title} (logarithmic scale)", bars, top, logarithmic=True)
        lines += drawn
        top += 34 + len(bars) * (_HEIGHT + _GAP // 2)
    legend = [
        f'<text x="{_LEFT + 150 * number}" y="20" fill="{_COLOURS[kind]}">■ {name}</text>'
        for number, (kind, name) in enumerate(_NAMES.items())
    ]
    return svg(_LEFT + _BAR + 90, top, [*legend, *lines])


def svg(width: int, height: int, lines: Sequence[str]) -> str:
    """A drawing on white."""
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
            'font-family="sans-serif" font-size="12" fill="#222">',
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            *lines,
            "</svg>",
            "",
        ]
    )


def panel(title: str, bars: Sequence[Bar], top: int, logarithmic: bool = False) -> list[str]:
    """Bars below each other under a title; on a logarithmic scale values of 1 and less have the shortest."""

    def length(value: float) -> float:
        return log10(max(value, 1)) if logarithmic else value

    lines = [f'<text x="{_LEFT}" y="{top}" font-weight="bold">{title}</text>']
    most = max((length(value) for _, value, _ in bars), default=0) or 1
    shown = ""
    for number, (name, value, colour) in enumerate(bars):
        y = top + 8 + number * (_HEIGHT + _GAP // 2)
        width = 4 + _BAR * length(value) / most
        if name != shown:
            lines.append(f'<text x="{_LEFT - 8}" y="{y + 11}" text-anchor="end">{name}</text>')
            shown = name
        lines.append(f'<rect x="{_LEFT}" y="{y}" width="{width:.1f}" height="{_HEIGHT}" fill="{colour}"/>')
        lines.append(f'<text x="{_LEFT + width + 6:.1f}" y="{y + 11}">{text(round(value, 1))}</text>')
    return lines


def _bars(contenders: Mapping[str, Any], figure: str) -> list[Bar]:
    return [
        (one["title"], phases["16"][figure], _COLOURS[kind])
        for one in contenders.values()
        for kind, phases in one["traffic"].items()
        if phases.get("16", {}).get(figure)
    ]
