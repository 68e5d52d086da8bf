"""Everything about the platform that a test may choose."""

from typing import Any, Literal

import msgspec

LADDER = (30.0, 300.0, 900.0, 1800.0, 3600.0)
"""Seconds between deliveries of one event that is not acknowledged."""


class Settings(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Defaults: a platform without troubles. May be changed while it runs."""

    seed: int = 1
    """Decides ids, tokens, copies, order and chances; the n-th event of a citizen is always the same."""
    app_id: str = "5055000000000000001"
    app_secret: str = "app-secret-key-for-tests"
    oa_id: str = "1646843870823903717"
    oa_secret: str = "oa-secret-key-for-tests"
    redirect_uri: str = ""
    """The registered one; empty: any."""

    hook_url: str = ""
    """Where events go; empty: they are only recorded."""
    hook_timeout: float = 2.0
    """Real seconds within which an event must be answered with 200."""
    ladder: tuple[float, ...] = LADDER
    ladder_scale: float | None = None
    """Real seconds per second of the ladder. None: redelivery only when the clock is moved on."""
    parallel: int = 64
    """Deliveries under way at once."""
    concurrent: bool = False
    """Deliver a citizen's event without waiting for the answer to the one before."""
    copies: int = 1
    """Each event is delivered 1 to this many times, independently."""
    shuffle: int = 0
    """Size of the batches in which events change places; 0: in order."""
    shuffle_hold: float = 0.05
    """Real seconds after which a batch that is not full is let go."""
    echo: bool = True
    """Announce what the account sends (``oa_send_*``)."""
    echo_chance: float = 1.0
    """Share of the echoes that are not lost."""
    receipts: bool = False
    """Announce that a message reached the phone (``user_received_message``)."""
    timestamps: Literal["body", "header", "both"] = "body"
    """body: the body's is signed. header: ``X-ZEvent-Timestamp`` differs from it and is signed.
    both: the header is there and differs, but the body's is signed."""
    escaped: bool = False
    """Write JSON as PHP does, with ``\\/`` and ``\\uXXXX``; the signature covers these bytes."""

    token_seconds: float = 90000.0
    refresh_days: float = 90.0
    rate_per_minute: int = 4000
    free_replies: int | None = None
    """Replies per interaction before ``-311``; None: no cap, as since 2026."""
    uploads_per_month: int = 5000
    accept_lists: bool = False
    """Whether the list template still exists in v3 (not known)."""
    templates: dict[str, tuple[str, ...]] = {}
    """Approved templates: id to the names of their parameters."""
    promotions: tuple[str, ...] = ()
    """Those of the templates that are advertising (not at night)."""

    cdn_url: str = ""
    """Prefix of file links; empty: this server."""
    cdn_mode: Literal["serve", "redirect", "slow", "huge", "gone", "lie"] = "serve"
    """lie: an HTML page under the file's name. huge: never ends. slow: a byte, then nothing."""
    cdn_redirect: str = "http://127.0.0.1:1/"
    cdn_days: float = 7.0

    def but(self, changes: dict[str, Any]) -> "Settings":
        """These with some changed; raises ``msgspec.ValidationError`` for unknown names and wrong types."""
        return msgspec.convert({**msgspec.structs.asdict(self), **changes}, Settings)
