"""Only the sites on the list may show the assistant."""

import pytest
from sqlalchemy.engine import Engine

from bot.channels.web.origins import origin_of
from tests.channels.web.site import Site, opened

LISTED = "https://tinh.example"


async def test_a_listed_site_may_ask_and_is_told_so_by_name(site: Site) -> None:
    browser = await site.visitor(LISTED)
    reply = await browser.say("xin chào")
    assert reply.status == 202
    assert reply.headers["Access-Control-Allow-Origin"] == LISTED
    assert reply.headers["Access-Control-Allow-Credentials"] == "true"
    assert "Origin" in reply.headers["Vary"]
    # A page can only read an error that carries the header too.
    wrong = await browser.ask("POST", "/messages", json={})
    assert wrong.status == 400 and wrong.headers["Access-Control-Allow-Origin"] == LISTED


async def test_the_browser_is_told_before_it_sends(site: Site) -> None:
    asked = {
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization,content-type",
    }
    reply = await site.browser(LISTED).ask("OPTIONS", "/messages", asked)
    assert reply.status == 200 and reply.headers["Access-Control-Allow-Origin"] == LISTED
    assert "authorization" in reply.headers["Access-Control-Allow-Headers"].lower()
    assert (await site.browser("https://evil.example").ask("OPTIONS", "/messages", asked)).status == 403


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "https://evil.example",
        "http://tinh.example",
        "https://tinh.example:8443",
        "https://tinh.example.evil.example",
        "https://xtinh.example",
    ],
)
async def test_every_other_site_is_refused(site: Site, origin: str) -> None:
    reply = await site.browser(origin).open()
    assert (reply.status, reply.code) == (403, "foreign_origin")
    assert "Set-Cookie" not in reply.headers and "Access-Control-Allow-Origin" not in reply.headers


async def test_behind_a_public_address_that_address_alone_is_ours(sqlite_engine: Engine, tmp_path) -> None:
    async with opened(sqlite_engine, tmp_path, settings={"public_url": "https://bot.example/"}) as site:
        assert (await site.browser(site.own).open()).status == 403
        reply = await site.browser("https://bot.example").open()
        assert reply.status == 201 and "; Secure" in reply.headers["Set-Cookie"]


def test_an_origin_is_written_as_browsers_write_it() -> None:
    assert origin_of(" https://Tinh.example:443/a?b ") == "https://tinh.example"
    assert origin_of("http://[::1]:8080") == "http://[::1]:8080"
    for bad in ("tinh.example", "*", "ftp://a.vn", "https://", "https://u@a.vn"):
        with pytest.raises(ValueError):  # noqa: PT011
            origin_of(bad)
