"""``bot evaluate``: labelled questions through the trained model and the catalogue."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
from tqdm import tqdm

from bot.clock import today_in
from bot.commands.opening import prepare_catalogue
from bot.evaluation.dataset import Row, read_rows
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
    """Ask every question of FILES as a fresh conversation and report how it went."""
    rows = read_files(files)
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
    report = evaluation.report()
    click.echo(figures(report))
    if json_out:
        json_out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if rows_out:
        rows_out.write_text(row_lines(evaluation), encoding="utf-8")
    if html_out:
        index = subject.index()
        html_out.write_text(
            page(evaluation, report, lambda question: subject.seen(index, question, SEEN)), encoding="utf-8"
        )


def subject_of_today() -> Subject:
    """The newest model over the configured catalogue; a missing one ends in a plain sentence."""
    settings = get_settings()
    model = newest_model(settings)
    if model is None:
        raise click.ClickException("Chưa có mô hình. Chạy `make train` trước.")
    prepare_catalogue(settings)
    return open_subject(settings, model, today_in(settings.time_zone))


def read_files(files: Sequence[Path]) -> list[Row]:
    """Rows of all files; refused lines are named on standard error."""
    rows: list[Row] = []
    for file in files:
        with file.open(encoding="utf-8", errors="surrogateescape") as lines:
            found, refused = read_rows(lines, file.name)
        for bad in refused:
            click.echo(f"Bỏ qua {bad}", err=True)
        rows.extend(found)
    if not rows:
        raise click.ClickException("Không đọc được câu hỏi nào.")
    return rows


def ask_all(rows: Sequence[Row], subject: Subject, variants: Sequence[str]) -> Evaluation:
    """Run with a progress bar on standard error."""
    with tqdm(total=len(rows) * (1 + len(variants)), unit=" câu", disable=None, leave=False) as bar:
        return run(rows, subject.ask, subject.codes, variants, bar.update)


def row_lines(evaluation: Evaluation) -> str:
    """Replies with labels, as written first; ``variant`` names the rest."""
    runs = {"": evaluation.as_written, **evaluation.variants}
    return "".join(
        json.dumps({**j.reply, **j.row.labels(), "variant": name or None}, ensure_ascii=False) + "\n"
        for name, judged in runs.items()
        for j in judged
    )
