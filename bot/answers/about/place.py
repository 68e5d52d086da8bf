"""Where to hand in: any centre of the province, the agency's own office, online, by post."""

from collections.abc import Mapping

from bot.answers.about import moment, names, past, published, reply, source
from bot.answers.about.figures import day
from bot.answers.about.lines import bullets, heading, inline, unit_name
from bot.answers.asked import Asked
from bot.answers.phrase import Answer, Phrase, phrase
from bot.catalogue.agencies import Agency
from bot.catalogue.enums import Channel, Handler, Scope
from bot.catalogue.records import Era, Procedure


def compose(procedure: Procedure, asked: Asked, agencies: Mapping[str, Agency]) -> Answer:
    """Places and channels; for an earlier day the agency of that time."""
    eras = [era for era in moment.eras_of(procedure, asked) if era.place or era.authority]
    if eras:
        return _then(procedure, asked, eras)
    body = (
        *_counter(procedure, asked),
        *_online(procedure, asked, agencies),
        *_post(procedure),
        *_in_person(procedure),
    )
    if not body:
        return reply.no_data(procedure, asked, phrase("utter_about_what_place"), _runs(procedure))
    head = phrase("utter_about_place_head", name=heading(procedure))
    cautions = moment.cautions(procedure, asked, past.ends_of_offices(procedure))
    decider = () if procedure.authority else published.offering(procedure, asked.as_of, agencies)
    return reply.dated(procedure, asked, (head, *body, *decider, *cautions))


def takes_anywhere(procedure: Procedure) -> bool:
    """True when any centre of the province takes the dossier in, whatever the residence.

    Nghị định 118/2025/NĐ-CP Điều 3.7 and 14.3: not for procedures that are handed in online only.
    """
    return (
        procedure.scope is Scope.IN_FORCE
        and procedure.handler in reply.SHARED_COUNTER
        and (not procedure.channels or Channel.COUNTER in procedure.channels)
    )


def _then(procedure: Procedure, asked: Asked, eras: list[Era]) -> Answer:
    head = phrase("utter_about_then_head", name=heading(procedure), date=day(asked.as_of))
    now = procedure.place or procedure.authority
    line = "utter_about_changed_place" if past.changed(procedure, eras) else "utter_about_now_place"
    today = (phrase(line, place=inline(now)),) if now else ()
    cited = (*past.references(procedure, eras), source.of_record(procedure))
    return reply.dated(procedure, asked, (head, *past.facts(eras), *today), sources=cited)


def _counter(procedure: Procedure, asked: Asked) -> tuple[Phrase, ...]:
    """The recorded office first, then the centres that take the dossier in as well."""
    if procedure.channels == (Channel.ONLINE,):
        return (phrase("utter_about_place_online_only"),)
    anywhere = takes_anywhere(procedure)
    office = procedure.place or ("" if anywhere else procedure.authority)
    lines = [phrase("utter_about_place_office", place=inline(office))] if office else []
    if anywhere:
        suffix = "_too" if office else ""
        if asked.unit:
            lines.append(phrase(f"utter_about_place_unit{suffix}", unit=unit_name(asked.unit)))
        else:
            lines.append(phrase(f"utter_about_place_any{suffix}"))
    return tuple(lines)


def _online(procedure: Procedure, asked: Asked, agencies: Mapping[str, Agency]) -> tuple[Phrase, ...]:
    statements = published.statements_on(procedure, asked.as_of)
    urls = published.links(statements)
    if urls:
        links = (phrase("utter_about_place_link", url=url, code=procedure.code) for url in urls)
        return (*links, *published.differing(statements, agencies))
    if Channel.ONLINE in procedure.channels:
        return (phrase("utter_about_place_portal", code=procedure.code),)
    return ()


def _post(procedure: Procedure) -> tuple[Phrase, ...]:
    return (phrase("utter_about_place_post"),) if Channel.POST in procedure.channels else ()


def _in_person(procedure: Procedure) -> tuple[Phrase, ...]:
    steps = procedure.reading.offline_steps if procedure.reading else ()
    return (phrase("utter_about_offline_steps"), *bullets(map(inline, steps))) if steps else ()


def _runs(procedure: Procedure) -> tuple[Phrase, ...]:
    """Which service runs its own counters, when nothing else is known."""
    if procedure.handler in reply.SHARED_COUNTER | {Handler.OTHER}:
        return ()
    return (phrase("utter_about_decider", authority=names.handler(procedure.handler)),)
