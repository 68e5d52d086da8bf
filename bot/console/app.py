"""Puts the console together from the settings."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from cryptography.fernet import Fernet
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.blobs.store import open_store
from bot.channels.attachments import Attachments
from bot.console import (
    approvals,
    audit_log,
    audits,
    banners,
    canned,
    catalogue,
    catalogue_amendment,
    catalogue_edit,
    catalogue_record,
    consents,
    control,
    conversation,
    deeds,
    entry,
    errors,
    exports,
    factor,
    figures,
    files,
    filters,
    gaps,
    gaps_deeds,
    health,
    home,
    hours,
    imports,
    imports_preview,
    lessons,
    lessons_journey,
    lessons_new,
    level_programme,
    me,
    models,
    models_card,
    models_run,
    oidc,
    orders,
    password,
    privacy,
    privacy_erasing,
    privacy_request,
    queue,
    retention,
    review,
    scanner,
    staff,
    staff_account,
    table_changes,
    tables,
    talk,
    texts,
    topics,
    turn_page,
    unmask,
    upkeep,
    upkeep_affected,
    upkeep_links,
)
from bot.console.advice import DeskAdviser
from bot.console.catalogue_index import Finder
from bot.console.context import Console
from bot.console.due import applying
from bot.console.gaps_found import Gatherer
from bot.console.headers import BodyLimit, SecurityHeaders
from bot.console.knocks import Knocks
from bot.console.lessons_keeping import keeping
from bot.console.models_launcher import Launcher
from bot.console.ready import Filler
from bot.console.shipped import Shipped
from bot.console.static import Assets
from bot.console.upkeep_checking import LinkDesk
from bot.console.wording import read_texts
from bot.console.work import Work
from bot.database import connect
from bot.handoffs.canned import load_canned
from bot.keys import staff_key
from bot.knowledge_source import KnowledgeSource
from bot.settings import Settings
from bot.staff.oidc import open_provider
from bot.staff.sealing import Sealing, sealed
from bot.staff.second_factor import SecondFactor

GROUPS = (
    health,
    entry,
    oidc,
    factor,
    home,
    queue,
    talk,
    files,
    deeds,
    conversation,
    approvals,
    topics,
    canned,
    review,
    turn_page,
    lessons,
    lessons_new,
    lessons_journey,
    filters,
    audits,
    gaps,
    gaps_deeds,
    orders,
    unmask,
    figures,
    level_programme,
    exports,
    control,
    banners,
    texts,
    catalogue,
    catalogue_amendment,
    catalogue_edit,
    catalogue_record,
    imports,
    imports_preview,
    table_changes,
    tables,
    upkeep,
    upkeep_links,
    upkeep_affected,
    hours,
    models,
    models_run,
    models_card,
    privacy,
    privacy_request,
    privacy_erasing,
    consents,
    retention,
    scanner,
    staff,
    staff_account,
    audit_log,
    me,
    password,
)
"""The page groups; each has ``routes()``."""


def console_app(settings: Settings, root: Path = Path(), now: Callable[[], float] = time.time) -> Starlette:
    """The console as an ASGI application. ``root``: the project's folder. The schema must be there already.

    Raises ``ValueError`` for settings or texts that make no sense.
    """
    key = staff_key(settings)
    console = Console(
        work=Work(sealed(connect(settings.database_url, durable=True, repeated=True), Sealing(settings))),
        settings=settings,
        texts=read_texts(root / settings.data_dir / "console"),
        assets=Assets(),
        factor=SecondFactor(key),
        seal=Fernet(key),
        now=now,
        provider=open_provider(settings),
    )
    source = KnowledgeSource(console.work.engine, root / settings.data_dir, settings.refresh_seconds)
    adviser, data = DeskAdviser(settings, source), root / settings.data_dir / "console"
    gatherer = Gatherer(console.work.engine, root / settings.data_dir, now)
    links = LinkDesk(console)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await console.run(load_canned, data / "canned.yaml", now())
        async with applying(console, root / settings.catalogue_dir), links.nightly(), keeping(console):
            yield
        adviser.close()
        gatherer.close()
        console.work.close()

    app = Starlette(
        routes=[
            Route("/", _first),
            Route("/console", _first),
            *console.assets.routes(),
            *(route for group in GROUPS for route in group.routes()),
        ],
        middleware=[Middleware(SecurityHeaders), Middleware(BodyLimit, larger=imports.LARGER)],
        exception_handlers={HTTPException: errors.refused, Exception: errors.failed},
        lifespan=lifespan,
    )
    app.state.console = console
    app.state.knocks = Knocks(now)
    app.state.files = Attachments(console.work.engine, open_store(settings), settings.blob_days, now)
    app.state.library = tables.open_library(console)
    app.state.shipped = Shipped(root, settings)
    app.state.adviser = adviser
    app.state.gaps = gatherer
    app.state.finder = Finder(source)
    app.state.links = links
    app.state.launcher = Launcher(root, settings)
    app.state.filler = Filler(root, settings.data_dir, console.say)
    return app


async def _first(_request: Request) -> Response:
    return RedirectResponse("/console/", 303)
