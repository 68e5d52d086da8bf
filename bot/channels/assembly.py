"""Puts the gateway together from the settings: queues, channels, routes."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount

from bot.answers.outcome import Outcome
from bot.blobs.store import open_store
from bot.channels.announcing import Announcing
from bot.channels.attachments import Attachments
from bot.channels.bell import Bell
from bot.channels.brain import open_brain
from bot.channels.commands import read_spellings
from bot.channels.dossiers import open_dossiers
from bot.channels.files import Fetcher
from bot.channels.gateway import Gateway
from bot.channels.halting import Halting
from bot.channels.health import health_routes
from bot.channels.linking import WebLinking
from bot.channels.orders import Orders
from bot.channels.platforms import Platforms
from bot.channels.responder import Responder
from bot.channels.retention import Retention
from bot.channels.rewording import Rewording
from bot.channels.rules import Rules, rules_of
from bot.channels.staff.office import read_timetable
from bot.channels.staff.opening import open_staff_side
from bot.channels.stalling import Stalling
from bot.channels.store import Store
from bot.channels.web.app import PATH, web_app
from bot.channels.web.contact import read_contact
from bot.channels.web.context import erasure_key
from bot.channels.web.headers import SecurityHeaders
from bot.channels.web.origins import Origins
from bot.channels.web.static import static_routes
from bot.channels.words import Words
from bot.database import connect
from bot.keys import web_secret
from bot.knowledge_source import wording_from
from bot.settings import Settings


def assemble(
    settings: Settings,
    root: Path = Path(),
    now: Callable[[], float] = time.time,
    rules: Rules | None = None,
) -> Starlette:
    """The gateway as an ASGI application; its queues work while it runs. ``root``: the project's folder;
    ``rules``: other ones than the settings give.

    Raises ``ValueError`` for settings that make no sense. The schema must be there already.
    """
    words = Words(wording_from(root / "domain.yml"))
    rules = rules or rules_of(settings)
    store = Store(connect(settings.database_url, durable=True, repeated=True))
    brain = open_brain(settings)
    platforms = Platforms(settings, store, words, rules, now)
    attachments = Attachments(store.engine, open_store(settings), settings.blob_days, now)
    key = erasure_key(web_secret(settings))
    orders = Orders(words, brain.forget, key, settings.chat_days, settings.blob_days, now)
    fetcher = Fetcher(platforms.adapters, attachments, settings.blob_days)
    spellings = read_spellings(settings.data_dir / "channels" / "commands.yaml")

    def ring(conversation_id: str) -> None:
        gateway.ring(conversation_id)

    timetable = read_timetable(settings.data_dir, settings.time_zone, now())
    staff = open_staff_side(
        store,
        platforms.adapters,
        words,
        timetable,
        lambda: gateway.watch(Bell.DESK),
        ring,
        now,
        settings.handoff_wait_hours,
    )
    responder = Responder(store.run, brain, words, orders, staff.citizen, fetcher, spellings, now)
    halting = Halting(
        responder.respond,
        lambda: words.reply("stopped", Outcome.GUIDED),
        platforms.adapters,
        now,
    )
    retention = Retention(store, attachments, brain.forget, key, settings.chat_days, now)
    dossiers = open_dossiers(settings, store, platforms.adapters, words.wording, ring, now)
    rewording = Rewording(store, words.wording, settings.refresh_seconds)
    gateway = Gateway(
        store,
        platforms.adapters,
        halting.respond,
        words,
        rules,
        now,
        besides=(retention, dossiers.worker, rewording, staff.voice),
        conceal=dossiers.concealing.conceal,
        pending=Announcing(words, dossiers.notifier.pending_for).pending_for,
        settle=staff.settling.settle,
    )
    web = web_app(
        gateway,
        settings,
        files=attachments,
        say=words.text,
        forget=brain.forget,
        linking=WebLinking(lambda: platforms.telegram_name),
        contact=read_contact(settings.data_dir / "contact.yaml"),
    )
    routes: list[BaseRoute] = [
        Mount(PATH, web),
        *platforms.routes(gateway),
        *dossiers.routes,
        *health_routes(gateway, brain.ready),
        *static_routes(root / "web"),
    ]

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await gateway.start()
        await platforms.start()
        try:
            yield
        finally:
            await platforms.stop()
            await gateway.stop()
            await brain.close()

    headers = Middleware(
        SecurityHeaders,
        embedding=Origins(settings).listed,
        https=settings.gateway_url.startswith("https://"),
    )
    return Starlette(routes=routes, middleware=[headers, Middleware(Stalling)], lifespan=lifespan)
