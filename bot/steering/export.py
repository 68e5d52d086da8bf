"""A report as a file: JSON for the operations centre, CSV and XLSX for people. Pure."""

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from enum import Enum
from io import BytesIO, StringIO
from typing import Any

import msgspec
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from bot.steering.figure import FEWEST, Figure, Kind, Row
from bot.steering.report import Group, Report

_DIMENSIONS = 3
_WIDEST = 60
_Cell = str | int | float | None
_HEAD = (
    "Nhóm",
    "Chỉ số",
    *(f"{what} {number}" for number in range(1, _DIMENSIONS + 1) for what in ("Chiều", "Mục")),
    "Số lượng",
    "Mẫu số",
    "Giá trị",
    "Đơn vị",
    "Cận dưới 95%",
    "Cận trên 95%",
    "Ghi chú",
    "n",
    "n là",
    "Mẫu số là",
    "Mục tiêu",
    "Từ ngày",
    "Đến ngày",
    "Phạm vi",
    "Cập nhật lúc",
    "Định nghĩa",
)


class Format(str, Enum):
    """What a report can be written as; the value is the ending of the file."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"


MEDIA_TYPES: Mapping[Format, str] = {
    Format.JSON: "application/json",
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export(report: Report, form: Format) -> bytes:
    """The file."""
    return _FORMS[form](report)


def file_name(report: Report, form: Format) -> str:
    """``figures_<first day>_<last day>.<ending>``."""
    return f"figures_{report.period.first}_{report.period.last}.{form.value}"


def stamp(report: Report) -> datetime:
    """When it was counted, where the citizens are."""
    return datetime.fromtimestamp(int(report.refreshed_at), report.period.zone)


def _json(report: Report) -> bytes:
    texts = {moment.day: moment.text for moment in report.naming.file.breaks}
    shape = {
        "period": {"from": report.period.first, "to": report.period.last, "zone": report.period.zone.key},
        "scope": report.naming.file.scope,
        "refreshed_at": stamp(report),
        "hidden_below": FEWEST,
        "breaks": [{"day": day, "text": texts[day]} for day in report.breaks],
        "figures": [
            _figure(report, group, figure) for group, figures in report.figures.items() for figure in figures
        ],
    }
    return msgspec.json.format(msgspec.json.encode(shape), indent=1)


def _figure(report: Report, group: Group, figure: Figure) -> dict[str, Any]:
    definition = report.naming.of(figure)
    return {
        "key": figure.key,
        "group": group.value,
        "name": definition.name,
        "definition": definition.definition,
        "kind": figure.kind.value,
        "of_the_moment": definition.now,
        "n": None if _is_hidden(figure) else figure.n,
        "n_name": definition.n,
        "denominator": definition.of,
        "target": definition.target,
        "dimensions": [{"key": key, "name": report.naming.column(key)} for key in figure.dimensions],
        "rows": [_row(report, figure, row) for row in figure.rows],
    }


def _row(report: Report, figure: Figure, row: Row) -> dict[str, Any]:
    where = zip(figure.dimensions, row.keys, strict=True)
    names = [report.naming.key(dimension, key) for dimension, key in where]
    return {
        "keys": row.keys,
        "names": names,
        "count": row.count,
        "of": row.of,
        "value": _rounded(row.value),
        "low": _rounded(row.low),
        "high": _rounded(row.high),
        "hidden": row.hidden,
        "measured": row.hidden or row.count is not None,
    }


def _csv(report: Report) -> bytes:
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(_HEAD)
    for group, figures in report.figures.items():
        for figure in figures:
            writer.writerows(_lines(report, group, figure))
    # Without the mark spreadsheets take the text for another encoding.
    return out.getvalue().encode("utf-8-sig")


def _xlsx(report: Report) -> bytes:
    book = Workbook()
    for empty in book.worksheets:
        book.remove(empty)
    for group, figures in report.figures.items():
        sheet = book.create_sheet(report.naming.file.groups[group.value][:31])
        sheet.append(_HEAD)
        for figure in figures:
            for line in _lines(report, group, figure):
                sheet.append(line)
        sheet.freeze_panes = "A2"
        for cell in sheet[1]:
            cell.font = Font(bold=True)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        for number, column in enumerate(sheet.iter_cols(values_only=True), 1):
            longest = max(len(str(value)) for value in column if value is not None)
            sheet.column_dimensions[get_column_letter(number)].width = min(longest, _WIDEST) + 2
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _lines(report: Report, group: Group, figure: Figure) -> Iterator[list[_Cell]]:
    naming, definition = report.naming, report.naming.of(figure)
    shared: list[_Cell] = [
        naming.file.hidden if _is_hidden(figure) else figure.n,
        definition.n,
        definition.of,
        definition.target,
        "" if definition.now else report.period.first.isoformat(),
        "" if definition.now else report.period.last.isoformat(),
        naming.file.scope,
        stamp(report).isoformat(),
        definition.definition,
    ]
    for row in figure.rows:
        where = [
            text
            for dimension, key in zip(figure.dimensions, row.keys, strict=True)
            for text in (naming.column(dimension), naming.key(dimension, key))
        ]
        where += [""] * (2 * _DIMENSIONS - len(where))
        numbers = [
            row.count,
            row.of,
            _rounded(row.value),
            _UNITS[figure.kind],
            _rounded(row.low),
            _rounded(row.high),
        ]
        note = naming.file.hidden if row.hidden else naming.file.unmeasured if row.count is None else ""
        line = [naming.file.groups[group.value], definition.name, *where, *numbers, note, *shared]
        yield [_harmless(cell) for cell in line]


def _is_hidden(figure: Figure) -> bool:
    return figure.people and 0 < figure.n < FEWEST


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _harmless(cell: _Cell) -> _Cell:
    """Spreadsheets must not take a text for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


_UNITS = {
    Kind.COUNT: "",
    Kind.SHARE: "0-1",
    Kind.SECONDS: "s",
    Kind.MILLISECONDS: "ms",
    Kind.POINTS: "điểm %",
}
_FORMS: Mapping[Format, Callable[[Report], bytes]] = {
    Format.JSON: _json,
    Format.CSV: _csv,
    Format.XLSX: _xlsx,
}
