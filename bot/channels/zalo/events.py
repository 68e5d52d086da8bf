"""What a webhook event means to the assistant. Pure; nothing here keeps coordinates, phones or names."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec
from msgspec.structs import replace

from bot.answers.incoming import receive
from bot.channels.decoding import decoded
from bot.channels.message import Incoming, Kind, Refusal
from bot.channels.zalo import address
from bot.channels.zalo.signature import seconds
from bot.channels.zalo.wire import Attachment, Envelope, Message, Party
from bot.conversations.channel import Channel
from bot.text import mask
from bot.text.contacts import find_contact

BUTTON_PREFIX = "#"
"""A tap arrives as an ordinary text holding the button's payload: ours are ``#<token>``."""

_TAP = re.compile(r"#([A-Za-z0-9_-]{8,24})")
_MESSAGE_ID = re.compile(r"[\x21-\x7e]{1,128}")
_NAME_LENGTH = 120
_FILES = frozenset({"user_send_image", "user_send_gif", "user_send_file"})
_REFUSED = {
    "user_send_audio": Refusal.VOICE,
    "user_send_video": Refusal.FILE_TYPE,
    "user_send_sticker": Refusal.STICKER,
    "user_send_location": Refusal.LOCATION,
    "user_send_link": Refusal.OTHER,
    "user_send_business_card": Refusal.CONTACT,
    "user_submit_info": Refusal.CONTACT,
}
_ECHO = re.compile(r"oa_send_(?!group_)[a-z_]+")
_attachments = msgspec.json.Decoder(tuple[Attachment, ...])
_ANONYMOUS = "anonymous_send_"
_OF_CITIZENS = _FILES | {"user_send_text", *_REFUSED}
_RECEIPTS = frozenset({"user_received_message", "user_seen_message"})


@dataclass(frozen=True)
class Echo:
    """What the account sent; ``admin_id`` when a person wrote it in the account's manager.

    ``text`` as it stands in our own calls: NFC, no space at the ends; empty for pictures and templates.
    """

    external_id: str
    message_id: str
    text: str
    admin_id: str | None


@dataclass(frozen=True)
class Receipt:
    """Messages of ours that arrived or, if ``seen``, were read; ``tracking_id`` of a template by phone."""

    message_ids: tuple[str, ...]
    seen: bool
    tracking_id: str | None = None


@dataclass(frozen=True)
class Ignored:
    """An event without meaning for us (groups, reactions, kinds of tomorrow)."""

    name: str


Handles = tuple[dict[str, Any], ...]
Event = Incoming | Echo | Receipt | Ignored


def understand(event: Envelope, raw: bytes, oa_id: str) -> Event:
    """The meaning of ``event``, signed as ``raw``. ``ValueError`` when ids or times are malformed."""
    name = event.event_name
    if name in ("follow", "unfollow"):
        kind = Kind.HELLO if name == "follow" else Kind.GOODBYE
        return _incoming(event, raw, address.user(_id(event.follower)), kind)
    if name in _RECEIPTS:
        return _receipt(event)
    if _ECHO.fullmatch(name):
        return _echo(event)
    deed = name.replace(_ANONYMOUS, "user_send_")
    if deed not in _OF_CITIZENS or _id(event.sender) == oa_id:
        return Ignored(name)
    if deed == name:
        sender = address.user(_id(event.sender))
    else:
        conversation = (event.message and event.message.conversation_id) or ""
        sender = address.anonymous(_id(event.sender), conversation)
    if deed in _REFUSED:
        return _refusal(event, raw, sender, _REFUSED[deed])
    if deed in _FILES:
        return _files(event, raw, sender)
    return _text(event, raw, sender)


def label(name: str) -> str:
    """``name`` if it is an event we know, else ``other``: what a metric may be labelled with."""
    known = {"follow", "unfollow"} | _RECEIPTS | _OF_CITIZENS
    if name.replace(_ANONYMOUS, "user_send_") in known:
        return name
    return "oa_send" if _ECHO.fullmatch(name) else "other"


def _text(event: Envelope, raw: bytes, sender: str) -> Incoming:
    text = (event.message and event.message.text) or ""
    tap = _TAP.fullmatch(text.strip())
    if tap:
        return _incoming(event, raw, sender, Kind.BUTTON, tap[1])
    plain = _typed(text)
    if not plain:
        return _refusal(event, raw, sender, Refusal.OTHER)
    said = _incoming(event, raw, sender, Kind.TEXT, plain)
    return replace(said, contact=find_contact(text))


def _files(event: Envelope, raw: bytes, sender: str) -> Incoming:
    message = event.message or Message()
    try:
        attachments = decoded(_attachments, message.attachments)
    except msgspec.DecodeError:
        attachments = ()
    fetch = tuple(handle for found in attachments if (handle := _handle(found)))
    if not fetch:
        return _refusal(event, raw, sender, Refusal.FILE_FAILED)
    return _incoming(event, raw, sender, Kind.FILES, _typed(message.text or ""), fetch)


def _refusal(event: Envelope, raw: bytes, sender: str, refusal: Refusal) -> Incoming:
    return _incoming(event, raw, sender, Kind.UNREADABLE, refusal.value)


def _incoming(
    event: Envelope, raw: bytes, sender: str, kind: Kind, text: str = "", fetch: Handles = ()
) -> Incoming:
    return Incoming(Channel.ZALO, sender, _key(event, raw), kind, seconds(event.timestamp), text, fetch=fetch)


def _key(event: Envelope, raw: bytes) -> str:
    """The message's own id, or for events without one the hash of the body: a redelivery repeats both."""
    own = (event.message and event.message.msg_id) or ""
    return own if _MESSAGE_ID.fullmatch(own) else hashlib.sha256(raw).hexdigest()


def _typed(text: str) -> str:
    """What a citizen typed is never a command or a payload, however many strokes it begins with."""
    return receive(text.lstrip("/ ")).lstrip("/ ")


def _handle(attachment: Attachment) -> dict[str, Any] | None:
    payload = attachment.payload
    if payload is None or not payload.url:
        return None
    try:
        path = unquote(urlsplit(payload.url).path)
    except ValueError:
        return None
    name = _file_name(payload.name or "") or _file_name(path) or attachment.type or "file"
    size = str(payload.size or "")
    return {"url": payload.url, "name": name, "size": int(size) if re.fullmatch(r"[0-9]{1,15}", size) else 0}


def _file_name(path: str) -> str:
    last = re.split(r"[/\\]", path)[-1]
    shown = "".join(c for c in unicodedata.normalize("NFC", last) if c.isprintable())
    # Masked before it is cut: numbers of identity cards are often part of a name.
    return mask(shown.strip(" ."))[-_NAME_LENGTH:]


def _echo(event: Envelope) -> Echo:
    message = event.message or Message()
    conversation = message.conversation_id
    to = _id(event.recipient)
    external_id = address.anonymous(to, conversation) if conversation else address.user(to)
    admin = event.sender.admin_id if event.sender else None
    text = unicodedata.normalize("NFC", message.text or "").replace("\r\n", "\n").strip()
    own = message.msg_id or ""
    return Echo(external_id, own if _MESSAGE_ID.fullmatch(own) else "", text, admin or None)


def _receipt(event: Envelope) -> Receipt:
    message = event.message or Message()
    one = (message.msg_id,) if message.msg_id else ()
    return Receipt(message.msg_ids or one, event.event_name == "user_seen_message", message.tracking_id)


def _id(party: Party | None) -> str:
    return party.id if party else ""
