"""A website on this machine that behaves as badly as real ones do."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

REDIRECTS = {
    "/moved": (301, "/fine"),
    "/for-now": (302, "/fine"),
    "/moved-then-for-now": (308, "/for-now"),
    "/moved-away": (301, "/missing"),
    "/one": (302, "/two"),
    "/two": (302, "/three"),
    "/three": (302, "/fine"),
    "/zero": (302, "/one"),
    "/loop": (302, "/loop"),
    "/to-file": (301, "file:///etc/passwd"),
    "/nowhere": (301, ""),
}
STATUS = {"/missing": 404, "/dropped": 410, "/secret": 403, "/broken": 500}


class Website(ThreadingHTTPServer):
    """``asked``: method, path and time of every request; ``inside``: where ``/inside`` redirects to."""

    daemon_threads = True
    request_queue_size = 20

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, float]] = []
        self.agents: set[str] = set()
        self.inside = ""
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def requests(self) -> list[str]:
        """As ``GET /path``, in order."""
        return [f"{method} {path}" for method, path, _ in self.asked]


class _Handler(BaseHTTPRequestHandler):
    server: Website

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""

    def _answer(self) -> None:
        self.server.asked.append((self.command, self.path, time.monotonic()))
        self.server.agents.add(self.headers["User-Agent"])
        before = sum(1 for _, path, _ in self.server.asked if path == self.path)
        path = self.path.partition("?")[0]
        if path in REDIRECTS or path == "/inside":
            status, place = REDIRECTS.get(path, (302, self.server.inside))
            self._send(status, location=place)
        elif path == "/no-head" and self.command == "HEAD":
            self._send(405)
        elif path == "/silent":
            time.sleep(1.0)
        elif path == "/dripping":
            self._drip()
        elif path == "/hiccup" and before < 3:
            self._send(503)
        elif path == "/huge" and self.command == "GET":
            self._send(200, length=10**13)
        elif path == "/huge":
            self._send(405)
        else:
            self._send(STATUS.get(path, 200))

    def _send(self, status: int, location: str = "", length: int = 0) -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.send_header("Content-Length", str(length))
        self.end_headers()
        if length:
            self._pour()

    def _pour(self) -> None:
        """Bytes for as long as somebody takes them."""
        try:
            while True:
                self.wfile.write(b"x" * 65_536)
        except OSError:
            self.close_connection = True

    def _drip(self) -> None:
        """A header a byte at a time, each well within any time limit of a socket."""
        try:
            self.wfile.write(b"HTTP/1.0 200 OK\r\nX-Slow: ")
            for _ in range(100):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            self.close_connection = True


@contextmanager
def website() -> Iterator[Website]:
    """Running until the end of the block."""
    site = Website()
    thread = Thread(target=site.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
        thread.join(5)
