"""One change of the model that serves, as a line of the history. Pure."""

from collections.abc import Sequence
from datetime import datetime
from enum import Enum

import msgspec


class Act(Enum):
    """What changed the active model."""

    ACTIVATED = "activated"
    ROLLED_BACK = "rolled_back"
    WENT_BACK = "went_back"
    """The server could not work with the model and took the one before again."""


class Activation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """``model`` serves from ``at`` on, in place of ``before`` (None where nothing was there).

    ``by`` names who did it, ``why`` the reason given. ``forced``: the model was not released.
    """

    at: datetime
    act: Act
    model: str
    before: str | None
    by: str
    why: str = ""
    forced: bool = False


_DECODER = msgspec.json.Decoder(Activation)


def read_activations(content: bytes) -> list[Activation]:
    """Oldest first. A line that cannot be read (somebody edited the file) counts as not written."""
    found: list[Activation] = []
    for line in content.splitlines():
        try:
            found.append(_DECODER.decode(line))
        except msgspec.DecodeError:
            continue
    return found


def line_of(activation: Activation) -> bytes:
    """The line of the history, with its end."""
    return msgspec.json.encode(activation) + b"\n"


def active(history: Sequence[Activation]) -> str | None:
    """The model chosen last; None where none ever was."""
    return history[-1].model if history else None


def predecessors(history: Sequence[Activation]) -> list[str]:
    """Models a rollback could return to, the nearest first, each once.

    Going back forgets what was gone back from: after A, B, C and a rollback to B the next one leads to A.
    """
    road: list[str] = []
    for step in history:
        if not road and step.before:
            road.append(step.before)
        if step.act is not Act.ACTIVATED and step.model in road:
            while road[-1] != step.model:
                road.pop()
        elif not road or road[-1] != step.model:
            road.append(step.model)
    return list(dict.fromkeys(model for model in reversed(road[:-1]) if model != road[-1]))
