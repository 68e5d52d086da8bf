"""Slash commands, and what each says in a citizen's words."""

import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

Commands = Mapping[str, str]
"""Name of a command without "/" to words the assistant understands."""

_COMMAND = re.compile(r"/+([A-Za-z0-9_]{1,32})(?:@[A-Za-z0-9_]{1,64})?(?:\s+(.*))?\s*", re.DOTALL)
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
START = "start"


class _File(msgspec.Struct):
    telegram: dict[str, str]


def read_commands(path: Path) -> dict[str, str]:
    """The ``telegram`` part of ``data/channels/commands.yaml``.

    Raises ``OSError``, or ``ValueError`` when the file or a name is not what Telegram takes.
    """
    commands = msgspec.yaml.decode(path.read_bytes(), type=_File).telegram
    for name, words in commands.items():
        if not _NAME.fullmatch(name) or name == START or not 0 < len(words) <= 256:
            raise ValueError(f"{path.name}: bad command {name!r}")
    return commands


def started(text: str) -> str | None:
    """Payload of the deep link in ``/start <payload>``, "" without a valid one; None for other texts."""
    found = _COMMAND.fullmatch(text)
    if not found or found[1].lower() != START:
        return None
    payload = (found[2] or "").strip()
    return payload if _PAYLOAD.fullmatch(payload) else ""


def worded(text: str, commands: Commands) -> str:
    """A command in a citizen's words, with what was written after it; an unknown one loses "/" and
    ``@BotName``, so that nobody can hand commands to the dialogue engine. Other texts stay.
    """
    found = _COMMAND.fullmatch(text)
    if not found:
        return text.lstrip("/") if text.startswith("/") else text
    known = commands.get(found[1].lower())
    rest = (found[2] or "").strip()
    if known is None:
        return f"{found[1]} {rest}".rstrip()
    return f"{known}: {rest}" if rest else known
