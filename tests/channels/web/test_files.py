"""Files reach the conversation they were sent to, and nothing bigger than allowed is taken in."""

from contextlib import suppress

import aiohttp

from tests.channels.web.site import Browser, Reply, Site


def _form(data: bytes, name: str = "giấy khai sinh.pdf", field: str = "file") -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    form.add_field(field, data, filename=name)
    return form


async def _upload(browser: Browser, data: bytes, **more: str) -> Reply:
    return await browser.ask("POST", "/files", data=_form(data, **more))


async def test_a_file_is_sent_with_the_first_message(both_sites: Site) -> None:
    browser = await both_sites.visitor()
    stored = await _upload(browser, b"%PDF-1.7 nothing", name="C:\\anh\\CCCD 022089001234.pdf")
    assert stored.status == 201
    assert stored.json["name"] == "CCCD 022********4.pdf" and stored.json["size"] == 16
    ref = stored.json["ref"]
    assert (await browser.say("", files=[ref])).status == 202
    shown = (await browser.ask("GET", "/messages")).json["messages"][0]
    assert shown["files"] == [stored.json]
    thief = await both_sites.visitor()
    await thief.say("xin chào")
    assert (await thief.say("", files=[ref])).code == "unknown_file"


async def test_what_is_no_file_of_ours_is_refused_with_a_reason(site: Site) -> None:
    browser = await site.visitor()
    assert (await _upload(browser, b"bad kind")).code == "file_type"
    assert (await _upload(browser, b"")).code == "file_failed"
    assert (await _upload(browser, b"x", field="other")).code == "bad_request"
    assert (await browser.ask("POST", "/files", json={})).code == "content_type"
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    assert (await browser.ask("POST", "/files", broken, data=b"no parts at all")).code == "bad_request"
    missing = {"Content-Type": "multipart/form-data"}
    assert (await browser.ask("POST", "/files", missing, data=b"--x")).code == "bad_request"
    assert site.shelf.put_bytes == []


async def test_five_megabytes_are_taken_and_no_more(site: Site) -> None:
    browser = await site.visitor()
    assert (await _upload(browser, b"%" * (5 * 1024 * 1024))).status == 201
    assert (await _upload(browser, b"%" * (5 * 1024 * 1024 + 1))).code == "file_too_big"
    with suppress(OSError):  # cut off while sending: as good
        assert (await _upload(browser, b"%" * (7 * 1024 * 1024))).status == 413
    assert len(site.shelf.put_bytes) == 1
