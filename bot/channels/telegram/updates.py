"""Updates read as what citizens did. Pure."""

import re
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from bot.answers.incoming import receive
from bot.channels.message import Incoming, Kind, Refusal
from bot.channels.telegram.commands import Commands, started, worded
from bot.channels.telegram.content import file_handle, refused
from bot.channels.telegram.wire import CallbackQuery, Chat, Key, MemberChange, Message, Update
from bot.conversations.channel import Channel
from bot.text.contacts import find_contact

_PRIVATE = "private"
_GROUPS = frozenset({"group", "supergroup"})
_GONE = frozenset({"kicked", "left"})
_TOKEN = re.compile(r"t:([A-Za-z0-9_-]{1,62})")


@dataclass(frozen=True)
class Tap:
    """A pressed button that Telegram waits to hear about.

    ``chat_id`` and ``message_id`` of the message it stood under, if known; ``kept``: the rows of its
    keyboard that stay useful, those that open addresses.
    """

    callback_id: str
    chat_id: int | None = None
    message_id: int | None = None
    kept: tuple[tuple[Key, ...], ...] = ()


@dataclass(frozen=True)
class Event:
    """What is to be done about an update: nothing when both are None."""

    incoming: Incoming | None = None
    tap: Tap | None = None


def read(update: Update, commands: Commands, now: float) -> Event:
    """The citizen's act in an update. ``now`` dates presses of buttons, which Telegram does not date."""
    if update.callback_query is not None:
        return _pressed(update.update_id, update.callback_query, now)
    if update.my_chat_member is not None:
        return Event(_member(update.update_id, update.my_chat_member))
    if update.edited_message is not None:
        return Event(_edited(update.update_id, update.edited_message))
    if update.message is not None:
        return Event(_said(update.update_id, update.message, commands))
    return Event()


def sent_at(seconds: float, update_id: int) -> float:
    """Whole seconds, as fine as Telegram dates, with a fraction that grows with the number of the update.

    22 bits are what a float leaves behind a POSIX second.
    """
    return int(seconds) + update_id % 2**22 / 2**22


def _said(number: int, message: Message, commands: Commands) -> Incoming | None:
    if message.chat.type in _GROUPS:
        return _refuse_group(message.chat, sent_at(message.date, number))
    if message.chat.type != _PRIVATE or message.sender is None or message.sender.is_bot:
        return None
    at = sent_at(message.date, number)
    if message.text is not None:
        payload = started(message.text)
        if payload is not None:
            return _incoming(message.chat, number, Kind.HELLO, at, payload)
        text = receive(worded(message.text, commands))
        if not text:
            return _refuse(message.chat, number, at, Refusal.OTHER)
        said = _incoming(message.chat, number, Kind.TEXT, at, text)
        return replace(said, contact=find_contact(message.text))
    refusal = refused(message)
    if refusal is not None:
        return _refuse(message.chat, number, at, refusal)
    handle = file_handle(message)
    if handle is None:
        return None
    caption = receive(worded(message.caption or "", {}))
    return _incoming(message.chat, number, Kind.FILES, at, caption, (handle,))


def _edited(number: int, message: Message) -> Incoming | None:
    """Only words: a shared live location is "edited" every few seconds."""
    if message.chat.type != _PRIVATE or (message.text is None and message.caption is None):
        return None
    return _refuse(message.chat, number, sent_at(message.edit_date or message.date, number), Refusal.EDIT)


def _pressed(number: int, query: CallbackQuery, now: float) -> Event:
    at = sent_at(now, number)
    message = query.message
    if message is None:
        return Event(_token(Chat(query.sender.id, _PRIVATE), number, at, query.data), Tap(query.id))
    keyboard = message.reply_markup.inline_keyboard if message.reply_markup else ()
    rows = (tuple(key for key in row if key.url) for row in keyboard)
    tap = Tap(query.id, message.chat.id, message.message_id, tuple(row for row in rows if row))
    if message.chat.type in _GROUPS:
        return Event(_refuse_group(message.chat, at), tap)
    return Event(_token(message.chat, number, at, query.data), tap)


def _token(chat: Chat, number: int, at: float, data: str | None) -> Incoming | None:
    if data is None:
        return None
    token = _TOKEN.fullmatch(data)
    if token is None:
        return _refuse(chat, number, at, Refusal.MENU_EXPIRED)
    return _incoming(chat, number, Kind.BUTTON, at, token[1])


def _member(number: int, change: MemberChange) -> Incoming | None:
    at = sent_at(change.date, number)
    gone = change.new_chat_member.status in _GONE
    if change.chat.type in _GROUPS and not gone:
        return _refuse_group(change.chat, at)
    if change.chat.type != _PRIVATE:
        return None
    return _incoming(change.chat, number, Kind.GOODBYE if gone else Kind.HELLO, at)


def _refuse(chat: Chat, number: int, at: float, refusal: Refusal) -> Incoming:
    return _incoming(chat, number, Kind.UNREADABLE, at, refusal.value)


def _refuse_group(chat: Chat, at: float) -> Incoming:
    """Once for each group: all its messages share one id, so the later ones are repeats."""
    return Incoming(
        Channel.TELEGRAM, str(chat.id), f"group:{chat.id}", Kind.UNREADABLE, at, Refusal.GROUP.value
    )


def _incoming(
    chat: Chat, number: int, kind: Kind, at: float, text: str = "", fetch: tuple[dict[str, Any], ...] = ()
) -> Incoming:
    return Incoming(Channel.TELEGRAM, str(chat.id), str(number), kind, at, text, fetch=fetch)
