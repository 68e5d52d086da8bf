"""What disagrees in a record that many ask for is told wrong to many."""

from datetime import datetime, timezone

from sqlalchemy import delete, insert, select
from sqlalchemy.engine import Engine

from bot.catalogue.contradictions import ContradictionKind
from bot.catalogue.tables_context import contradiction, import_run
from bot.upkeep.disputed import disputed, kinds
from tests.reviews.conftest import NOON, Past
from tests.steering.records import fill

MOMENT = datetime(2026, 11, 22, tzinfo=timezone.utc)
FREE, LAW, SHARE = (
    ContradictionKind.FREE_BUT_SUM,
    ContradictionKind.REPEALED_TEXT,
    ContradictionKind.STATISTIC_SHARE,
)


def test_the_most_asked_for_comes_first(engine: Engine) -> None:
    """Two open ones of records, one of a figure; what is resolved is no work any more."""
    fill(engine)
    with engine.begin() as connection:
        Past(connection).asked(code="1.000003")
        # Those the import itself has found.
        connection.execute(delete(contradiction))
        shared = {"found_at": MOMENT, "import_run_id": connection.execute(select(import_run.c.id)).scalar()}
        for kind, subject, resolved in (
            (FREE, "1.000002", None),
            (LAW, "1.000003", None),
            (FREE, "1.000001", MOMENT),
            (SHARE, "on-time", None),
            (FREE, "1.000003", None),
        ):
            values = {"kind": kind.value, "subject": subject, "evidence": "a ≠ b", "resolved_at": resolved}
            connection.execute(insert(contradiction).values(**values, **shared))
        found = [(one.kind, one.subject, one.label, one.asked) for one in disputed(connection, NOON)]
        assert found == [
            (LAW, "1.000003", "Sang tên", 1),
            (FREE, "1.000003", "Sang tên", 1),
            (FREE, "1.000002", "Kết hôn", 0),
            (SHARE, "on-time", "", 0),
        ]
        assert [one.subject for one in disputed(connection, NOON, FREE, 1, 1)] == ["1.000002"]
        assert list(kinds(connection).items()) == [(FREE, 2), (LAW, 1), (SHARE, 1)]
