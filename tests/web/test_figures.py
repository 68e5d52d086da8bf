"""Dashboards in a real browser: charts are drawn, tables open by keyboard, files arrive."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from bot.answers.outcome import Outcome
from bot.staff.roles import Role
from tests.console.conftest import desk, light_hashes  # noqa: F401
from tests.console.desk import Desk
from tests.steering.records import fill
from tests.steering.town import Town, at
from tests.web.staffed import served
from tests.web.test_console import check, enter


@pytest.fixture
def office(desk: Desk, context: BrowserContext) -> Iterator[tuple[Desk, Page]]:  # noqa: F811
    """An analyst's page over a town of forty questions; nothing may have thrown or broken the policy."""
    fill(desk.engine)
    with desk.engine.begin() as connection:
        town = Town(connection)
        for number in range(40):
            outcome = Outcome.NO_DATA if number % 4 == 0 else Outcome.ANSWERED
            town.turn(town.citizen(f"c{number}"), at(20), outcome, code="1.000002", text="phí lái đò")
    desk.hire("phan", Role.ANALYST)
    faults: list[str] = []
    with served(desk) as address:
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}/console/")
        yield desk, page
        faults.extend(page.evaluate("window.violations") or [])
        page.close()
    assert faults == []


def drawn(page: Page) -> int:
    """How many charts the page has; each must have come up."""
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth)")
    return page.locator("main img").count()


def test_every_dashboard_can_be_used_by_everybody(office: tuple[Desk, Page]) -> None:
    page = enter(office, "phan")
    page.get_by_role("link", name="Số liệu", exact=True).click()
    groups = page.get_by_role("navigation", name="Nhóm số liệu").get_by_role("link")
    for number in range(groups.count()):
        groups.nth(number).click()
        check(page)
        drawn(page)
    page.get_by_role("link", name="Mức độ sử dụng").click()
    assert drawn(page) >= 3
    page.locator("summary").nth(1).focus()
    page.keyboard.press("Enter")
    row = page.get_by_role("row", name="Chưa có dữ liệu").first
    expect(row).to_contain_text("25,0%")
    check(page)


def test_the_level_programme_and_a_download(office: tuple[Desk, Page], tmp_path: Path) -> None:
    page = enter(office, "phan")
    page.keyboard.type("gp")
    expect(page.get_by_role("heading", name="Nên nâng mức độ trước")).to_be_visible()
    assert drawn(page) >= 2
    check(page)
    page.get_by_role("link", name="Xuất số liệu").last.click()
    check(page)
    page.get_by_role("radio", name="Excel").check()
    with page.expect_download() as arriving:
        page.get_by_role("button", name="Tải về").click()
    arriving.value.save_as(tmp_path / "figures.xlsx")
    assert (tmp_path / "figures.xlsx").read_bytes().startswith(b"PK")
