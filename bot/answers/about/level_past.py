"""The level at an earlier time, and what to say when nothing is published."""

from collections.abc import Sequence

from bot.answers.about import level_cautions, names, past, published, reply, source
from bot.answers.about.figures import day
from bot.answers.about.lines import heading, series
from bot.answers.asked import Asked
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Phrase, phrase
from bot.catalogue.enums import Handler, LevelScheme
from bot.catalogue.records import Era, Procedure


def compose(procedure: Procedure, asked: Asked, eras: Sequence[Era]) -> Answer:
    """The level, agency and place of an earlier time, then today's word in one line."""
    name, as_of = heading(procedure), day(asked.as_of)
    era = next((era for era in eras if era.level), None)
    if era is None or era.level is None:
        head = [phrase("utter_about_then_no_level", name=name, date=as_of)]
        outcome = Outcome.NO_DATA
    else:
        word = names.level(era.scheme or LevelScheme.S2011, era.level)
        head = [
            phrase("utter_about_then_level", name=name, date=as_of, level=word),
            phrase(f"utter_about_home_{era.level.value}"),
        ]
        outcome = Outcome.ANSWERED
    body = (*head, *past.facts(eras), *_today(procedure, asked, "utter_about_changed_level"))
    cited = (*past.references(procedure, eras), source.of_record(procedure))
    return reply.dated(procedure, asked, body, sources=cited, outcome=outcome)


def unstated(procedure: Procedure, asked: Asked) -> Answer:
    """No statement for the day: says so, and what is known instead."""
    if asked.historical:
        opening = phrase("utter_about_then_no_level", name=heading(procedure), date=day(asked.as_of))
    else:
        opening = phrase("utter_about_level_missing", name=heading(procedure))
    if asked.historical and procedure.levels:
        known = _today(procedure, asked, "utter_about_now_level")
    else:
        known = _known(procedure)
    body = (opening, *known, reply.where_to_ask(procedure))
    return reply.dated(procedure, asked, body, outcome=Outcome.NO_DATA)


def _today(procedure: Procedure, asked: Asked, line: str) -> tuple[Phrase, ...]:
    statements = published.statements_on(procedure, asked.today)
    if not statements:
        return (phrase("utter_about_now_no_level"),)
    words = [names.level(*level) for level in published.by_level(statements)]
    stated = day(min(statement.stated_on for statement in statements))
    return (phrase(line, level=series(words), date=stated),)


def _known(procedure: Procedure) -> tuple[Phrase, ...]:
    lines: list[Phrase] = []
    if procedure.handler not in reply.SHARED_COUNTER | {Handler.OTHER}:
        lines.append(phrase("utter_about_own_system", handler=names.handler(procedure.handler)))
    if procedure.channels:
        channels = series([names.channel(channel) for channel in procedure.channels])
        lines.append(phrase("utter_about_recorded_channels", channels=channels))
    if procedure.reading is not None:
        lines.extend(level_cautions.explain("utter_about_reading_only", procedure.reading))
    return tuple(lines)
