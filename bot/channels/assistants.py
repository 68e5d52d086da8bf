"""Where the assistants are, and which of them answers a conversation."""

import asyncio
import logging
import socket
import time
from collections.abc import Awaitable, Callable, Sequence
from hashlib import blake2b
from urllib.parse import urlsplit

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 5.0

LookUp = Callable[[str], Awaitable[Sequence[str]]]
"""The machines behind a name; raises ``OSError`` when none is known."""


async def look_up(host: str) -> Sequence[str]:
    """As the system's resolver knows them. A machine with two kinds of addresses counts once."""
    found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    by_family: dict[int, set[str]] = {}
    for family, _, _, _, where in found:
        by_family.setdefault(family, set()).add(str(where[0]))
    return sorted(by_family.get(socket.AF_INET) or by_family.get(socket.AF_INET6) or set())


class Assistants:
    """``urls``: ``http://host:port`` each. A name that stands for several machines, as that of a service of
    containers does, counts as so many assistants, and is looked up again every few seconds: those that come
    and go are noticed. An ``https`` address stays as it is: its certificate is made out to the name.
    """

    def __init__(
        self, urls: Sequence[str], find: LookUp = look_up, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._urls, self._find, self._now = urls, find, now
        self._known: dict[str, Sequence[str]] = {url: (url,) for url in urls}
        self._look_at = 0.0

    async def all(self) -> list[str]:
        """The addresses of all assistants."""
        if self._now() >= self._look_at:
            # Said first: who comes while the name is looked up takes what is known.
            self._look_at = self._now() + LOOK_EVERY_SECONDS
            for url in self._urls:
                self._known[url] = await self._behind(url)
        return list(dict.fromkeys(found for each in self._known.values() for found in each))

    async def ranked(self, conversation_id: str) -> list[str]:
        """All of them: first the one that answers this conversation, then those that stand in while it is
        away. The same for all gateways that know the same assistants. One more takes over its share of the
        conversations, one less leaves its own to the others; no other conversation moves.
        """
        return sorted(await self.all(), key=lambda url: _weight(url, conversation_id), reverse=True)

    async def _behind(self, url: str) -> Sequence[str]:
        parts = urlsplit(url)
        host = parts.hostname
        if parts.scheme != "http" or host is None or _is_address(host):
            return (url,)
        try:
            found = await self._find(host)
        except OSError:
            logger.warning("the address of the assistants cannot be looked up: %s", host)
            return self._known[url]
        port = f":{parts.port}" if parts.port else ""
        return [f"http://{f'[{one}]' if ':' in one else one}{port}" for one in found]


def _is_address(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def _weight(url: str, conversation_id: str) -> bytes:
    """Rendezvous hashing: each assistant draws a number for each conversation, the highest has it."""
    return blake2b(f"{url} {conversation_id}".encode(), digest_size=8).digest()
