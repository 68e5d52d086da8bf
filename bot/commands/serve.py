"""``bot serve``: everything a fresh machine needs, then action server and Rasa under one supervisor."""

import click

from bot.catalogue.importing.shipped import load_shipped
from bot.database import connect, upgrade
from bot.serving.run import run
from bot.settings import get_settings
from bot.training import train_if_needed


@click.command()
@click.option("--chat", "with_chat", is_flag=True, help="Drop into a chat once everything answers.")
def serve(with_chat: bool) -> None:
    """Migrate, load the catalogue, train when the training data changed, and serve until stopped."""
    settings = get_settings()
    upgrade(settings.database_url)
    loaded = load_shipped(connect(settings.database_url), settings.catalogue_dir)
    click.echo(f"Danh mục: bản {loaded.revision} ({loaded.state.value})")
    model = train_if_needed(settings)
    raise SystemExit(run(settings, model, with_chat))
