"""Whom people can turn to besides the assistant, for the website."""

from pathlib import Path

import msgspec

from bot.answers.contact import Contact as Facts
from bot.channels.web.texts import Contact, Say


def read_contact(path: Path, say: Say) -> Contact:
    """What ``data/contact.yaml`` knows; the note tells how old the number is."""
    facts = msgspec.yaml.decode(path.read_bytes(), type=Facts | None) or Facts()
    if facts.hotline is None:
        return Contact()
    day = f"{facts.hotline.dated:%d/%m/%Y}"
    return Contact(
        phone=facts.hotline.value, note=say("web_contact_hotline", source=facts.hotline.source, date=day)
    )
