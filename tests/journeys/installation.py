"""An installation that can do everything: its own database, and the double of the government behind it."""

from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy.engine import Engine
from starlette.applications import Starlette

from bot.desk import Exchange, Meeting
from bot.gateways.values import LOCAL
from bot.pages.render import Pages
from bot.payments import opening as payments
from bot.privacy.opening import open_privacy
from bot.reception import open_reception
from bot.services import open_services
from bot.settings import Settings
from tests import working
from tests.doubles.gov.government import Government
from tests.doubles.gov.serving import Serving
from tests.journeys.conversation import Conversation

MORNING = datetime(2026, 11, 23, 9, tzinfo=LOCAL)
"""A Monday at nine."""
VAULT_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


class Installation:
    """``at`` is its clock; whoever talks to it, and what it does in the background, lives by that."""

    def __init__(self, engine: Engine, gov: Government, folder: Path) -> None:
        self.at, self.engine, self.gov = MORNING, engine, gov
        self.settings = _settings(gov, folder)
        self.services = open_services(self.settings, engine, self.now)
        privacy = open_privacy(self.settings, engine, working.wording().say, self.now)
        self.desk = working.desk_at(open_reception(working.source(), self.services, self.settings, privacy))
        self._holidays = working.source().assistant().knowledge.holidays

    def now(self) -> float:
        """POSIX seconds."""
        return self.at.timestamp()

    def later(self, **span: float) -> None:
        """Time goes by: ``days=3``."""
        self.at += timedelta(**span)

    def polls(self) -> int:
        """One round over the dossiers that are followed; how many news."""
        return self.services.following.poller(self._holidays).once(self.now())

    def sends(self) -> None:
        """One round over what is to be sent to the one-stop system."""
        sender = self.services.gateways.sender
        assert sender is not None
        sender.once(self.now())

    def payment_pages(self) -> Serving:
        """Its end of the payment platform, on a port of this machine."""
        routes = payments.routes(self.settings, self.engine, Pages(working.wording()), self.now)
        return Serving(Starlette(routes=routes))


class Visitor(Conversation):
    """Somebody on the web page of an installation."""

    def __init__(self, installation: Installation, conversation_id: str = "c" * 32) -> None:
        super().__init__(installation.desk)
        self._installation, self.id, self._count = installation, conversation_id, 0

    def meeting(self) -> Meeting:
        """Each message has a number of its own."""
        return Meeting(self.id, f"m{self._count}", "web")

    def says(self, message: str, as_of: date | None = None) -> Exchange:
        """On the day of the installation; what a turn has changed is looked after as by the action."""
        self.today = self._installation.at.date()
        self._count += 1
        before = self.file
        exchange = super().says(message, as_of)
        self._installation.services.notices.keep_up(self.id, before, self.file)
        return exchange


def _settings(gov: Government, folder: Path) -> Settings:
    known = gov.settings
    return Settings(
        data_dir=working.ROOT / "data",
        var_dir=folder,
        public_url="https://tro-ly.example",
        web_secret="s" * 32,
        vault_key=VAULT_KEY,
        onestop_url=gov.url,
        onestop_username=known.username,
        onestop_password=known.password,
        onestop_unit=known.unit,
        onestop_destination=known.destination,
        onestop_submits=True,
        payment_url=gov.payment_url,
        payment_partner=known.partner,
        payment_secret=known.secret,
        payment_token=known.payment_token,
    )
