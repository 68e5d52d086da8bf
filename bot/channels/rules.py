"""The numbers the queues live by, in seconds unless said otherwise."""

import socket
from dataclasses import dataclass

from bot.settings import Settings


@dataclass(frozen=True)
class Rules:
    """``owner`` names this process; it is the same after a restart, so that it finds what it left behind."""

    owner: str
    turns_at_once: int = 16
    sends_at_once: int = 32
    turn_timeout: float = 20.0
    reorder: float = 0.3
    lease: float = 60.0
    attempts: int = 4
    """Tries of one message that fails before it is given up with an apology."""
    patience: float = 900.0
    """How long a message waits for an assistant that is away."""
    typing_after: float = 0.7
    typing_every: float = 4.0
    send_patience: float = 60.0
    """After so long a call another process was making is taken for interrupted."""
    echo_patience: float = 90.0
    """How long a channel that echoes may take to say that an interrupted call arrived."""
    send_for: float = 24 * 3600.0
    """How long an answer is worth sending."""
    sweep_every: float = 1.0

    def pause(self, attempt: int, dice: float) -> float:
        """Wait before the next try: 1, 2, 4 … 300 s, spread by ``dice`` in 0–1 over ±25 %."""
        return min(2.0 ** (attempt - 1), 300.0) * (0.75 + dice / 2)

    def pause_away(self, waited: float, dice: float) -> float:
        """Wait for an assistant that is away: a quarter of what was waited, 1 to 8 s, spread alike."""
        return min(max(waited / 4, 1.0), 8.0) * (0.75 + dice / 2)


def rules_of(settings: Settings) -> Rules:
    """The rules with what the operator may change."""
    return Rules(
        owner=settings.gateway_name or f"{socket.gethostname()}:{settings.gateway_port}",
        turns_at_once=settings.turns_at_once,
        turn_timeout=settings.turn_timeout_seconds,
        reorder=settings.reorder_seconds,
        lease=settings.turn_timeout_seconds * 3,
    )
