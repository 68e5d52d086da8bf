"""The commands a citizen finds in Telegram's menu must lead somewhere."""

from pathlib import Path

import pytest

from bot.channels.telegram.commands import read_commands
from bot.channels.telegram.registration import menu
from tests.conftest import ROOT

SHIPPED = ROOT / "data" / "channels" / "commands.yaml"


def test_the_three_commands_everybody_tries_are_there_and_explained() -> None:
    commands = read_commands(SHIPPED)
    assert {"help", "huy", "nhanvien"} <= set(commands)
    for entry in menu(commands):
        assert 0 < len(entry["description"]) <= 256 and entry["description"][0].isupper()


@pytest.mark.parametrize(
    "line", ["Help: trợ giúp", "start: xin chào", "trợ-giúp: x", "help: ''", f"{'a' * 33}: x"]
)
def test_a_name_telegram_would_refuse_is_found_when_the_file_is_read(tmp_path: Path, line: str) -> None:
    path = tmp_path / "commands.yaml"
    path.write_text(f"telegram:\n  {line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"commands\.yaml"):
        read_commands(path)
