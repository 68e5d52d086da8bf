"""Updates as Telegram posts them."""

from typing import Any

import msgspec

from bot.channels.telegram.updates import Event, read
from bot.channels.telegram.wire import decode

CITIZEN = {"id": 111, "is_bot": False, "first_name": "A", "language_code": "vi"}
CHAT = {"id": 111, "type": "private", "first_name": "A"}
GROUP = {"id": -100222, "type": "supergroup", "title": "Xóm"}
COMMANDS = {"help": "trợ giúp", "huy": "hủy", "nhanvien": "gặp cán bộ"}
SENT = 1717061839
NOW = 1717061900.75


def message(number: int = 700001, **content: Any) -> dict[str, Any]:
    """An update with a private message; ``content`` adds to it or replaces."""
    return {
        "update_id": number,
        "message": {"message_id": 11, "date": SENT, "chat": CHAT, "from": CITIZEN} | content,
    }


def tap(number: int = 700002, data: str | None = "t:8f3a", **content: Any) -> dict[str, Any]:
    """An update with a press of a button under message 12; ``content`` adds to the query."""
    under = {"message_id": 12, "date": SENT, "chat": CHAT, "text": "…"}
    query = {"id": "4382bf", "from": CITIZEN, "message": under, "chat_instance": "1"} | content
    return {"update_id": number, "callback_query": query | ({"data": data} if data is not None else {})}


def member(status: str, chat: dict[str, Any] = CHAT, number: int = 700005) -> dict[str, Any]:
    """An update that says what became of the bot in a chat."""
    change = {"chat": chat, "from": CITIZEN, "date": SENT, "old_chat_member": {"status": "member"}}
    return {"update_id": number, "my_chat_member": change | {"new_chat_member": {"status": status}}}


def event(update: dict[str, Any]) -> Event:
    """The update read after a trip as JSON."""
    return read(decode(msgspec.json.encode(update)), COMMANDS, NOW)
