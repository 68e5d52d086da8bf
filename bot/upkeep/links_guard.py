"""Connections that lead to allowed IP addresses only, and that end in time."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

Allowed = Callable[[str], bool]
"""Whether an IP address may be connected to."""


class ForbiddenAddressError(Exception):
    """The address leads where we may not ask."""


def resolve(host: str, port: int, allowed: Allowed) -> None:
    """Raises ``ForbiddenAddressError`` when any IP address of a host is not allowed, ``OSError`` for none."""
    for *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if not allowed(str(address[0])):
            raise ForbiddenAddressError(host)


class GuardedAdapter(HTTPAdapter):
    """Looks at the very address that was connected to: a name may resolve to another one the second time."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed
        self._open: set[HTTPConnection] = set()
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """As the library calls it; every connection of the pools is guarded."""
        super().init_poolmanager(*args, **kwargs)
        allowed, opened = self._allowed, self._open

        def checked(connection: HTTPConnection, made: socket.socket) -> socket.socket:
            if not allowed(str(made.getpeername()[0])):
                made.close()
                raise ForbiddenAddressError(connection.host)
            opened.add(connection)
            return made

        class Plain(HTTPConnection):
            def _new_conn(self) -> socket.socket:
                return checked(self, super()._new_conn())

        class Secure(HTTPSConnection):
            def _new_conn(self) -> socket.socket:
                return checked(self, super()._new_conn())

        class PlainPool(HTTPConnectionPool):
            ConnectionCls = Plain

        class SecurePool(HTTPSConnectionPool):
            ConnectionCls = Secure

        self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    @contextmanager
    def ending_in(self, seconds: float) -> Iterator[None]:
        """Cut connections made inside after so long: time limits of sockets start anew with every byte.

        Raises ``TimeoutError`` then: what was read by that time is not the whole answer.
        """
        cut = threading.Event()
        timer = threading.Timer(seconds, self._cut, [cut])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            self._open.clear()
        if cut.is_set():
            raise TimeoutError(f"{seconds} s")

    def _cut(self, cut: threading.Event) -> None:
        cut.set()
        for connection in tuple(self._open):
            with suppress(OSError, AttributeError):
                connection.sock.shutdown(socket.SHUT_RDWR)
