"""Keyboards under a message."""

import json
import re
from typing import Any

from tests.doubles.telegram.errors import bad_request

BUTTONS = 100
BUTTONS_IN_A_ROW = 8
DATA_BYTES = 64
MARKUP_BYTES = 10_240
_URL = re.compile(r"(https?://[^\s/?#]+\.[^\s]+|https?://(localhost|\d+(\.\d+){3})\b\S*|tg://\S+|t\.me/\S+)$")
_OTHER_KINDS = ("keyboard", "remove_keyboard", "force_reply")


def read_markup(value: Any) -> dict[str, Any] | None:
    """The markup of a call, checked; ``None`` where there is none. Raises ``ApiError`` 400."""
    if value in (None, ""):
        return None
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        return _inline(value["inline_keyboard"])
    kind = next((name for name in _OTHER_KINDS if name in value), None)
    return {**value} if kind else None


def _inline(rows: Any) -> dict[str, Any] | None:
    if not isinstance(rows, list):
        raise bad_request('field "inline_keyboard" must be of type Array')
    if any(not isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be an Array of Arrays')
    checked = [[_button(button) for button in row] for row in rows if row]
    keyboard = {"inline_keyboard": checked}
    size = len(json.dumps(keyboard, ensure_ascii=False, separators=(",", ":")).encode())
    too_many = sum(len(row) for row in checked) > BUTTONS or any(
        len(row) > BUTTONS_IN_A_ROW for row in checked
    )
    if too_many or size > MARKUP_BYTES:
        raise bad_request("reply markup is too long")
    return keyboard if checked else None


def _button(button: Any) -> dict[str, str]:
    if not isinstance(button, dict):
        raise _unparsable("InlineKeyboardButton must be an Object")
    title, url, data = (button.get(name) for name in ("text", "url", "callback_data"))
    if title is None:
        raise _unparsable('Can\'t find field "text"')
    for name, value in (("text", title), ("url", url), ("callback_data", data)):
        if value is not None and not isinstance(value, str):
            raise _unparsable(f'Field "{name}" must be of type String')
    if not title.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    if url:
        if not _URL.match(url):
            raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
        return {"text": title, "url": url}
    if not data:
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    if len(data.encode()) > DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return {"text": title, "callback_data": data}


def _unparsable(reason: str) -> Exception:
    return bad_request(f"can't parse inline keyboard button: {reason}")
