"""The work lists of the editors in a real browser: nobody is shut out of keeping the catalogue true."""

from datetime import date, datetime, timezone

from msgspec.structs import replace
from playwright.sync_api import Page, expect

from bot.catalogue.enums import FeeKind, LevelValue
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.records import Fee, Source
from bot.conversations.channel import Channel
from bot.conversations.turns import Dated, Facts, record_turn
from bot.notices.watching import watch
from bot.staff.roles import Role
from bot.upkeep import links_kept
from bot.upkeep.links import Found, LinkChecker, Pace
from bot.upkeep.states import LinkState
from tests.console.conftest import desk, light_hashes  # noqa: F401
from tests.console.desk import NOON, Desk
from tests.reviews.conftest import Past
from tests.steering.records import PROCEDURES, level
from tests.upkeep.websites import website
from tests.web.test_console import check, enter, office  # noqa: F401

BORN, WED, LAND, FERRY, PASSPORT = PROCEDURES


def fill(at: Desk, address: str) -> None:
    """Two imports, of which the second changes the fee of marriages; somebody waits to hear of it."""
    wed = replace(
        WED,
        name="Thủ tục đăng ký kết hôn giữa hai công dân Việt Nam cư trú ở trong nước",
        authority="Ủy ban nhân dân cấp xã nơi cư trú của một trong hai bên nam, nữ",
        source=Source("nguồn", f"{address}/missing?ma_thu_tuc=1.000894&phien_ban=" + "0123456789" * 12),
        levels=(level(LevelValue.PARTIAL, "XA"),),
    )
    for hour, fee in ((4, 10_000), (5, 20_000)):
        note = "Giảm 50% theo nghị quyết của Hội đồng nhân dân tỉnh"
        fees = (Fee(FeeKind.AMOUNT, fee, note=note, valid_to=date(2026, 11, 21)),)
        items = (BORN, replace(wed, fees=fees), LAND, FERRY, PASSPORT)
        run_import(at.engine, Import(items, "test"), datetime(2026, 11, 22, hour, tzinfo=timezone.utc))
    with at.engine.begin() as connection:
        an = Past(connection).citizen("an")
        facts = Facts("ask_fee", 0.9, "answered", WED.code, (), (Dated(WED.code, "2026-10-01"),))
        record_turn(connection, an.conversation_id, "m1", 0, 0, Channel.WEB, facts, True, NOON)
        watch(connection, an.conversation_id, WED.code, 1, NOON)
        gone = Found(LinkState.GONE, 404, f"{address}/fine")
        links_kept.record(connection, str(wed.source.url), gone, NOON)


def test_the_work_lists(office: tuple[Desk, Page]) -> None:  # noqa: F811
    at, _ = office
    at.hire("minh", Role.APPROVER)
    with website() as site:
        fill(at, site.address)
        at.app.state.links.checker = LinkChecker(lambda ip: True, Pace(0.5, 0.5, 1.0, apart=0.0))
        page = enter(office, "minh")
        page.get_by_role("link", name="Kiểm tra danh mục").click()
        expect(page.get_by_text("3 trong 5 thủ tục chưa được đối chiếu")).to_be_visible()
        check(page)
        page.get_by_role("link", name="Sắp hết hiệu lực").click()
        expect(page.get_by_text("Đã hết hạn", exact=True)).to_be_visible()
        check(page)
        page.get_by_role("link", name="Mâu thuẫn").click()
        expect(page.get_by_role("link", name="Sửa thủ tục").first).to_be_visible()
        check(page)
        page.get_by_role("link", name="Đường dẫn hỏng").click()
        check(page)
        page.get_by_role("button", name="Kiểm tra lại").click()
        expect(page.get_by_role("status")).to_have_text("Đã kiểm tra lại đường dẫn.")
        expect(page.get_by_text("Hỏng 2 lần liền").first).to_be_visible()
        check(page)
        page.get_by_role("link", name="Cần kiểm tra lại").click()
        page.get_by_role("link", name=f"Ai bị ảnh hưởng bởi thủ tục {WED.code}").click()
        expect(page.get_by_text("Thủ tục anh/chị nhờ báo tin đã thay đổi: lệ phí.")).to_be_visible()
        check(page)
        page.get_by_role("button", name="Báo cho những người đã hẹn").click()
        expect(page.get_by_role("status")).to_have_text("Đã báo cho những người đã hẹn.")
        check(page)
