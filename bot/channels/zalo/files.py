"""Files citizens sent: fetched at once, because Zalo's links expire, and only from Zalo's hosts."""

import asyncio
import ipaddress
import socket
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from bot.channels.adapter import RefusedError
from bot.channels.message import Refusal
from bot.settings import Settings

MAX_BYTES = 5 * 1024 * 1024
_SECONDS = 30.0
_CHUNK = 64 * 1024
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class PublicResolver(AbstractResolver):
    """Names of public addresses only: a name must not lead into our own network."""

    def __init__(self, inner: AbstractResolver | None = None) -> None:
        self._inner = inner or ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[dict[str, Any]]:
        """``OSError`` when any address of the name is not public."""
        found = await self._inner.resolve(host, port, family)
        if not all(is_public(str(each["host"])) for each in found):
            raise OSError("not a public address")
        return found

    async def close(self) -> None:
        await self._inner.close()


class Downloads:
    """``settings.zalo_file_hosts``: names whose sub-domains too are allowed, separated by commas.

    Where the API itself is on this machine (tests, demonstrations), files may be too.
    """

    def __init__(self, settings: Settings) -> None:
        self._hosts = tuple(
            host.strip().lower() for host in settings.zalo_file_hosts.split(",") if host.strip()
        )
        self._local = URL(settings.zalo_api_url).host in _LOOPBACK
        self._session: aiohttp.ClientSession | None = None

    def allows(self, address: str) -> bool:
        """Whether a file may be fetched from there, as far as the address tells."""
        try:
            url = URL(address)
            host, port = (url.host or "").lower(), url.port
        except ValueError:
            return False
        if url.user is not None or url.password is not None:
            return False
        if self._local and host in _LOOPBACK:
            return url.scheme in ("http", "https")
        named = any(host == name or host.endswith(f".{name}") for name in self._hosts)
        return url.scheme == "https" and port == 443 and named

    async def fetch(self, handle: dict[str, Any]) -> tuple[str, bytes]:
        """Name and bytes. ``RefusedError``: too big, not from Zalo, gone; ``OSError``: may work later."""
        address = str(handle.get("url", ""))
        if not self.allows(address):
            raise RefusedError(Refusal.FILE_FAILED.value)
        if int(handle.get("size", 0)) > MAX_BYTES:
            raise RefusedError(Refusal.FILE_TOO_BIG.value)
        try:
            async with self._opened().get(address, allow_redirects=False) as response:
                if response.status >= 500 or response.status == 429:
                    raise OSError(f"http {response.status}")
                if response.status != 200:
                    raise RefusedError(Refusal.FILE_FAILED.value)
                return str(handle.get("name") or "file"), await _read(response)
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            # The cause is cut off: it shows the address.
            raise OSError(type(error).__name__) from None

    async def close(self) -> None:
        """Give back connections."""
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            resolver = None if self._local else PublicResolver()
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(resolver=resolver, limit=8),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=_SECONDS),
                # What is unpacked cannot be measured before it fills the memory.
                headers={"Accept-Encoding": "identity"},
                auto_decompress=False,
            )
        return self._session


async def _read(response: aiohttp.ClientResponse) -> bytes:
    data = bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        data += chunk
        if len(data) > MAX_BYTES:
            raise RefusedError(Refusal.FILE_TOO_BIG.value)
    return bytes(data)


def is_public(address: str) -> bool:
    """Whether an IP address lies outside of all private, local and special ranges."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None) or found
    return bool(inner.is_global) and not inner.is_multicast
