"""``bot catalogue links``: ask whether the addresses in records still lead to something."""

import time

import click

from bot.database import connect, upgrade
from bot.settings import get_settings
from bot.staff.audit import OPERATOR
from bot.upkeep.links import LinkChecker
from bot.upkeep.links_kept import BROKEN, Link
from bot.upkeep.links_round import OLDER_THAN_DAYS, check_due
from bot.upkeep.states import LinkState


@click.command()
@click.option("--limit", type=click.IntRange(min=1), default=200, show_default=True, help="So many at most.")
@click.option(
    "--older-than",
    "days",
    type=click.FloatRange(min=0),
    default=OLDER_THAN_DAYS,
    show_default=True,
    help="Only addresses not asked for in so many days.",
)
def links(limit: int, days: float) -> None:
    """Ask for addresses of the catalogue, the longest not asked for first; prints those to mend."""
    url = get_settings().database_url
    upgrade(url)
    found = check_due(connect(url), OPERATOR, LinkChecker().check, limit, days, time.time, _tell)
    click.echo(", ".join(f"{state.value}: {found.get(state, 0)}" for state in LinkState))


def _tell(link: Link) -> None:
    if link.state in BROKEN or link.target:
        status = f" {link.status}" if link.status else ""
        target = f" → {link.target}" if link.target else ""
        click.echo(f"{link.state.value}{status}: {link.url}{target}")
