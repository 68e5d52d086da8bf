"""Whom people can turn to besides the assistant, for the website."""

from pathlib import Path

import msgspec

from bot.answers.contact import Contact as Facts
from bot.channels.web.texts import Contact


def read_contact(path: Path) -> Contact:
    """What ``data/contact.yaml`` knows."""
    facts = msgspec.yaml.decode(path.read_bytes(), type=Facts | None) or Facts()
    if facts.hotline is None:
        return Contact()
    return Contact(
        phone=facts.hotline.value, source=facts.hotline.source, date=f"{facts.hotline.dated:%d/%m/%Y}"
    )
