"""The one-stop system as the source from which dossiers are followed."""

from bot.following.ports import Absence
from bot.following.state import DossierState
from bot.gateways.onestop.errors import NotFoundError, RefusedError, UnavailableError
from bot.gateways.onestop.services import OneStop


class DossierSource:
    """A ``bot.following.ports.Source``."""

    def __init__(self, onestop: OneStop) -> None:
        self._onestop = onestop

    def find(self, code: str) -> DossierState | Absence:
        """How a dossier stands; one we may not see looks as one that is not there."""
        try:
            return self._onestop.find(code)
        except (NotFoundError, RefusedError):
            return Absence.UNKNOWN
        except UnavailableError:
            return Absence.UNAVAILABLE
