"""What most commands begin with: the desk over the newest model and the configured catalogue."""

import click

from bot.desk import Desk, open_desk
from bot.settings import Settings, get_settings
from bot.training import newest_model


def desk() -> tuple[Desk, Settings]:
    """A desk ready to answer; a missing model or catalogue ends in a plain sentence."""
    settings = get_settings()
    model = newest_model(settings)
    if model is None:
        raise click.ClickException("Chưa có mô hình. Chạy `make train` trước.")
    opened = open_desk(settings, model)
    if opened.revision() == 0:
        raise click.ClickException("Danh mục thủ tục còn trống. Chạy `bot catalogue load` trước.")
    return opened, settings
