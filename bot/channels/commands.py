"""Messages that are commands to the channels instead of questions to the assistant."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import msgspec

from bot.conversations.linking import ALPHABET, LENGTH, PREFIX, bare
from bot.text import fold

_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_SPACES = re.compile(r"\s+")
_FINAL = " .!?…;,:\"'“”()"
_HALF = LENGTH // 2
_CODE = re.compile(rf"{PREFIX.lower()}([-. ]?)([a-z0-9]{{{_HALF}}})[-. ]?([a-z0-9]{{{_HALF}}})")
_START = "l_"


class Command(str, Enum):
    """What a citizen may want of the channels; the value is the key in ``data/channels/commands.yaml``."""

    LINK = "link"
    """Wants a code that moves the conversation to another channel."""
    REDEEM = "redeem"
    """Tells such a code."""
    UNLINK = "unlink"
    ERASE = "erase"
    PRIVACY = "privacy"
    HELP = "help"
    BACK = "back"
    """From a person back to the assistant."""
    ALONE = "alone"
    """Leaves no contact to be called back."""


@dataclass(frozen=True)
class Order:
    """A command and, with ``REDEEM``, the code as ``bot.conversations.linking.redeem`` takes it."""

    command: Command
    code: str = ""


@dataclass(frozen=True)
class Spellings:
    """Folded ways to say each command, and what may stand before a code, the longest first."""

    commands: Mapping[str, Command]
    before_code: tuple[str, ...]


class _File(msgspec.Struct):
    commands: dict[Command, list[str]]
    before_code: list[str]


def read_spellings(path: Path) -> Spellings:
    """The file ``data/channels/commands.yaml``.

    Raises ``OSError``, or ``ValueError`` when the file is malformed or one spelling means two commands.
    """
    read = msgspec.yaml.decode(path.read_bytes(), type=_File)
    found: dict[str, Command] = {}
    for command, spellings in read.commands.items():
        for spelling in spellings:
            if found.setdefault(_plain(spelling), command) is not command:
                raise ValueError(f"{path.name}: {spelling!r} means two commands")
    return Spellings(found, tuple(sorted(map(_plain, read.before_code), key=len, reverse=True)))


def recognise(text: str, spellings: Spellings) -> Order | None:
    """The command that the whole message is; None for everything else, so that no question is lost."""
    plain = _plain(text)
    known = spellings.commands.get(plain)
    if known is not None:
        return Order(known)
    code = _code(plain)
    for words in spellings.before_code:
        if code is None and plain.startswith(words):
            code = _code(plain[len(words) :].lstrip(" :"))
    return None if code is None else Order(Command.REDEEM, code)


def start_payload(code: str) -> str:
    """What follows ``?start=`` in a deep link that tells this code."""
    return _START + bare(code)


def started(payload: str) -> Order | None:
    """The command in the payload of a deep link; None when it is none of ours."""
    code = payload.removeprefix(_START)
    return Order(Command.REDEEM, code) if code != payload and _is_ours(code.upper()) else None


def _plain(text: str) -> str:
    return _SPACES.sub(" ", _DASHES.sub("-", fold(text))).strip(_FINAL)


def _code(plain: str) -> str | None:
    """The characters of a code. With "LK-" before it also one with a wrong character, so that the citizen
    is told; without, only what cannot be words.
    """
    found = _CODE.fullmatch(plain)
    if found is None:
        return None
    code = (found[2] + found[3]).upper()
    return code if found[1] == "-" or _is_ours(code) else None


def _is_ours(code: str) -> bool:
    return len(code) == LENGTH and set(code) <= set(ALPHABET)
