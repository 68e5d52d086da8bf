"""What citizens say under load, and what each message has to get. Pure."""

from collections.abc import Iterable, Mapping

import msgspec

Script = tuple[str, ...]
"""The messages of one conversation, in order."""


class Wanted(msgspec.Struct, frozen=True):
    """The right reply: its texts, and the procedure it is about where there is one."""

    texts: tuple[str, ...]
    procedure: str | None = None


class Message(msgspec.Struct, frozen=True):
    """``wanted``: None where no reply is known beforehand."""

    text: str
    wanted: Wanted | None = None


class Visit(msgspec.Struct, frozen=True):
    """One citizen's messages, one after the other. ``fresh``: a conversation nobody had before."""

    sender: str
    messages: tuple[Message, ...]
    fresh: bool = True


Answers = Mapping[Script, tuple[Wanted, ...]]
"""Of each script the right replies."""


def visits(scripts: Iterable[Script], name: str, answers: Answers | None = None) -> list[Visit]:
    """A citizen for each script, called ``name`` and a number. Raises ``KeyError`` for a script ``answers``
    does not know.
    """
    return [
        Visit(f"{name}-{number:06}", _messages(script, answers[script] if answers else None))
        for number, script in enumerate(scripts)
    ]


def echoed(script: Script) -> tuple[Wanted, ...]:
    """What a server answers that gives back what it got."""
    return tuple(Wanted((text,)) for text in script)


def _messages(script: Script, wanted: tuple[Wanted, ...] | None) -> tuple[Message, ...]:
    if wanted is None:
        return tuple(Message(text) for text in script)
    return tuple(Message(text, reply) for text, reply in zip(script, wanted, strict=True))
