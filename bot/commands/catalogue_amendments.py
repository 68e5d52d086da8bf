"""``bot catalogue amendments`` and ``amend``: what editors changed in records."""

import time

import click
from sqlalchemy.engine import Engine

from bot.amendments.applying import apply_due
from bot.amendments.record import in_state
from bot.amendments.states import AmendmentState
from bot.catalogue.amending import patched_fields
from bot.catalogue.importing.context import read_checks
from bot.clock import today_in
from bot.commands.catalogue_database import opened
from bot.commands.catalogue_report import report, shortened
from bot.settings import Settings, get_settings

_STANDING = (AmendmentState.IN_FORCE, AmendmentState.APPROVED, AmendmentState.PROPOSED)


@click.command()
def amendments() -> None:
    """Changes of records in force or on their way: number, code, state, first day, fields, document."""
    with opened().connect() as connection:
        found = in_state(connection, *_STANDING)
    for change in found:
        since, fields = change.valid_from or "–", ", ".join(patched_fields(change.patch))
        standing = f"{change.id:>5} {change.code} {change.state.value} {since}"
        click.echo(f"{standing} {fields}: {shortened(change.source_title)}")
    click.echo(f"{len(found)} standing")


@click.group()
def amend() -> None:
    """Change records."""


@amend.command()
def due() -> None:
    """Put approved changes in force whose first day is reached."""
    if not put_in_force(opened(), get_settings()):
        click.echo("nothing is due")


def put_in_force(engine: Engine, settings: Settings) -> bool:
    """Put what is due in force and report it; whether there was anything."""
    today = today_in(settings.time_zone).isoformat()
    done = apply_due(engine, today, time.time(), read_checks(settings.catalogue_dir))
    if done is not None:
        report(done)
    return done is not None
