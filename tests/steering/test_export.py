"""Files that are opened elsewhere."""

import json
from datetime import date

from bot.steering.export import Format, export
from bot.steering.figure import Figure, Kind, Row
from bot.steering.report import Group, Report
from bot.steering.wording import Naming
from tests.steering.test_wording import FILE
from tests.steering.town import NOON, WEEK


def report(*rows: Row) -> Report:
    figure = Figure("unanswered_words", Kind.COUNT, ("words",), 20, rows)
    return Report(WEEK, NOON, {Group.GAPS: (figure,)}, (date(2026, 9, 1),), Naming(FILE, {}))


def test_a_word_that_looks_like_a_formula_stays_a_word() -> None:
    """A spreadsheet would run what a citizen typed."""
    line = export(report(Row(("=HYPERLINK(1)",), 7)), Format.CSV).decode("utf-8-sig").splitlines()[1]
    assert ",'=HYPERLINK(1)," in line


def test_what_is_not_measured_is_no_zero_and_no_secret() -> None:
    told = json.loads(export(report(Row(("a",), None), Row(("b",), None, hidden=True)), Format.JSON))
    rows = told["figures"][0]["rows"]
    assert [(row["measured"], row["hidden"]) for row in rows] == [(False, False), (True, True)]
    assert told["breaks"][0]["day"] == "2026-09-01"
    lines = (
        export(report(Row(("a",), None), Row(("b",), None, hidden=True)), Format.CSV).decode().splitlines()
    )
    assert "không đo được" in lines[1]
    assert "dưới 5" in lines[2]
