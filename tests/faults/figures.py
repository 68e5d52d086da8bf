"""What came out of a run."""

from dataclasses import dataclass, field
from statistics import median

from bot.conversations.channel import Channel


@dataclass
class Figures:
    """``again``: turns run again after a crash cut them off. ``doubtful``: calls that a crash or a silent
    platform left open. ``late_pairs``: answers in another order because the earlier message reached the
    gateway too late. Everything from ``lost`` on has to be empty.
    """

    kills: int = 0
    restarts: list[float] = field(default_factory=list)
    messages: dict[Channel, int] = field(default_factory=dict)
    deliveries: dict[Channel, int] = field(default_factory=dict)
    failed_deliveries: dict[Channel, int] = field(default_factory=dict)
    duplicates: dict[Channel, int] = field(default_factory=dict)
    answered_once: int = 0
    again: int = 0
    apologies: int = 0
    doubtful: dict[Channel, int] = field(default_factory=dict)
    settled_by_echo: int = 0
    sent_again: int = 0
    offered: int = 0
    asked_again: int = 0
    late_pairs: int = 0
    reconnects: int = 0
    seconds: float = 0.0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    out_of_order: list[tuple[str, str]] = field(default_factory=list)
    torn_streams: list[str] = field(default_factory=list)

    def table(self) -> str:
        rows = [
            ("kills -9", self.kills),
            ("restart until the workers run, p50 / max", self._restarts()),
            ("messages by channel", _by_channel(self.messages)),
            ("deliveries the gateway acknowledged", _by_channel(self.deliveries)),
            ("deliveries that failed and were repeated", _by_channel(self.failed_deliveries)),
            ("duplicates among the acknowledged", _by_channel(self.duplicates)),
            ("answered exactly once", self.answered_once),
            ("lost", len(self.lost)),
            ("doubled", len(self.doubled)),
            ("pairs of answers out of order", len(self.out_of_order)),
            ("pairs whose earlier message came too late", self.late_pairs),
            ("turns run again after a crash", self.again),
            ("words about a late answer", self.apologies),
            ("calls of unknown fate", _by_channel(self.doubtful)),
            ("  Zalo: settled by the echo / sent again", f"{self.settled_by_echo} / {self.sent_again}"),
            ("  Telegram: offered again / asked for", f"{self.offered} / {self.asked_again}"),
            ("event streams opened again", self.reconnects),
            ("seconds altogether", round(self.seconds)),
        ]
        return "\n".join(f"{name:<45}{value}" for name, value in rows)

    def _restarts(self) -> str:
        if not self.restarts:
            return "-"
        return f"{median(self.restarts):.2f} s / {max(self.restarts):.2f} s"


def _by_channel(counts: dict[Channel, int]) -> str:
    total = sum(counts.values())
    return f"{total} ({', '.join(f'{channel.value} {count}' for channel, count in counts.items())})"
