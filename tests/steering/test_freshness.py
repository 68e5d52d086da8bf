"""How fresh the catalogue is: counted by hand."""

from datetime import date

from sqlalchemy.engine import Engine

from bot.catalogue.enums import Scope
from bot.steering import freshness
from bot.steering.freshness import Checked, Expiring
from tests.steering.records import fill

TODAY = date(2026, 11, 22)


def test_read_is_not_checked() -> None:
    """Taking a page over does not make it right."""
    found = freshness.freshness([Checked(Scope.IN_FORCE, 40, 10, 20), Checked(Scope.NATIONWIDE, 10, 0, 0)])
    assert found.n == 50
    assert [(row.keys, row.count, row.of) for row in found.rows] == [
        (("in_force", "checked"), 10, 40),
        (("in_force", "read"), 20, 40),
        (("nationwide", "checked"), 0, 10),
        (("nationwide", "read"), 0, 10),
    ]


def test_what_ends_soon_stands_below_what_has_ended() -> None:
    found = freshness.expiring(
        [
            Expiring("fee", date(2026, 12, 31), 20),
            Expiring("procedure", date(2026, 11, 21), 2),
            Expiring("fee", date(2026, 11, 22), 1),
            Expiring("fee", date(2027, 12, 31), 9),
        ],
        TODAY,
    )
    assert [(row.keys, row.count) for row in found.rows] == [
        (("procedure", "2026-11-21", "ended"), 2),
        (("fee", "2026-11-22", "ends"), 1),
        (("fee", "2026-12-31", "ends"), 20),
    ]


def test_a_procedure_counts_as_checked_for_thirty_days(engine: Engine) -> None:
    fill(engine)
    with engine.connect() as connection:
        assert freshness.count_checked(connection, TODAY) == [
            Checked(Scope.IN_FORCE, procedures=4, fresh=1, read=2),
            Checked(Scope.NATIONWIDE, procedures=1, fresh=1, read=0),
        ]
        assert freshness.count_expiring(connection) == [Expiring("fee", date(2026, 12, 31), 2)]
