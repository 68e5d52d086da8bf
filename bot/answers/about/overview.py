"""The procedure on one screen, with buttons for more."""

from collections.abc import Mapping

from bot.answers.about import fee, moment, names, place, published, reply, time
from bot.answers.about.figures import day
from bot.answers.about.lines import bullets, heading, inline, listing, series, shortened
from bot.answers.asked import Asked
from bot.answers.intent import Intent
from bot.answers.phrase import Answer, Button, Phrase, phrase
from bot.catalogue.agencies import Agency
from bot.catalogue.enums import Channel
from bot.catalogue.records import Procedure

MAIN_PAPERS = 5
STEPS = 5
FOLLOW_UPS = 3


def compose(procedure: Procedure, asked: Asked, agencies: Mapping[str, Agency]) -> Answer:
    """What it is, how far online, papers, time, fee, place, how to begin; only what is recorded."""
    body = (
        *_name(procedure),
        *_level(procedure, asked, agencies),
        *_papers(procedure),
        *_time_and_fee(procedure, asked),
        *_place(procedure),
        *_steps(procedure),
        *_online(procedure, asked),
        *_unknown(procedure, asked),
    )
    return reply.answered(procedure, asked, body, _follow_ups(procedure))


def _name(procedure: Procedure) -> tuple[Phrase, ...]:
    """The everyday name, then the official one that stands on papers and the portal; where the first is cut
    the second stands at the end (``source.closing``).
    """
    head = phrase("utter_about_overview_head", name=heading(procedure))
    if procedure.label == procedure.name or heading(procedure) != inline(procedure.label):
        return (head,)
    return (head, phrase("utter_about_overview_official", name=inline(procedure.name)))


def _unknown(procedure: Procedure, asked: Asked) -> tuple[Phrase, ...]:
    """One line with what the record does not hold."""
    silent = {
        "utter_about_what_documents": not procedure.papers and not procedure.cases,
        "utter_about_what_time": time.summary(procedure) is None,
        "utter_about_what_fee": fee.summary(procedure, asked) is None,
    }
    missing = [phrase(what) for what, absent in silent.items() if absent]
    return (phrase("utter_about_overview_missing", what=series(missing)),) if missing else ()


def _level(procedure: Procedure, asked: Asked, agencies: Mapping[str, Agency]) -> tuple[Phrase, ...]:
    """The published level; where it differs, which agencies have which."""
    statements = published.statements_on(procedure, asked.today)
    if moment.eras_of(procedure, asked):
        return ()
    if not statements:
        return (phrase("utter_about_overview_level_unknown"),)
    if differing := published.differing(statements, agencies):
        return differing
    level = names.level(statements[0].scheme, statements[0].value)
    stated = day(min(statement.stated_on for statement in statements))
    return (phrase("utter_about_overview_level", level=level, date=stated),)


def _papers(procedure: Procedure) -> tuple[Phrase, ...]:
    if not procedure.papers:
        return ()
    main = [shortened(paper.name) for paper in procedure.papers[:MAIN_PAPERS]]
    more = bool(procedure.cases) or len(procedure.papers) > MAIN_PAPERS
    tail = (phrase("utter_about_overview_papers_more"),) if more else ()
    head = phrase("utter_about_overview_papers", count=len(procedure.papers))
    return (head, *bullets(main), *tail)


def _time_and_fee(procedure: Procedure, asked: Asked) -> tuple[Phrase, ...]:
    lines: list[Phrase] = []
    if limits := time.summary(procedure):
        lines.append(phrase("utter_about_overview_time", time=limits))
    if fees := fee.summary(procedure, asked):
        lines.append(phrase("utter_about_overview_fee", fee=fees))
    return tuple(lines)


def _place(procedure: Procedure) -> tuple[Phrase, ...]:
    lines: list[Phrase] = []
    if place.takes_anywhere(procedure):
        lines.append(phrase("utter_about_overview_anywhere"))
    elif procedure.place:
        lines.append(phrase("utter_about_overview_place", place=inline(procedure.place)))
    return tuple(lines)


def _steps(procedure: Procedure) -> tuple[Phrase, ...]:
    if not procedure.steps:
        return ()
    lines = (
        phrase("utter_about_step", number=number, step=inline(step))
        for number, step in enumerate(procedure.steps[:STEPS], start=1)
    )
    return (phrase("utter_about_overview_steps"), *lines)


def _online(procedure: Procedure, asked: Asked) -> tuple[Phrase, ...]:
    urls = published.links(published.statements_on(procedure, asked.today))
    if urls:
        return (phrase("utter_about_overview_start", urls=listing(urls), code=procedure.code),)
    if Channel.ONLINE in procedure.channels:
        return (phrase("utter_about_overview_portal", code=procedure.code),)
    return ()


def _follow_ups(procedure: Procedure) -> tuple[Button, ...]:
    """Questions the record can answer, the most wanted first."""
    worthwhile = {
        Intent.ASK_DOCUMENTS: bool(procedure.papers or procedure.cases),
        Intent.ASK_LEVEL: bool(procedure.levels or procedure.reading),
        Intent.ASK_FEE: bool(procedure.fees),
        Intent.ASK_TIME: bool(procedure.times),
        Intent.ASK_PLACE: True,
        Intent.ASK_AUTHORITY: True,
    }
    chosen = [intent for intent, useful in worthwhile.items() if useful][:FOLLOW_UPS]
    return tuple(Button(phrase(f"utter_about_button_{i.value}"), f"/{i.value}") for i in chosen)
