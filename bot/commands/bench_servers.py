"""``bot bench --servers``: the assistant beside stock Rasa over HTTP, every reply checked."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from bot.commands.bench_load import about_procedures, greetings, measuring, note, scripts, write
from bot.conversations.channel import Channel
from bot.load import growth_table, plot, soak_table, table, website_table
from bot.load.bench import course, expected, side_by_side
from bot.load.contenders import CONTENDERS, SQLITE, STOCK, Models
from bot.load.growth import grow
from bot.load.soak import soak
from bot.load.stock import SHIPPED_EPOCHS, our_training, stock_model
from bot.load.traffic import as_they_come, cold
from bot.load.website import STORES, talks, website
from bot.settings import Settings
from bot.training import train_if_needed

_SOAKED = 8_000


@dataclass(frozen=True)
class Wanted:
    """``names``: of contenders, none for all; ``repeat``: rounds; ``messages``: of every phase, ``seconds``:
    at most; the rest are files to write.
    """

    names: Sequence[str]
    repeat: int
    messages: int
    seconds: float
    json_out: Path | None = None
    markdown_out: Path | None = None
    plot_out: Path | None = None


def bench_servers(settings: Settings, wanted: Wanted, epochs: int) -> None:
    """All contenders side by side. ``epochs``: of stock."""
    chosen = list(wanted.names) or list(CONTENDERS)
    with measuring(settings) as ground:
        asked = course(scripts(settings), greetings(settings), wanted.messages, wanted.seconds)
        ours = train_if_needed(settings, note)
        note("thời gian huấn luyện của ta")
        own = our_training(settings)
        training = {"ours": _training("Của ta", own.seconds, "đo được", own.size_mb)}
        stock = None
        if STOCK in chosen:
            note(f"mô hình Rasa nguyên bản, {epochs} vòng")
            stock, took = stock_model(settings, epochs)
            how = "đo được"
            if epochs != SHIPPED_EPOCHS:
                how = (
                    f"SUY RA cho {SHIPPED_EPOCHS} vòng: đo được {took.seconds:g} s với {epochs} vòng, "
                    f"mỗi vòng thêm {took.epoch_s:g} s"
                )
            training["stock"] = _training("Rasa nguyên bản", took.full_seconds(), how, took.size_mb)
        report = side_by_side(ground, Models(ours, stock), asked, chosen, wanted.repeat, note)
    report["training"] = training
    _give(report, wanted, table.plain, table.markdown, lambda: plot.plot(report["contenders"]))


def bench_growth(settings: Settings, wanted: Wanted) -> None:
    """Longer conversations, more of them stored, more citizens at once."""
    with measuring(settings) as ground:
        models = Models(train_if_needed(settings, note))
        report = grow(ground, models, scripts(settings), wanted.messages, wanted.repeat, say=note)
    _give(report, wanted, growth_table.plain, growth_table.markdown, lambda: growth_table.plot(report))


def bench_website(settings: Settings, wanted: Wanted) -> None:
    """Through the gateway, on the stores of ``wanted``."""
    with measuring(settings) as ground:
        models = Models(train_if_needed(settings, note))
        asked = talks(as_they_come(about_procedures(settings), wanted.messages))
        answers = expected(ground, models, asked, Channel.WEB.value)
        stores = [name for name in STORES if name in wanted.names] or STORES
        report = website(ground, models, stores, asked, answers, wanted.repeat, say=note)
    _give(report, wanted, website_table.plain, website_table.markdown)


def bench_soak(settings: Settings, wanted: Wanted, minutes: float) -> None:
    """The same traffic for minutes, by the first contender of ``wanted``."""
    with measuring(settings) as ground:
        models = Models(train_if_needed(settings, note))
        drawn = as_they_come(cold(scripts(settings), _SOAKED), _SOAKED)
        answers = expected(ground, models, drawn)
        name = wanted.names[0] if wanted.names else SQLITE
        report = soak(ground, models, name, drawn, answers, minutes, say=note)
    _give(report, wanted, soak_table.plain, soak_table.markdown)


def _give(
    report: dict[str, Any],
    wanted: Wanted,
    plain: Callable[[dict[str, Any]], str],
    markdown: Callable[[dict[str, Any]], str],
    drawing: Callable[[], str] | None = None,
) -> None:
    click.echo(plain(report), nl=False)
    write(wanted.json_out, lambda: json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    write(wanted.markdown_out, lambda: markdown(report))
    if drawing:
        write(wanted.plot_out, drawing)


def _training(title: str, seconds: float, how: str, size_mb: float) -> dict[str, Any]:
    return {"title": title, "full_s": seconds, "how": how, "size_mb": size_mb}
