"""``bot train`` and ``bot release``: a model, and whether it is good enough."""

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click
import msgspec

from bot.bank.bank import Bank, name_of
from bot.commands.evaluate import ask_all, hold_all, read_files, read_held, subject_of
from bot.evaluation.bench import training_seconds
from bot.evaluation.card import Origin, against, card
from bot.evaluation.comparing import Difference, compare, same_conditions, same_questions
from bot.evaluation.comparison_table import comparison
from bot.evaluation.dialogues.table import dialogue_figures
from bot.evaluation.gates import Verdict, check, read_gates
from bot.evaluation.machine import load, machine
from bot.evaluation.table import columns, figures
from bot.evaluation.tolerance import Tolerance, read_tolerances
from bot.evaluation.variants import VARIANTS
from bot.settings import Settings, get_settings
from bot.training import CONFIG, DOMAIN, SOURCES, TrainingError, fingerprint, train_if_needed

QUESTIONS = "questions_*.jsonl"
DIALOGUES = "dialogues_*.jsonl"
DATA = ("nlu", "rules", "stories", "search", "catalogue", "evaluation")

Read = TypeVar("Read")


@click.command()
def train() -> None:
    """Train the model when what it is made of changed."""
    _trained(get_settings())


@click.command()
def release() -> None:
    """Train, evaluate on data/evaluation in every variant, write the model's card.

    Exit 1 when a gate is not kept or a figure falls beyond its tolerance below the active model's.
    """
    settings = get_settings()
    evaluation_dir = settings.data_dir / "evaluation"
    gates = _read(evaluation_dir / "gates.json", read_gates)
    tolerances = read_tolerance_file(settings)
    files = question_files(settings)
    if not files:
        raise click.ClickException(f"Không có bộ câu hỏi nào trong {evaluation_dir}.")
    rows = read_files(files)
    model = _trained(settings)
    subject = subject_of(model)
    evaluation = ask_all(rows, subject, list(VARIANTS))
    dialogues = hold_all(read_held(dialogue_files(settings)), subject, []).report()
    report = {**evaluation.report(), "dialogues": dialogues}
    verdicts = check(report, gates)
    sizes = {
        "model_bytes": model.stat().st_size,
        "procedures": len(subject.codes),
        "questions": len(rows),
    }
    made = datetime.now(ZoneInfo(settings.time_zone))
    origin = _origin(settings, name_of(model), sizes)
    content = card(name_of(model), made, evaluation, verdicts, origin, dialogues)
    bank = Bank(settings.models_dir)
    content, worse = _against_the_active(bank, content, tolerances)
    path = bank.write_card(name_of(model), content)
    click.echo(figures(report))
    if dialogues["n"]:
        click.echo(f"\n{dialogue_figures(dialogues)}")
    click.echo(f"\n{path}")
    fell = [verdict for verdict in verdicts if not verdict.kept]
    problems = ["Chỉ số ngoài mức cho phép:\n" + table(fell)] if fell else []
    if worse:
        compared = content["compared"]["model"]
        problems.append(
            f"Kém mô hình đang dùng {compared} quá mức cho phép:\n"
            + comparison((compared, name_of(model)), worse)
        )
    if problems:
        raise click.ClickException("Không phát hành được.\n" + "\n".join(problems))
    if bank.active() != name_of(model):
        click.echo(f"Đạt. Đưa vào dùng: bot models activate {name_of(model)}")


def table(verdicts: Sequence[Verdict]) -> str:
    """Metric, value and limit of each verdict."""
    cells = [(v.metric, "–" if v.value is None else str(v.value), str(v.limit)) for v in verdicts]
    return columns([("chỉ số", "đo được", "cho phép"), *cells])


def question_files(settings: Settings) -> list[Path]:
    """The labelled questions that ship."""
    return sorted((settings.data_dir / "evaluation").glob(QUESTIONS))


def dialogue_files(settings: Settings) -> list[Path]:
    """The labelled conversations that ship."""
    return sorted((settings.data_dir / "evaluation").glob(DIALOGUES))


def read_tolerance_file(settings: Settings) -> dict[str, Tolerance]:
    """The tolerances that ship; a missing or malformed file ends in a plain sentence."""
    return _read(settings.data_dir / "evaluation" / "tolerances.json", read_tolerances)


def _against_the_active(
    bank: Bank, content: dict[str, Any], tolerances: Mapping[str, Tolerance]
) -> tuple[dict[str, Any], list[Difference]]:
    """The card after the comparison with the active model's, where there is one, and what fell."""
    active = bank.active()
    before = bank.card(active) if active else None
    if active is None or before is None:
        return content, []
    if not same_questions(before, content):
        click.echo(f"Lưu ý: {active} được đo trên bộ câu hỏi hoặc danh mục khác.", err=True)
    if not same_conditions(before, content):
        click.echo("Lưu ý: máy khác hoặc đang bận, không kết luận về thời gian.", err=True)
    worse = [found for found in compare(before, content, tolerances) if found.fell]
    return against(content, active, [found.as_dict() for found in worse]), worse


def _origin(settings: Settings, model: str, sizes: Mapping[str, int]) -> Origin:
    kinds = {name: fingerprint([settings.data_dir / name]) for name in DATA}
    # Not the limits that lie beside them: they say nothing about what was asked.
    kinds["evaluation"] = fingerprint(question_files(settings))
    kinds |= {"config": fingerprint([CONFIG]), "domain": fingerprint([DOMAIN]), "code": fingerprint(SOURCES)}
    commit = _git("rev-parse", "HEAD")
    return Origin(
        fingerprints=kinds,
        search={
            name: json.loads((settings.data_dir / "search" / f"{name}.json").read_bytes())
            for name in ("weights", "thresholds")
        },
        machine={**machine(), "load": load()},
        sizes=sizes,
        training_seconds=_training_seconds(settings, model),
        commit=commit or None,
        uncommitted=bool(commit and _git("status", "--porcelain")),
    )


def _training_seconds(settings: Settings, model: str) -> float | None:
    """From the log of the last training, where it was this model's."""
    log = settings.log_dir / "train.log"
    told = log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""
    return training_seconds(told.splitlines()) if model in told else None


def _git(*arguments: str) -> str:
    """What git says; empty where it is not installed or this is no repository."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def _trained(settings: Settings) -> Path:
    try:
        return train_if_needed(settings, click.echo)
    except TrainingError as problem:
        raise click.ClickException(str(problem)) from problem


def _read(path: Path, parse: Callable[[bytes], Read]) -> Read:
    try:
        return parse(path.read_bytes())
    except FileNotFoundError as problem:
        raise click.ClickException(f"Thiếu {path}.") from problem
    except (msgspec.DecodeError, ValueError) as problem:
        raise click.ClickException(f"{path}: {problem}") from problem
