"""What the citizen receives and how long it is valid."""

from collections.abc import Mapping

from bot.answers.about import reply
from bot.answers.about.lines import bullets, heading, inline
from bot.answers.asked import Asked
from bot.answers.phrase import Answer, Value, phrase
from bot.catalogue.agencies import Agency
from bot.catalogue.records import Procedure, Result


def compose(procedure: Procedure, asked: Asked, agencies: Mapping[str, Agency]) -> Answer:
    """Results with their validity; a source that is silent on validity is said to be."""
    if not procedure.results:
        return reply.no_data(procedure, asked, phrase("utter_about_what_result"))
    name = heading(procedure)
    lines = [_line(result) for result in procedure.results]
    if len(lines) == 1:
        body = [phrase("utter_about_result_one", name=name, result=lines[0])]
    else:
        body = [phrase("utter_about_result_head", name=name), *bullets(lines)]
    if not any(result.validity for result in procedure.results):
        body.append(phrase("utter_about_validity_unknown"))
    return reply.answered(procedure, asked, body)


def _line(result: Result) -> Value:
    if not result.validity:
        return inline(result.name)
    return phrase("utter_about_result_valid", result=inline(result.name), validity=inline(result.validity))
