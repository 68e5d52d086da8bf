"""Is it online, and how far: the published statement first, our reading of the law only as a caution."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from bot.answers.about import level_cautions, level_past, moment, names, published, reply, source
from bot.answers.about.figures import day
from bot.answers.about.lines import bullets, distinct, heading, inline, series, unit_name
from bot.answers.asked import Asked
from bot.answers.phrase import Answer, Phrase, phrase
from bot.catalogue.agencies import Agency
from bot.catalogue.enums import LevelScheme
from bot.catalogue.records import LevelStatement, Procedure
from bot.text import fold

STATEMENT_STALE_AFTER = timedelta(days=30)


def compose(procedure: Procedure, asked: Asked, agencies: Mapping[str, Agency]) -> Answer:
    """Level on the day asked about: what is published, what it means at home, where to click."""
    if eras := moment.eras_of(procedure, asked):
        return level_past.compose(procedure, asked, eras)
    statements = published.statements_on(procedure, asked.as_of)
    if not statements:
        return level_past.unstated(procedure, asked)
    here = [s for s in statements if asked.unit and published.covers(s, asked.unit, agencies)]
    focus = here or list(statements)
    elsewhere = [s for s in statements if s not in focus]
    body = [
        *_head(procedure, asked, agencies, focus, at_unit=bool(here)),
        *_elsewhere(agencies, elsewhere),
        *_variants(procedure, focus),
        *level_cautions.meanings(procedure, focus),
        *level_cautions.disagreement(procedure, [s.value for s in focus]),
        *_links(procedure, focus),
        *_age(focus, asked),
    ]
    if asked.old_scale and any(s.scheme is LevelScheme.S2022 for s in focus):
        body.append(phrase("utter_about_level_mapping"))
    cited = dict.fromkeys(source.of_statement(procedure, s) for s in focus)
    return reply.dated(procedure, asked, body, sources=(*cited, source.of_record(procedure)))


def _head(
    procedure: Procedure,
    asked: Asked,
    agencies: Mapping[str, Agency],
    focus: Sequence[LevelStatement],
    at_unit: bool,
) -> tuple[Phrase, ...]:
    name, date_ = heading(procedure), day(_stated_on(focus))
    levels = published.by_level(focus)
    if len(levels) > 1:
        lines = (
            phrase(
                "utter_about_level_of_agencies",
                level=_word(level, asked),
                agencies=published.agency_names(group, agencies),
            )
            for level, group in levels.items()
        )
        return (phrase("utter_about_level_differs", name=name, date=date_), *bullets(lines))
    word = _word(next(iter(levels)), asked)
    place = unit_name(asked.unit) if at_unit and asked.unit else published.agency_names(focus, agencies)
    return (
        phrase("utter_about_level_head", name=name, level=word),
        phrase("utter_about_level_published", agencies=place, date=date_),
    )


def _word(level: published.Level, asked: Asked) -> Phrase:
    scheme, value = level
    word = names.level(scheme, value)
    if asked.old_scale and scheme is LevelScheme.S2022:
        return phrase("utter_about_level_with_old", level=word, old=phrase(f"utter_about_old_{value.value}"))
    return word


def _elsewhere(agencies: Mapping[str, Agency], others: Sequence[LevelStatement]) -> tuple[Phrase, ...]:
    if not others:
        return ()
    parts = [
        phrase(
            "utter_about_level_at",
            level=names.level(*level),
            agencies=published.agency_names(group, agencies),
        )
        for level, group in published.by_level(others).items()
    ]
    return (phrase("utter_about_level_elsewhere", levels=series(parts)),)


def _variants(procedure: Procedure, focus: Sequence[LevelStatement]) -> tuple[Phrase, ...]:
    """Services of one procedure that stand for different cases on the portal.

    A single service that only repeats the procedure's name says nothing new.
    """
    named = [s for s in focus if inline(s.variant)]
    if len({s.service_code for s in named}) == 1 and all(_same_name(procedure, s) for s in named):
        return ()
    lines = distinct(
        phrase(
            "utter_about_level_variant",
            variant=inline(s.variant),
            code=s.service_code,
            level=names.level(s.scheme, s.value),
        )
        for s in named
    )
    return (phrase("utter_about_level_variants"), *bullets(lines)) if lines else ()


def _same_name(procedure: Procedure, statement: LevelStatement) -> bool:
    variant, name = fold(inline(statement.variant)), fold(inline(procedure.name))
    return variant in name or name in variant


def _links(procedure: Procedure, focus: Sequence[LevelStatement]) -> tuple[Phrase, ...]:
    trial = (phrase("utter_about_level_trial"),) if any(s.trial for s in focus) else ()
    where = (phrase("utter_about_level_link", url=url, code=procedure.code) for url in published.links(focus))
    return (*where, *trial)


def _age(focus: Sequence[LevelStatement], asked: Asked) -> tuple[Phrase, ...]:
    stated = _stated_on(focus)
    if asked.today - stated <= STATEMENT_STALE_AFTER:
        return ()
    return (phrase("utter_about_level_stale", date=day(stated)),)


def _stated_on(statements: Sequence[LevelStatement]) -> date:
    return min(statement.stated_on for statement in statements)
