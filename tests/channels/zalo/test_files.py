"""Fetching a citizen's file must not let anybody read our own network or fill our memory."""

import asyncio
import socket
from typing import Any

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver

from bot.channels.adapter import RefusedError
from bot.channels.message import Refusal
from bot.channels.zalo.files import MAX_BYTES, Downloads, PublicResolver, is_public
from tests.channels.zalo.doubles import settings
from tests.channels.zalo.server import serving


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://f20-zpc.zdn.vn/jpg/1.jpg", True),
        ("https://zdn.vn/1", True),
        ("https://A.ZADN.VN/1", True),
        ("https://dl.zalo.me:443/1", True),
        ("http://f20-zpc.zdn.vn/1", False),
        ("https://f20-zpc.zdn.vn:8443/1", False),
        ("https://evilzdn.vn/1", False),
        ("https://zdn.vn.evil.com/1", False),
        ("https://zdn.vn@evil.com/1", False),
        ("https://user:x@a.zdn.vn/1", False),
        ("https://127.0.0.1/1", False),
        ("http://127.0.0.1:8080/1", False),
        ("https://[::1]/1", False),
        ("https://169.254.169.254/", False),
        ("file:///etc/passwd", False),
        ("https://[", False),
        ("", False),
    ],
)
async def test_only_zalos_hosts_over_https(address, allowed):
    downloads = Downloads(settings())
    assert downloads.allows(address) is allowed
    if not allowed:
        with pytest.raises(RefusedError, match=Refusal.FILE_FAILED.value):
            await downloads.fetch({"url": address, "name": "a"})


def test_files_of_this_machine_only_where_the_api_is_there_too():
    downloads = Downloads(settings(zalo_api_url="http://127.0.0.1:9"))
    assert downloads.allows("http://127.0.0.1:8080/1")
    assert not downloads.allows("http://10.0.0.1/1")
    assert not downloads.allows("http://a.zdn.vn/1")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("118.69.1.1", True),
        ("2405:4800::1", True),
        ("10.1.2.3", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("2002:a00:1::", False),
        ("zdn.vn", False),
    ],
)
def test_public_addresses(address, public):
    assert is_public(address) is public


class Names(AbstractResolver):
    """Knows the addresses it was given."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = addresses

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[dict[str, Any]]:
        return [{"hostname": host, "host": each, "port": port} for each in self.addresses]

    async def close(self) -> None:
        return None


async def test_a_name_that_leads_inside_is_refused():
    assert len(await PublicResolver(Names("118.69.1.1")).resolve("a.zdn.vn")) == 1
    with pytest.raises(OSError, match="public"):
        await PublicResolver(Names("118.69.1.1", "10.0.0.5")).resolve("a.zdn.vn")


async def fetch(answering: Any, **handle: Any) -> tuple[str, bytes]:
    async with serving(answering) as server:
        downloads = Downloads(settings(zalo_api_url=server.url))
        try:
            return await downloads.fetch({"url": f"{server.url}/secret-path", "name": "đơn.pdf", **handle})
        finally:
            await downloads.close()


async def test_a_file_arrives_with_its_name():
    async def send(_request: web.Request) -> web.Response:
        return web.Response(body=b"x" * MAX_BYTES)

    name, data = await fetch(send)
    assert name == "đơn.pdf" and len(data) == MAX_BYTES


async def test_a_file_over_five_megabytes_is_refused_however_it_is_announced():
    async def send(_request: web.Request) -> web.Response:
        return web.Response(body=b"x" * (MAX_BYTES + 1))

    async def endless(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        while True:
            await response.write(b"x" * 65536)

    for answering, size in ((send, 0), (send, MAX_BYTES + 1), (endless, 1)):
        with pytest.raises(RefusedError, match=Refusal.FILE_TOO_BIG.value):
            await fetch(answering, size=size)


@pytest.mark.parametrize("status", [302, 401, 403, 404, 410])
async def test_redirects_and_expired_links_are_refused(status):
    async def send(_request: web.Request) -> web.Response:
        return web.Response(status=status, headers={"Location": "http://127.0.0.1:1/"})

    with pytest.raises(RefusedError, match=Refusal.FILE_FAILED.value):
        await fetch(send)


async def test_what_may_work_later_is_an_os_error_without_the_address():
    async def failing(_request: web.Request) -> web.Response:
        return web.Response(status=503)

    async def hanging_up(request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.close()
        await asyncio.sleep(0)
        return web.Response()

    for answering in (failing, hanging_up):
        with pytest.raises(OSError) as failure:  # noqa: PT011 (any OSError is meant)
            await fetch(answering)
        assert "secret-path" not in str(failure.value)
