"""All state of one platform, and how its events come about."""

from collections import Counter, defaultdict
from typing import Any

from tests.doubles.zalo import seeded, signing
from tests.doubles.zalo.clock import Clock
from tests.doubles.zalo.faults import Faults
from tests.doubles.zalo.files import Files
from tests.doubles.zalo.hook import Hook
from tests.doubles.zalo.people import People, Person
from tests.doubles.zalo.records import Call, Event, Sent
from tests.doubles.zalo.settings import Settings
from tests.doubles.zalo.tokens import Tokens
from tests.doubles.zalo.uploads import Uploads


class World:
    """Nothing is forgotten while it lives; a new test takes a new world."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.people = People()
        self.tokens = Tokens(settings, clock)
        self.uploads = Uploads(settings, clock)
        self.files = Files(settings, clock)
        self.faults = Faults(settings.seed)
        self.hook = Hook(settings, clock)
        self.sent: list[Sent] = []
        self.sent_to: defaultdict[str, list[Sent]] = defaultdict(list)
        self.events: list[Event] = []
        self.calls: list[Call] = []
        self._counts: Counter[tuple[str, str]] = Counter()

    def configure(self, changes: dict[str, Any]) -> None:
        """From now on; a batch of shuffled events under way is not affected."""
        self.settings = self.settings.but(changes)
        for part in (self.tokens, self.uploads, self.files):
            part.settings = self.settings
        self.hook.adopt(self.settings)
        self.faults.seed = self.settings.seed

    def advance(self, seconds: float) -> None:
        """Moves the clock on; what is due is redelivered."""
        self.clock.advance(seconds)
        self.hook.due()

    def number(self, kind: str, user: str) -> int:
        """How many of the kind there were for the citizen, this one included."""
        self._counts[kind, user] += 1
        return self._counts[kind, user]

    def message_id(self, kind: str, user: str) -> str:
        return seeded.hex_id(self.settings.seed, kind, user, self.number(kind, user))

    def announce(
        self, person: Person, body: dict[str, Any], msg_id: str = "", extra: dict[str, str] | None = None
    ) -> Event:
        """Sign, record and deliver; the body's timestamp is the citizen's ``stamp``."""
        name = str(body["event_name"])
        headers, text = self.signed(body)
        key = "echo" if name.startswith("oa_") else "event"
        number = self.number(key, person.user_id)
        dice = seeded.rng(self.settings.seed, "copies", key, person.user_id, number)
        event = Event(
            seq=len(self.events) + 1,
            name=name,
            user=person.user_id,
            msg_id=msg_id,
            body=text,
            headers={**headers, **(extra or {})},
            copies=dice.randint(1, max(1, self.settings.copies)),
        )
        self.events.append(event)
        self.hook.publish(event)
        return event

    def signed(self, body: dict[str, Any], secret: str | None = None) -> tuple[dict[str, str], str]:
        """Headers and text of an event by the settings' style."""
        raw = signing.encode(body, self.settings.escaped)
        inside = str(body["timestamp"])
        outside = str(int(inside) + 7)
        stamp = outside if self.settings.timestamps == "header" else inside
        key = self.settings.oa_secret if secret is None else secret
        headers = {
            "Content-Type": "application/json",
            signing.SIGNATURE: signing.signature(str(body["app_id"]), raw, stamp, key),
        }
        if self.settings.timestamps != "body":
            headers[signing.TIMESTAMP] = outside
        return headers, raw.decode()
