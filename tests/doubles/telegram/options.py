"""Everything about the double that a test may switch."""

from dataclasses import asdict, dataclass, fields
from typing import Any

TOKEN = "7000000001:AAfakeTokenForTests_0123456789abcdef"


@dataclass
class Options:
    """Times are seconds of the double's clock unless said otherwise; a limit of 0 is switched off."""

    token: str = TOKEN
    username: str = "quangninh_test_bot"
    flood_chat: float = 1.0
    """Messages per second to one chat before 429."""
    flood_overall: int = 30
    """Messages within any second to all chats together before 429."""
    flood_group: int = 20
    """Messages within any minute to one group before 429."""
    backoff_scale: float = 0.02
    """Telegram's pauses between deliveries (0, 2, 4 … s and Retry-After) are multiplied by this."""
    hook_timeout: float = 10.0
    """Real seconds a delivery may take before it counts as failed."""
    copies: int = 1
    """Each update is delivered 1 to this many times, independently."""
    shuffle: int = 0
    """Size of the batches in which deliveries change places; 0: in order."""
    shuffle_hold: float = 0.05
    """Real seconds after which a batch that is not full is let go."""
    seed: int = 1
    """Decides copies, order and chances."""
    callback_seconds: float = 15.0
    """How long a callback query may be answered."""
    file_link_seconds: float = 3600.0
    hang_seconds: float = 600.0
    """Real seconds after which a call that hangs by a fault loses its connection."""
    group_privacy: bool = False
    """Whether the bot sees only commands and mentions in groups."""
    strict_hook: bool = False
    """Whether loopback addresses must be https on Telegram's ports too, as all other addresses must."""

    def change(self, values: dict[str, Any]) -> None:
        """Raises ``ValueError`` naming an option that does not exist or has a value of another type."""
        known = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        for name, value in values.items():
            if name not in known:
                raise ValueError(f"no option {name!r}")
            if known[name] is float and type(value) is int:
                value = float(value)
            if type(value) is not known[name]:
                raise ValueError(f"option {name!r} is a {known[name].__name__}")
            setattr(self, name, value)

    def values(self) -> dict[str, Any]:
        return asdict(self)
