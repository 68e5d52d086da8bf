"""The gateways as this installation is configured."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.answers.working_days import WorkCalendar
from bot.catalogue.view import Catalogue
from bot.gateways.flow import SubmitFlow
from bot.gateways.offering import Offers
from bot.gateways.onestop.opening import open_onestop
from bot.gateways.onestop.services import OneStop
from bot.gateways.register.store import Registrations
from bot.gateways.submissions.sender import Sender
from bot.gateways.submissions.store import Submissions
from bot.gateways.telling import Addresses
from bot.gateways.values import LOCAL
from bot.gateways.vault import Vault, open_vault
from bot.gateways.words import Words, read_words
from bot.settings import Settings

# A try is at most two logins and two calls, each cut off at twice the timeout.
_TIMEOUTS_OF_A_TRY = 10


@dataclass(frozen=True)
class Gateways:
    """Everything of one process. ``onestop``: None where no system is configured."""

    settings: Settings
    vault: Vault
    words: Words
    onestop: OneStop | None
    registrations: Registrations
    submissions: Submissions
    sender: Sender | None

    def flow(self, catalogue: Catalogue, calendar: WorkCalendar) -> SubmitFlow:
        """The conversation over one revision of the catalogue."""
        return SubmitFlow(
            catalogue,
            self.registrations if self.settings.register_open else None,
            self.submissions if self._submits else None,
            Addresses(self.settings.gateway_url, self.settings.portal_url),
            self.words,
            calendar,
        )

    def offers(self, catalogue: Catalogue) -> Offers:
        """Buttons for drafts that have come to their verdict."""
        return Offers(catalogue, self.settings.register_open, self._submits)

    def expire(self, now: float) -> int:
        """End announcements nobody came with; how many. Once an hour is enough."""
        return self.registrations.expire(datetime.fromtimestamp(now, LOCAL).date())

    @property
    def _submits(self) -> bool:
        return self.settings.onestop_submits and self.onestop is not None


def open_gateways(settings: Settings, engine: Engine, now: Callable[[], float]) -> Gateways:
    """``now``: POSIX seconds. Raises ``ValueError`` for settings that make no sense. The schema must be there
    already.
    """
    vault = open_vault(settings)
    onestop = open_onestop(settings, vault)
    patience = 60 + _TIMEOUTS_OF_A_TRY * settings.onestop_timeout_seconds
    return Gateways(
        settings=settings,
        vault=vault,
        words=read_words((Path(settings.data_dir) / "dossiers" / "gateways.yaml").read_bytes()),
        onestop=onestop,
        registrations=Registrations(engine, now),
        submissions=Submissions(engine, vault, now),
        sender=Sender(engine, onestop, vault, patience) if onestop else None,
    )
