"""Which question comes next, and which case the answers make. Pure."""

from collections.abc import Sequence

from bot.catalogue.records import Case, Option, Procedure, Question
from bot.dossiers.casefile import Given

WHICH_CASE = "truong-hop"
NO_CASE = "khac"


def questions_of(procedure: Procedure) -> tuple[Question, ...]:
    """The record's own questions; without any, one that offers its cases (its text is empty then, and so
    is the label of the option for "none of these").
    """
    if procedure.questions or not procedure.cases:
        return procedure.questions
    options = tuple(Option(case.id, case.label, (case.id,), note=case.note) for case in procedure.cases)
    return (Question(WHICH_CASE, "", (*options, Option(NO_CASE, ""))),)


def next_question(procedure: Procedure, answers: Sequence[Given]) -> Question | None:
    """The first question that applies and is not answered yet."""
    answered = {given.question for given in answers}
    for question in questions_of(procedure):
        if question.id not in answered and _applies(question, answers):
            return question
    return None


def question_of(procedure: Procedure, id: str) -> Question | None:
    """The question with this id."""
    return next((question for question in questions_of(procedure) if question.id == id), None)


def option_of(question: Question, id: str) -> Option | None:
    """The option with this id."""
    return next((option for option in question.options if option.id == id), None)


def settle(procedure: Procedure, answers: Sequence[Given]) -> tuple[Given, ...]:
    """The answers that still count, in the order of the record: what a correction or a new version of the
    record has made meaningless is left out.
    """
    kept: list[Given] = []
    by_question = {given.question: given for given in answers}
    for question in questions_of(procedure):
        given = by_question.get(question.id)
        if given and _applies(question, kept) and option_of(question, given.option):
            kept.append(given)
    return tuple(kept)


def chosen(procedure: Procedure, answers: Sequence[Given]) -> tuple[Option, ...]:
    """The options behind the answers."""
    found: list[Option] = []
    for given in answers:
        question = question_of(procedure, given.question)
        option = option_of(question, given.option) if question else None
        if option:
            found.append(option)
    return tuple(found)


def cases_of(procedure: Procedure, answers: Sequence[Given]) -> tuple[Case, ...]:
    """The cases the citizen is in, in the order of the record."""
    ids = {id for option in chosen(procedure, answers) for id in option.cases}
    return tuple(case for case in procedure.cases if case.id in ids)


def _applies(question: Question, answers: Sequence[Given]) -> bool:
    given = {f"{one.question}={one.option}" for one in answers}
    return not question.when or not given.isdisjoint(question.when)
