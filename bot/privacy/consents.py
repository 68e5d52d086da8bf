"""Who agreed to what, for reading only: consents are given and taken back by citizens themselves."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.engine import Connection

from bot.conversations.channel import Channel
from bot.notices.purpose import Purpose
from bot.notices.tables import consent


@dataclass(frozen=True)
class Given:
    """A consent; ``withdrawn_at`` is None while it stands."""

    id: int
    conversation_id: str
    channel: Channel
    purpose: Purpose
    version: str
    given_at: float
    withdrawn_at: float | None


@dataclass(frozen=True)
class Tally:
    """Consents to one text: how many were given and still stand."""

    purpose: Purpose
    version: str
    given: int
    standing: int


def consents(
    connection: Connection,
    purpose: Purpose | None = None,
    standing: bool | None = None,
    conversation_id: str = "",
    before_id: int | None = None,
    limit: int = 50,
) -> list[Given]:
    """The newest first, those older than ``before_id`` for the next page."""
    query = select(consent).order_by(consent.c.id.desc()).limit(limit)
    if purpose is not None:
        query = query.where(consent.c.purpose == purpose.value)
    if standing is not None:
        here = consent.c.withdrawn_at.is_(None)
        query = query.where(here if standing else ~here)
    if conversation_id:
        query = query.where(consent.c.conversation_id == conversation_id)
    if before_id is not None:
        query = query.where(consent.c.id < before_id)
    return [_given(row) for row in connection.execute(query)]


def tallies(connection: Connection) -> list[Tally]:
    """By purpose and version of the text."""
    counted = (
        select(
            consent.c.purpose,
            consent.c.version,
            func.count().label("given"),
            (func.count() - func.count(consent.c.withdrawn_at)).label("standing"),
        )
        .group_by(consent.c.purpose, consent.c.version)
        .order_by(consent.c.purpose, consent.c.version)
    )
    return [
        Tally(Purpose(row.purpose), row.version, row.given, row.standing)
        for row in connection.execute(counted)
    ]


def _given(row: Any) -> Given:
    return Given(
        id=row.id,
        conversation_id=row.conversation_id,
        channel=Channel(row.channel),
        purpose=Purpose(row.purpose),
        version=row.version,
        given_at=row.given_at,
        withdrawn_at=row.withdrawn_at,
    )
