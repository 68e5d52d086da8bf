"""``bot compare``: ours against plain ways to find and to sort, on the same questions in one run."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from bot.answers.incoming import receive
from bot.catalogue.repository import Repository
from bot.clock import today_in
from bot.commands.evaluate import OUT, read_files
from bot.commands.opening import prepare_catalogue
from bot.database import connect
from bot.evaluation.machine import load, machine
from bot.evaluation.rivals.comparison import compare as compared
from bot.evaluation.rivals.comparison import questions_of
from bot.evaluation.rivals.comparison_table import markdown, plain
from bot.evaluation.rivals.contenders import NAMES, contenders
from bot.evaluation.rivals.diet import SHIPPED_EPOCHS
from bot.evaluation.variants import VARIANTS
from bot.learning.releasing_sets import QUESTIONS
from bot.settings import get_settings
from bot.training import TrainingError

OWN = "own"


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--only", "chosen", multiple=True, type=click.Choice(NAMES), help="Only these contenders.")
@click.option(
    "--variant", "variants", multiple=True, type=click.Choice(list(VARIANTS)), default=("unaccented",)
)
@click.option("--epochs", type=click.IntRange(min=1), default=SHIPPED_EPOCHS, show_default=True)
@click.option("--limit", type=click.IntRange(min=1), help="Only the first so many questions of each set.")
@click.option("--json", "json_out", type=OUT, help="Write the figures as one JSON object.")
@click.option("--markdown", "markdown_out", type=OUT, help="Write the tables for a page.")
def compare(
    files: Sequence[Path],
    chosen: Sequence[str],
    variants: Sequence[str],
    epochs: int,
    limit: int | None,
    json_out: Path | None,
    markdown_out: Path | None,
) -> None:
    """Compare over data/evaluation and every one of FILES: BM25 and rapidfuzz for procedures, Rasa's own
    pipeline (DIET, trained for so many EPOCHS) for intents. The first run trains and takes its time.
    """
    settings = get_settings()
    shipped = sorted((settings.data_dir / "evaluation").glob(QUESTIONS))
    by_set = {**({OWN: shipped} if shipped else {}), **{file.stem: [file] for file in files}}
    sets = {name: read_files(group)[:limit] for name, group in by_set.items()}
    sets = {name: rows for name, rows in sets.items() if rows}
    if not sets:
        raise click.ClickException("Không đọc được câu hỏi nào.")
    prepare_catalogue(settings)
    engine = connect(settings.database_url)
    procedures = Repository(engine).procedures()
    engine.dispose()
    before = load()
    try:
        report = compared(
            contenders(chosen or NAMES, settings, procedures, today_in(settings.time_zone), epochs),
            sets,
            questions_of(sets, variants, receive),
            {procedure.code for procedure in procedures},
            lambda title: click.echo(f"… {title}", err=True),
        )
    except TrainingError as problem:
        raise click.ClickException(str(problem)) from problem
    report = {
        "machine": machine(),
        "load": (before, load()),
        "procedures": len(procedures),
        "epochs": epochs,
        **report,
    }
    click.echo(plain(report), nl=False)
    if json_out:
        json_out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if markdown_out:
        markdown_out.write_text(markdown(report), encoding="utf-8")
