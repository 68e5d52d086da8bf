"""Replies as calls to Zalo. Pure.

A payload is the body of a call plus ``call``, the name of its endpoint: ``consult`` or ``template``.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.channels.adapter import Payload
from bot.channels.addresses import spelled_out
from bot.channels.message import Choice, Reply
from bot.channels.splitting import split, utf16_units
from bot.channels.zalo.address import is_anonymous, recipient
from bot.channels.zalo.events import BUTTON_PREFIX

TEXT_LENGTH = 2000
TITLE_LENGTH = 100
BUTTONS = 5


def replies(
    external_id: str, reply: Reply, token: Callable[[Choice], str], more_choices: str
) -> list[Payload]:
    """The calls that say ``reply``: longer texts are rejected by Zalo, not cut, so they are split; at most
    five buttons hang on the last part, further ones on messages with the text ``more_choices``.

    Lengths are counted in UTF-16 units, which are never fewer than the characters Zalo may count.
    """
    reply = spelled_out(reply)
    buttons = [found for choice in reply.buttons if (found := _button(choice, token))]
    rows = [buttons[start : start + BUTTONS] for start in range(0, len(buttons), BUTTONS)]
    texts = split(reply.text, TEXT_LENGTH, utf16_units) or ([more_choices] if rows else [])
    calls = [_consult(external_id, text, []) for text in texts[:-1]]
    for row, text in zip(rows or [[]], texts[-1:] + [more_choices] * len(rows[1:]), strict=False):
        calls.append(_consult(external_id, text, row))
    return calls


def template(external_id: str, template_id: str, data: Mapping[str, str]) -> Payload:
    """A message of a template Zalo has approved, the only one allowed after the window. ``data``: its fields.

    ``ValueError`` for an anonymous visitor, who cannot be written to.
    """
    if is_anonymous(external_id):
        raise ValueError("an anonymous visitor gets no templates")
    body = {"user_id": external_id, "template_id": template_id, "template_data": dict(data)}
    return {"call": "template", **body}


def _consult(external_id: str, text: str, buttons: Sequence[dict[str, Any]]) -> Payload:
    message: dict[str, Any] = {"text": text}
    if buttons:
        message["attachment"] = {"type": "template", "payload": {"buttons": list(buttons)}}
    return {"call": "consult", "recipient": recipient(external_id), "message": message}


def _button(choice: Choice, token: Callable[[Choice], str]) -> dict[str, Any] | None:
    title = _title(choice.title)
    if not title:
        return None
    if choice.payload:
        # "hide": the citizen does not see the payload as a message of their own.
        return {"title": title, "type": "oa.query.hide", "payload": BUTTON_PREFIX + token(choice)}
    if choice.url.startswith("https://"):
        return {"title": title, "type": "oa.open.url", "payload": {"url": choice.url}}
    return None


def _title(title: str) -> str:
    words = unicodedata.normalize("NFC", " ".join(title.split()))
    return words if len(words) <= TITLE_LENGTH else words[: TITLE_LENGTH - 1].rstrip() + "…"
