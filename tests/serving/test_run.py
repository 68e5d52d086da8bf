"""What `bot serve` starts, and what it says when it cannot."""

import socket
from pathlib import Path

from bot.serving.run import run, services
from bot.settings import Settings


def test_both_servers_listen_on_loopback_only() -> None:
    """Neither asks who is calling: on another address anybody could talk to them."""
    actions, rasa = services(Settings(), Path("models/m.tar.gz"))
    assert actions.environment["SANIC_HOST"] == "127.0.0.1"
    assert rasa.command[rasa.command.index("-i") + 1] == "127.0.0.1"
    assert "--enable-api" not in rasa.command


def test_rasa_gets_no_telemetry_and_the_settings_in_force() -> None:
    _, rasa = services(Settings(action_port=6055), Path("models/m.tar.gz"))
    assert rasa.environment["RASA_TELEMETRY_ENABLED"] == "false"
    assert rasa.environment["BOT_ACTION_PORT"] == "6055"


def test_a_taken_port_is_named_instead_of_a_crash(tmp_path: Path) -> None:
    said: list[str] = []
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        settings = Settings(action_port=port, var_dir=tmp_path)
        assert run(settings, Path("models/m.tar.gz"), chat=False, say=said.append) == 1
    assert said == [f"Port {port} on 127.0.0.1 is taken. Free it or set BOT_ACTION_PORT."]
