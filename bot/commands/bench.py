"""``bot bench``: how fast and how large the assistant is on this machine."""

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from bot.answers.context import Context
from bot.answers.incoming import receive
from bot.answers.resolve import without_places
from bot.answers.understood import turn_of
from bot.catalogue.search import SearchIndex
from bot.commands.bench_console import bench_console
from bot.commands.bench_servers import (
    Wanted,
    bench_growth,
    bench_servers,
    bench_soak,
    bench_website,
)
from bot.commands.evaluate import OUT, read_files, subject_of_today
from bot.commands.growth import growth as measure_growth
from bot.evaluation.bench import enlarged, spread, table, training_seconds
from bot.evaluation.growth import RECORDS
from bot.evaluation.machine import MB, load, machine, resident_mb
from bot.evaluation.subject import Subject
from bot.knowledge_source import tables_of
from bot.learning.releasing_sets import QUESTIONS
from bot.load.contenders import CONTENDERS
from bot.load.stock import train_anew
from bot.nlu.understanding import open_understanding
from bot.settings import Settings, get_settings
from bot.text import analyse
from bot.training import newest_model

Result = TypeVar("Result")

WARM_UP = 50
SIZES = (1, 3, 12)


@click.command()
@click.option("--json", "json_out", type=OUT, help="Write the figures as one JSON object.")
@click.option("--train", "anew", is_flag=True, help="Train a model anew, only to time it.")
@click.option("--limit", type=click.IntRange(min=1), help="Ask only the first so many questions.")
@click.option("--size", "sizes", multiple=True, type=click.IntRange(min=1), default=SIZES, show_default=True)
@click.option("--growth", "grows", is_flag=True, help="Only measure search over larger catalogues.")
@click.option("--records", multiple=True, type=click.IntRange(min=1), default=RECORDS, show_default=True)
@click.option("--plot", "plot_out", type=OUT, help="With --growth or --servers…: draw it as SVG.")
@click.option("--servers", "serves", is_flag=True, help="Only measure servers side by side with stock Rasa.")
@click.option("--servers-growth", "servers_grow", is_flag=True, help="Only measure servers as they grow.")
@click.option("--website", "whole", is_flag=True, help="Only measure the whole road from a browser and back.")
@click.option("--soak", "minutes", type=click.FloatRange(min=0.1), help="Only so many minutes of traffic.")
@click.option(
    "--only", "names", multiple=True, type=click.Choice(list(CONTENDERS)), help="Only these servers."
)
@click.option("--repeat", type=click.IntRange(min=1), default=3, show_default=True)
@click.option("--messages", type=click.IntRange(min=1), default=1_400, show_default=True)
@click.option("--seconds", type=click.FloatRange(min=1), default=20, show_default=True)
@click.option("--stock-epochs", "epochs", type=click.IntRange(min=2), default=3, show_default=True)
@click.option("--markdown", "markdown_out", type=OUT, help="With --servers…: write the tables for a page.")
@click.option("--console", "reviews", is_flag=True, help="Only measure the console's pages of reviews.")
@click.option("--turns", type=click.IntRange(min=1_000), default=100_000, show_default=True)
@click.option("--database", "url", help="With --console: an empty database instead of a temporary file.")
def bench(
    json_out: Path | None,
    anew: bool,
    limit: int | None,
    sizes: Sequence[int],
    grows: bool,
    records: Sequence[int],
    plot_out: Path | None,
    serves: bool,
    servers_grow: bool,
    whole: bool,
    minutes: float | None,
    names: Sequence[str],
    repeat: int,
    messages: int,
    seconds: float,
    epochs: int,
    markdown_out: Path | None,
    reviews: bool,
    turns: int,
    url: str | None,
) -> None:
    """Time start, understanding, search and whole turns over data/evaluation."""
    if sum(map(bool, (grows, serves, servers_grow, whole, minutes, reviews))) > 1:
        raise click.UsageError("Mỗi lần chỉ đo được một thứ: chọn một tùy chọn “Only”.")
    settings = get_settings()
    if reviews:
        bench_console(turns, url, settings.time_zone, json_out)
        return
    wanted = Wanted(names, repeat, messages, seconds, json_out, markdown_out, plot_out)
    if serves:
        bench_servers(settings, wanted, epochs)
        return
    if servers_grow:
        bench_growth(settings, wanted)
        return
    if whole:
        bench_website(settings, wanted)
        return
    if minutes:
        bench_soak(settings, wanted, minutes)
        return
    files = sorted((settings.data_dir / "evaluation").glob(QUESTIONS))
    if not files:
        raise click.ClickException(f"Không có bộ câu hỏi nào trong {settings.data_dir / 'evaluation'}.")
    questions = [row.question for row in read_files(files)][:limit]
    if grows:
        measure_growth(settings, questions, records, json_out, plot_out)
        return
    before = load()
    imports, _ = timed(lambda: subprocess.run([sys.executable, "-c", "import bot.desk"], check=True))
    started, subject = timed(subject_of_today)
    model = newest_model(settings)
    assert model is not None
    reading, _ = timed(open_understanding, model, settings.data_dir)
    resident = resident_mb()
    index = subject.index()
    parts = ask(subject, index, questions)
    report: dict[str, Any] = {
        "machine": machine(),
        "start_s": rounded(
            imports=imports, model=reading, knowledge=started - reading, total=imports + started
        ),
        "training_s": training(settings, anew),
        "questions": len(questions),
        "ms": {name: spread(times) for name, times in parts.items()},
        "size": rounded(resident_mb=resident, model_mb=model.stat().st_size / MB),
        "growth": growth(subject, index, questions, sizes),
    }
    report["load"] = (before, load())
    click.echo(table(report))
    if json_out:
        json_out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def timed(work: Callable[..., Result], *arguments: Any) -> tuple[float, Result]:
    """(seconds, result)."""
    started = time.perf_counter()
    result = work(*arguments)
    return time.perf_counter() - started, result


def rounded(**figures: float) -> dict[str, float]:
    """Two decimals are all a measurement carries."""
    return {name: round(value, 2) for name, value in figures.items()}


def ask(subject: Subject, index: SearchIndex, questions: Sequence[str]) -> dict[str, list[float]]:
    """Milliseconds of understanding, search, the two together and the whole turn, question by question."""
    found: dict[str, list[float]] = {"understanding": [], "search": [], "both": [], "turn": []}
    for number, question in enumerate([*questions[:WARM_UP], *questions]):
        understanding, parsed = timed(lambda asked: subject.understanding.parse(receive(asked)), question)
        wanted = without_places(turn_of(parsed, subject.catalogue, subject.today))
        search, _ = timed(lambda words: index.search(analyse(words)), wanted)
        turn, _ = timed(subject.desk.ask, question, Context(), subject.today)
        if number >= min(WARM_UP, len(questions)):
            for times, seconds in zip(
                found.values(), (understanding, search, understanding + search, turn), strict=True
            ):
                times.append(seconds * 1000)
    return found


def growth(
    subject: Subject, loaded: SearchIndex, questions: Sequence[str], sizes: Sequence[int]
) -> list[dict[str, Any]]:
    """Build time, memory and search times of the catalogue and its enlargements.

    All indexes stay alive to the end: freed memory that the next one takes up again would hide its size.
    """
    alive = [loaded]
    rows: list[dict[str, Any]] = []
    tables, ranking = tables_of(subject.search_dir), subject.ranking()
    wanted = [analyse(question) for question in questions]
    for times in sizes:
        procedures = enlarged(list(subject.catalogue.procedures.values()), times)
        gc.collect()
        before = resident_mb()
        built, index = timed(SearchIndex, procedures, tables, ranking)
        gc.collect()
        memory = resident_mb() - before
        alive.append(index)
        for analysis in wanted[:WARM_UP]:
            index.search(analysis)
        spent = [timed(index.search, analysis)[0] * 1000 for analysis in wanted]
        rows.append(
            {
                "times": times,
                "procedures": len(index),
                **rounded(build_s=built, memory_mb=memory),
                "search_ms": spread(spent),
            }
        )
    return rows


def training(settings: Settings, anew: bool) -> float | None:
    """Seconds of a training made now, or of the last one by its log; ``None`` when there is no log."""
    if anew:
        return train_anew(settings).seconds
    log = settings.log_dir / "train.log"
    if not log.exists():
        return None
    return training_seconds(log.read_text(encoding="utf-8", errors="replace").splitlines())
