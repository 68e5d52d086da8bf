"""Dashboards, the level programme and exports as an analyst has them."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from bot.answers.outcome import Outcome
from bot.staff.actions import Action
from bot.staff.roles import Role
from tests.console.desk import Desk
from tests.steering.records import fill
from tests.steering.town import Town, at

GROUPS = ("use", "quality", "people", "funnel", "gaps", "catalogue")


def busy(desk: Desk) -> None:
    """Twelve questions on Friday; six without data, one about safety."""
    with desk.engine.begin() as connection:
        town = Town(connection)
        for number in range(12):
            who = town.citizen(f"c{number}")
            outcome = Outcome.ANSWERED if number > 6 else Outcome.NO_DATA if number else Outcome.SAFETY
            town.turn(who, at(20), outcome, text="phí lái đò")


@pytest.fixture
def analyst(desk: Desk) -> Desk:
    desk.hire("phan", Role.ANALYST)
    desk.enter("phan")
    return desk


@pytest.mark.parametrize("group", GROUPS)
def test_every_dashboard_says_period_scope_and_time(analyst: Desk, group: str) -> None:
    busy(analyst)
    page = analyst.client.get(f"/console/figures?group={group}&since=2026-11-16&until=2026-11-22&compare=1")
    assert page.status_code == 200
    assert "Kỳ 16/11/2026 – 22/11/2026 · Trợ lý dịch vụ công Quảng Ninh, mọi kênh" in page.text
    assert "09/11/2026 – 15/11/2026" in page.text


def test_small_cells_are_hidden_on_the_page(analyst: Desk) -> None:
    busy(analyst)
    text = analyst.client.get("/console/figures").text
    assert '<td class="number bar-number">dưới 5</td>' in text
    assert "data:image/svg+xml" in text


def test_a_period_across_a_break_is_flagged(analyst: Desk) -> None:
    """Numbers before and after 1/9/2026 carry other names."""
    crossed = analyst.client.get("/console/figures?since=2026-08-30&until=2026-09-02").text
    assert "Từ 01/9/2026" in crossed
    beside = analyst.client.get("/console/figures?since=2026-09-01&until=2026-09-05").text
    assert "Từ 01/9/2026" not in beside
    compared = analyst.client.get("/console/figures?since=2026-09-01&until=2026-09-05&compare=1").text
    assert "Từ 01/9/2026" in compared


@pytest.mark.parametrize("query", ["since=x&until=2026-11-20", "since=2026-11-20&until=2026-11-01"])
def test_what_is_no_period_shows_the_usual_one_and_says_so(analyst: Desk, query: str) -> None:
    page = analyst.client.get(f"/console/figures?{query}")
    assert page.status_code == 200
    assert "không hợp lệ" in page.text
    assert "Kỳ 24/10/2026 – 22/11/2026" in page.text


def test_an_unknown_group_is_not_found(analyst: Desk) -> None:
    assert analyst.client.get("/console/figures?group=x").status_code == 404


def test_the_level_programme_tells_days_and_denominators(analyst: Desk) -> None:
    fill(analyst.engine)
    text = analyst.client.get("/console/level-programme").text
    assert "công bố mới nhất ngày 03/10/2026" in text
    assert '<td class="number nowrap">1/4 (25,0%)</td>' in text
    assert "chưa đối chiếu với văn bản gốc" in text


def test_without_a_catalogue_the_level_programme_says_so(analyst: Desk) -> None:
    assert "chưa có mức độ nào được công bố" in analyst.client.get("/console/level-programme").text


def export(desk: Desk, form: str) -> bytes:
    week = {"since": "2026-11-16", "until": "2026-11-22"}
    answer = desk.post("/console/exports", None, format=form, group=["use", "gaps"], **week)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == (
        f'attachment; filename="figures_2026-11-16_2026-11-22.{form}"'
    )
    return bytes(answer.content)


def test_json_has_definitions_and_no_small_cell(analyst: Desk) -> None:
    """The operations centre shows what it is given to everybody in the room."""
    busy(analyst)
    told = json.loads(export(analyst, "json"))
    assert told["period"] == {"from": "2026-11-16", "to": "2026-11-22", "zone": "Asia/Ho_Chi_Minh"}
    assert told["refreshed_at"].endswith("+07:00")
    found = {figure["key"]: figure for figure in told["figures"]}
    outcomes = found["outcomes"]
    assert (outcomes["n"], outcomes["denominator"]) == (12, "lượt trợ lý được hỏi")
    assert outcomes["definition"]
    rows = {row["keys"][0]: row for row in outcomes["rows"]}
    assert (rows["no_data"]["hidden"], rows["answered"]["hidden"], rows["safety"]["hidden"]) == (
        False,
        True,
        True,
    )
    assert (rows["no_data"]["count"], rows["no_data"]["value"]) == (6, 0.5)
    assert rows["answered"]["count"] is None
    assert found["unanswered_words"]["rows"][0]["count"] == 6


def test_tables_say_in_each_line_what_it_is(analyst: Desk) -> None:
    busy(analyst)
    content = export(analyst, "csv")
    assert content.startswith("\ufeff".encode())
    lines = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    line = next(line for line in lines if line["Mục 1"] == "Chưa có dữ liệu")
    assert (line["Số lượng"], line["Mẫu số"], line["Giá trị"], line["n"]) == ("6", "12", "0.5", "12")
    assert (line["Từ ngày"], line["Mẫu số là"]) == ("2026-11-16", "lượt trợ lý được hỏi")
    book = load_workbook(io.BytesIO(export(analyst, "xlsx")))
    assert book.sheetnames == ["Mức độ sử dụng", "Câu hỏi chưa trả lời được"]
    assert book.worksheets[0].max_row == sum(line["Nhóm"] == "Mức độ sử dụng" for line in lines) + 1


def test_who_exported_what_is_in_the_log(analyst: Desk) -> None:
    export(analyst, "json")
    entry = analyst.log()[0]
    assert (entry.action, entry.login) == (Action.EXPORTED.value, "phan")
    assert entry.detail["groups"] == "use,gaps"


def test_an_export_of_nothing_is_refused(analyst: Desk) -> None:
    assert analyst.post("/console/exports", format="json").status_code == 422
    assert analyst.post("/console/exports", format="exe", group="use").status_code == 422


def test_agents_see_no_dashboards(desk: Desk) -> None:
    desk.hire("lan", Role.AGENT)
    desk.enter("lan")
    for path in ("figures", "level-programme", "exports"):
        assert desk.client.get(f"/console/{path}").status_code == 403
