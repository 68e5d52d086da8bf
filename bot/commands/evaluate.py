"""``bot evaluate``: labelled questions through the trained model and the catalogue."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from tqdm import tqdm

from bot.clock import today_in
from bot.commands.opening import prepare_catalogue
from bot.evaluation.dataset import BadLine, Row, read_rows
from bot.evaluation.dialogues.dataset import holds_dialogues, read_dialogues
from bot.evaluation.dialogues.dialogue import Dialogue
from bot.evaluation.dialogues.html import section
from bot.evaluation.dialogues.runner import DialogueEvaluation
from bot.evaluation.dialogues.runner import run as held
from bot.evaluation.dialogues.table import dialogue_figures
from bot.evaluation.html import page
from bot.evaluation.runner import Evaluation, run
from bot.evaluation.subject import Subject, open_subject
from bot.evaluation.table import figures
from bot.evaluation.variants import VARIANTS
from bot.settings import get_settings
from bot.training import newest_model

OUT = click.Path(dir_okay=False, path_type=Path)
SEEN = 10


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--json", "json_out", type=OUT, help="Write the figures as one JSON object.")
@click.option("--rows", "rows_out", type=OUT, help="Write every reply with its labels, one object a line.")
@click.option("--html", "html_out", type=OUT, help="Write a page with confusions and the worst questions.")
@click.option("--variants", is_flag=True, help="Ask every question in every mistyped variant as well.")
@click.option("--variant", "chosen", multiple=True, type=click.Choice(list(VARIANTS)), help="Only these.")
@click.option("--fit-ranking", is_flag=True, help="Fit the ranking weights on the files and keep them.")
@click.option("--fit-thresholds", is_flag=True, help="Choose the thresholds on the files and keep them.")
@click.option("--max-wrong", type=click.FloatRange(0, 1), default=0.02, show_default=True)
def evaluate(
    files: Sequence[Path],
    json_out: Path | None,
    rows_out: Path | None,
    html_out: Path | None,
    variants: bool,
    chosen: Sequence[str],
    fit_ranking: bool,
    fit_thresholds: bool,
    max_wrong: float,
) -> None:
    """Ask every question of FILES as a fresh conversation and report how it went.

    Files of conversations (lines with "turns") are held message by message and reported apart.
    """
    spoken = [file for file in files if holds_dialogues(_lines(file))]
    rows, dialogues = read_files([file for file in files if file not in spoken]), read_held(spoken)
    # The weights and thresholds are fitted on single questions; a conversation has none to give.
    if not rows and (not dialogues or fit_ranking or fit_thresholds):
        raise click.ClickException("Không đọc được câu hỏi nào.")
    subject = subject_of_today()
    if fit_ranking or fit_thresholds:
        # Fitting alone needs the optimiser; every other command starts faster without it.
        from bot.evaluation.fit import fit

        try:
            told = fit(rows, subject, ranking=fit_ranking, thresholds=fit_thresholds, max_wrong=max_wrong)
        except ValueError as problem:
            raise click.ClickException(str(problem)) from problem
        click.echo(told)
        return
    names = list(VARIANTS) if variants else list(chosen)
    evaluation = ask_all(rows, subject, names)
    conversations = hold_all(dialogues, subject, names)
    report, of_dialogues = evaluation.report(), conversations.report()
    tables = [figures(report)] if rows else []
    tables += [dialogue_figures(of_dialogues)] if dialogues else []
    click.echo("\n\n".join(tables))
    if json_out:
        whole = (report if rows else {}) | ({"dialogues": of_dialogues} if dialogues else {})
        json_out.write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if rows_out:
        rows_out.write_text(row_lines(evaluation) + conversations.row_lines(), encoding="utf-8")
    if html_out:
        index = subject.index()
        sections = [section(conversations.as_written, of_dialogues)] if dialogues else []
        html_out.write_text(
            page(evaluation, report, lambda question: subject.seen(index, question, SEEN), *sections),
            encoding="utf-8",
        )


def subject_of_today() -> Subject:
    """The model in use over the configured catalogue; a missing one ends in a plain sentence."""
    model = newest_model(get_settings())
    if model is None:
        raise click.ClickException("Chưa có mô hình. Chạy `make train` trước.")
    return subject_of(model)


def subject_of(model: Path) -> Subject:
    """One model over the configured catalogue."""
    settings = get_settings()
    prepare_catalogue(settings)
    return open_subject(settings, model, today_in(settings.time_zone))


def read_files(files: Sequence[Path]) -> list[Row]:
    """Single questions of all files; refused lines are named on standard error."""
    rows: list[Row] = []
    for file in files:
        found, refused = read_rows(_lines(file), file.name)
        _name(refused)
        rows.extend(found)
    return rows


def read_held(files: Sequence[Path]) -> list[Dialogue]:
    """Conversations of all files; refused lines are named on standard error."""
    dialogues: list[Dialogue] = []
    for file in files:
        found, refused = read_dialogues(_lines(file), file.name)
        _name(refused)
        dialogues.extend(found)
    return dialogues


def _lines(file: Path) -> list[str]:
    """Lines of a file; bytes that are no text are left for the reader to refuse."""
    return file.read_text(encoding="utf-8", errors="surrogateescape").splitlines()


def _name(refused: Sequence[BadLine]) -> None:
    for bad in refused:
        click.echo(f"Bỏ qua {bad}", err=True)


def ask_all(rows: Sequence[Row], subject: Subject, variants: Sequence[str]) -> Evaluation:
    """Run with a progress bar on standard error."""
    with tqdm(total=len(rows) * (1 + len(variants)), unit=" câu", disable=None, leave=False) as bar:
        return run(rows, subject.ask, subject.codes, variants, bar.update)


def hold_all(dialogues: Sequence[Dialogue], subject: Subject, variants: Sequence[str]) -> DialogueEvaluation:
    """Hold every conversation with a progress bar on standard error."""
    total = len(dialogues) * (1 + len(variants))
    with tqdm(total=total, unit=" hội thoại", disable=None, leave=False) as bar:
        return held(dialogues, subject.newcomer, variants, bar.update)


def row_lines(evaluation: Evaluation) -> str:
    """Replies with labels, as written first; ``variant`` names the rest."""
    runs = {"": evaluation.as_written, **evaluation.variants}
    return "".join(
        json.dumps({**j.reply, **j.row.labels(), "variant": name or None}, ensure_ascii=False) + "\n"
        for name, judged in runs.items()
        for j in judged
    )
