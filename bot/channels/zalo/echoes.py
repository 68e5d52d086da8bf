"""Zalo repeats what the account sent as ``oa_send_*`` events: the only way to learn that a call which ended
without an answer did arrive.
"""

import hashlib
import unicodedata
from typing import Any, Protocol

from bot.channels.adapter import Payload


class Settle(Protocol):
    """Marks a part as arrived. True when the echo belongs to a part of ours."""

    async def __call__(self, external_id: str, message_id: str, text_key: str) -> bool:
        """``text_key``: see ``text_key``; empty when the echo has no text."""


def text_key(text: str) -> str:
    """Hash of a text as a platform may have respaced it; empty for no text."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def payload_key(payload: Payload) -> str:
    """``text_key`` of an outbox row's payload; empty when it says no text (templates)."""
    message: dict[str, Any] = payload.get("body", {}).get("message", {})
    text = message.get("text", "")
    return text_key(text) if isinstance(text, str) else ""
