"""What citizens lose when these fail: a guide that asks in vain, forgets papers, or sends them nowhere.

Checks the branch questions of every curated record (docs/catalogue-format.md); each test lists all the
records that break its rule.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pytest

from bot.catalogue.importing.own import read_own
from bot.catalogue.records import Option, Paper, Procedure, Question

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_LENGTH, LABEL_LENGTH = 40, 40
FEWEST_OPTIONS, MOST_OPTIONS = 2, 5
MOST_QUESTIONS_ON_A_PATH = 6
RECORDS_WITH_QUESTIONS = 40

Way = tuple[tuple[Question, Option], ...]


@pytest.fixture(scope="module")
def shipped(shipped_dir: Path) -> dict[str, Procedure]:
    """The shipped catalogue by code."""
    items = read_own(shipped_dir / "index", shipped_dir / "curated")
    return {item.code: item for item in items if isinstance(item, Procedure)}


@pytest.fixture(scope="module")
def asking(shipped: dict[str, Procedure]) -> list[Procedure]:
    """The records with questions."""
    return [procedure for procedure in shipped.values() if procedure.questions]


def paths(procedure: Procedure) -> Iterator[Way]:
    """All ways through the questions; an option that stops or leads elsewhere ends its way."""
    yield from _onward(procedure.questions, ())


def _onward(ahead: tuple[Question, ...], gone: Way) -> Iterator[Way]:
    if not ahead or (gone and (gone[-1][1].stop or gone[-1][1].instead)):
        yield gone
        return
    question, *rest = ahead
    answers = {f"{asked.id}={option.id}" for asked, option in gone}
    if question.when and answers.isdisjoint(question.when):
        yield from _onward(tuple(rest), gone)
        return
    for option in question.options:
        yield from _onward(tuple(rest), (*gone, (question, option)))


def _each(procedures: Iterable[Procedure]) -> Iterator[tuple[str, Procedure, Question]]:
    for procedure in procedures:
        for question in procedure.questions:
            yield f"{procedure.code} {question.id}", procedure, question


def _every_option(procedures: Iterable[Procedure]) -> Iterator[tuple[str, Procedure, Question, Option]]:
    for where, procedure, question in _each(procedures):
        for option in question.options:
            yield f"{where}={option.id}", procedure, question, option


def _repeated(values: Iterable[str]) -> bool:
    listed = list(values)
    return len(set(listed)) < len(listed)


def test_ways_of_a_hand_counted_record() -> None:
    """First question: three options, one ends, one opens the second question with two options: 1 + 2 + 1."""
    ends, opens, plain = Option("a", "A", stop="Dừng"), Option("b", "B"), Option("c", "C")
    questions = (
        Question("mot", "Một?", (ends, opens, plain)),
        Question("hai", "Hai?", (plain, opens), when=("mot=b",)),
    )
    assert [len(way) for way in _onward(questions, ())] == [1, 2, 2, 1]


def test_ids_are_short_slugs_and_used_once(asking: list[Procedure]) -> None:
    """An id is kept with a draft for weeks: two with the same one would be mixed up when it is resumed."""
    wrong = [
        where
        for where, _, question in _each(asking)
        for id in (question.id, *(option.id for option in question.options))
        if not SLUG.fullmatch(id) or len(id) > ID_LENGTH
    ]
    wrong += [
        where for where, _, question in _each(asking) if _repeated(option.id for option in question.options)
    ]
    wrong += [p.code for p in asking if _repeated(question.id for question in p.questions)]
    assert wrong == []


def test_a_question_hangs_on_earlier_answers_only(asking: list[Procedure]) -> None:
    """A question that waits for an answer nobody can give is never asked."""
    wrong = []
    for procedure in asking:
        known: set[str] = set()
        for question in procedure.questions:
            wrong += [f"{procedure.code} {question.id} when {w}" for w in question.when if w not in known]
            known |= {f"{question.id}={option.id}" for option in question.options}
    assert wrong == []


def test_cases_of_options_exist(asking: list[Procedure]) -> None:
    """Otherwise the papers of the citizen's case are left out of the list."""
    wrong = [
        f"{where} {case}"
        for where, procedure, _, option in _every_option(asking)
        for case in option.cases
        if case not in {known.id for known in procedure.cases}
    ]
    assert wrong == []


def test_the_procedure_sent_to_is_in_the_catalogue(
    asking: list[Procedure], shipped: dict[str, Procedure]
) -> None:
    """Sent to a procedure the assistant does not know, or in a circle, the citizen is lost."""
    wrong = [
        f"{where} -> {option.instead}"
        for where, procedure, _, option in _every_option(asking)
        if option.instead and (option.instead not in shipped or option.instead == procedure.code)
    ]
    wrong += [where for where, _, _, option in _every_option(asking) if option.instead and option.stop]
    assert wrong == []


def test_every_option_can_be_chosen(asking: list[Procedure]) -> None:
    """Papers behind an answer that is never offered are never told."""
    wrong = []
    for procedure in asking:
        offered = {question.id for way in paths(procedure) for question, _ in way}
        wrong += [f"{procedure.code} {q.id}" for q in procedure.questions if q.id not in offered]
    assert wrong == []


def test_no_answer_is_asked_for_in_vain(asking: list[Procedure]) -> None:
    """Every question costs an old person a minute: each answer changes something, but one per question."""
    wrong = []
    for where, procedure, question in _each(asking):
        named = set(chain.from_iterable(later.when for later in procedure.questions))
        idle = [
            option.id
            for option in question.options
            if not (option.cases or option.papers or option.note or option.instead or option.stop)
            and f"{question.id}={option.id}" not in named
        ]
        if len(idle) > 1:
            wrong.append(f"{where}: {', '.join(idle)}")
    assert wrong == []


def test_labels_fit_on_buttons(asking: list[Procedure]) -> None:
    """A longer label is cut off by the channel, two alike cannot be told apart."""
    wrong = [
        f"{where} {len(option.label)}"
        for where, _, _, option in _every_option(asking)
        if not option.label or len(option.label) > LABEL_LENGTH
    ]
    wrong += [
        where
        for where, _, question in _each(asking)
        if _repeated(option.label.casefold() for option in question.options)
        or not FEWEST_OPTIONS <= len(question.options) <= MOST_OPTIONS
    ]
    assert wrong == []


def test_questions_are_questions(asking: list[Procedure]) -> None:
    """A sentence without a question mark is read as a statement and left unanswered."""
    assert [where for where, _, question in _each(asking) if not question.ask.endswith("?")] == []


def test_all_cases_with_papers_can_be_reached(asking: list[Procedure]) -> None:
    """A case no answer leads to: its papers are missing from the list and the dossier comes back."""
    wrong = []
    for procedure in asking:
        reached = {case for way in paths(procedure) for _, option in way for case in option.cases}
        wrong += [f"{procedure.code} {c.id}" for c in procedure.cases if c.papers and c.id not in reached]
    assert wrong == []


def test_nobody_is_asked_more_than_six_questions(asking: list[Procedure]) -> None:
    """After more questions than that people give up."""
    longest = {procedure.code: max(len(way) for way in paths(procedure)) for procedure in asking}
    assert {code: n for code, n in longest.items() if n > MOST_QUESTIONS_ON_A_PATH} == {}


def test_forty_curated_procedures_have_questions(asking: list[Procedure]) -> None:
    """Without them the citizen gets the papers of all cases and sorts them out alone."""
    assert len([procedure for procedure in asking if procedure.curated]) >= RECORDS_WITH_QUESTIONS


def _answered(procedure: Procedure, **answers: str) -> tuple[tuple[Option, ...], tuple[Paper, ...]]:
    """The options chosen by ``question=option`` (underscores for hyphens) and the papers they make."""
    options = tuple(
        option
        for question in procedure.questions
        for option in question.options
        if answers.get(question.id.replace("-", "_")) == option.id
    )
    assert len(options) == len(answers)
    ids = {case for option in options for case in option.cases}
    of_cases = chain.from_iterable(case.papers for case in procedure.cases if case.id in ids)
    return options, (
        *procedure.papers,
        *of_cases,
        *chain.from_iterable(option.papers for option in options),
    )


def test_a_single_mother_is_not_asked_for_a_marriage_certificate(shipped: dict[str, Procedure]) -> None:
    """She would go home for a paper she cannot have; married parents give its number."""
    birth = shipped["1.001193"]
    single, papers = _answered(birth, noi_sinh="benh-vien", cha_me="me-don-than", nguoi_nop="cha-me")
    assert not [paper.name for paper in papers if "kết hôn" in paper.name]
    assert [paper.name for paper in papers if paper.name == "Giấy chứng sinh"] == ["Giấy chứng sinh"]
    assert single[1].cases == ("chua-xac-dinh-cha",) and single[1].instead is None
    _, papers = _answered(birth, noi_sinh="benh-vien", cha_me="da-ket-hon", nguoi_nop="cha-me")
    assert [paper.need.value for paper in papers if "kết hôn" in paper.name] == ["number"]


@pytest.mark.parametrize(
    ("code", "question", "option", "right"),
    [
        ("1.001193", "cha_me", "cha-nhan-con", "1.000689"),
        ("1.000894", "hai_ben", "nguoi-nuoc-ngoai", "2.000806"),
        ("1.000894", "hai_ben", "dinh-cu", "2.000806"),
        ("1.004873", "muc_dich", "ket-hon-trong-nuoc", "1.000894"),
        ("3.000347", "tinh_trang", "qua-han", "3.000346"),
    ],
)
def test_who_came_to_the_wrong_procedure_is_sent_to_the_right_one(
    shipped: dict[str, Procedure], code: str, question: str, option: str, right: str
) -> None:
    """A licence expired three months is not exchanged: the driver would be turned away at the counter."""
    (chosen,), _ = _answered(shipped[code], **{question: option})
    assert chosen.instead == right


def test_an_expired_licence_says_what_is_not_known(shipped: dict[str, Procedure]) -> None:
    """No source at hand says which parts are tested again after how long: the driver must ask, not guess."""
    (chosen,), _ = _answered(shipped["3.000347"], tinh_trang="qua-han")
    assert "chưa có dữ liệu" in chosen.note
