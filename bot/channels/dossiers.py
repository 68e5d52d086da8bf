"""What the gateway does for dossiers: pages, callbacks, the second factor, and work in the background."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from starlette.routing import BaseRoute

from bot.answers.wording import Wording
from bot.channels.concealing import Concealing
from bot.channels.leaving import Leaving
from bot.channels.notice_opening import open_notices
from bot.channels.notices import Notices, Slot
from bot.channels.noticing import Notifier
from bot.channels.saying import Adapters
from bot.channels.store import Store
from bot.database import transacting
from bot.following import retention as following_retention
from bot.following import whispers
from bot.forms.offer import read_forms
from bot.forms.routes import Desk as FormDesk
from bot.forms.routes import routes as form_routes
from bot.gateways.routes import routes as gateway_routes
from bot.knowledge_source import days_off, read_yaml
from bot.pages.render import Pages
from bot.pages.routes import routes as page_routes
from bot.payments.opening import open_queries
from bot.payments.opening import routes as payment_routes
from bot.payments.queries import INTERVAL_SECONDS
from bot.services import Services, open_services
from bot.settings import Settings
from bot.steering.daily import INTERVAL_SECONDS as STEERING_SECONDS
from bot.steering.daily import Settling, open_exports

SENDING_SECONDS = 5.0
POLLING_SECONDS = 300.0
HOUR, DAY = 3600.0, 86_400.0


@dataclass(frozen=True)
class Dossiers:
    """``routes``: pages and callbacks; ``worker``: reminders and everything that happens at intervals."""

    routes: Sequence[BaseRoute]
    worker: Notices
    notifier: Notifier
    concealing: Concealing


def open_dossiers(
    settings: Settings,
    store: Store,
    adapters: Adapters,
    wording: Wording,
    ring: Callable[[str], None],
    now: Callable[[], float],
) -> Dossiers:
    """Raises ``ValueError`` for settings that make no sense. The schema must be there already."""
    services = open_services(settings, store.engine, now)
    notices = open_notices(
        settings, store, adapters, wording, _slots(settings, store, services, now), ring, now
    )
    return Dossiers(
        routes=_routes(settings, store, services, wording, now),
        worker=notices.worker,
        notifier=notices.notifier,
        concealing=Concealing(services.gateways.vault),
    )


def _slots(settings: Settings, store: Store, services: Services, now: Callable[[], float]) -> Sequence[Slot]:
    calendar = days_off(read_yaml(settings.data_dir / "holidays.yaml"), _today(settings, now()).year)
    sender, engine = services.gateways.sender, store.engine
    slots = [
        Slot("payments", INTERVAL_SECONDS, open_queries(settings, engine, now).once),
        Slot("following", POLLING_SECONDS, services.following.poller(calendar).once),
        Slot("registrations", HOUR, services.gateways.expire),
        Slot("look-ups", DAY, transacting(engine, following_retention.purge)),
        Slot("second factors", HOUR, transacting(engine, whispers.purge)),
    ]
    if sender:
        slots.append(Slot("submissions", SENDING_SECONDS, sender.once))
    return [*slots, *_figures(settings, store)]


def _figures(settings: Settings, store: Store) -> Sequence[Slot]:
    zone, names = ZoneInfo(settings.time_zone), settings.data_dir / "steering" / "figures.yaml"
    slots = [Slot("days", STEERING_SECONDS, Settling(store.engine, zone).once)]
    exports = open_exports(store.engine, zone, names, settings.export_dir)
    return [*slots, Slot("exports", STEERING_SECONDS, exports)] if exports else slots


def _routes(
    settings: Settings, store: Store, services: Services, wording: Wording, now: Callable[[], float]
) -> Sequence[BaseRoute]:
    pages, engine = Pages(wording), store.engine
    desk = FormDesk(
        engine=engine,
        forms=read_forms(settings.data_dir / "forms"),
        wording=wording,
        base=settings.gateway_url,
        secret=services.secret,
        now=now,
        today=lambda: _today(settings, now()),
    )
    return (
        *page_routes(),
        *form_routes(desk),
        *payment_routes(settings, engine, pages, now),
        *gateway_routes(services.gateways.registrations, services.gateways.submissions, pages),
        *Leaving(store, services.secret, settings.portal_url, now).routes(),
    )


def _today(settings: Settings, seconds: float) -> date:
    return datetime.fromtimestamp(seconds, ZoneInfo(settings.time_zone)).date()
