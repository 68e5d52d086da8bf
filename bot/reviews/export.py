"""A list of turns as CSV that a spreadsheet opens. Pure."""

import csv
import io
from collections.abc import Iterable, Sequence

MOST_ROWS = 10_000
_BOM = "\ufeff"
"""Spreadsheets read UTF-8 as such only with it."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_of(watermark: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """``watermark`` stands in the first line and in the last column of every row: a part of the file still
    tells who took it out and when.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_cell(watermark)])
    writer.writerow([_cell(title) for title in header])
    for row in rows:
        writer.writerow([*(_cell(value) for value in row), _cell(watermark)])
    return _BOM + out.getvalue()


def _cell(value: object) -> object:
    """What a citizen wrote must not be run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
