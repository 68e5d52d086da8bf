"""The real thing over HTTP under the supervisor, started once on each road: the short engine, and Rasa with
its action server. Both give what the command line gives, so they give the same.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import uuid4

import pytest

from bot.channels.brain import open_brain
from bot.conversations.channel import Channel
from bot.load.ports import free_port
from bot.serving.health import answers, replies_to_a_greeting, send
from bot.settings import Settings
from tests.journeys.conversation import Conversation
from tests.working import ROOT, catalogue_url, desk, trained_model

SERVE = """
import sys
from pathlib import Path
from bot.serving.run import run
from bot.settings import Settings
raise SystemExit(run(Settings(), Path(sys.argv[1]), chat=False))
"""
Engine = Literal["short", "rasa"]
PATIENCE = 90.0
QUESTIONS = (
    "xin chào",
    "đăng ký khai sinh cần giấy tờ gì",
    "dang ky ket hon muc may",
    "lệ phí đăng ký tạm trú bao nhiêu",
    "đăng ký hộ kinh doanh nộp ở đâu",
    "bao nhiêu thủ tục của Sở Xây dựng là một phần?",
    "Thủ tục nào toàn trình ở phường tôi?",
    "1.013962 nộp ở xã với nộp ở văn phòng đất đai khác nhau thế nào?",
    "thị trấn Cái Rồng giờ là đâu",
    "phường Hà Khẩu nay là phường nào",
    "cấp 4 là gì",
    "làm gplx nộp ở đâu",
    "chồng đang đánh tôi",
    "🙂🙂🙂",
    "' OR 1=1; DROP TABLE procedure; --",
)


@dataclass
class Server:
    """A running supervisor with its settings."""

    process: "subprocess.Popen[bytes]"
    settings: Settings

    def hears(self, message: str, sender: str | None = None) -> list[str]:
        """Texts of the replies to one message."""
        return [str(reply["text"]) for reply in self.replies(message, sender) if reply.get("text")]

    def replies(self, message: str, sender: str | None = None) -> list[dict[str, object]]:
        """The replies to one message as Rasa's channel gives them."""
        return send(self.settings.rasa_url, sender or uuid4().hex, message, secret=self.settings.relay_secret)

    def child(self, word: str) -> int:
        """Process id of the child whose command line holds ``word``."""
        for pid in children(self.process.pid):
            if word in Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0"):
                return pid
        raise LookupError(word)


def children(parent: int) -> list[int]:
    found = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return [int(pid) for pid in found.split()]


def own_settings(folder: Path, engine: Engine) -> Settings:
    """Free ports and a tracker store of its own."""
    return Settings(
        engine=engine,
        database_url=catalogue_url(),
        tracker_url=f"sqlite:///{folder / 'tracker.db'}",
        var_dir=folder,
        rasa_port=free_port(),
        action_port=free_port(),
        gateway_port=free_port(),
        console_port=free_port(),
        relay_secret=uuid4().hex,
    )


def start(settings: Settings, ready: Callable[[], bool]) -> Server:
    """The supervisor in a process of its own, once ``ready``."""
    log_path = settings.var_dir / "serve.log"
    with log_path.open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(trained_model())],
            cwd=ROOT,
            env=settings.process_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            said = log_path.read_text(encoding="utf-8", errors="replace")
            pytest.fail(f"the servers did not start:\n{said[-3000:]}")
        time.sleep(0.3)
    return Server(process, settings)


@pytest.fixture(scope="module", params=["short", "rasa"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Started once; the test of SIGTERM stops it."""
    if not Path("/proc/self/task").exists():
        pytest.skip("needs /proc to look at the children of the supervisor")
    settings = own_settings(tmp_path_factory.mktemp("serve"), request.param)
    running = start(settings, lambda: replies_to_a_greeting(settings.rasa_url, settings.relay_secret))
    yield running
    if running.process.poll() is None:
        running.process.terminate()
        running.process.wait(20)


def stored(server: Server) -> str:
    """Everything kept of conversations for Rasa, as text."""
    path = server.settings.tracker_url.removeprefix("sqlite:///")
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT * FROM session").fetchall()
    return "\n".join(map(str, rows))


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_server_says_what_the_command_line_says(server: Server, question: str) -> None:
    """What was measured in process would otherwise not be what citizens get."""
    assert server.hears(question) == list(Conversation(desk()).says(question).texts)


def test_a_follow_up_goes_through_the_slot(server: Server) -> None:
    sender = uuid4().hex
    server.hears("đăng ký khai sinh cần giấy tờ gì", sender)
    told = "\n".join(server.hears("còn lệ phí?", sender))
    assert "1.001193" in told and "phí" in told


def test_a_button_answers(server: Server) -> None:
    sender = uuid4().hex
    replies = server.replies("làm gplx nộp ở đâu", sender)
    buttons = replies[-1]["buttons"]
    assert isinstance(buttons, list)
    told = "\n".join(server.hears(buttons[0]["payload"], sender))
    assert "Mã thủ tục" in told


def test_a_number_of_a_person_never_reaches_the_database(server: Server) -> None:
    """The tracker store is kept; a number in it is a leak waiting."""
    told = "\n".join(server.hears("căn cước 022199001234, sđt 0912345678, đăng ký khai sinh cần gì"))
    kept = stored(server)
    assert "ask_documents" in kept and "khai sinh" not in kept
    for secret in ("022199001234", "0912345678"):
        assert secret not in kept and secret not in told


@pytest.mark.parametrize(
    "command", ["/restart", "/ /restart", '/restart{"x":1}', "/session_start", "/action_restart"]
)
def test_a_typed_command_is_text(server: Server, command: str) -> None:
    """Somebody could otherwise empty or steer a conversation from outside."""
    sender = uuid4().hex
    server.hears("đăng ký khai sinh cần giấy tờ gì", sender)
    assert server.hears(command, sender)
    assert command not in stored(server)


def test_starting_over_is_answered_once(server: Server) -> None:
    """Rasa's fallback must not say it a second time."""
    assert len(server.hears("nói lại từ đầu giùm")) == 1


def test_without_the_secret_rasa_does_not_listen(server: Server) -> None:
    """Any program of the machine could otherwise speak in a citizen's name."""
    with pytest.raises(OSError, match="401"):
        send(server.settings.rasa_url, uuid4().hex, "xin chào")
    assert not replies_to_a_greeting(server.settings.rasa_url, "wrong")


async def test_a_turn_of_the_gateway_brings_text_buttons_and_card(server: Server) -> None:
    """The road of every citizen's message: channel in, structured reply out, memory gone when asked."""
    brain, citizen = open_brain(server.settings), uuid4().hex
    try:
        assert await brain.ready()
        (web,) = await brain.reply(citizen, Channel.WEB, "m1", "đăng ký khai sinh cần giấy tờ gì")
        assert web.outcome == "answered" and web.card is not None
        assert (web.card.code, len(web.card.checklist)) == ("1.001193", 3)
        assert [source.date for source in web.card.sources] == ["2026-11-21"]
        assert "Mã thủ tục: 1.001193" in web.text and "Nguồn: " not in web.text

        in_hospital = next(choice for choice in web.buttons if "sinh-o-co-so-y-te" in choice.payload)
        (zalo,) = await brain.reply(citizen, Channel.ZALO, "m2", in_hospital.payload)
        assert "Giấy chứng sinh" in zalo.text and "\nNguồn: " in zalo.text
        assert zalo.card is not None and len(zalo.card.checklist) == 4

        (kept,) = await brain.reply(citizen, Channel.TELEGRAM, "m3", "còn lệ phí?")
        assert kept.card is not None and kept.card.code == "1.001193"
        await brain.forget(citizen)
        (fresh,) = await brain.reply(citizen, Channel.TELEGRAM, "m4", "còn lệ phí?")
        assert (fresh.card, fresh.outcome) == (None, "asked_back")
    finally:
        await brain.close()


def test_sigterm_stops_all_children_within_ten_seconds(server: Server) -> None:
    """A restart of the machine would hang, or leave a port taken."""
    answering = ["bot.engine"] if server.settings.engine == "short" else ["rasa_sdk", "rasa"]
    pids = [server.child(word) for word in (*answering, "bot.channels", "bot.console")]
    began = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    assert server.process.wait(15) == 0
    assert time.monotonic() - began < 10
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


@pytest.mark.parametrize(
    ("engine", "killed", "left", "told"),
    [
        ("short", "bot.engine", "bot.channels", "assistant ended"),
        ("rasa", "rasa_sdk", "rasa", "action server ended"),
    ],
)
def test_without_one_of_them_everything_stops_cleanly(
    tmp_path: Path, engine: Engine, killed: str, left: str, told: str
) -> None:
    """Half a service would leave people waiting for answers that never come."""
    settings = own_settings(tmp_path, engine)
    running = start(settings, lambda: answers(f"{settings.action_url}/health"))
    other = running.child(left)
    os.kill(running.child(killed), signal.SIGKILL)
    assert running.process.wait(20) == 1
    assert told in (tmp_path / "serve.log").read_text(encoding="utf-8")
    assert not Path(f"/proc/{other}").exists()
