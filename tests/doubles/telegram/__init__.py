"""A stand-in for Telegram's Bot API: strict where Telegram is strict, and able to misbehave as networks do.

``python -m tests.doubles.telegram --port 8081`` runs it alone, ``async with FakeTelegram() as telegram``
inside a test. ``tests.doubles.telegram.driver`` plays the citizens' phones against either.
"""

from tests.doubles.telegram.options import Options
from tests.doubles.telegram.server import FakeTelegram

__all__ = ["FakeTelegram", "Options"]
