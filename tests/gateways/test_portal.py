"""What citizens lose when these fail: a link that leads to the wrong service, or to none."""

from datetime import date

import msgspec

from bot.catalogue.enums import LevelScheme, LevelValue
from bot.catalogue.records import LevelStatement, Procedure, Source
from bot.gateways.portal import Leads, PortalLink, portal_link

PORTAL = "https://dichvucong.gov.vn"
TODAY = date(2026, 11, 22)
PROCEDURE = Procedure(
    "1.001193", "Đăng ký khai sinh", Source("Trang tổng hợp", "https://example.org/1.001193")
)


def _stated(on: date, url: str | None) -> LevelStatement:
    return LevelStatement(("XA",), LevelScheme.S2022, LevelValue.FULL, on, "Công bố", submit_url=url)


def test_the_published_address_in_force_goes_first() -> None:
    levels = (
        _stated(date(2026, 3, 1), "https://cu.gov.vn/a"),
        _stated(date(2026, 7, 1), "moi.gov.vn/b?"),
        _stated(date(2026, 12, 1), "https://sau.gov.vn/c"),
    )
    found = portal_link(msgspec.structs.replace(PROCEDURE, levels=levels), PORTAL, TODAY)
    assert found == PortalLink("https://moi.gov.vn/b", "1.001193", Leads.SERVICE, date(2026, 7, 1))


def test_else_its_page_on_the_portal_with_the_day_it_was_checked() -> None:
    source = Source("Cổng", "https://thutuc.dichvucong.gov.vn/p?ma=1.001193", checked_on=date(2026, 11, 1))
    found = portal_link(msgspec.structs.replace(PROCEDURE, source=source), PORTAL, TODAY)
    assert found == PortalLink(source.url or "", "1.001193", Leads.PAGE, date(2026, 11, 1))


def test_else_the_portal_never_somebody_elses_page() -> None:
    assert portal_link(PROCEDURE, PORTAL, TODAY) == PortalLink(PORTAL, "1.001193", Leads.PORTAL)
