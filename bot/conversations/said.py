"""One message of a conversation as it is stored and shown."""

from typing import Any

import msgspec


class Offer(msgspec.Struct, frozen=True, omit_defaults=True):
    """A button: ``token`` comes back when it is pressed, or ``url`` (https) is opened."""

    title: str
    token: str = ""
    url: str = ""


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """The record an answer stands on; ``date`` is the ISO day of that record."""

    title: str
    code: str = ""
    url: str = ""
    date: str = ""


class Card(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an answer about one procedure shows apart from its text: what to bring, and the sources."""

    code: str = ""
    name: str = ""
    checklist: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


class FileRef(msgspec.Struct, frozen=True, omit_defaults=True):
    """A stored attachment. ``ref`` is the key of the blob store, ``size`` bytes, ``type`` a MIME type."""

    ref: str
    name: str
    size: int
    type: str


class Said(msgspec.Struct, frozen=True, omit_defaults=True):
    """Text (masked, plain), buttons, card and files of one message; ``outcome`` of the turn it ends.
    ``name``: what the member of staff who wrote it is called, as citizens may read it.
    """

    text: str = ""
    buttons: tuple[Offer, ...] = ()
    card: Card | None = None
    files: tuple[FileRef, ...] = ()
    outcome: str = ""
    name: str = ""

    def dump(self) -> dict[str, Any]:
        """Builtin types for a JSON column."""
        found: dict[str, Any] = msgspec.to_builtins(self)
        return found


def load_said(body: dict[str, Any]) -> Said:
    """The message of a JSON column; raises ``msgspec.ValidationError`` when it is none."""
    return msgspec.convert(body, Said)
