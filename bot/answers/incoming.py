"""What a citizen sent, made safe before anything else sees it."""

import re

import msgspec

from bot.answers.intent import ABOUT_A_PROCEDURE, Intent
from bot.answers.turn import Pressed
from bot.text import MAX_LENGTH, clean, mask

_SELECT = f"/{Intent.SELECT_OPTION.value}{{"
MOST_OF_AN_ACT = 96
_CODE = re.compile(r"[1-9]\.\d{6}")


class _Payload(msgspec.Struct, forbid_unknown_fields=True):
    code: str | None = None
    intent: Intent | None = None
    case: str | None = None
    unit: str | None = None
    page: int | None = None
    act: str | None = None


def receive(raw: str) -> str:
    """Clean, cap and mask a message. A leading "/" of a citizen is text: only our own button
    payloads keep it, so that nobody can hand commands to the dialogue engine.
    """
    text = raw[: MAX_LENGTH * 2]
    if pressed(text) is not None:
        return text
    return mask(clean(text).lstrip("/ "))


def pressed(text: str) -> Pressed | None:
    """The button a payload stands for; None for anything that is not exactly one of our payloads."""
    if text.startswith(_SELECT):
        return _selected(text[len(_SELECT) - 1 :])
    name = text[1:]
    if text.startswith("/") and name in {intent.value for intent in ABOUT_A_PROCEDURE}:
        return Pressed(intent=Intent(name))
    return None


def _selected(body: str) -> Pressed | None:
    try:
        payload = msgspec.json.decode(body, type=_Payload)
    except msgspec.DecodeError:
        return None
    if payload.code is not None and not _CODE.fullmatch(payload.code):
        return None
    if payload.page is not None and not 0 <= payload.page <= 1000:
        return None
    short = all(len(value) <= 64 for value in (payload.case, payload.unit) if value)
    if not short or len(payload.act or "") > MOST_OF_AN_ACT:
        return None
    return Pressed(payload.code, payload.intent, payload.case, payload.unit, payload.page, payload.act)
