"""All the parts of the double in one place, for the methods of the bot and for the phones."""

import asyncio
from collections import defaultdict

from tests.doubles.telegram.chats import Chats, Json
from tests.doubles.telegram.clock import Clock
from tests.doubles.telegram.delivery import Deliveries
from tests.doubles.telegram.faults import Faults
from tests.doubles.telegram.files import Files
from tests.doubles.telegram.flood import Flood
from tests.doubles.telegram.options import Options
from tests.doubles.telegram.records import Call, Sent
from tests.doubles.telegram.updates import Hook, Updates


class State:
    """Lives in memory only. Make it inside a running event loop."""

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self.clock = Clock()
        self.hook = Hook()
        self.chats = Chats()
        self.updates = Updates(self.clock.now)
        self.deliveries = Deliveries(self.options, self.clock, self.updates, self.hook)
        self.files = Files(self.options, self.clock.now)
        self.flood = Flood(self.options, self.clock.now)
        self.faults = Faults(self.options)
        self.commands: list[Json] = []
        self.polls = 0
        """Calls of getUpdates so far; a new one ends the one before."""
        self.calls: list[Call] = []
        self.sent: list[Sent] = []
        self.sent_to: defaultdict[int, list[Sent]] = defaultdict(list)
        self.arrived = asyncio.Event()
        """Set, and replaced by a new one, whenever a message reaches a phone."""

    def reach_phone(self, sent: Sent) -> None:
        self.sent.append(sent)
        self.sent_to[sent.user].append(sent)
        self.arrived.set()
        self.arrived = asyncio.Event()

    @property
    def bot(self) -> Json:
        """The bot as a user."""
        number = int(self.options.token.split(":")[0])
        return {
            "id": number,
            "is_bot": True,
            "first_name": "Trợ lý dịch vụ công",
            "username": self.options.username,
        }
