"""Messages that only make sense with what was said before: which procedure and which kind they mean."""

import re

from bot.answers.context import Context
from bot.answers.guides import HELD, NEAR_A_PROCEDURE
from bot.answers.intent import ABOUT_A_PROCEDURE, Intent
from bot.answers.knowledge import Knowledge
from bot.answers.phrase import Candidate
from bot.answers.resolve import MAX_OPTIONS, PLACES, Band, Resolution, certain, without_places
from bot.answers.siblings import asked_apart
from bot.answers.subject import Said, named, said, told, unexplained
from bot.answers.turn import Turn
from bot.catalogue.records import Procedure
from bot.text import fold

SURE = 0.6
SHORT = 4
_LEANS_BACK = re.compile(r"^\W*(?:a |u |ok |da )*(?:the|con|vay|neu|nhung)\b|\b(?:thi|la) sao\W*$")
_STANDS_ALONE = frozenset(
    {Intent.LIST_PROCEDURES, Intent.COUNT_PROCEDURES, Intent.ASK_UNIT, Intent.ASK_HOURS}
)


def leans_back(text: str) -> bool:
    """Whether a message begins or ends as a follow-up does: "thế …", "còn … thì sao"."""
    return bool(_LEANS_BACK.search(fold(text)))


def resolved(turn: Turn, kind: Intent, context: Context, knowledge: Knowledge) -> Resolution:
    """The procedure of a message: the one spoken of unless a new one is plainly named.

    A new one is plain when search alone is certain of it. Short of that, the words that are no question
    words decide: what explains them no better than the procedure spoken of is no new subject.
    """
    resolver = knowledge.resolver
    found = resolver.resolve(turn, context)
    if turn.mentioned("procedure"):
        return found
    text = without_places(turn)
    words = said(text, knowledge).subject
    offered = _offered(context, knowledge)
    if offered and not words:
        return Resolution(Band.UNSURE, None, offered)
    spoken_of = knowledge.catalogue.procedures.get(context.procedure or "")
    if spoken_of is None:
        return asked_apart(found, text, knowledge)
    if not words:
        return certain(spoken_of)
    if found.band is Band.CERTAIN or resolver.find(text).band is Band.CERTAIN:
        if _elsewhere(turn, words, spoken_of) and not resolver.says_deed(text):
            return certain(spoken_of)
        same = found.procedure is not None and found.procedure.code == spoken_of.code
        return found if same else asked_apart(found, text, knowledge)
    if kind is Intent.ASK_PROCEDURE and not leans_back(turn.text):
        return found
    return certain(spoken_of) if _no_new_subject(words, spoken_of, found, knowledge) else found


def _elsewhere(turn: Turn, words: tuple[str, ...], spoken_of: Procedure) -> bool:
    """ "Còn đất ở Vân Đồn thì sao": the same for another place, in words of the name spoken of."""
    named_place = any(mention.kind in PLACES for mention in turn.mentions)
    few = named_place and len(words) <= 2
    return few and leans_back(turn.text) and not unexplained(words, named(spoken_of))


def put_right(turn: Turn, context: Context, knowledge: Knowledge) -> Resolution:
    """The procedure of a correction (``turn``: only what is asserted): one that it names, else another of
    the family of the one spoken of, else that one itself when nothing new is named.
    """
    resolver = knowledge.resolver
    text = without_places(turn)
    words = said(text, knowledge).subject
    found = resolver.find(text)
    spoken_of = knowledge.catalogue.procedures.get(context.procedure or "")
    if turn.mentioned("procedure") or spoken_of is None:
        return resolver.resolve(turn, context)
    if not words:
        return certain(spoken_of)
    related = resolver.related(text, spoken_of)
    if _same_deed(text, words, spoken_of, related, knowledge):
        return related
    if found.band is Band.CERTAIN:
        return found
    if related.procedure is None:
        return related if related.band is Band.UNSURE else found
    if len(related.candidates) == 1 or _says_which(text, words, spoken_of, related.procedure):
        return related
    return Resolution(Band.UNSURE, None, related.candidates)


def _same_deed(
    text: str, words: tuple[str, ...], spoken_of: Procedure, related: Resolution, knowledge: Knowledge
) -> bool:
    """Whether the deed of the procedure spoken of is meant for something else: "của hộ kinh doanh cơ" said
    of suspending a company.
    """
    resolver = knowledge.resolver
    if related.procedure is None or resolver.says_deed(text) or not resolver.says_deed(spoken_of.name):
        return False
    return not unexplained(words, named(related.procedure))


def _says_which(text: str, words: tuple[str, ...], spoken_of: Procedure, new: Procedure) -> bool:
    """Whether a correction names what is different; "cháu mới 12 tuổi" leaves that to whoever reads on."""
    if any(character.isdecimal() for character in text):
        return False
    new_words = tuple(word for word in words if word not in named(spoken_of))
    return unexplained(new_words, told(new)) < len(new_words)


def kind_put_right(turn: Turn, context: Context, knowledge: Knowledge) -> Intent:
    """The kind of a correction: the one its words ask for, else the one asked before."""
    heard = said(without_places(turn), knowledge)
    before = context.pending or context.intent or Intent.ASK_PROCEDURE
    return heard.kind if heard.kind and (heard.plainly or not heard.subject) else before


def kind_meant(turn: Turn, context: Context, knowledge: Knowledge) -> Intent | None:
    """The kind of a follow-up whose own words say more than the classifier can know; else None."""
    spoken_of = knowledge.catalogue.procedures.get(context.procedure or "")
    if (spoken_of is None and not context.options) or turn.intent in HELD or turn.intent in _STANDS_ALONE:
        return None
    heard = said(without_places(turn), knowledge)
    if turn.intent in ABOUT_A_PROCEDURE and turn.intent is not Intent.ASK_PROCEDURE:
        return None
    before = context.pending or context.intent or Intent.ASK_PROCEDURE
    if not heard.subject:
        return _without_subject(turn, heard, before)
    if turn.intent is not Intent.OUT_OF_SCOPE or spoken_of is None:
        return None
    if leans_back(turn.text) and not unexplained(heard.subject, told(spoken_of)):
        return heard.kind or before
    return None


def _without_subject(turn: Turn, heard: Said, before: Intent) -> Intent | None:
    if turn.intent in NEAR_A_PROCEDURE and turn.confidence >= SURE and len(turn.text.split()) > SHORT:
        return None
    if heard.kind:
        return heard.kind
    refused = turn.intent in (Intent.OUT_OF_SCOPE, Intent.ASK_PROCEDURE)
    return before if refused and leans_back(turn.text) else None


def _no_new_subject(
    words: tuple[str, ...], spoken_of: Procedure, found: Resolution, knowledge: Knowledge
) -> bool:
    here = unexplained(words, told(spoken_of))
    procedures = knowledge.catalogue.procedures
    new = [named(procedures[c.code]) for c in found.candidates[:MAX_OPTIONS] if c.code in procedures]
    return here <= min((unexplained(words, names) for names in new), default=len(words))


def _offered(context: Context, knowledge: Knowledge) -> tuple[Candidate, ...]:
    """What the citizen was just asked to choose from; nothing for the lines of a list, or for two
    procedures just answered about.
    """
    asked = context.pending is not None and context.procedure not in context.options
    if not asked or not 1 < len(context.options) <= MAX_OPTIONS:
        return ()
    known = (knowledge.catalogue.procedures.get(code) for code in context.options)
    return tuple(Candidate(one.code, one.label, 1.0 / len(context.options)) for one in known if one)
