"""Questions about the catalogue: lists, counts, units, words and hours."""

import re

import msgspec

from bot.answers import asking_back
from bot.answers.about_flow import Told
from bot.answers.as_of import day_asked
from bot.answers.context import Context, ListQuery
from bot.answers.intent import Intent
from bot.answers.knowledge import Knowledge
from bot.answers.lists import counting, listing, units
from bot.answers.lists.selection import select
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, phrase
from bot.answers.resolve import Band, without_places
from bot.answers.turn import Turn
from bot.catalogue.search import PhraseTable
from bot.catalogue.search.lexicon import frame_table, syllables_of
from bot.text import analyse, fold

_AT_HOME = frame_table(["tại nhà", "ở nhà", "qua mạng", "trên mạng", "online", "trực tuyến"])
_COMMUNES = PhraseTable(
    [(syllables_of(word), True) for word in ("xã", "phường", "đặc khu")]
    + [
        (syllables_of(word), False)
        for word in (
            "xã hội",
            "hợp tác xã",
            "thị xã",
            "phương tiện",
            "phương án",
            "phương pháp",
            "địa phương",
        )
    ]
)
COUNTED = 64
"""Lists and counts that are remembered: each looks through the whole catalogue."""
_YEAR = re.compile(r"\b(20[12]\d)\b")
_PROACTIVE = ("chu dong", "tu dong", "khong phai nop ho so", "khoi can nop")


def list_procedures(turn: Turn, context: Context, knowledge: Knowledge) -> Told:
    """A list by field, agency, level or unit; by search when only a topic is named."""
    query = query_of(turn, knowledge)
    if query == ListQuery():
        found = knowledge.resolver.find(without_places(turn))
        if found.band is Band.NOTHING:
            return (Answer(Outcome.ASKED_BACK, (phrase("utter_list_which"),)),), context
        answer = asking_back.which(found.candidates, Intent.ASK_PROCEDURE)
        options = tuple(candidate.code for candidate in found.options)
        return (answer,), msgspec.structs.replace(context, options=options, pending=Intent.ASK_PROCEDURE)
    return page(query, context, knowledge)


def page(query: ListQuery, context: Context, knowledge: Knowledge) -> Told:
    """One page of a list; the lines up to its end become the options of "số 10"."""
    answer, options = knowledge.memory.once(_listed, query, most=COUNTED)
    kept = msgspec.structs.replace(context, listing=query, options=options, pending=Intent.ASK_PROCEDURE)
    return (answer,), kept


def count_procedures(turn: Turn, context: Context, knowledge: Knowledge) -> Told:
    """A count with its denominator; published figures for an earlier year."""
    query = query_of(turn, knowledge)
    year = next((int(y) for y in _YEAR.findall(turn.text) if int(y) < turn.today.year), None)
    if year is None and day_asked(turn.text, turn.today) < turn.today:
        year = day_asked(turn.text, turn.today).year
    answer = knowledge.memory.once(_counted, (query, year), most=COUNTED)
    return (answer,), msgspec.structs.replace(context, listing=query)


def _listed(knowledge: Knowledge, query: ListQuery) -> tuple[Answer, tuple[str, ...]]:
    """The page, and the codes up to its end."""
    answer = listing.compose(query, knowledge.catalogue)
    codes = [procedure.code for procedure in select(query, knowledge.catalogue)]
    seen = codes.index(answer.candidates[-1].code) + 1 if answer.candidates else 0
    return answer, tuple(codes[:seen])


def _counted(knowledge: Knowledge, asked: tuple[ListQuery, int | None]) -> Answer:
    query, year = asked
    return counting.compose(query, knowledge.catalogue, year)


def query_of(turn: Turn, knowledge: Knowledge) -> ListQuery:
    """Field, agency, level and unit a message names."""
    analysis = analyse(turn.text)
    syllables, folded = analysis.syllables, analysis.folded
    level = next(iter(turn.mentioned("level")), None)
    if level not in ("full", "partial", "information"):
        level = "full" if any(_AT_HOME.matches(syllables, folded)) else None
    unit = next(iter(turn.mentioned("unit")), None)
    agency = next(iter(turn.mentioned("agency")), None)
    if agency is None and unit is None and _names_communes(syllables, folded):
        agency = "XA" if "XA" in knowledge.catalogue.agencies else None
    return ListQuery(field=next(iter(turn.mentioned("field")), None), agency=agency, level=level, unit=unit)


def _names_communes(syllables: tuple[str, ...], folded: tuple[str, ...]) -> bool:
    """Whether communes in general are named: "ở xã", not "bảo hiểm xã hội"."""
    reached = 0
    for start, end, value in _COMMUNES.matches(syllables, folded):
        if start >= reached:
            reached = end
            if value:
                return True
    return False


def ask_unit(turn: Turn, knowledge: Knowledge) -> Answer:
    """Old place → new commune, the communes of an old district, or what a commune was formed from."""
    districts = turn.mentioned("old_district")
    if districts and not turn.mentioned("old_unit"):
        return units.of_district(districts[0], knowledge.catalogue)
    return units.compose(turn.mentioned("old_unit"), turn.mentioned("unit"), knowledge.catalogue)


def explain_term(turn: Turn, knowledge: Knowledge) -> Answer:
    """A word of administration, from the glossary."""
    response = knowledge.glossary.find(analyse(turn.text))
    if response is None:
        return Answer(Outcome.NO_DATA, (phrase("utter_term_unknown"),))
    return Answer(Outcome.ANSWERED, (phrase(response),))


def explain_status(turn: Turn, knowledge: Knowledge) -> Answer:
    """The status words of the portal in plain words; two statuses are told one after the other."""
    found = knowledge.statuses.all(analyse(turn.text))
    if not found:
        return Answer(Outcome.GUIDED, (phrase("utter_explain_status_all"),))
    return Answer(Outcome.ANSWERED, tuple(phrase(response) for response in found))


def explain_level(turn: Turn, knowledge: Knowledge) -> Answer:
    """Both scales, or the proactive one when that is what is asked."""
    folded = fold(turn.text)
    id = "utter_explain_proactive" if any(word in folded for word in _PROACTIVE) else "utter_explain_level"
    return Answer(Outcome.ANSWERED, (phrase(id),))


def unit_named(code: str, knowledge: Knowledge) -> Answer:
    """What a commune picked by button was formed from."""
    return units.compose((), (code,), knowledge.catalogue)
