"""The supervisor with stand-ins for the real servers: all run or none, and nothing is left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.load.ports import free_port
from bot.serving.child import Service
from bot.serving.health import answers, port_is_free
from bot.serving.supervisor import Supervisor

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
SUPERVISED = """
import sys
from pathlib import Path
from bot.serving.child import Service
from bot.serving.supervisor import Supervisor

folder, *ports = sys.argv[1:]
services = [
    Service(
        name=f"server {port}",
        command=[sys.executable, "-m", "http.server", "--bind", "127.0.0.1", port],
        health_url=f"http://127.0.0.1:{port}/",
        log=Path(folder, port + ".log"),
    )
    for port in ports
]
sys.exit(Supervisor(services, 30).run(ready=lambda: print("ready", flush=True)))
"""


def web_server(tmp_path: Path, name: str = "web") -> Service:
    port = free_port()
    return Service(
        name=name,
        command=[sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)],
        health_url=f"http://127.0.0.1:{port}/",
        log=tmp_path / f"{name}.log",
    )


def script(tmp_path: Path, code: str, name: str = "script") -> Service:
    return Service(name, [sys.executable, "-c", code], f"http://127.0.0.1:{free_port()}/", tmp_path / "s.log")


def eventually(true: Callable[[], bool], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def supervised(tmp_path: Path, ports: list[int]) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", SUPERVISED, str(tmp_path), *map(str, ports)],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def free(port: int) -> bool:
    return port_is_free("127.0.0.1", port)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_everything_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    """An operator who stops the assistant can start it again at once: no port stays taken."""
    ports = [free_port(), free_port()]
    process = supervised(tmp_path, ports)
    assert all(answers(f"http://127.0.0.1:{port}/") for port in ports)
    process.send_signal(number)
    assert process.wait(10) == 0
    assert all(free(port) for port in ports)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
def test_killing_the_supervisor_leaves_no_orphans(tmp_path: Path) -> None:
    """After ``kill -9`` an orphan would hold the port and answer with yesterday's catalogue."""
    ports = [free_port(), free_port()]
    process = supervised(tmp_path, ports)
    process.kill()
    process.wait(10)
    assert eventually(lambda: all(free(port) for port in ports))


def test_a_dead_child_takes_the_others_along_and_shows_its_log(tmp_path: Path) -> None:
    """Half an assistant would leave citizens without replies while everything looks alive."""
    web = web_server(tmp_path)
    dying = web_server(tmp_path, "dying")
    said: list[str] = []
    supervisor = Supervisor([web, dying], 30, said.append)

    def kill_one() -> None:
        os.kill(supervisor.pids["dying"], signal.SIGKILL)

    assert supervisor.run(ready=kill_one) == 1
    assert "dying ended with code -9" in said[0]
    assert not answers(web.health_url)


def test_a_child_that_fails_at_the_start_shows_why(tmp_path: Path) -> None:
    said: list[str] = []
    failing = script(tmp_path, "print('no such table'); raise SystemExit(3)")
    assert Supervisor([failing], 30, said.append).run() == 1
    assert "ended with code 3" in said[0]
    assert "no such table" in said[0]


def test_a_child_that_never_answers_ends_the_start(tmp_path: Path) -> None:
    said: list[str] = []
    assert Supervisor([script(tmp_path, "import time; time.sleep(60)")], 0.5, said.append).run() == 1
    assert "did not answer within 0.5 s" in said[0]


def test_servers_that_listen_but_do_not_work_are_not_called_ready(tmp_path: Path) -> None:
    """Rasa listens even without a usable model."""
    said: list[str] = []
    ready: list[bool] = []
    code = Supervisor([web_server(tmp_path)], 30, said.append).run(
        check=lambda: "The assistant does not reply.", ready=lambda: ready.append(True)
    )
    assert (code, ready) == (1, [])
    assert said[0].startswith("The assistant does not reply.")


def test_a_child_deaf_to_sigterm_is_killed_within_ten_seconds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.serving.supervisor.GRACE_SECONDS", 0.5)
    stubborn = script(tmp_path, STUBBORN)
    started = time.monotonic()
    assert Supervisor([stubborn], 1.5, print).run() == 1
    assert time.monotonic() - started < 10


def test_leaving_the_chat_ends_everything(tmp_path: Path) -> None:
    web = web_server(tmp_path)
    seen = tmp_path / "seen"
    chat = [sys.executable, "-c", f"open({str(seen)!r}, 'w').write('chatted')"]
    assert Supervisor([web], 30).run(foreground=chat) == 0
    assert seen.read_text() == "chatted"
    assert not answers(web.health_url)


def test_the_log_of_the_run_before_is_kept(tmp_path: Path) -> None:
    """The reason for a crash must survive the restart that follows it."""
    for text in ("first", "second"):
        Supervisor([script(tmp_path, f"print({text!r})")], 5, print).run()
    assert (tmp_path / "s.log").read_text() == "second\n"
    assert (tmp_path / "s.log.1").read_text() == "first\n"
