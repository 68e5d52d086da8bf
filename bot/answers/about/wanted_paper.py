"""Finds the paper a question names: "có cần giấy khám sức khỏe không"."""

from collections.abc import Sequence
from itertools import pairwise

from bot.answers.about import paper
from bot.answers.about.lines import bullets
from bot.answers.asked import Asked
from bot.answers.phrase import Phrase, phrase
from bot.catalogue.records import Paper, Procedure
from bot.text import analyse, fold

MOST = 2
Pair = tuple[str, str]

GENERIC = frozenset(
    fold(word)
    for word in (
        "giấy",
        "tờ",
        "bản",
        "chính",
        "sao",
        "đơn",
        "văn",
        "hồ",
        "sơ",
        "có",
        "cần",
        "phải",
        "nộp",
        "không",
    )
)
"""Syllables of nearly every paper or question; a pair that starts with one tells nothing."""

COMMON: frozenset[Pair] = frozenset({("chung", "nhan"), ("chung", "minh"), ("xac", "nhan"), ("de", "nghi")})


def lines(procedure: Procedure, papers: Sequence[Paper], asked: Asked) -> tuple[Phrase, ...]:
    """Papers that share the question's telling words, at most two; nothing when none is named.

    Words of the procedure's own name do not count: they are in every question about it.
    """
    own = _pairs(procedure.name) | _pairs(procedure.short_name)
    wanted = _pairs(asked.text) - own
    scored = [(len(wanted & _pairs(candidate.name)), candidate) for candidate in dict.fromkeys(papers)]
    best = max((score for score, _ in scored), default=0)
    named = [candidate for score, candidate in scored if score == best > 0]
    if not named or len(named) > MOST:
        return ()
    found = bullets(paper.line(candidate, with_need=True) for candidate in named)
    return (phrase("utter_about_documents_wanted"), *found)


def _pairs(text: str) -> frozenset[Pair]:
    folded = analyse(text).folded
    pairs = frozenset(pairwise(folded))
    return frozenset(pair for pair in pairs - COMMON if pair[0] not in GENERIC and pair[1] not in GENERIC)
