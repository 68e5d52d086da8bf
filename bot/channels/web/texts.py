"""Sentences of the web channel, all from ``domain.yml``."""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

Say = Callable[..., str]
"""``say(name, **values)`` gives the response ``utter_channel_<name>`` as text."""


class Contact(msgspec.Struct, frozen=True):
    """Where people can be reached; what is not known stays empty. ``source`` and ``date``: where the number
    is from and of which day; ``privacy_url``: the full notice.
    """

    phone: str = ""
    address: str = ""
    source: str = ""
    date: str = ""
    privacy_url: str = ""


def privacy(say: Say, contact: Contact, chat_days: int, file_days: int) -> dict[str, str]:
    """The privacy notice; its version changes with its words."""
    text = say("web_privacy", days=str(chat_days), file_days=str(file_days))
    version = hashlib.sha256(text.encode()).hexdigest()[:8]
    return {"version": version, "text": text, "url": contact.privacy_url}


def contact_lines(say: Say, contact: Contact) -> dict[str, Any]:
    """Whom to turn to besides the assistant."""
    dated = contact.phone and contact.source
    note = (
        say("web_contact_hotline", source=contact.source, date=contact.date)
        if dated
        else say("web_contact_note")
    )
    return {"phone": contact.phone, "address": contact.address, "note": note}
