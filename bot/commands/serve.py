"""``bot serve``: everything a fresh machine needs, then all servers under one supervisor."""

import time
from pathlib import Path

import click

from bot.amendments.applying import apply_due
from bot.bank.bank import Bank, name_of
from bot.catalogue.importing.context import read_checks
from bot.catalogue.importing.shipped import load_shipped
from bot.clock import today_in
from bot.database import connect, upgrade
from bot.serving.run import run
from bot.settings import Settings, get_settings
from bot.staff.first_run import first_run
from bot.training import current_model, train_if_needed


@click.command()
@click.option("--chat", "with_chat", is_flag=True, help="Drop into a chat once everything answers.")
def serve(with_chat: bool) -> None:
    """Migrate, load the catalogue, and serve until stopped: the active model, or where none was activated the
    model of the training data as it is, trained first when it is missing.
    """
    settings = get_settings()
    upgrade(settings.database_url)
    engine = connect(settings.database_url)
    loaded = load_shipped(engine, settings.catalogue_dir)
    today = today_in(settings.time_zone).isoformat()
    loaded = apply_due(engine, today, time.time(), read_checks(settings.catalogue_dir)) or loaded
    click.echo(f"Danh mục: bản {loaded.revision} ({loaded.state.value})")
    raise SystemExit(
        run(
            settings,
            _model(settings),
            with_chat,
            first_password=lambda: _first_password(settings),
        )
    )


def _first_password(settings: Settings) -> str | None:
    """One-time password of the first admin, made where there is no account yet."""
    engine = connect(settings.database_url, durable=True)
    try:
        with engine.begin() as connection:
            return first_run(connection, time.time())
    finally:
        engine.dispose()


def _model(settings: Settings) -> Path:
    bank = Bank(settings.models_dir)
    model = bank.active_model()
    if model is None:
        if gone := bank.active():
            click.echo(f"Không còn tệp của mô hình đang dùng {gone}; dùng mô hình của dữ liệu hiện tại.")
        # What reviewers taught serves once it was measured and activated, never by a mere restart.
        return train_if_needed(settings, learned=False)
    older = "" if model == current_model(settings) else " (cũ hơn dữ liệu)"
    click.echo(f"Mô hình: {name_of(model)}{older}")
    return model
