"""Settings: what an operator writes is what runs, and every variable is explained to them."""

import os
import re
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from bot.settings import Settings, get_settings

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in os.environ:
        if name.startswith("BOT_"):
            monkeypatch.delenv(name)


def test_a_fresh_clone_runs_without_any_variable() -> None:
    settings = Settings()
    assert settings.database_url == "sqlite:///var/assistant.db"
    assert (settings.host, settings.rasa_port, settings.action_port) == ("127.0.0.1", 5005, 5055)
    assert settings.rasa_url == "http://127.0.0.1:5005"


def test_a_variable_of_the_environment_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_DATABASE_URL", "postgresql://bot@db/assistant")
    monkeypatch.setenv("BOT_RASA_PORT", "6005")
    assert Settings().database_url == "postgresql://bot@db/assistant"
    assert Settings().rasa_port == 6005


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_RASA_PORT", "0"),
        ("BOT_REFRESH_SECONDS", "-1"),
        ("BOT_LOG_LEVEL", "LOUD"),
        ("BOT_DATABASE_URL", ""),
    ],
)
def test_a_value_without_sense_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name.removeprefix("BOT_").lower()):
        Settings()


def test_settings_cannot_change_while_running() -> None:
    with pytest.raises(TypeError):
        Settings().rasa_port = 1


def test_settings_are_read_once_per_process(monkeypatch: pytest.MonkeyPatch) -> None:
    get_settings.cache_clear()
    first = get_settings()
    monkeypatch.setenv("BOT_RASA_PORT", "6005")
    assert get_settings() is first
    get_settings.cache_clear()


def test_a_child_process_reads_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_LOG_LEVEL", "ERROR")
    settings = Settings()
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    assert Settings() == settings


def test_rasa_reports_nothing_home_unless_the_operator_wants_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rasa's telemetry is on by default."""
    monkeypatch.delenv("RASA_TELEMETRY_ENABLED", raising=False)
    assert Settings().process_environment()["RASA_TELEMETRY_ENABLED"] == "false"
    monkeypatch.setenv("TICKET_LOCK_LIFETIME", "60")
    assert Settings().process_environment()["TICKET_LOCK_LIFETIME"] == "60"


def test_rasa_finds_every_variable_of_its_endpoints() -> None:
    """Rasa refuses to start on a ``${NAME}`` nobody set."""
    content = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
    wanted = set(re.findall(r"\$\{(\w+)\}", str(content)))
    assert wanted
    assert wanted <= Settings().environment().keys()


def test_only_the_masking_channel_of_this_machine_is_open() -> None:
    assert list(yaml.safe_load((ROOT / "credentials.yml").read_text(encoding="utf-8"))) == [
        "bot.channels.local.LocalInput"
    ]


def test_the_gateway_asks_the_assistants_it_was_told_of() -> None:
    """It would otherwise wait for one on its own machine, where none runs."""
    assert Settings(engine_processes=2).assistants == ("http://127.0.0.1:5005", "http://127.0.0.1:5006")
    told = Settings(assistant_urls="http://one:5005/ , http://two:5005")
    assert told.assistants == ("http://one:5005", "http://two:5005")
    for wrong in ("one:5005", "http://one:5005;http://two:5005", "http://one/path"):
        with pytest.raises(ValidationError, match="assistant_urls"):
            Settings(assistant_urls=wrong)


def test_what_other_machines_reach_must_ask_who_calls() -> None:
    """Whoever reaches an assistant without a secret can write in the name of any citizen."""
    with pytest.raises(ValidationError, match="BOT_RELAY_SECRET"):
        Settings(host="0.0.0.0")
    assert Settings(host="0.0.0.0", relay_secret="s3cret").host == "0.0.0.0"
    assert Settings(host="localhost").relay_secret == ""


def test_the_operating_guide_explains_every_setting() -> None:
    guide = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    rows = set(re.findall(r"^\| `(BOT_\w+)` \|", guide, flags=re.MULTILINE))
    assert rows == Settings().environment().keys()
