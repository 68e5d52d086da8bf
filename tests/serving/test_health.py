"""Readiness is asked of the server itself, whatever the environment says."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from bot.serving.health import answers, port_is_free, replies_to_a_greeting, send, tasks


class Rest(BaseHTTPRequestHandler):
    """Stands in for Rasa's REST channel; repeats the message in upper case."""

    replies = True

    def do_GET(self) -> None:
        self.send_response(200 if self.path in ("/", "/health") else 404)
        self.end_headers()
        if self.path == "/health":
            self.wfile.write(json.dumps({"status": "ok", "tasks": 7}).encode())

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        replies = [{"recipient_id": body["sender"], "text": body["message"].upper()}] if self.replies else []
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(replies).encode())

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def rasa() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Rest)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_running_server_answers_even_behind_a_proxy_setting(
    rasa: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many offices set a proxy for everything; the start must not hang on it."""
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert answers(rasa)


def test_an_error_or_nobody_there_is_no_answer(rasa: str) -> None:
    assert not answers(f"{rasa}/missing")
    assert not answers("http://127.0.0.1:1/")


def test_a_message_comes_back_with_its_replies(rasa: str) -> None:
    assert send(rasa, "me", "lệ phí") == [{"recipient_id": "me", "text": "LỆ PHÍ"}]


def test_silence_after_a_greeting_is_noticed(rasa: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert replies_to_a_greeting(rasa)
    monkeypatch.setattr(Rest, "replies", False)
    assert not replies_to_a_greeting(rasa)
    assert not replies_to_a_greeting("http://127.0.0.1:1")


def test_tasks_are_read_where_they_are_told(rasa: str) -> None:
    """A task that is never finished would go unseen until the memory is full."""
    assert tasks(f"{rasa}/health") == 7
    assert tasks(rasa) == tasks(f"{rasa}/nothing") == tasks("http://127.0.0.1:1") == 0


def test_a_taken_port_is_seen_before_the_start(rasa: str) -> None:
    assert not port_is_free("127.0.0.1", int(rasa.rsplit(":", 1)[1]))
