"""What citizens ask and the catalogue does not answer."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sqlalchemy import select
from sqlalchemy.engine import Connection

from bot.answers.outcome import Outcome
from bot.conversations.tables import message, turn
from bot.steering.figure import FEWEST, Figure, Kind, Row
from bot.steering.measure import Counted, number
from bot.steering.period import Period
from bot.text import fold

SHOWN = 20
READ = 500
"""So many of the newest unanswered messages are read for their words."""
NO_PROCEDURE = "none"
_Words = tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """``words``: folded → as written; ``who``: the same for messages of one conversation."""

    words: Mapping[str, str]
    who: str


def unanswered(rows: Sequence[Counted]) -> Figure:
    """Messages without data by procedure and kind of question, the most asked first."""
    found = Counter[tuple[str, str]]()
    for row in rows:
        found[row.b or NO_PROCEDURE, row.a] += row.count
    listed = tuple(Row(keys, count) for keys, count in found.most_common(SHOWN))
    return Figure("unanswered", Kind.COUNT, ("procedure", "intent"), number(rows), listed)


def unanswered_words(questions: Sequence[Question]) -> Figure:
    """Groups of unanswered messages by two words they share, else by one, the largest group first. Each
    message is in one group at most, and ``FEWEST`` citizens wrote the words of each: nobody's own are shown.
    """
    left = set(range(len(questions)))
    rows: list[Row] = []
    for size in (2, 1):
        places = _places(questions, size)
        while places and len(rows) < SHOWN:
            words = max(places, key=lambda key: (len(_writers(questions, places[key])), key))
            taken = places.pop(words)
            if len(_writers(questions, taken)) < FEWEST:
                break
            rows.append(Row((" + ".join(_written(questions, taken, word) for word in words),), len(taken)))
            left -= taken
            places = {key: rest for key, found in places.items() if len(rest := found & left) >= FEWEST}
        questions = [question for place, question in enumerate(questions) if place in left]
        left = set(range(len(questions)))
    ordered = sorted(rows, key=lambda row: (-(row.count or 0), row.keys))
    read = len(left) + sum(row.count or 0 for row in rows)
    return Figure("unanswered_words", Kind.COUNT, ("words",), read, tuple(ordered))


def read_questions(connection: Connection, period: Period, idle: frozenset[str]) -> list[Question]:
    """The newest unanswered messages of the period, at most ``READ``, without the ``idle`` words."""
    newest = (
        select(turn.c.conversation_id, turn.c.seq)
        .where(turn.c.outcome == Outcome.NO_DATA.value, turn.c.at >= period.start, turn.c.at < period.end)
        .order_by(turn.c.at.desc())
        .limit(READ)
        .subquery()
    )
    here = (message.c.conversation_id == newest.c.conversation_id) & (message.c.seq == newest.c.seq)
    query = select(message.c.conversation_id, message.c.body).join(newest, here)
    return [
        Question(content_words(str(body.get("text", "")), idle), who)
        for who, body in connection.execute(query)
    ]


def content_words(text: str, idle: frozenset[str]) -> Mapping[str, str]:
    """Words of letters only, folded → as written: a number may be somebody's."""
    spaced = "".join(letter if letter.isalnum() else " " for letter in text.lower())
    words = {fold(word): word for word in spaced.split() if word.isalpha() and len(word) > 1}
    return {folded: word for folded, word in words.items() if folded not in idle}


def _places(questions: Sequence[Question], size: int) -> dict[_Words, set[int]]:
    """Where groups of so many words occur, of those that enough messages share."""
    often = Counter(word for question in questions for word in question.words)
    found: dict[_Words, set[int]] = defaultdict(set)
    for place, question in enumerate(questions):
        known = sorted(word for word in question.words if often[word] >= FEWEST)
        for words in combinations(known, size):
            found[words].add(place)
    return {words: places for words, places in found.items() if len(places) >= FEWEST}


def _writers(questions: Sequence[Question], places: set[int]) -> set[str]:
    return {questions[place].who for place in places}


def _written(questions: Sequence[Question], places: set[int], word: str) -> str:
    """As most of them write it; with accents rather than without."""
    spellings = Counter(questions[place].words[word] for place in places)
    return max(spellings, key=lambda spelling: (spelling != word, spellings[spelling], spelling))
