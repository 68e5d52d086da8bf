"""Fits search to labelled questions and keeps what it found in ``data/search``."""

from collections.abc import Callable, Iterator, Sequence

import msgspec
import numpy as np

from bot.answers.intent import ABOUT_A_PROCEDURE, Intent
from bot.answers.resolve import Thresholds
from bot.catalogue.search import Hit
from bot.catalogue.search.index import SHORTLIST
from bot.evaluation.calibration import Sample, choose_thresholds, reliability
from bot.evaluation.dataset import Row
from bot.evaluation.fitting import Case, Floats, fit_ranking, places
from bot.evaluation.subject import Subject
from bot.evaluation.table import columns
from bot.evaluation.variants import vary

SEARCHED = ABOUT_A_PROCEDURE | {Intent.START_DOSSIER, Intent.OUT_OF_SCOPE, None}
"""Kinds of question whose procedure the bands decide about; others never reach them."""
_WORDINGS: Sequence[Callable[[str], str]] = (
    lambda question: question,
    lambda question: vary(question, "unaccented"),
)


def fit(rows: Sequence[Row], subject: Subject, *, ranking: bool, thresholds: bool, max_wrong: float) -> str:
    """Fit weights, choose thresholds, or both; writes their files and tells what changed.

    Questions whose procedures the catalogue lacks are left out. With both, thresholds are chosen on
    probabilities of folds that did not see the question. Raises ``ValueError`` with too few questions.
    """
    cases, scores = _cases(rows, subject)
    lines = [f"{len(cases)} cách viết của {len({case.group for case in cases})} câu hỏi"]
    if ranking:
        lines.append(f"  trước: {_figures(cases, scores)}")
        fitted = fit_ranking(cases, subject.ranking())
        scores = list(fitted.scores)
        lines.append(f"  sau, trên câu chưa thấy: {_figures(cases, scores)}")
        lines.append(f"  mất mát {fitted.loss_before} → {fitted.loss}, mức phạt {fitted.penalty}")
        _write(subject, "weights.json", fitted.model)
    samples = [_sample(case, score) for case, score in zip(cases, scores, strict=True)]
    lines.append(
        columns(
            [
                ("xác suất", "số câu", "dự báo", "thực đúng"),
                *(
                    (f"{b.low:.1f}–{b.high:.1f}", str(b.n), f"{b.stated:.3f}", f"{b.right:.3f}")
                    for b in reliability(samples)
                ),
            ]
        )
    )
    if thresholds:
        path = subject.search_dir / "thresholds.json"
        current = msgspec.json.decode(path.read_bytes(), type=Thresholds)
        choice = choose_thresholds(samples, max_wrong, current)
        lines.append(
            f"  {choice.thresholds}\n  trả lời đúng {choice.answered_right}, sai {choice.answered_wrong}, "
            f"hỏi lại {choice.asked_back}"
        )
        _write(subject, path.name, choice.thresholds)
    return "\n".join(lines)


def _cases(rows: Sequence[Row], subject: Subject) -> tuple[list[Case], list[Floats]]:
    index = subject.index()
    cases: list[Case] = []
    scores: list[Floats] = []
    for group, row in _usable(rows, subject):
        for wording in _WORDINGS:
            hits = subject.seen(index, wording(row.question), SHORTLIST)
            if hits:
                cases.append(_case(row, hits, group))
                scores.append(np.array([hit.probability for hit in hits]))
    return cases, scores


def _usable(rows: Sequence[Row], subject: Subject) -> Iterator[tuple[int, Row]]:
    for group, row in enumerate(rows):
        missing = row.procedure_codes and not any(code in subject.codes for code in row.procedure_codes)
        if not missing and (row.procedure_codes or row.intent in SEARCHED):
            yield group, row


def _case(row: Row, hits: Sequence[Hit], group: int) -> Case:
    return Case(
        np.array([hit.features for hit in hits]),
        np.array([hit.procedure.code in row.procedure_codes for hit in hits]),
        group,
    )


def _sample(case: Case, scores: Floats) -> Sample:
    order = np.argsort(-scores, kind="stable")
    return Sample(tuple(scores[order].tolist()), tuple(case.right[order].tolist()))


def _figures(cases: Sequence[Case], scores: Sequence[Floats]) -> str:
    return f"vị trí 1 {places(cases, scores, 1)}, trong 3 vị trí {places(cases, scores, 3)}"


def _write(subject: Subject, name: str, value: msgspec.Struct) -> None:
    content = msgspec.json.format(msgspec.json.encode(value), indent=2)
    (subject.search_dir / name).write_bytes(content + b"\n")
