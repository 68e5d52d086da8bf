"""``bot privacy``: what is stored of citizens, for whoever runs the installation."""

import time
from functools import partial
from pathlib import Path

import click

from bot.database import connect, upgrade
from bot.privacy.public import public_values
from bot.privacy.scanning import Scan, scan
from bot.settings import Settings, get_settings
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import OPERATOR


@click.group()
def privacy() -> None:
    """Dữ liệu cá nhân / personal data."""


@privacy.command("scan")
def scan_() -> None:
    """Tìm số định danh chưa che trong mọi bảng / look for identifiers nobody masked; exit 1 when there are.

    Tables and columns with counts are shown, never what stands there.
    """
    settings = get_settings()
    found = [("database", _database(settings)), ("tracker", _tracker(settings))]
    count = 0
    for name, result in found:
        if result is None:
            click.echo(f"{name}: không có / not there")
            continue
        count += result.count
        click.echo(
            f"{name}: {result.tables} bảng / tables, {result.cells} ô chữ / texts, "
            f"{result.count} chưa che / unmasked"
        )
        for hit in result.hits:
            click.echo(f"!! {hit.table}.{hit.column}: {hit.kind.value} × {hit.count}")
    if count:
        raise SystemExit(1)


def _database(settings: Settings) -> Scan:
    upgrade(settings.database_url)
    engine = connect(settings.database_url)
    with engine.connect() as connection:
        result = scan(connection, partial(public_values, connection, Path(), settings.data_dir))
    with engine.begin() as connection:
        detail = {"tables": result.tables, "texts": result.cells, "hits": result.count}
        audit.record(connection, OPERATOR, Action.SCANNED, "database", time.time(), detail=detail)
    return result


def _tracker(settings: Settings) -> Scan | None:
    """What Rasa remembers; numbers of offices are known from our own database."""
    engine = connect(settings.tracker_url)
    if engine.dialect.name == "sqlite" and not Path(str(engine.url.database)).exists():
        return None
    ours = connect(settings.database_url)
    with engine.connect() as connection, ours.connect() as known:
        return scan(connection, partial(public_values, known, Path(), settings.data_dir))
