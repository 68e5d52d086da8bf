"""Chats as Telegram keeps them: messages of both sides, and what the citizen's phone shows."""

from dataclasses import dataclass, field
from typing import Any

from tests.doubles.telegram.errors import ApiError, bad_request
from tests.doubles.telegram.records import Button, Sent

Json = dict[str, Any]
TYPING_SECONDS = 5.0


@dataclass
class Message:
    """``json`` is the message as the Bot API tells it; ``source`` what the bot wrote before HTML was read."""

    json: Json
    from_bot: bool
    sent_at: float
    source: str = ""
    deleted: bool = False
    edited: bool = False
    was: list[list[Json]] = field(default_factory=list)
    """The first inline keyboard, for taps on buttons that are gone by now."""

    @property
    def id(self) -> int:
        return int(self.json["message_id"])

    @property
    def keyboard(self) -> list[list[Json]]:
        return list(self.json.get("reply_markup", {}).get("inline_keyboard", []))

    def shown(self, seq: int = 0) -> Sent:
        """What the phone's screen shows of it."""
        pictures = self.json.get("photo") or [None]
        return Sent(
            seq=seq,
            user=self.json["chat"]["id"],
            message_id=self.id,
            text=str(self.json.get("text") or self.json.get("caption") or ""),
            source=self.source,
            rows=[[_button(button) for button in row] for row in self.keyboard],
            at=self.sent_at,
            entities=self.json.get("entities") or self.json.get("caption_entities") or [],
            markup=self.json.get("reply_markup"),
            file=self.json.get("document") or pictures[-1],
            edited=self.edited,
        )


def _button(button: Json) -> Button:
    return Button(button["text"], button.get("callback_data", ""), button.get("url", ""))


@dataclass
class Query:
    """One press of a button. ``answer`` is what the bot said to it (shown as a toast), once it did."""

    id: str
    chat_id: int
    message_id: int
    data: str
    pressed_at: float
    answer: Json | None = None


@dataclass
class Chat:
    """A private chat (id > 0) or a group (id < 0)."""

    id: int
    name: str = "Dân"
    username: str = ""
    started: bool = False
    """Whether the citizen has written (or the group has taken the bot in): before, the bot may not write."""
    blocked: bool = False
    typing_until: float = 0.0
    messages: dict[int, Message] = field(default_factory=dict)

    @property
    def json(self) -> Json:
        if self.id < 0:
            return {
                "id": self.id,
                "type": "supergroup" if self.id <= -(10**12) else "group",
                "title": self.name,
            }
        return {"id": self.id, "type": "private", **_person(self.name, self.username)}

    @property
    def user(self) -> Json:
        person = _person(self.name, self.username)
        return {"id": self.id, "is_bot": False, **person, "language_code": "vi"}


def _person(name: str, username: str) -> Json:
    return {"first_name": name, **({"username": username} if username else {})}


class Chats:
    """All chats, their message ids and pressed buttons."""

    def __init__(self) -> None:
        self.known: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self._last_id = 10

    def chat(self, chat_id: int) -> Chat:
        """For the phones' side: the chat, made when new."""
        if chat_id not in self.known:
            self.known[chat_id] = Chat(chat_id)
        return self.known[chat_id]

    def reachable(self, chat_id: int) -> Chat:
        """For the bot's side. Raises ``ApiError`` 400 or 403."""
        chat = self.known.get(chat_id)
        if chat is None or not chat.started:
            raise bad_request("chat not found")
        if chat.blocked:
            group = "supergroup" if chat.json["type"] == "supergroup" else "group"
            reason = "blocked by the user" if chat_id > 0 else f"kicked from the {group} chat"
            raise ApiError(403, f"Forbidden: bot was {reason}")
        return chat

    def add(self, chat: Chat, content: Json, sender: Json, now: float, *, source: str = "") -> Message:
        """Put a message into the chat; ``date`` is whole seconds."""
        self._last_id += 1
        json = {"message_id": self._last_id, "from": sender, "chat": chat.json, "date": int(now), **content}
        message = Message(json, bool(sender["is_bot"]), now, source)
        message.was = message.keyboard
        chat.messages[message.id] = message
        if message.from_bot:
            chat.typing_until = 0.0
        return message
