"""The level programme; each figure on an example counted by hand."""

from datetime import date

import pytest
from sqlalchemy.engine import Engine

from bot.steering import levels
from bot.steering.levels import Level, Offered, Stated
from bot.steering.measure import Counted
from bot.steering.targets import Target, progress
from tests.steering.records import STATED_ON, fill

STATED = [
    Stated("1", "Khai sinh", "Hộ tịch", Level.FULL),
    Stated("2", "Kết hôn", "Hộ tịch", Level.PARTIAL),
    Stated("3", "Khai tử", "Hộ tịch", Level.FULL),
    Stated("4", "Bến đò", "Đường thủy", Level.NONE),
    Stated("5", "Cắm mốc", "Đất đai", Level.MIXED),
]
TODAY = date(2026, 11, 22)


def test_each_share_has_the_procedures_of_its_field_below_it() -> None:
    found = levels.by_field(STATED)
    assert found.n == 5
    assert [(row.keys, row.count, row.of) for row in found.rows] == [
        (("Hộ tịch", "full"), 2, 3),
        (("Hộ tịch", "partial"), 1, 3),
        (("Đất đai", "mixed"), 1, 1),
        (("Đường thủy", "none"), 1, 1),
    ]
    whole = {row.keys[0]: (row.count, row.of) for row in levels.overall(STATED).rows}
    assert whole["full"] == (2, 5)
    assert whole["none"] == (1, 5)


def test_agencies_are_counted_each_with_its_own_procedures() -> None:
    found = levels.by_agency([Offered("XA", Level.FULL, 6), Offered("XA", Level.PARTIAL, 2)])
    assert [(row.keys[1], row.count, row.of, row.value) for row in found.rows] == [
        ("full", 6, 8, 0.75),
        ("partial", 2, 8, 0.25),
    ]


def test_candidates_are_what_is_asked_most_and_not_full() -> None:
    """Upgrading what nobody asks for saves nobody a way."""
    asked = [Counted("", "1", "", 90), Counted("", "4", "", 30), Counted("", "2", "", 40)]
    found = levels.candidates(STATED, asked)
    assert (found.n, [(row.keys, row.count) for row in found.rows]) == (
        70,
        [(("2", "Hộ tịch", "partial"), 40), (("4", "Đường thủy", "none"), 30)],
    )


def target(**values: object) -> Target:
    return Target(**{"name": "x", "level": Level.FULL, "source": "s", **values})  # type: ignore[arg-type]


def test_progress_counts_what_a_target_is_about() -> None:
    asked = [
        target(field="Hộ tịch", share=0.6, by=date(2026, 1, 1)),
        target(code="2", by=date(2026, 1, 1)),
        target(code="2", level=Level.PARTIAL),
        target(level=Level.PARTIAL, share=0.9),
        target(code="9"),
    ]
    found = [(one.reached, one.procedures, one.met, one.late) for one in progress(asked, STATED, TODAY)]
    assert found == [
        (2, 3, True, False),
        (0, 1, False, True),
        (1, 1, True, False),
        (4, 5, False, False),
        (0, 0, False, False),
    ]


@pytest.mark.parametrize("values", [{"level": Level.NONE}, {"share": 80}, {"code": "1", "field": "f"}])
def test_what_is_no_target_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no target"):
        target(**values)


def test_a_procedure_counts_once_and_only_on_the_scale_of_today(engine: Engine) -> None:
    """Level 4 of 2011 is no full service of 2026, and a ministry's procedure is none of the province."""
    fill(engine)
    with engine.connect() as connection:
        stated = levels.read_stated(connection)
        offered = levels.count_offered(connection)
        assert levels.stated_on(connection) == STATED_ON
    assert [(one.code, one.level) for one in stated] == [
        ("1.000001", Level.FULL),
        ("1.000002", Level.PARTIAL),
        ("1.000003", Level.MIXED),
        ("1.000004", Level.NONE),
    ]
    assert sorted(offered, key=lambda one: (one.agency, one.level.value)) == [
        Offered("H49.1", Level.FULL, 1),
        Offered("H49.1", Level.PARTIAL, 1),
        Offered("XA", Level.FULL, 2),
        Offered("XA", Level.PARTIAL, 1),
    ]
