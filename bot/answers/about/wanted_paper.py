"""Finds the paper a question names: "có cần giấy khám sức khỏe không"."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from bot.answers.about import paper
from bot.answers.about.lines import bullets, inline, listing
from bot.answers.asked import Asked
from bot.answers.phrase import Answer, Phrase, Value, phrase
from bot.catalogue.records import Case, Paper, Procedure
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


def led_by(answer: Answer, procedure: Procedure, asked: Asked) -> Answer:
    """An answer on the papers of a procedure, with what is asked for before everything else."""
    chosen = tuple(case for case in procedure.cases if case.id == asked.case_id)[:1]
    wanted = lines(procedure, chosen or procedure.cases, asked)
    if not wanted:
        return answer
    beside = (*wanted, *answer.beside) if answer.beside else ()
    return replace(answer, phrases=(*wanted, *answer.phrases), beside=beside)


def lines(procedure: Procedure, cases: Sequence[Case], asked: Asked) -> tuple[Phrase, ...]:
    """Papers that share the question's telling words, at most two; nothing when none is named.

    Looks at the common papers and those of ``cases``; a paper of some cases only is shown with them.
    Words of the procedure's own name do not count: they are in every question about it.
    """
    wanted = _pairs(asked.text)
    if not wanted:
        return ()
    wanted -= _recorded_pairs(procedure.name) | _recorded_pairs(procedure.short_name)
    owners: dict[Paper, list[str]] = {common: [] for common in procedure.papers}
    for case in cases:
        for extra in case.papers:
            if extra not in procedure.papers:
                owners.setdefault(extra, []).append(inline(case.label))
    scores = {candidate: len(wanted & _recorded_pairs(candidate.name)) for candidate in owners}
    best = max(scores.values(), default=0)
    named = [candidate for candidate, score in scores.items() if score == best > 0]
    if not named or len(named) > MOST:
        return ()
    found = bullets(_line(candidate, owners[candidate]) for candidate in named)
    return (phrase("utter_about_documents_wanted"), *found)


def _line(candidate: Paper, labels: Sequence[str]) -> Value:
    text = paper.line(candidate, with_need=True)
    if not labels:
        return text
    return phrase("utter_about_documents_wanted_case", cases=listing(labels), paper=text)


@lru_cache(maxsize=1024)
def _recorded_pairs(text: str) -> frozenset[Pair]:
    """Of a text of the catalogue: the same papers are asked about again and again."""
    return _pairs(text)


def _pairs(text: str) -> frozenset[Pair]:
    folded = analyse(text).folded
    pairs = frozenset(pairwise(folded))
    return frozenset(pair for pair in pairs - COMMON if pair[0] not in GENERIC and pair[1] not in GENERIC)
