"""One kept connection to a server on this machine."""

import asyncio
from typing import cast
from urllib.parse import urlsplit

from httptools import HttpParserError, HttpResponseParser

Reply = tuple[int, bytes]
"""Status and body."""


class Connection:
    """POST of JSON over HTTP/1.1, one request at a time. It has to cost little: it shares the cores with
    what it measures, and a full client library takes as long for a request as a fast server.
    """

    def __init__(self, url: str, patience: float) -> None:
        """``url``: ``http://host:port/path``; ``patience``: how many seconds a reply is waited for."""
        parts = urlsplit(url)
        self._host, self._port, self._patience = str(parts.hostname), parts.port or 80, patience
        self._head = (
            f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        ).encode()
        self._replies: _Replies | None = None

    async def post(self, body: bytes) -> Reply:
        """A kept connection the server has closed meanwhile is opened anew.

        Raises ``OSError`` when there is no reply, ``asyncio.TimeoutError`` when none came in time,
        ``ValueError`` when it is no HTTP.
        """
        request = self._head + str(len(body)).encode() + b"\r\n\r\n" + body
        kept = self._replies is not None
        try:
            return await self._exchange(request)
        except ConnectionError:
            self.close()
            if not kept:
                raise
        return await self._exchange(request)

    def close(self) -> None:
        """Give the connection up."""
        if self._replies:
            self._replies.transport.abort()
            self._replies = None

    async def _exchange(self, request: bytes) -> Reply:
        replies = self._replies
        if replies is None:
            loop = asyncio.get_running_loop()
            _, replies = await loop.create_connection(_Replies, self._host, self._port)
            self._replies = replies
        reply = await asyncio.wait_for(replies.ask(request), self._patience)
        if replies.ended:
            self.close()
        return reply


class _Replies(asyncio.Protocol):
    """What comes over one connection. ``ended``: nothing more will."""

    def __init__(self) -> None:
        self.ended = False
        self._parser = HttpResponseParser(self)
        self._body = bytearray()
        self._waiting: asyncio.Future[Reply] | None = None

    def ask(self, request: bytes) -> "asyncio.Future[Reply]":
        self._waiting = asyncio.get_running_loop().create_future()
        if self.ended:
            self._fail(ConnectionResetError())
        else:
            self.transport.write(request)
        return self._waiting

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's is none of asyncio's classes, but has their methods.
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed_data(data)
        except HttpParserError:
            self.ended = True
            self._fail(ValueError("a reply that is no HTTP"))

    def connection_lost(self, error: Exception | None) -> None:
        self.ended = True
        self._fail(error if isinstance(error, OSError) else ConnectionResetError())

    def on_body(self, body: bytes) -> None:
        """Called by the parser."""
        self._body += body

    def on_message_complete(self) -> None:
        """Called by the parser."""
        self.ended = not self._parser.should_keep_alive()
        reply = self._parser.get_status_code(), bytes(self._body)
        self._body.clear()
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(reply)

    def _fail(self, error: Exception) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_exception(error)
