"""What the web channel needs so that a conversation can move to another channel."""

from typing import Protocol

import msgspec
from sqlalchemy.engine import Connection

from bot.conversations.channel import Channel


class LinkOffer(msgspec.Struct, frozen=True):
    """A one-time code, the seconds it is good for, and the link that hands it to our Telegram bot."""

    code: str
    expires_in: int
    telegram: str | None = None


class Linking(Protocol):
    """Each method runs inside a transaction."""

    def offer(self, connection: Connection, conversation_id: str, now: float) -> LinkOffer:
        """A new code for this conversation."""

    def leave(self, connection: Connection, channel: Channel, external_id: str, now: float) -> None:
        """Take this address out of its conversation; it gets a fresh one."""
