"""``bot clusters``: how well unanswered questions are grouped, over labelled ones."""

from collections.abc import Sequence
from pathlib import Path

import click

from bot.catalogue.search import SearchIndex
from bot.commands.evaluate import read_files
from bot.commands.opening import prepare_catalogue
from bot.conversations.channel import Channel
from bot.database import connect
from bot.evaluation.dataset import Row
from bot.evaluation.table import columns
from bot.knowledge_source import KnowledgeSource, tables_of, tuning_of
from bot.settings import Settings, get_settings
from bot.text import analyse
from bot.upkeep.clusters import MOST_CANDIDATES, Cluster, clusters
from bot.upkeep.clusters_grouping import THRESHOLD
from bot.upkeep.clusters_quality import Agreement, b_cubed
from bot.upkeep.clusters_question import Miss, Question
from bot.upkeep.clusters_reading import Reader
from bot.upkeep.states import Need
from bot.upkeep.unanswered import open_reader

_FILES = click.Path(exists=True, dir_okay=False, path_type=Path)
_QUESTIONS = "questions_*.jsonl"
_STEPS = (-0.1, -0.05, 0.0, 0.05, 0.1)


@click.command(name="clusters")
@click.argument("files", nargs=-1, type=_FILES)
def clusters_command(files: Sequence[Path]) -> None:
    """Đo việc gom câu hỏi theo ý nghĩa / measure the grouping of questions (FILES, else data/evaluation).

    Once as the catalogue is, and once as if it lacked the procedure each question is about.
    """
    settings = get_settings()
    chosen = list(files) or sorted((settings.data_dir / "evaluation").glob(_QUESTIONS))
    rows = [row for row in read_files(chosen) if row.procedure_codes]
    if not rows:
        raise click.ClickException("Không có câu hỏi nào có mã thủ tục.")
    prepare_catalogue(settings)
    engine = connect(settings.database_url)
    with engine.connect() as connection:
        reader = open_reader(connection, settings.data_dir)
    known, lacking = (_questions(rows, _index(settings), without) for without in (False, True))
    table: list[tuple[str, ...]] = [("ngưỡng", "P", "R", "F1", "P thiếu", "R thiếu", "F1 thiếu")]
    for step in _STEPS:
        threshold = round(THRESHOLD + step, 2)
        figures = [
            figure
            for asked in (known, lacking)
            for one in [agreement(clusters(asked, reader, threshold), rows)]
            for figure in (one.precision, one.recall, one.f1)
        ]
        table.append((f"{threshold:.2f}", *(f"{figure:.3f}" for figure in figures)))
    told = [columns(table), "", f"{len(rows)} câu hỏi"]
    told += [
        f"Đoán đúng việc cần làm: {_guessed(known, reader, Need.OTHER_NAME):.3f} khi thiếu tên gọi, "
        f"{_guessed(lacking, reader, Need.MISSING_RECORD):.3f} khi thiếu thủ tục"
    ]
    click.echo("\n".join(told))


def agreement(found: Sequence[Cluster], rows: Sequence[Row]) -> Agreement:
    """Of clusters whose turns are the places of the rows; a row that is in none is a group of its own."""
    groups = [-1 - place for place in range(len(rows))]
    for number, cluster in enumerate(found):
        for place in cluster.turns:
            groups[place] = number
    return b_cubed(groups, [row.procedure_codes for row in rows])


def _guessed(asked: Sequence[Question], reader: Reader, need: Need) -> float:
    """The share of questions in clusters with this guess."""
    found = clusters(asked, reader)
    return sum(one.count for one in found if one.need is need) / sum(one.count for one in found)


def _questions(rows: Sequence[Row], index: SearchIndex, without: bool) -> list[Question]:
    """The rows as turns; ``without``: none of its own procedures is among a question's candidates."""
    return [
        Question(
            turn_id=place,
            who=row.id,
            text=row.question,
            at=float(place),
            channel=Channel.WEB,
            miss=Miss.NO_DATA,
            candidates=tuple(
                (hit.procedure.code, hit.probability)
                for hit in index.search(analyse(row.question))
                if not (without and hit.procedure.code in row.procedure_codes)
            )[:MOST_CANDIDATES],
        )
        for place, row in enumerate(rows)
    ]


def _index(settings: Settings) -> SearchIndex:
    search = settings.data_dir / "search"
    knowledge = KnowledgeSource(connect(settings.database_url), settings.data_dir).load()
    procedures = list(knowledge.catalogue.procedures.values())
    return SearchIndex(procedures, tables_of(search), tuning_of(search).ranking)
