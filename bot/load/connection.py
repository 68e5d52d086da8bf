"""One kept connection to a server on this machine."""

import asyncio
from urllib.parse import urlsplit

_END = b"\r\n\r\n"


class Connection:
    """POST of JSON over HTTP/1.1, one request at a time. It has to cost little: it shares the cores with
    what it measures, and a full client library takes as long for a request as a fast server.
    """

    def __init__(self, url: str) -> None:
        """``url``: ``http://host:port/path``."""
        parts = urlsplit(url)
        self._host, self._port = str(parts.hostname), parts.port or 80
        self._head = (
            f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
            "Content-Type: application/json\r\nContent-Length: "
        ).encode()
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, body: bytes) -> tuple[int, bytes]:
        """Status and body of the reply. A kept connection the server has closed meanwhile is opened anew.

        Raises ``OSError`` or ``EOFError`` when there is no reply, ``ValueError`` when it is no HTTP.
        """
        request = self._head + str(len(body)).encode() + _END + body
        kept = self._streams is not None
        try:
            return await self._exchange(request)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.close()
            if not kept:
                raise
        return await self._exchange(request)

    def close(self) -> None:
        """Give the connection up."""
        if self._streams:
            self._streams[1].close()
            self._streams = None

    async def _exchange(self, request: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self._host, self._port)
        reader, writer = self._streams
        writer.write(request)
        head = await reader.readuntil(_END)
        status, length, closes = _read_head(head)
        body = await reader.readexactly(length)
        if closes:
            self.close()
        return status, body


def _read_head(head: bytes) -> tuple[int, int, bool]:
    """Status, length of the body, and whether the server closes the connection."""
    first, *lines = head[: -len(_END)].split(b"\r\n")
    length, closes = -1, False
    for line in lines:
        name, _, value = line.partition(b":")
        match name.lower():
            case b"content-length":
                length = int(value)
            case b"connection":
                closes = value.strip().lower() == b"close"
            case _:
                pass
    if length < 0:
        raise ValueError("a reply without its length")
    return int(first.split()[1]), length, closes
