"""Which legal texts govern the procedure."""

from collections.abc import Mapping

from bot.answers.about import reply
from bot.answers.about.lines import bullets, heading, inline
from bot.answers.asked import Asked
from bot.answers.phrase import Answer, Phrase, phrase
from bot.catalogue.agencies import Agency
from bot.catalogue.records import Procedure

MOST = 12
"""Texts shown; the first of the record are the ones in force now."""


def compose(procedure: Procedure, asked: Asked, agencies: Mapping[str, Agency]) -> Answer:
    """Legal texts by number, then the decision that published the procedure."""
    decision: tuple[Phrase, ...] = ()
    if procedure.decision:
        decision = (phrase("utter_about_decision", decision=inline(procedure.decision)),)
    texts = [inline(text) for text in procedure.legal_basis]
    if not texts:
        return reply.no_data(procedure, asked, phrase("utter_about_what_legal_basis"), decision)
    head = phrase("utter_about_legal_head", name=heading(procedure))
    rest = (phrase("utter_about_legal_more", count=len(texts) - MOST),) if len(texts) > MOST else ()
    return reply.answered(procedure, asked, (head, *bullets(texts[:MOST]), *rest, *decision))
