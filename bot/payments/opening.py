"""Puts payments together from the settings."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy.engine import Engine
from starlette.routing import Route

from bot.payments.cashier import Cashier
from bot.payments.client import Access, Client
from bot.payments.confirming import Confirmations
from bot.payments.queries import Queries
from bot.payments.transfer import Account, account_of
from bot.payments.words import Words, WordsFile, words_in
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.pages.render import Pages


def open_cashier(settings: Settings, engine: Engine, now: Callable[[], float]) -> Cashier:
    """The ``Till`` of the flow. Raises ``ValueError`` for settings that make no sense."""
    return Cashier(engine, open_client(settings, now), _account(settings), settings.gateway_url, now)


def open_queries(settings: Settings, engine: Engine, now: Callable[[], float]) -> Queries:
    """Background work; call its ``once`` every ``queries.INTERVAL_SECONDS``."""
    return Queries(engine, open_client(settings, now))


def routes(settings: Settings, engine: Engine, pages: "Pages", now: Callable[[], float]) -> list[Route]:
    """``POST /payments/confirm`` where there is a platform, ``GET /thanh-toan/{token}`` where there is an
    account for transfers.
    """
    # Imported here: whoever answers messages draws no pages.
    from bot.payments.transfer_page import TransferPage

    found: list[Route] = []
    if access := _access(settings):
        found += Confirmations(engine, access, now).routes()
    if account := _account(settings):
        found += TransferPage(engine, pages, account, now).routes()
    return found


def open_client(settings: Settings, now: Callable[[], float]) -> Client | None:
    """The platform; None where there is none. One for each process: it holds the breaker."""
    access = _access(settings)
    return Client(access, now) if access else None


def read_words(path: Path) -> Words:
    """``data/dossiers/payments.yaml``."""
    return words_in(msgspec.yaml.decode(path.read_bytes(), type=WordsFile))


def _access(settings: Settings) -> Access | None:
    if not settings.payment_url:
        return None
    return Access(
        settings.payment_url, settings.payment_partner, settings.payment_secret, settings.payment_token
    )


def _account(settings: Settings) -> Account | None:
    return account_of(settings.transfer_bank, settings.transfer_account, settings.transfer_name)
