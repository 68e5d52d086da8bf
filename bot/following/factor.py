"""The four digits a citizen sends as a second factor, and how to keep them out of what is stored. Pure."""

import re

from bot.dossiers.casefile import CaseFile, Waiting
from bot.text import fold

NAME = "follow"
TOPIC = "factor"
HIDDEN = "••••"
_YEAR = re.compile(r"\bnam \d{4}\b")
_RUN = re.compile(r"\d(?:[ .\-]?\d)*")


def asked(file: CaseFile) -> bool:
    """Whether the next message of this conversation may carry the digits."""
    waiting = file.waiting
    return waiting is not None and (waiting.flow, waiting.topic) == (NAME, TOPIC)


def waiting_for(code: str) -> Waiting:
    """The open question for the digits of a dossier."""
    return Waiting(NAME, TOPIC, code)


def digits(text: str) -> str | None:
    """The only four digits of a message; None when there are none, several or more, or they are a year."""
    runs = [re.sub(r"\D", "", run) for run in _RUN.findall(text)]
    four = [run for run in runs if len(run) == 4]
    if len(four) != 1 or any(len(run) > 4 for run in runs) or _YEAR.search(fold(text)):
        return None
    return four[0]


def may_hold(text: str) -> bool:
    """Whether the digits may be in a message, also where it cannot be told which they are."""
    return hide(text) != text and not _YEAR.search(fold(text))


def hide(text: str) -> str:
    """The message as it may be stored: each row of four digits is blotted out."""
    return _RUN.sub(lambda run: HIDDEN if len(re.sub(r"\D", "", run[0])) == 4 else run[0], text)
