"""Emergency banners: what every citizen has to know for a while, whatever they ask."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Connection

from bot.control.tables import banner, banner_told
from bot.conversations.channel import Channel
from bot.database import insert_once
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor
from bot.staff.chain import Detail

LONGEST = 500
LONGEST_DAYS = 90
_DAY = 86_400.0


class BannerState(str, Enum):
    """Where a banner stands at a moment."""

    AHEAD = "ahead"
    SHOWN = "shown"
    OVER = "over"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Banner:
    """``ends_at`` is the first moment at which it is not shown any more; times in POSIX seconds."""

    id: int
    text: str
    channels: frozenset[Channel]
    starts_at: float
    ends_at: float
    created_by: int | None
    created_at: float
    withdrawn_by: int | None
    withdrawn_at: float | None

    def state(self, now: float) -> BannerState:
        if self.withdrawn_at is not None:
            return BannerState.WITHDRAWN
        if now < self.starts_at:
            return BannerState.AHEAD
        return BannerState.SHOWN if now < self.ends_at else BannerState.OVER


class WrongBannerError(ValueError):
    """``str()``: what is wrong: ``text``, ``channels``, ``past``, ``order`` or ``long``."""


def checked(text: str, channels: Collection[Channel], starts_at: float, ends_at: float, now: float) -> str:
    """The text as it would be shown; raises ``WrongBannerError``."""
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        raise WrongBannerError("text")
    if not channels:
        raise WrongBannerError("channels")
    if ends_at <= starts_at:
        raise WrongBannerError("order")
    if ends_at <= now:
        raise WrongBannerError("past")
    if ends_at - max(starts_at, now) > LONGEST_DAYS * _DAY:
        raise WrongBannerError("long")
    return text


def put_up(
    connection: Connection,
    actor: Actor,
    text: str,
    channels: Collection[Channel],
    starts_at: float,
    ends_at: float,
    now: float,
) -> int:
    """A new banner; its id. Raises ``WrongBannerError``."""
    named = sorted(channel.value for channel in channels)
    values = {
        "text": checked(text, channels, starts_at, ends_at, now),
        "channels": named,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "created_by": actor.account_id,
        "created_at": now,
    }
    made: int = connection.execute(insert(banner).values(values)).inserted_primary_key[0]
    detail: Detail = {"channels": ",".join(named), "starts_at": starts_at, "ends_at": ends_at}
    audit.record(connection, actor, Action.BANNER_SHOWN, f"banner:{made}", now, detail=detail)
    return made


def take_down(connection: Connection, actor: Actor, banner_id: int, reason: str, now: float) -> bool:
    """End a banner before its time; False when it is over. Raises ``ValueError`` without a reason."""
    if not reason.strip():
        raise ValueError("reason")
    lasting = (banner.c.id == banner_id) & banner.c.withdrawn_at.is_(None) & (banner.c.ends_at > now)
    values = {"withdrawn_at": now, "withdrawn_by": actor.account_id}
    if connection.execute(update(banner).where(lasting).values(values)).rowcount != 1:
        return False
    audit.record(connection, actor, Action.BANNER_WITHDRAWN, f"banner:{banner_id}", now, reason)
    return True


def standing(connection: Connection, channel: Channel, now: float) -> list[Banner]:
    """What is shown on a channel at this moment, the newest first."""
    valid = (banner.c.starts_at <= now) & (banner.c.ends_at > now) & banner.c.withdrawn_at.is_(None)
    rows = connection.execute(select(banner).where(valid).order_by(banner.c.id.desc())).all()
    return [found for found in map(_banner, rows) if channel in found.channels]


def tell_once(connection: Connection, conversation_id: str, channel: Channel, now: float) -> list[Banner]:
    """What this conversation has not been told yet; from now on it has."""
    told = []
    for found in standing(connection, channel, now):
        values = {"banner_id": found.id, "conversation_id": conversation_id, "told_at": now}
        if insert_once(connection, banner_told, values):
            told.append(found)
    return told


def everything(connection: Connection, limit: int = 50) -> list[Banner]:
    """The newest first, whatever became of them."""
    rows = connection.execute(select(banner).order_by(banner.c.id.desc()).limit(limit)).all()
    return [_banner(row) for row in rows]


def _banner(row: Any) -> Banner:
    return Banner(**{**row._mapping, "channels": frozenset(map(Channel, row.channels))})
