"""What citizens ask and get no good answer to, by meaning, the most asked first. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.conversations.channel import Channel
from bot.text import fold
from bot.upkeep.clusters_question import Miss, Question
from bot.upkeep.clusters_reading import Reader
from bot.upkeep.states import Need

T = TypeVar("T", Channel, Miss)
MOST_CANDIDATES = 5
SHOWN_CODES = 5
STANDS_OUT = 0.5
"""A procedure stands out that is the best candidate of this share of the questions …"""
LIKELY = 0.3
"""… and, where it is, this likely on average."""


@dataclass(frozen=True)
class Often:
    """A procedure among the candidates of ``questions`` questions of a cluster, the best one of ``best``;
    ``likely``: its mean probability in all of them, 0–1.
    """

    code: str
    questions: int
    best: int
    likely: float


@dataclass(frozen=True)
class Cluster:
    """Questions that mean the same, without their words. ``turns``: their turns, the newest first;
    ``typical``: the one most like the others; ``draft``: the one a name may be drafted from, None where none
    has words for it; ``first``, ``last``: POSIX seconds; ``need``: the name or the record, what is more
    likely missing.
    """

    turns: tuple[int, ...]
    typical: int
    draft: int | None
    citizens: int
    first: float
    last: float
    channels: tuple[tuple[Channel, int], ...]
    misses: tuple[tuple[Miss, int], ...]
    codes: tuple[Often, ...]
    need: Need

    @property
    def count(self) -> int:
        return len(self.turns)


def clusters(questions: Sequence[Question], reader: Reader, threshold: float | None = None) -> list[Cluster]:
    """The clusters of the questions, the largest first, of two the one asked last. Questions without any word
    are left out. The same questions in whatever order give the same clusters.
    """
    # The libraries take a second to load; whoever only reads clusters need not wait for them.
    from bot.upkeep import clusters_grouping as grouping

    ordered = sorted(questions, key=lambda question: question.turn_id)
    words = [reader.terms(question.text) for question in ordered]
    kept = [place for place, found in enumerate(words) if found]
    if not kept:
        return []
    ordered = [ordered[place] for place in kept]
    candidates = [dict(question.candidates[:MOST_CANDIDATES]) for question in ordered]
    rows = grouping.vectors([words[place] for place in kept], candidates)
    labels = grouping.group(rows, grouping.THRESHOLD if threshold is None else threshold)
    members: dict[int, list[int]] = defaultdict(list)
    for place, label in enumerate(labels):
        members[label].append(place)
    found = [
        summary([ordered[place] for place in places], grouping.nearness(rows[places]), reader)
        for places in members.values()
    ]
    return sorted(found, key=lambda cluster: (-cluster.count, -cluster.last, cluster.typical))


def summary(questions: Sequence[Question], near: Sequence[float], reader: Reader) -> Cluster:
    """What is told of a cluster; ``near``: how like the others each of its questions is."""
    newest = sorted(questions, key=lambda question: (-question.at, -question.turn_id))
    typical = max(zip(near, questions, strict=True), key=_typical)[1]
    codes = often(questions)
    return Cluster(
        turns=tuple(question.turn_id for question in newest),
        typical=typical.turn_id,
        draft=_draft(questions, reader),
        citizens=len({question.who for question in questions}),
        first=newest[-1].at,
        last=newest[0].at,
        channels=_counted([question.channel for question in questions]),
        misses=_counted([question.miss for question in questions]),
        codes=codes[:SHOWN_CODES],
        need=likely_need(codes, len(questions)),
    )


def often(questions: Sequence[Question]) -> tuple[Often, ...]:
    """The procedures among the candidates, those first that are most often the best one."""
    chances: dict[str, list[float]] = defaultdict(list)
    best = Counter(question.candidates[0][0] for question in questions if question.candidates)
    for question in questions:
        for code, chance in dict(question.candidates[:MOST_CANDIDATES]).items():
            chances[code].append(chance)
    found = [
        Often(code, len(values), best[code], sum(values) / len(values)) for code, values in chances.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.best, -one.questions, -one.likely, one.code)))


def likely_need(codes: Sequence[Often], count: int) -> Need:
    """A name when one procedure stands out among the candidates of ``count`` questions, else a record."""
    if codes and codes[0].best >= STANDS_OUT * count and codes[0].likely >= LIKELY:
        return Need.OTHER_NAME
    return Need.MISSING_RECORD


def _typical(found: tuple[float, Question]) -> tuple[float, int, int]:
    """Of those equally near, the shortest and then the first."""
    near, question = found
    return near, -len(question.text), -question.turn_id


def _draft(questions: Sequence[Question], reader: Reader) -> int | None:
    """The question whose draft is the shortest of those made of words that most of the others have, too;
    rather one with accents.
    """
    drafts: Mapping[int, str] = {question.turn_id: reader.draft(question.text) for question in questions}
    sets = {turn: frozenset(fold(draft).split()) for turn, draft in drafts.items() if draft}
    if not sets:
        return None
    shared = Counter(word for words in sets.values() for word in words)
    common = {
        turn: sum(shared[word] for word in words) / len(words) / len(sets) for turn, words in sets.items()
    }
    bar = min(0.5, max(common.values()))
    fitting = [turn for turn, share in common.items() if share >= bar]
    return min(fitting, key=lambda turn: (drafts[turn].isascii(), len(drafts[turn]), turn))


def _counted(members: Sequence[T]) -> tuple[tuple[T, int], ...]:
    """Each with how often it is there, the most frequent first."""
    found = Counter(members)
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0].value)))
