"""What `bot serve` starts, and what it says when it cannot."""

import socket
from pathlib import Path

from bot.serving.run import _open_where, run, services
from bot.settings import Settings


def test_the_servers_behind_listen_on_loopback_only() -> None:
    """Neither asks who is calling: on another address anybody could talk to them."""
    actions, rasa, *_ = services(Settings(engine="rasa"), Path("models/m.tar.gz"))
    assert actions.environment["SANIC_HOST"] == "127.0.0.1"
    assert rasa.command[rasa.command.index("-i") + 1] == "127.0.0.1"
    assert "--enable-api" not in rasa.command


def test_each_engine_process_has_a_port_and_a_log_of_its_own() -> None:
    """Two processes on one port would end the start; in one log nobody could tell who spoke."""
    first, second, *_ = services(Settings(engine_processes=2, rasa_port=6001), Path("models/m.tar.gz"))
    assert (first.name, second.name) == ("assistant", "assistant 2")
    assert [service.command[-1] for service in (first, second)] == ["6001", "6002"]
    assert [service.health_url for service in (first, second)] == [
        "http://127.0.0.1:6001/health",
        "http://127.0.0.1:6002/health",
    ]
    assert first.log != second.log


def test_rasa_gets_no_telemetry_and_the_settings_in_force() -> None:
    _, rasa, gateway, _ = services(Settings(engine="rasa", action_port=6055), Path("models/m.tar.gz"))
    assert rasa.environment["RASA_TELEMETRY_ENABLED"] == "false"
    assert rasa.environment["BOT_ACTION_PORT"] == gateway.environment["BOT_ACTION_PORT"] == "6055"


def test_the_gateway_is_alive_only_when_its_queues_work() -> None:
    """A listening port alone would hide that nobody answers."""
    _, gateway, _ = services(Settings(gateway_port=6056), Path("models/m.tar.gz"))
    assert gateway.health_url == "http://127.0.0.1:6056/health/live"


def test_the_console_of_staff_is_served_with_the_rest() -> None:
    """Citizens would wait for people who have no place to answer."""
    *_, console = services(Settings(console_port=6057), Path("models/m.tar.gz"))
    assert console.command[1:] == ["-m", "bot.console"]
    assert console.health_url == "http://127.0.0.1:6057/health/live"


def test_the_first_password_is_said_and_only_when_there_is_one() -> None:
    """Without it nobody gets in; said at every start it would be no secret."""
    first = _open_where(Settings(), chat=False, first_password="abcd-efgh")
    assert "admin with the one-time password abcd-efgh" in first and ":8090/console/" in first
    assert "password" not in _open_where(Settings(), chat=False, first_password=None)


def test_a_taken_port_is_named_instead_of_a_crash(tmp_path: Path) -> None:
    said: list[str] = []
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        settings = Settings(rasa_port=port, var_dir=tmp_path)
        assert run(settings, Path("models/m.tar.gz"), chat=False, say=said.append) == 1
    assert said == [f"Port {port} on 127.0.0.1 is taken. Free it or set BOT_RASA_PORT."]
