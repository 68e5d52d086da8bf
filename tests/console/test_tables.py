"""Plain tables: what the assistant says of agencies and figures is not changed by one person, nor unseen."""

import re
from datetime import datetime, timezone
from typing import Any

import pytest
from sqlalchemy import insert

from bot.amendments import shared_rows
from bot.catalogue.agencies import Agency, AgencyKind
from bot.catalogue.contradictions import Contradiction, ContradictionKind
from bot.catalogue.importing.context import store_agencies, store_statistics, store_units
from bot.catalogue.importing.findings import store
from bot.catalogue.importing.shared_rows import standing_row
from bot.catalogue.shared_tables import SharedTable
from bot.catalogue.statistics import CountedUnit, Statistic
from bot.catalogue.tables_context import import_run
from bot.catalogue.units import Unit, UnitType
from bot.console.headers import POLICY
from bot.staff.roles import Role
from tests.console.desk import Desk

DAY = datetime(2026, 11, 1, tzinfo=timezone.utc)
TABLES = "/console/tables"
AGENCY = f"{TABLES}/agency/1"
FOUNDED: dict[str, Any] = {"change_reason": "Đổi tên", "change_source": "Nghị quyết 36/2026/QH16"}
FIELDS: dict[str, Any] = {
    "name": "Sở Tư pháp thành phố",
    "kind": "department",
    "groups": "XA CN",
    "valid_to": "2026-12-31",
}


def fill(desk: Desk) -> None:
    """Two agencies, a ward, a figure and a contradiction."""
    with desk.engine.begin() as connection:
        agencies = (
            Agency(code="H49.22", name="Sở Tư pháp", kind=AgencyKind.DEPARTMENT),
            Agency(code="H49.30", name="Sở Nội vụ", kind=AgencyKind.DEPARTMENT),
        )
        store_agencies(connection, agencies, DAY)
        ward = Unit(code="06652", name="Phường Hà Tu", type=UnitType.PHUONG, short_name="Hà Tu")
        store_units(connection, [ward], DAY)
        figure = Statistic(
            key="qn-2026",
            label="Toàn trình",
            unit=CountedUnit.PROCEDURE,
            scope="Quảng Ninh",
            source="Báo cáo",
            claim="50%",
            numerator=50,
            denominator=100,
            percent=50.5,
        )
        store_statistics(connection, [figure], DAY)
        run = {"started_at": DAY, "source": "x", "sha256": "", "state": "changed", "counts": {}}
        made = connection.execute(insert(import_run).values(run)).inserted_primary_key[0]
        found = Contradiction(ContradictionKind.STATISTIC_SHARE, "qn-2026", "50/100 = 50,00 %")
        store(connection, [found], set(), made, DAY)


def test_an_agency_is_changed_by_two(any_desk: Desk) -> None:
    fill(any_desk)
    any_desk.hire("lan", Role.EDITOR)
    any_desk.hire("minh", Role.APPROVER)
    any_desk.enter("lan")
    listed = any_desk.client.get(f"{TABLES}/agency?q=so tu phap")
    assert "Sở Tư pháp" in listed.text and "Sở Nội vụ" not in listed.text
    assert listed.headers["content-security-policy"] == POLICY
    form = any_desk.client.get(f"{AGENCY}/edit").text
    assert (
        re.search(r'<input[^>]*name="valid_to"[^>]*type="date"', form)
        and 'name="code"' not in form
        and "Sở, ban, ngành" in form
    )
    answer = any_desk.post(f"{AGENCY}/edit", **FIELDS, **FOUNDED)
    assert answer.headers["location"] == f"{AGENCY}?done=table_proposed"
    assert any_desk.log()[0].action == "table_changed"
    change = f"{TABLES}/changes/1"
    assert "Sở Tư pháp thành phố" in any_desk.client.get(change).text
    assert any_desk.post(f"{change}/approve").status_code == 403
    again = any_desk.post(f"{AGENCY}/edit", **FIELDS, **FOUNDED)
    assert again.status_code == 422 and "đang có một đề xuất chờ duyệt" in again.text
    other = any_desk.browser()
    any_desk.enter("minh", other)
    assert "Sở Tư pháp thành phố" in other.get(change).text
    assert any_desk.post(f"{change}/approve", other).headers["location"] == f"{change}?done=table_approved"
    assert any_desk.post(f"{change}/approve", other).headers["location"].endswith("fault=table_decided")
    with any_desk.engine.connect() as connection:
        row = standing_row(connection, SharedTable.AGENCY, "H49.22|")
    assert row is not None and (row["name"], row["groups"]) == ("Sở Tư pháp thành phố", ["XA", "CN"])
    assert "Dòng này đã được thay" in other.get(AGENCY).text
    assert any_desk.post(f"{change}/revert", other, reason="").headers["location"].endswith("fault=reason")
    answer = any_desk.post(f"{change}/revert", other, reason="Nhầm")
    assert answer.headers["location"].endswith("done=table_reverted")


def test_nobody_approves_their_own_change(desk: Desk) -> None:
    fill(desk)
    desk.hire("minh", Role.APPROVER)
    desk.enter("minh")
    desk.post(f"{AGENCY}/edit", **FIELDS, **FOUNDED)
    answer = desk.post(f"{TABLES}/changes/1/approve")
    assert answer.headers["location"].endswith("fault=four_eyes")
    assert desk.post(f"{TABLES}/changes/1/withdraw").headers["location"].endswith("done=table_withdrawn")
    with desk.engine.connect() as connection:
        assert shared_rows.waiting(connection) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({**FIELDS, **FOUNDED, "change_reason": " "}, "Lý do"),
        ({**FIELDS, **FOUNDED, "kind": "club"}, "Loại"),
        ({**FIELDS, **FOUNDED, "valid_to": "mai"}, "Đến hết ngày"),
        ({"name": "Sở Tư pháp", "kind": "department", **FOUNDED}, "Không có gì khác"),
        ({**FIELDS, **FOUNDED, "name": ""}, "Tên"),
    ],
)
def test_what_makes_no_sense_is_shown_again(desk: Desk, fields: dict[str, Any], said: str) -> None:
    fill(desk)
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    answer = desk.post(f"{AGENCY}/edit", **fields)
    assert answer.status_code == 422 and said in answer.text
    with desk.engine.connect() as connection:
        assert shared_rows.waiting(connection) == []


def test_figures_are_numbers(desk: Desk) -> None:
    """A share that is typed must not be kept as words: it would be said to citizens so."""
    fill(desk)
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    page = desk.client.get(f"{TABLES}/statistic/1/edit").text
    assert 'value="50.5"' in page
    fields: dict[str, Any] = {
        "label": "Toàn trình",
        "unit": "procedure",
        "scope": "Quảng Ninh",
        "source": "Báo cáo",
        "claim": "50%",
        "numerator": "50",
        "denominator": "100",
        "percent": "50",
        "usable": "y",
    }
    assert desk.post(f"{TABLES}/statistic/1/edit", **fields, **FOUNDED).status_code == 302
    with desk.engine.connect() as connection:
        (change,) = shared_rows.waiting(connection)
    assert change.patch == {"percent": 50.0} and change.base == {"percent": 50.5}


def test_a_contradiction_is_marked_as_seen_once(desk: Desk) -> None:
    fill(desk)
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    path = f"{TABLES}/contradiction/1"
    assert "50/100 = 50,00 %" in desk.client.get(path).text
    assert desk.client.get(f"{path}/edit").status_code == 404
    assert desk.post(f"{path}/seen", note=" ").headers["location"].endswith("fault=reason")
    answer = desk.post(f"{path}/seen", note="Do làm tròn")
    assert answer.headers["location"].endswith("done=contradiction_seen")
    assert desk.post(f"{path}/seen", note="x").headers["location"].endswith("fault=contradiction_seen")
    assert "Do làm tròn" in desk.client.get(path).text and desk.log()[0].reason == "Do làm tròn"
    assert desk.post(f"{TABLES}/contradiction/9/seen", note="x").status_code == 404


def test_titles_of_ready_made_replies_are_changed_at_once(desk: Desk) -> None:
    with desk.client:  # the console takes the shipped replies over when it starts
        desk.hire("lan", Role.EDITOR)
        desk.enter("lan")
        path = f"{TABLES}/canned-reply/1"
        assert desk.post(f"{path}/edit", title="").status_code == 422
        assert desk.post(f"{path}/edit", title=" Chào dân ").headers["location"] == f"{path}?done=table_saved"
        assert "Chào dân" in desk.client.get(path).text
    assert desk.log()[0].object == "table:canned_reply:1"


def test_only_what_is_meant_to_be_reached_is(desk: Desk) -> None:
    """The library brings log-ins, exports and deletions of its own; none may be a way around ours."""
    fill(desk)
    assert desk.client.get(AGENCY).headers["location"].startswith("/console/enter")
    desk.hire("thu", Role.AGENT, Role.ADMIN)
    desk.enter("thu")
    for path in (TABLES, f"{TABLES}/agency", AGENCY, f"{AGENCY}/edit", f"{TABLES}/changes/1"):
        assert desk.client.get(path).status_code == 403
    assert desk.post(f"{AGENCY}/edit", **FIELDS, **FOUNDED).status_code == 403
    editor = desk.browser()
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan", editor)
    assert editor.get(TABLES).status_code == 200
    assert editor.post(f"{AGENCY}/edit", data=FIELDS | FOUNDED).status_code == 403  # no token
    for path in ("agency/9", "agency/x", "agency/99999999999", "nothing", "nothing/1", "changes/9", "login"):
        assert editor.get(f"{TABLES}/{path}").status_code == 404
    for query in ("sortBy=id", "sortBy=__class__", "page=-1", "page=99999999999"):
        assert editor.get(f"{TABLES}/agency?{query}").status_code == 404
    assert editor.get(f"{TABLES}/agency/create").status_code == 404
    assert editor.delete(f"{TABLES}/agency/delete?pks=1").status_code in (404, 405)
    assert editor.get(f"{TABLES}/agency/export/csv").status_code == 404
    for slug in (
        "admin-unit",
        "unit-succession",
        "statistic",
        "contradiction",
        "editor-order",
        "canned-reply",
    ):
        assert editor.get(f"{TABLES}/{slug}").status_code == 200, slug
    assert editor.get(f"{TABLES}/admin-unit/1/edit").status_code == 200
