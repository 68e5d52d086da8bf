"""Files that citizens sent, as links."""

from dataclasses import dataclass
from urllib.parse import quote

from tests.doubles.zalo import seeded
from tests.doubles.zalo.clock import Clock
from tests.doubles.zalo.settings import Settings

DAY = 86400.0


@dataclass
class Held:
    name: str
    data: bytes
    until: float


class Files:
    """Links expire (how soon is assumed)."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.origin = ""
        self._clock = clock
        self._held: dict[str, Held] = {}

    def keep(self, name: str, data: bytes) -> str:
        """The link."""
        key = seeded.hex_id(self.settings.seed, "file", len(self._held))
        self._held[key] = Held(name, data, self._clock.now() + self.settings.cdn_days * DAY)
        return f"{self.settings.cdn_url or self.origin}/cdn/{key}/{quote(name)}"

    def find(self, key: str) -> Held | None:
        held = self._held.get(key)
        return held if held is not None and held.until > self._clock.now() else None
