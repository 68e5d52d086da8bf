"""Which papers: by case, and split into hand in, show, give the number, not needed."""

from collections.abc import Mapping
from dataclasses import replace

from bot.answers.about import moment, paper, reply, wanted_paper
from bot.answers.about.lines import bullets, distinct, heading, inline
from bot.answers.asked import Asked
from bot.answers.phrase import Answer, Button, Phrase, Value, phrase
from bot.catalogue.agencies import Agency
from bot.catalogue.records import Case, Procedure

CASES_IN_FULL = 3
MISTAKES = 2


def compose(procedure: Procedure, asked: Asked, agencies: Mapping[str, Agency]) -> Answer:
    """Papers of the citizen's case, or of all cases when it is not known yet; a paper asked for first."""
    return wanted_paper.led_by(_told(procedure, asked), procedure, asked)


def _told(procedure: Procedure, asked: Asked) -> Answer:
    if not procedure.papers and not procedure.cases:
        return reply.no_data(procedure, asked, phrase("utter_about_what_documents"))
    chosen = next((case for case in procedure.cases if case.id == asked.case_id), None)
    body = _of_case(procedure, chosen) if chosen else _of_all(procedure)
    buttons = () if chosen else _buttons(procedure)
    answer = reply.answered(procedure, asked, body, buttons)
    checklist = _checklist(procedure, asked, chosen)
    if not checklist:
        return answer
    beside = reply.answered(procedure, asked, _beside(procedure, chosen), buttons)
    return replace(answer, checklist=checklist, beside=beside.phrases)


def _beside(procedure: Procedure, chosen: Case | None) -> tuple[Phrase, ...]:
    """What is said where the papers stand on a card of their own."""
    name = heading(procedure)
    if chosen:
        head = phrase("utter_about_documents_card_case", name=name, case=inline(chosen.label))
        note = (phrase("utter_about_note", note=inline(chosen.note)),) if chosen.note else ()
        return (head, *note, *_mistakes(procedure))
    head = phrase("utter_about_documents_card", name=name)
    if len(procedure.cases) > CASES_IN_FULL:
        return (head, *_cases(procedure))
    notes = (
        phrase("utter_about_documents_case_note", case=inline(case.label), note=inline(case.note))
        for case in procedure.cases
        if case.note
    )
    return (head, *notes, *_mistakes(procedure))


def _checklist(procedure: Procedure, asked: Asked, chosen: Case | None) -> tuple[Value, ...]:
    """The papers told, one by one; none for another day than today: a list by itself shows no caution."""
    if moment.cautions(procedure, asked):
        return ()
    own = chosen.papers if chosen else ()
    common = (paper.line(every, with_need=True) for every in (*procedure.papers, *own))
    cases = () if chosen or len(procedure.cases) > CASES_IN_FULL else procedure.cases
    extras = (
        phrase(
            "utter_about_documents_wanted_case",
            cases=inline(case.label),
            paper=paper.line(extra, with_need=True),
        )
        for case in cases
        for extra in case.papers
    )
    return tuple(distinct((*common, *extras)))


def _of_case(procedure: Procedure, case: Case) -> tuple[Phrase, ...]:
    papers = (*procedure.papers, *case.papers)
    head = phrase("utter_about_documents_case", name=heading(procedure), case=inline(case.label))
    note = (phrase("utter_about_note", note=inline(case.note)),) if case.note else ()
    return (head, *paper.grouped(papers), *note, *_mistakes(procedure))


def _of_all(procedure: Procedure) -> tuple[Phrase, ...]:
    head = phrase(
        "utter_about_documents_head" if procedure.papers else "utter_about_documents_by_case",
        name=heading(procedure),
    )
    return (head, *paper.grouped(procedure.papers), *_cases(procedure))


def _cases(procedure: Procedure) -> tuple[Phrase, ...]:
    """Extra papers of a few cases; of many only the labels, as a question that comes last."""
    if len(procedure.cases) > CASES_IN_FULL:
        labels = bullets(inline(case.label) for case in procedure.cases)
        return (*_mistakes(procedure), phrase("utter_about_documents_which_case"), *labels)
    extras = (line for case in procedure.cases for line in _extra(case))
    return (*extras, *_mistakes(procedure))


def _extra(case: Case) -> tuple[Phrase, ...]:
    label = inline(case.label)
    note = (phrase("utter_about_note", note=inline(case.note)),) if case.note else ()
    if not case.papers and case.note:
        return (phrase("utter_about_documents_case_note", case=label, note=inline(case.note)),)
    if not case.papers:
        return (phrase("utter_about_documents_case_none", case=label),)
    lines = bullets(paper.line(extra, with_need=True) for extra in case.papers)
    return (phrase("utter_about_documents_extra", case=label), *lines, *note)


def _buttons(procedure: Procedure) -> tuple[Button, ...]:
    if len(procedure.cases) <= CASES_IN_FULL:
        return ()
    return tuple(
        Button(inline(case.label), f'/select_option{{"code":"{procedure.code}","case":"{case.id}"}}')
        for case in procedure.cases
    )


def _mistakes(procedure: Procedure) -> tuple[Phrase, ...]:
    mistakes = [inline(mistake) for mistake in procedure.mistakes[:MISTAKES]]
    if len(mistakes) == 1:
        return (phrase("utter_about_mistake", mistake=mistakes[0]),)
    return (phrase("utter_about_mistakes"), *bullets(mistakes)) if mistakes else ()
