"""``bot train`` and ``bot release``: a model, and whether it is good enough."""

from collections.abc import Sequence
from pathlib import Path

import click
from tqdm import tqdm

from bot.bank.bank import Bank
from bot.commands.evaluate import read_files, read_held, subject_of
from bot.evaluation.comparison_table import comparison
from bot.evaluation.dialogues.table import dialogue_figures
from bot.evaluation.gates import Verdict
from bot.evaluation.table import columns, figures
from bot.learning import releasing_sets
from bot.learning.releasing import Released
from bot.learning.releasing import release as measured
from bot.learning.releasing_sets import Limits, ReleaseError, Sets, question_files, read_limits
from bot.learning.states import TrainingState
from bot.settings import Settings, get_settings
from bot.training import TrainingError, train_if_needed


@click.command()
def train() -> None:
    """Train the model when what it is made of changed."""
    _trained(get_settings())


@click.command()
def release() -> None:
    """Train, evaluate on data/evaluation in every variant, write the model's card.

    Exit 1 when a gate is not kept, a figure falls beyond its tolerance below the active model's, or a learned
    conversation no longer holds.
    """
    settings = get_settings()
    try:
        limits, sets = read_limits(settings), read_sets(settings)
    except ReleaseError as problem:
        raise click.ClickException(str(problem)) from problem
    released = _measured(settings, _trained(settings), sets, limits)
    _tell(released)
    if problems := _problems(released):
        raise click.ClickException("Không phát hành được.\n" + "\n".join(problems))
    if Bank(settings.models_dir).active() != released.model:
        click.echo(f"Đạt. Đưa vào dùng: bot models activate {released.model}")


def read_sets(settings: Settings) -> Sets:
    """What ships and what was learned; refused lines are named on standard error.

    Raises ``ReleaseError`` where no question ships.
    """
    files = question_files(settings)
    if not files:
        raise ReleaseError(f"Không có bộ câu hỏi nào trong {settings.data_dir / 'evaluation'}.")
    return Sets(
        read_files(files),
        read_held(releasing_sets.dialogue_files(settings)),
        read_files(releasing_sets.learned_question_files(settings)),
        read_held(releasing_sets.learned_dialogue_files(settings)),
    )


def table(verdicts: Sequence[Verdict]) -> str:
    """Metric, value and limit of each verdict."""
    cells = [(v.metric, "–" if v.value is None else str(v.value), str(v.limit)) for v in verdicts]
    return columns([("chỉ số", "đo được", "cho phép"), *cells])


def _measured(settings: Settings, model: Path, sets: Sets, limits: Limits) -> Released:
    """With a progress bar on standard error."""
    with tqdm(total=100, unit=" %", disable=None, leave=False) as bar:

        def progress(state: TrainingState, share: float) -> None:
            if state is TrainingState.MEASURING:
                bar.update(int(share * 100) - bar.n)

        return measured(settings, model, sets, limits, subject_of, progress)


def _tell(released: Released) -> None:
    if not released.same_questions:
        click.echo(f"Lưu ý: {released.compared} được đo trên bộ câu hỏi hoặc danh mục khác.", err=True)
    if not released.same_conditions:
        click.echo("Lưu ý: máy khác hoặc đang bận, không kết luận về thời gian.", err=True)
    click.echo(figures(released.report))
    if released.report["dialogues"]["n"]:
        click.echo(f"\n{dialogue_figures(released.report['dialogues'])}")
    if released.learned:
        parts = (
            ("Câu hỏi đã học", released.learned.questions),
            ("Hội thoại đã học", released.learned.journeys),
        )
        rows = [
            (title, *("–" if n is None else str(n) for n in (p.before, p.after, p.n))) for title, p in parts
        ]
        click.echo("\n" + columns([("Đúng", "mô hình đang dùng", "mô hình này", "trên"), *rows]))
    click.echo(f"\n{released.path}")


def _problems(released: Released) -> list[str]:
    problems = []
    if released.fell:
        problems.append("Chỉ số ngoài mức cho phép:\n" + table(released.fell))
    if released.compared and released.worse:
        names = (released.compared, released.model)
        problems.append(
            f"Kém mô hình đang dùng {names[0]} quá mức cho phép:\n" + comparison(names, released.worse)
        )
    if released.learned and released.learned.broken:
        problems.append("Hội thoại đã học không còn đúng: " + ", ".join(released.learned.broken))
    return problems


def _trained(settings: Settings) -> Path:
    try:
        return train_if_needed(settings, click.echo)
    except TrainingError as problem:
        raise click.ClickException(str(problem)) from problem
