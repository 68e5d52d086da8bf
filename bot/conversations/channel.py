"""The ways a citizen reaches the assistant, and who may speak in a conversation."""

from enum import Enum


class Channel(str, Enum):
    """A channel; the value is also the path segment under ``/webhooks/``."""

    WEB = "web"
    ZALO = "zalo"
    TELEGRAM = "telegram"


class Author(str, Enum):
    """Who said a message of a conversation."""

    CITIZEN = "citizen"
    ASSISTANT = "assistant"
    STAFF = "staff"
    SYSTEM = "system"


class Reach(str, Enum):
    """Whether a citizen can be written to on one channel."""

    REACHABLE = "reachable"
    BLOCKED = "blocked"
    """The citizen blocked or left us; ends with their next message."""
    WINDOW_CLOSED = "window_closed"
    """The channel allows no message until the citizen writes again."""
