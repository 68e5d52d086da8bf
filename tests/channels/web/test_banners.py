"""Who opens the website in an emergency must see the warning before they ask."""

from bot.control import banners
from bot.conversations.channel import Channel
from bot.staff.audit import OPERATOR
from tests.channels.web.site import START, Site


async def test_what_stands_now_is_shown_without_a_session(both_sites: Site) -> None:
    site, browser = both_sites, await both_sites.visitor()
    for text, channel, begins in (
        ("Cổng bảo trì", Channel.WEB, 0),
        ("Chỉ Zalo", Channel.ZALO, 0),
        ("Ngày mai", Channel.WEB, 600),
    ):
        await site.hub.run(
            banners.put_up, OPERATOR, text, [channel], START + begins, START + begins + 3600, START
        )
    shown = await browser.ask("GET", "/banners")
    assert [banner["text"] for banner in shown.json["banners"]] == ["Cổng bảo trì"]
