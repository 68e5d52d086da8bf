"""Replies as calls to the Bot API. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape, unescape
from typing import Any

from bot.channels.adapter import Payload
from bot.channels.addresses import spelled_out
from bot.channels.message import Choice, Reply
from bot.channels.splitting import split, utf16_units
from bot.channels.telegram.client import Method

TEXT_UNITS = 4096
"""UTF-16 code units of a message, counted after Telegram has read the HTML."""
DATA_BYTES = 64
MAX_BUTTONS = 100
TITLE_LENGTH = 64
SHORT_TITLE = 18
"""Titles up to this long stand two in a row: about half of a narrow phone."""
_POINTER = "⬇️"
_TAG = re.compile(r"</?b>")

Keys = list[list[dict[str, str]]]


def calls(external_id: str, reply: Reply, token: Callable[[Choice], str]) -> list[Payload]:
    """``sendMessage`` for each part of a reply; its buttons stand under the last."""
    reply = spelled_out(reply)
    keys = keyboard(reply.buttons, token)
    # Buttons need a message to stand under.
    parts = split(reply.text, TEXT_UNITS, utf16_units) or ([_POINTER] if keys else [])
    name = reply.card.name if reply.card else ""
    found = [_message(external_id, marked(part, name)) for part in parts]
    if keys:
        found[-1]["params"]["reply_markup"] = {"inline_keyboard": keys}
    return found


def marked(text: str, name: str = "") -> str:
    """Plain text as HTML that shows the same; the first ``name`` in it bold."""
    before, found, after = text.partition(name) if name else (text, "", "")
    bold = f"<b>{escape(found, quote=False)}</b>" if found else ""
    return escape(before, quote=False) + bold + escape(after, quote=False)


def plain(params: dict[str, Any]) -> dict[str, Any]:
    """The same message without HTML, for when Telegram cannot read ours."""
    rest = {key: value for key, value in params.items() if key != "parse_mode"}
    return rest | {"text": unescape(_TAG.sub("", params["text"]))}


def keyboard(choices: Iterable[Choice], token: Callable[[Choice], str]) -> Keys:
    """Rows of keys, in order: short ones in pairs, others alone. A choice that leads nowhere is left out.

    Raises ``ValueError`` when a token does not fit.
    """
    keys = [key for choice in choices if (key := _key(choice, token))][:MAX_BUTTONS]
    rows: Keys = []
    for key in keys:
        if rows and len(rows[-1]) == 1 and _is_short(rows[-1][0]) and _is_short(key):
            rows[-1].append(key)
        else:
            rows.append([key])
    return rows


def kept_keyboard(rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """``reply_markup`` that leaves only the keys of ``rows`` (``wire.Key`` with an address)."""
    return {"inline_keyboard": [[{"text": key.text, "url": key.url} for key in row] for row in rows]}


def capped(title: str) -> str:
    """A title of at most ``TITLE_LENGTH`` characters; the middle goes, since names differ at their ends."""
    title = " ".join(title.split())
    if len(title) <= TITLE_LENGTH:
        return title
    head = TITLE_LENGTH * 3 // 5
    tail = TITLE_LENGTH - head - 1
    return f"{title[:head].rstrip()}…{title[-tail:].lstrip()}"


def _key(choice: Choice, token: Callable[[Choice], str]) -> dict[str, str] | None:
    title = capped(choice.title)
    if not title:
        return None
    if choice.url:
        return {"text": title, "url": choice.url} if choice.url.startswith("https://") else None
    if not choice.payload:
        return None
    data = f"t:{token(choice)}"
    if len(data.encode()) > DATA_BYTES:
        raise ValueError(f"a token of {len(data.encode()) - 2} bytes does not fit under a button")
    return {"text": title, "callback_data": data}


def _is_short(key: dict[str, str]) -> bool:
    return len(key["text"]) <= SHORT_TITLE


def _message(external_id: str, html: str) -> Payload:
    return {
        "method": Method.SEND_MESSAGE.value,
        "params": {
            "chat_id": int(external_id),
            "text": html,
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
        },
    }
