"""Reads what citizens asked and got no good answer to, with their masked words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Text, and_, cast, func, select
from sqlalchemy.engine import Connection
from sqlalchemy.sql.elements import ColumnElement

from bot.answers.outcome import Outcome
from bot.answers.wants import kind_table
from bot.catalogue.tables import alias, procedure_version
from bot.conversations.channel import Channel
from bot.conversations.tables import feedback, message, turn
from bot.knowledge_source import read_yaml, tables_of
from bot.reviews.conditions import judged
from bot.text import mask
from bot.upkeep.clusters_question import Miss, Question
from bot.upkeep.clusters_reading import Reader, reader_over

MOST = 3_000
"""Questions that are compared with each other; time and memory grow with the square."""
IN_SCOPE_SCORE = 0.5
"""From this probability of its best candidate on, a question that was turned away looks like one of ours."""
PICK_SECONDS = 1_800.0
"""So long after being asked back an answer about one of the candidates settles the question."""
_BATCH = 500


@dataclass(frozen=True)
class Place:
    """Where a question is found: its turn, and when it was asked."""

    at: float
    turn_id: int
    miss: Miss


def places(connection: Connection, start: float, end: float) -> list[Place]:
    """All unanswered questions from ``start`` until before ``end`` (POSIX seconds), the newest first. A turn
    is there once; that its citizen judged it to be bad counts before how it ended.
    """
    found: dict[int, Place] = {}
    for miss, where in _kinds(start):
        query = select(turn.c.id, turn.c.at).where(turn.c.at >= start, turn.c.at < end, turn.c.seq > 0, where)
        for row in connection.execute(query):
            found.setdefault(row.id, Place(row.at, row.id, miss))
    return sorted(found.values(), key=lambda place: (-place.at, -place.turn_id))


def questions(connection: Connection, wanted: Sequence[Place]) -> list[Question]:
    """With their words, in the same order; what was erased meanwhile or has no words is left out."""
    misses = {place.turn_id: place.miss for place in wanted}
    found = {row.turn_id: row for row in _read(connection, misses)}
    return [found[place.turn_id] for place in wanted if place.turn_id in found]


def texts(connection: Connection, turns: Sequence[int]) -> dict[int, str]:
    """The masked words of turns, by id; those that were erased are not there."""
    return {row.turn_id: row.text for row in _read(connection, dict.fromkeys(turns, Miss.NO_DATA))}


def newest_turn(connection: Connection) -> int:
    """The id of the last turn; 0 before the first."""
    return int(connection.execute(select(func.max(turn.c.id))).scalar() or 0)


def open_reader(connection: Connection, data_dir: Path) -> Reader:
    """A reader with the word tables of ``data_dir`` that knows the names in the catalogue."""
    version = procedure_version.c
    current = version.superseded_at.is_(None)
    names = [
        name
        for row in connection.execute(select(version.name, version.short_name).where(current))
        for name in row
        if name
    ]
    aliases = select(alias.c.term).join(procedure_version, alias.c.version_id == version.id).where(current)
    names += connection.execute(aliases).scalars()
    search = data_dir / "search"
    kinds = read_yaml(search / "kinds.yaml")
    # Words that only ask once a procedure is spoken of may stand in the name of another one.
    plain = {name: words for name, words in kinds.items() if not isinstance(words, dict)}
    return reader_over(sorted(set(names)), tables_of(search), kind_table(plain))


def _kinds(start: float) -> list[tuple[Miss, ColumnElement]]:
    """Each way a question stays without a good answer, as a condition on its turn."""
    later = turn.alias()
    picked = (
        select(later.c.id)
        .where(
            later.c.conversation_id == turn.c.conversation_id,
            later.c.at > turn.c.at,
            later.c.at <= turn.c.at + PICK_SECONDS,
            later.c.outcome.in_([Outcome.ANSWERED.value, Outcome.GUIDED.value]),
            cast(turn.c.candidates, Text).like('%"' + later.c.procedure_code + '"%'),
        )
        .correlate(turn)
        .exists()
    )
    disliked = (
        select(turn.c.id)
        .select_from(feedback.join(turn, judged()))
        .where(feedback.c.score < 0, feedback.c.created_at >= start)
    )
    return [
        (Miss.THUMBS_DOWN, turn.c.id.in_(disliked.scalar_subquery())),
        (Miss.NO_DATA, turn.c.outcome == Outcome.NO_DATA.value),
        (
            Miss.OUT_OF_SCOPE,
            and_(turn.c.outcome == Outcome.OUT_OF_SCOPE.value, turn.c.best_score >= IN_SCOPE_SCORE),
        ),
        (Miss.ASKED_BACK, and_(turn.c.outcome == Outcome.ASKED_BACK.value, ~picked)),
    ]


def _read(connection: Connection, misses: dict[int, Miss]) -> Iterator[Question]:
    ids = list(misses)
    here = (message.c.conversation_id == turn.c.conversation_id) & (message.c.seq == turn.c.seq)
    for begin in range(0, len(ids), _BATCH):
        query = (
            select(
                turn.c.id,
                turn.c.conversation_id,
                turn.c.at,
                turn.c.channel,
                turn.c.candidates,
                message.c.body,
            )
            .join(message, here)
            .where(turn.c.id.in_(ids[begin : begin + _BATCH]))
        )
        for row in connection.execute(query):
            # Masked when it was said; what masks find has grown since.
            if text := mask(str(row.body.get("text", ""))).strip():
                yield Question(
                    turn_id=row.id,
                    who=row.conversation_id,
                    text=text,
                    at=row.at,
                    channel=Channel(row.channel),
                    miss=misses[row.id],
                    candidates=tuple((one["code"], float(one["score"])) for one in row.candidates),
                )
