"""What citizens do with their phones; each act becomes an update for the bot."""

import secrets
from typing import Any

from tests.doubles.telegram.chats import Chat, Json, Message, Query
from tests.doubles.telegram.entities import TEXT_LIMIT, commands, utf16
from tests.doubles.telegram.state import State

MEDIA = ("document", "photo", "voice", "sticker", "video")
_ENDINGS = {"photo": ".jpg", "voice": ".oga", "sticker": ".webp", "video": ".mp4"}


class NoSuchThingError(Exception):
    """The phone does not show what was to be touched."""


class Phones:
    """``chat`` is the citizen's own chat with the bot, or a group (negative) in which ``user`` acts."""

    def __init__(self, state: State) -> None:
        self._state = state

    def _enter(self, chat_id: int, user_id: int) -> tuple[Chat, Json]:
        chats = self._state.chats
        chat = chats.chat(chat_id)
        if chat.blocked:
            self.block(chat_id, user_id, blocked=False)
        chat.started = True
        return chat, chats.chat(user_id or chat_id).user

    def _post(self, chat: Chat, user: Json, content: Json) -> Message:
        message = self._state.chats.add(chat, content, user, self._state.clock.now())
        if chat.id > 0 or not self._state.options.group_privacy or self._concerns_bot(content):
            self._state.updates.add("message", {**message.json})
        return message

    def _concerns_bot(self, content: Json) -> bool:
        text = content.get("text", "")
        return text.startswith("/") or f"@{self._state.options.username}" in text

    def say(self, chat_id: int, text: str, user_id: int = 0) -> list[int]:
        """Ids of the messages: the application itself cuts what is too long for one."""
        chat, user = self._enter(chat_id, user_id)
        ids = []
        for part in _cut(text):
            found = commands(part)
            content = {"text": part, **({"entities": found} if found else {})}
            ids.append(self._post(chat, user, content).id)
        return ids

    def send_media(self, chat_id: int, kind: str, data: bytes, *, name: str = "", mime: str = "",
                   caption: str = "", size: int | None = None, user_id: int = 0) -> int:  # fmt: skip
        """``size``: what Telegram is to tell of it instead of the length of ``data``; -1 tells nothing."""
        if kind not in MEDIA:
            raise NoSuchThingError(f"no media {kind!r}")
        chat, user = self._enter(chat_id, user_id)
        files = self._state.files
        told = None if size == -1 else size
        media: Any
        if kind == "photo":
            media = files.photo(data, told)
        else:
            ending = _ENDINGS.get(kind, f".{name.rpartition('.')[2]}" if "." in name else "")
            media = files.add(f"{kind}s", ending, data, told).json()
            media.update({key: value for key, value in (("file_name", name), ("mime_type", mime)) if value})
        if size == -1:
            (media[-1] if kind == "photo" else media).pop("file_size")
        content = {kind: media, **({"caption": caption} if caption else {})}
        return self._post(chat, user, content).id

    def send_location(self, chat_id: int, latitude: float, longitude: float, user_id: int = 0) -> int:
        chat, user = self._enter(chat_id, user_id)
        return self._post(chat, user, {"location": {"latitude": latitude, "longitude": longitude}}).id

    def send_contact(self, chat_id: int, number: str, *, own: bool = True, user_id: int = 0) -> int:
        """``own``: the citizen's own number, which alone carries the id of who sends it."""
        chat, user = self._enter(chat_id, user_id)
        contact: Json = {"phone_number": number, "first_name": user["first_name"]}
        if own:
            contact["user_id"] = user["id"]
        return self._post(chat, user, {"contact": contact}).id

    def edit(self, chat_id: int, text: str, message_id: int = 0, user_id: int = 0) -> int:
        """Change the named or the last text of the citizen."""
        chat, user = self._enter(chat_id, user_id)
        mine = [
            message
            for message in chat.messages.values()
            if message.json["from"]["id"] == user["id"]
            and message_id in (0, message.id)
            and not message.deleted
        ]
        if not mine:
            raise NoSuchThingError("the citizen has no such message")
        message = mine[-1]
        part = "caption" if "caption" in message.json else "text"
        message.json.update({part: text, "edit_date": int(self._state.clock.now())})
        message.json.pop("entities", None)
        if commands(text):
            message.json["entities"] = commands(text)
        message.edited = True
        self._state.updates.add("edited_message", {**message.json})
        return message.id

    def tap(self, chat_id: int, title: str = "", *, data: str = "", message_id: int = 0, stale: bool = False,
            user_id: int = 0) -> str:  # fmt: skip
        """Press the newest button with this title (or data); id of the callback query.

        ``stale``: also buttons that the bot has taken away, as on a phone that was slow to notice.
        """
        chat, user = self._enter(chat_id, user_id)
        for message in reversed(list(chat.messages.values())):
            if message.deleted or message_id not in (0, message.id):
                continue
            for button in [button for row in (message.was if stale else message.keyboard) for button in row]:
                if "callback_data" in button and (button["callback_data"] == data or button["text"] == title):
                    return self._press(chat, user, message, button["callback_data"])
        raise NoSuchThingError(f"no button {title or data!r} to press")

    def _press(self, chat: Chat, user: Json, message: Message, data: str) -> str:
        now = self._state.clock.now()
        query = Query(str(secrets.randbits(62)), chat.id, message.id, data, now)
        self._state.chats.queries[query.id] = query
        content = {
            "id": query.id,
            "from": user,
            "message": {**message.json},
            "chat_instance": str(hash((chat.id, "instance")) & (2**62 - 1)),
            "data": data,
        }
        self._state.updates.add("callback_query", content)
        return query.id

    def block(self, chat_id: int, user_id: int = 0, *, blocked: bool = True) -> None:
        """Block the bot or let it in again; in a group: throw it out or take it in."""
        chat = self._state.chats.chat(chat_id)
        if chat.blocked == blocked and chat.started:
            return
        chat.started = True
        chat.blocked = blocked
        before, after = ("member", "kicked") if blocked else ("kicked", "member")
        content = {
            "chat": chat.json,
            "from": self._state.chats.chat(user_id or chat_id).user,
            "date": int(self._state.clock.now()),
            "old_chat_member": {"user": self._state.bot, "status": before},
            "new_chat_member": {"user": self._state.bot, "status": after},
        }
        self._state.updates.add("my_chat_member", content)


def _cut(text: str) -> list[str]:
    parts, start, length = [], 0, 0
    for position, character in enumerate(text):
        length += utf16(character)
        if length > TEXT_LIMIT:
            parts.append(text[start:position])
            start, length = position, utf16(character)
    return [*parts, text[start:]] if text[start:] else parts
