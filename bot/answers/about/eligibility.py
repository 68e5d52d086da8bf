"""Who may apply and what must hold."""

from collections.abc import Mapping

from bot.answers.about import reply
from bot.answers.about.lines import heading, inline, section
from bot.answers.asked import Asked
from bot.answers.phrase import Answer, phrase
from bot.catalogue.agencies import Agency
from bot.catalogue.records import Procedure


def compose(procedure: Procedure, asked: Asked, agencies: Mapping[str, Agency]) -> Answer:
    """Conditions first, then the groups of applicants; no verdict on the person who asks."""
    conditions = [inline(condition) for condition in procedure.conditions]
    applicants = [inline(applicant) for applicant in procedure.applicants]
    if not conditions and not applicants:
        return reply.no_data(procedure, asked, phrase("utter_about_what_eligibility"))
    body = [phrase("utter_about_eligibility_head", name=heading(procedure))]
    body.extend(section("utter_about_conditions", conditions))
    if applicants:
        body.append(phrase("utter_about_applicants", applicants=", ".join(applicants)))
    if not conditions:
        body.append(phrase("utter_about_conditions_unknown"))
    return reply.answered(procedure, asked, body)
