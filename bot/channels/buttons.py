"""Opaque ids of buttons: platforms and browsers see a token, what it means stays here."""

import secrets
from collections.abc import Mapping

from sqlalchemy import insert, select
from sqlalchemy.engine import Connection

from bot.channels.message import Choice
from bot.channels.tables import button

KEPT_SECONDS = 30 * 24 * 3600.0


def new_token() -> str:
    """96 random bits as 16 characters; fits Telegram's 64 bytes with a prefix."""
    return secrets.token_urlsafe(12)


def remember(connection: Connection, conversation_id: str, choices: Mapping[str, Choice], now: float) -> None:
    """Keep what each token stands for in this conversation."""
    rows = [
        {
            "token": token,
            "conversation_id": conversation_id,
            "title": choice.title,
            "payload": choice.payload,
            "expires_at": now + KEPT_SECONDS,
        }
        for token, choice in choices.items()
    ]
    if rows:
        connection.execute(insert(button), rows)


def resolve(connection: Connection, conversation_id: str, token: str, now: float) -> Choice | None:
    """The choice behind a token; None when unknown, expired or of another conversation."""
    row = connection.execute(
        select(button).where(
            button.c.token == token, button.c.conversation_id == conversation_id, button.c.expires_at > now
        )
    ).one_or_none()
    return Choice(row.title, row.payload) if row else None
