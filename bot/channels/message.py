"""What a channel hands in, and what is to be said to it: the same shapes for all channels."""

from enum import Enum
from typing import Any

import msgspec

from bot.conversations.channel import Channel
from bot.conversations.said import Card, FileRef
from bot.conversations.turns import Facts


class Kind(str, Enum):
    """What the citizen did."""

    TEXT = "text"
    BUTTON = "button"
    """Pressed a button; ``text`` is its opaque token."""
    FILES = "files"
    """Sent files; ``text`` is the caption, if any."""
    HELLO = "hello"
    """Opened the conversation (followed us, pressed start). ``text``: payload of a deep link, if any."""
    GOODBYE = "goodbye"
    """Left or blocked us: nothing may be sent."""
    UNREADABLE = "unreadable"
    """Sent what we do not take (voice, sticker, edit …). ``text``: a ``Refusal`` value that says which."""


class Refusal(str, Enum):
    """Why something a citizen sent is not taken; each has its sentence in ``domain.yml``."""

    VOICE = "voice"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    EDIT = "edit"
    GROUP = "group"
    FILE_TOO_BIG = "file_too_big"
    FILE_TYPE = "file_type"
    FILE_FAILED = "file_failed"
    MENU_EXPIRED = "menu_expired"
    OTHER = "other"


class Incoming(msgspec.Struct, frozen=True, omit_defaults=True):
    """One message of a citizen, already validated, cleaned and masked by its channel.

    ``external_id``: the citizen's address on the channel. ``message_id``: unique per channel, the key
    against repeats. ``sent_at``: POSIX seconds as the channel tells them; puts a burst in order.
    ``fetch``: platform handles of files still to be downloaded (``{"url"|"file_id", "name", "size"}``).
    ``contact``: an unmasked number or address the text consists of; taken out before anything is stored.
    ``leaves_contact``: it was sealed, to call the citizen back.
    """

    channel: Channel
    external_id: str
    message_id: str
    kind: Kind
    sent_at: float
    text: str = ""
    files: tuple[FileRef, ...] = ()
    fetch: tuple[dict[str, Any], ...] = ()
    contact: str = ""
    leaves_contact: bool = False


class Choice(msgspec.Struct, frozen=True, omit_defaults=True):
    """A button the assistant offers: ``payload`` stays with us, or ``url`` (https) is opened."""

    title: str
    payload: str = ""
    url: str = ""


class Reply(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing to say: plain text of any length, buttons, card; ``outcome`` of the turn it belongs to;
    ``facts``: what the assistant knows of that turn, where it was asked.
    """

    text: str
    buttons: tuple[Choice, ...] = ()
    card: Card | None = None
    outcome: str = ""
    facts: Facts | None = None
