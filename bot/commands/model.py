"""``bot train`` and ``bot release``: a model, and whether it is good enough."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import msgspec

from bot.commands.evaluate import ask_all, read_files, subject_of_today
from bot.evaluation.card import card
from bot.evaluation.gates import Limit, Verdict, check, read_gates, variants_needed
from bot.evaluation.table import columns, figures
from bot.settings import Settings, get_settings
from bot.training import TrainingError, fingerprint, train_if_needed

QUESTIONS = "questions_*.jsonl"
DATA = ("nlu", "rules", "stories", "search", "catalogue", "evaluation")


@click.command()
def train() -> None:
    """Train the model when what it is made of changed."""
    _trained(get_settings())


@click.command()
def release() -> None:
    """Train, evaluate on data/evaluation, write the model's card; exit 1 when a gate is not kept."""
    settings = get_settings()
    gates = _gates(settings.data_dir / "evaluation" / "gates.json")
    files = sorted((settings.data_dir / "evaluation").glob(QUESTIONS))
    if not files:
        raise click.ClickException(f"Không có bộ câu hỏi nào trong {settings.data_dir / 'evaluation'}.")
    rows = read_files(files)
    model = _trained(settings)
    evaluation = ask_all(rows, subject_of_today(), variants_needed(gates))
    report = evaluation.report()
    verdicts = check(report, gates)
    content = card(
        model.name.removesuffix(".tar.gz"),
        datetime.now(ZoneInfo(settings.time_zone)),
        evaluation,
        verdicts,
        {name: fingerprint([settings.data_dir / name]) for name in DATA},
        {
            name: json.loads((settings.data_dir / "search" / f"{name}.json").read_bytes())
            for name in ("weights", "thresholds")
        },
    )
    path = model.with_name(content["model"] + ".card.json")
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    click.echo(figures(report))
    click.echo(f"\n{path}")
    fell = [verdict for verdict in verdicts if not verdict.kept]
    if fell:
        raise click.ClickException("Không phát hành được, chỉ số dưới mức cho phép:\n" + table(fell))


def table(verdicts: Sequence[Verdict]) -> str:
    """Metric, value and limit of each verdict."""
    cells = [(v.metric, "–" if v.value is None else str(v.value), str(v.limit)) for v in verdicts]
    return columns([("chỉ số", "đo được", "cho phép"), *cells])


def _trained(settings: Settings) -> Path:
    try:
        return train_if_needed(settings, click.echo)
    except TrainingError as problem:
        raise click.ClickException(str(problem)) from problem


def _gates(path: Path) -> dict[str, Limit]:
    try:
        return read_gates(path.read_bytes())
    except FileNotFoundError as problem:
        raise click.ClickException(f"Thiếu {path}.") from problem
    except (msgspec.DecodeError, ValueError) as problem:
        raise click.ClickException(f"{path}: {problem}") from problem
