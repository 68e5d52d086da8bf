"""Who decides, today or at the time asked about."""

from collections.abc import Mapping

from bot.answers.about import moment, names, past, place, published, reply, source
from bot.answers.about.figures import day
from bot.answers.about.lines import heading, inline, series
from bot.answers.asked import Asked
from bot.answers.phrase import Answer, Phrase, phrase
from bot.catalogue.agencies import Agency
from bot.catalogue.records import Era, Procedure


def compose(procedure: Procedure, asked: Asked, agencies: Mapping[str, Agency]) -> Answer:
    """The deciding agency; without one, the agencies that publish the service."""
    eras = [era for era in moment.eras_of(procedure, asked) if era.authority]
    if eras:
        return _then(procedure, asked, eras)
    offering = published.offering(procedure, asked.as_of, agencies)
    if not procedure.authority:
        if not offering:
            what = phrase("utter_about_what_authority")
            return reply.no_data(procedure, asked, what, _administration(procedure))
        head = phrase("utter_about_authority_unnamed", name=heading(procedure))
        return reply.answered(procedure, asked, (head, *offering, *_administration(procedure)))
    head = phrase("utter_about_authority", name=heading(procedure), authority=inline(procedure.authority))
    anywhere = (phrase("utter_about_authority_anywhere"),) if place.takes_anywhere(procedure) else ()
    cautions = moment.cautions(procedure, asked, past.ends_of_offices(procedure))
    body = (head, *_administration(procedure), *offering, *anywhere, *cautions)
    return reply.dated(procedure, asked, body)


def _then(procedure: Procedure, asked: Asked, eras: list[Era]) -> Answer:
    head = phrase("utter_about_then_head", name=heading(procedure), date=day(asked.as_of))
    now: tuple[Phrase, ...] = ()
    if procedure.authority:
        line = (
            "utter_about_changed_authority" if past.changed(procedure, eras) else "utter_about_now_authority"
        )
        now = (phrase(line, authority=inline(procedure.authority)),)
    cited = (*past.references(procedure, eras), source.of_record(procedure))
    return reply.dated(procedure, asked, (head, *past.facts(eras), *now), sources=cited)


def _administration(procedure: Procedure) -> tuple[Phrase, ...]:
    if not procedure.admin_levels:
        return ()
    levels = series([names.admin_level(level) for level in procedure.admin_levels])
    return (phrase("utter_about_authority_level", levels=levels),)
