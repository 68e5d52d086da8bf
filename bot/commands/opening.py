"""What most commands begin with: the desk over the newest model and the configured catalogue."""

import click

from bot.catalogue.importing.shipped import load_shipped
from bot.catalogue.repository import Repository
from bot.database import connect, upgrade
from bot.desk import Desk, open_desk
from bot.settings import Settings, get_settings
from bot.training import newest_model


def desk() -> tuple[Desk, Settings]:
    """A desk ready to answer; a missing model ends in a plain sentence."""
    settings = get_settings()
    model = newest_model(settings)
    if model is None:
        raise click.ClickException("Chưa có mô hình. Chạy `make train` trước.")
    prepare_catalogue(settings)
    return open_desk(settings, model), settings


def prepare_catalogue(settings: Settings) -> None:
    """The schema of today, and the catalogue that ships where none was loaded yet."""
    upgrade(settings.database_url)
    engine = connect(settings.database_url)
    if Repository(engine).revision() == 0:
        load_shipped(engine, settings.catalogue_dir)
    engine.dispose()
