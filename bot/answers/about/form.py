"""Which forms to fill in."""

from collections.abc import Mapping

from bot.answers.about import reply
from bot.answers.about.lines import bullets, distinct, heading, inline
from bot.answers.asked import Asked
from bot.answers.phrase import Answer, Phrase, Value, phrase
from bot.catalogue.agencies import Agency
from bot.catalogue.enums import Channel
from bot.catalogue.records import Form, Procedure


def compose(procedure: Procedure, asked: Asked, agencies: Mapping[str, Agency]) -> Answer:
    """Forms by name and code; filed online they are filled in on the screen."""
    forms = [_line(form) for form in procedure.forms] or _of_papers(procedure)
    if not forms:
        return reply.no_data(procedure, asked, phrase("utter_about_what_form"))
    head = phrase("utter_about_form_head", name=heading(procedure))
    online = procedure.levels or Channel.ONLINE in procedure.channels
    hint = phrase("utter_about_form_online") if online else phrase("utter_about_form_counter")
    return reply.answered(procedure, asked, (head, *bullets(forms), hint, *_issued(procedure)))


def _line(form: Form) -> Value:
    name = inline(form.name)
    if form.code and inline(form.code).casefold() not in name.casefold():
        return phrase("utter_about_form_code", form=name, code=inline(form.code))
    return name


def _of_papers(procedure: Procedure) -> list[Value]:
    every = (*procedure.papers, *(paper for case in procedure.cases for paper in case.papers))
    lines = (_line(Form(paper.name, paper.form)) for paper in every if paper.form)
    return distinct(lines)


def _issued(procedure: Procedure) -> tuple[Phrase, ...]:
    texts = dict.fromkeys(inline(form.issued_by) for form in procedure.forms if form.issued_by)
    return tuple(phrase("utter_about_form_issued", text=text) for text in texts)
