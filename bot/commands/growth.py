"""``bot bench --growth``: what larger catalogues cost, each measured in a process of its own."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from bot.catalogue.repository import Repository
from bot.commands.opening import prepare_catalogue
from bot.database import connect
from bot.evaluation.growth import measure, table
from bot.evaluation.growth_plot import plot
from bot.evaluation.machine import load, machine
from bot.evaluation.rivals.measuring import aside
from bot.settings import Settings
from bot.training import newest_model


def growth(
    settings: Settings,
    questions: Sequence[str],
    records: Sequence[int],
    json_out: Path | None,
    plot_out: Path | None,
) -> None:
    """Measure, print the table, and write figures and plot where they are wanted."""
    model = newest_model(settings)
    if model is None:
        raise click.ClickException("Chưa có mô hình. Chạy `make train` trước.")
    prepare_catalogue(settings)
    engine = connect(settings.database_url)
    procedures = Repository(engine).procedures()
    engine.dispose()
    before = load()
    rows = [aside(measure, procedures, size, settings.data_dir, model, questions) for size in records]
    report: dict[str, Any] = {
        "machine": machine(),
        "load": (before, load()),
        "questions": len(questions),
        "growth": rows,
    }
    click.echo(table(report))
    if json_out:
        json_out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if plot_out:
        plot_out.write_text(plot(rows), encoding="utf-8")
