"""Agencies, units and figures are changed by two, and no import undoes what they decided."""

from datetime import datetime, timezone
from typing import Any

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.engine import Connection

from bot.amendments import shared_rows
from bot.amendments.shared_rows import TableError, TableFault
from bot.catalogue import tables_context as c
from bot.catalogue.agencies import Agency, AgencyKind
from bot.catalogue.contradictions import find_in_statistics
from bot.catalogue.importing.context import store_agencies, store_statistics
from bot.catalogue.importing.findings import store
from bot.catalogue.importing.shared_rows import believed, standing_row
from bot.catalogue.shared_tables import ChangeState, SharedTable
from bot.catalogue.statistics import CountedUnit, Statistic
from bot.staff.audit import Actor, entries
from bot.staff.tables import staff_account

NOON = 1_795_323_600.0  # 22/11/2026 12:00 in Vietnam
DAY = datetime(2026, 11, 22, 5, tzinfo=timezone.utc)
EDITOR, APPROVER = Actor(1, "lan"), Actor(2, "minh")
KEY = "H49.22|"
SHIPPED = (
    Agency(code="H49.22", name="Sở Tư pháp", kind=AgencyKind.DEPARTMENT),
    Agency(code="H49.30", name="Sở Nội vụ", kind=AgencyKind.DEPARTMENT),
)


@pytest.fixture
def catalogue(connection: Connection) -> Connection:
    """Two agencies, an editor and an approver."""
    for number, login in ((1, "lan"), (2, "minh")):
        values = {"id": number, "login": login, "name": login, "roles": [], "created_at": 0.0}
        connection.execute(insert(staff_account).values(values))
    store_agencies(connection, SHIPPED, DAY)
    return connection


def _propose(connection: Connection, **patch: Any) -> int:
    return shared_rows.propose(
        connection, EDITOR, SharedTable.AGENCY, KEY, patch, "Đổi tên", "36/2026/QH16", NOON
    )


def _hold(connection: Connection, **patch: Any) -> int:
    made = _propose(connection, **patch)
    assert shared_rows.decide(connection, APPROVER, made, True, "", NOON)
    return made


def _name(connection: Connection) -> str:
    row = standing_row(connection, SharedTable.AGENCY, KEY)
    assert row is not None
    return str(row["name"])


def test_a_change_holds_once_somebody_else_approved_it(catalogue: Connection) -> None:
    made = _propose(catalogue, name="Sở Tư pháp thành phố", kind="department")
    assert _name(catalogue) == "Sở Tư pháp"
    with pytest.raises(TableError) as own:
        shared_rows.decide(catalogue, EDITOR, made, True, "", NOON)
    assert own.value.fault is TableFault.OWN
    before = catalogue.execute(select(func.count()).select_from(c.catalogue_revision)).scalar_one()
    assert shared_rows.decide(catalogue, APPROVER, made, True, "Đúng", NOON)
    assert not shared_rows.decide(catalogue, APPROVER, made, True, "Đúng", NOON)
    assert _name(catalogue) == "Sở Tư pháp thành phố"
    after = catalogue.execute(select(func.count()).select_from(c.catalogue_revision)).scalar_one()
    assert after == before + 1  # what answers read is loaded again
    found = shared_rows.find(catalogue, made)
    assert found is not None and found.patch == {"name": "Sở Tư pháp thành phố"}
    log = entries(catalogue)
    assert [(entry.action, entry.detail["deed"]) for entry in log] == [
        ("table_changed", "approved"),
        ("table_changed", "proposed"),
    ]
    ended = catalogue.execute(select(c.agency.c.superseded_at).where(c.agency.c.name == "Sở Tư pháp"))
    assert ended.scalar_one() is not None  # what was believed before stays to be read


def test_an_import_does_not_undo_it_and_ends_it_when_the_source_agrees(catalogue: Connection) -> None:
    made = _hold(catalogue, name="Sở Tư pháp thành phố")
    assert store_agencies(catalogue, SHIPPED, DAY) == 0
    assert _name(catalogue) == "Sở Tư pháp thành phố"
    agreed = (Agency(code="H49.22", name="Sở Tư pháp thành phố", kind=AgencyKind.DEPARTMENT), SHIPPED[1])
    assert store_agencies(catalogue, agreed, DAY) == 0
    found = shared_rows.find(catalogue, made)
    assert found is not None and found.state is ChangeState.ABSORBED
    assert store_agencies(catalogue, SHIPPED, DAY) == 2  # from now on the source is followed again


def test_reverting_gives_what_the_source_says_by_now(catalogue: Connection) -> None:
    made = _hold(catalogue, name="Sở Tư pháp thành phố")
    newer = (Agency(code="H49.22", name="Sở Tư pháp TP", kind=AgencyKind.DEPARTMENT), SHIPPED[1])
    store_agencies(catalogue, newer, DAY)
    assert _name(catalogue) == "Sở Tư pháp thành phố"
    with pytest.raises(TableError):
        shared_rows.revert(catalogue, APPROVER, made, " ", NOON)
    assert shared_rows.revert(catalogue, APPROVER, made, "Nhầm", NOON)
    assert not shared_rows.revert(catalogue, APPROVER, made, "Nhầm", NOON)
    assert _name(catalogue) == "Sở Tư pháp TP"
    assert store_agencies(catalogue, newer, DAY) == 0


def test_two_changes_of_a_row_hold_together(catalogue: Connection) -> None:
    """The second one must not bring back what the first one corrected."""
    first = _hold(catalogue, name="Sở Tư pháp thành phố")
    second = _hold(catalogue, valid_to="2026-12-31")
    assert store_agencies(catalogue, SHIPPED, DAY) == 0
    assert _name(catalogue) == "Sở Tư pháp thành phố"
    states = [change.state for change in shared_rows.history(catalogue, SharedTable.AGENCY, KEY)]
    assert states == [ChangeState.IN_FORCE, ChangeState.REPLACED]
    assert not shared_rows.revert(catalogue, APPROVER, first, "x", NOON)
    assert shared_rows.revert(catalogue, APPROVER, second, "x", NOON)
    assert store_agencies(catalogue, SHIPPED, DAY) == 0


@pytest.mark.parametrize(
    ("patch", "reason", "fault"),
    [
        ({"name": "Sở Tư pháp"}, "x", TableFault.SAME),
        ({"name": "  "}, "x", TableFault.WRONG),
        ({"kind": "club"}, "x", TableFault.WRONG),
        ({"valid_to": "mai"}, "x", TableFault.WRONG),
        ({"name": "Sở"}, " ", TableFault.UNFOUNDED),
        ({"code": "H50"}, "x", TableFault.GONE),
    ],
)
def test_what_makes_no_sense_is_not_taken(
    catalogue: Connection, patch: dict[str, str], reason: str, fault: TableFault
) -> None:
    with pytest.raises(TableError) as refused:
        shared_rows.propose(catalogue, EDITOR, SharedTable.AGENCY, KEY, patch, reason, "Nghị quyết", NOON)
    assert refused.value.fault is fault


def test_what_changed_meanwhile_is_looked_at_anew(catalogue: Connection) -> None:
    made = _propose(catalogue, name="Sở Tư pháp thành phố")
    with pytest.raises(TableError) as waiting:
        _propose(catalogue, name="Sở")
    assert waiting.value.fault is TableFault.WAITING
    store_agencies(catalogue, (Agency(code="H49.22", name="Sở", kind=AgencyKind.DEPARTMENT),), DAY)
    with pytest.raises(TableError) as outdated:
        shared_rows.decide(catalogue, APPROVER, made, True, "", NOON)
    assert outdated.value.fault is TableFault.OUTDATED
    assert not shared_rows.withdraw(catalogue, APPROVER, made, NOON)


def test_a_figure_that_adds_up_again_is_no_contradiction_any_more(catalogue: Connection) -> None:
    shipped = Statistic(
        key="qn-2026",
        label="Toàn trình",
        unit=CountedUnit.PROCEDURE,
        scope="Quảng Ninh",
        source="Báo cáo",
        claim="một nửa",
        numerator=50,
        denominator=100,
        percent=60.0,
    )
    earlier = datetime(2026, 11, 1, tzinfo=timezone.utc)
    store_statistics(catalogue, [shipped], earlier)
    run = {"started_at": earlier, "source": "x", "sha256": "", "state": "changed", "counts": {}}
    run_id = catalogue.execute(insert(c.import_run).values(run)).inserted_primary_key[0]
    store(catalogue, find_in_statistics([shipped]), set(), run_id, earlier)
    made = shared_rows.propose(
        catalogue, EDITOR, SharedTable.STATISTIC, "qn-2026", {"percent": 50.0}, "In nhầm", "Báo cáo", NOON
    )
    assert shared_rows.decide(catalogue, APPROVER, made, True, "", NOON)
    assert store_statistics(catalogue, [shipped], DAY) == 0
    assert [item.percent for item in believed(catalogue, [shipped])] == [50.0]
    assert catalogue.execute(select(c.contradiction.c.resolved_at)).scalar_one() is not None
