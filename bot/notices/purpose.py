"""What citizens may agree to, and that they did. Pure.

Luật 91/2025/QH15 Điều 9 and 10; silence is no consent (Nghị định 356/2025/NĐ-CP Điều 6.3).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from bot.conversations.channel import Channel


class Purpose(str, Enum):
    """What a citizen may agree to, each by an act of its own."""

    SAVE_DRAFT = "save_draft"
    """Keep a dossier in preparation, to be taken up later."""
    REMINDERS = "reminders"
    """Write to them about a dossier in preparation, or when they asked to be reminded."""
    FOLLOW = "follow"
    """Look after a dossier handed in and write to them when it moves."""
    IMPROVE = "improve"
    """Use the masked conversation to improve the assistant."""
    CHANGES = "changes"
    """Write to them when a procedure they named changes."""


PROACTIVE = frozenset({Purpose.REMINDERS, Purpose.FOLLOW, Purpose.CHANGES})
"""Purposes under which we write first."""

Versions = Mapping[Purpose, str]
"""The text in force for each purpose: whoever agreed to another one is asked anew."""


@dataclass(frozen=True)
class Consent:
    """A consent that was not taken back. ``given_at``: POSIX seconds."""

    purpose: Purpose
    channel: Channel
    version: str
    given_at: float
