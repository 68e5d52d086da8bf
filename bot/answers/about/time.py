"""How long it takes, with the unit of the source and never a guessed one."""

from collections.abc import Mapping, Sequence

from bot.answers.about import names, reply
from bot.answers.about.figures import number
from bot.answers.about.lines import bullets, distinct, heading, inline, listing, noted
from bot.answers.asked import Asked
from bot.answers.phrase import Answer, Phrase, Value, phrase
from bot.catalogue.agencies import Agency
from bot.catalogue.enums import TimeUnit
from bot.catalogue.records import Procedure, TimeLimit


def compose(procedure: Procedure, asked: Asked, agencies: Mapping[str, Agency]) -> Answer:
    """Time limits, per channel only where they differ; the receipt's date is the official one."""
    limits = [limit for limit in _merged(procedure.times) if _says_something(limit)]
    if not limits:
        return reply.no_data(procedure, asked, phrase("utter_about_what_time"))
    name = heading(procedure)
    if len(limits) == 1:
        body = [phrase("utter_about_time_one", name=name, time=_noted(procedure, limits[0]))]
    else:
        body = [
            phrase("utter_about_time_head", name=name),
            *bullets(_noted(procedure, limit) for limit in limits),
        ]
    if any(limit.unit is TimeUnit.UNKNOWN and limit.value is not None for limit in limits):
        body.append(phrase("utter_about_time_unknown_unit"))
    return reply.answered(procedure, asked, (*body, phrase("utter_about_time_receipt")))


def summary(procedure: Procedure) -> Value | None:
    """All time limits in one line; ``None`` when unknown."""
    limits = [limit for limit in _merged(procedure.times) if limit.value or limit.unit is TimeUnit.SAME_DAY]
    if len(limits) < 2 or not procedure.curated:
        return listing(distinct(_line(limit, brief=True) for limit in limits)) if limits else None
    return listing([_told_apart(limit) for limit in limits])


def _merged(times: Sequence[TimeLimit]) -> list[TimeLimit]:
    """One limit for all channels when they do not differ."""
    same = list(dict.fromkeys(TimeLimit(t.unit, t.value, None, t.note) for t in times))
    return same if len(times) > 1 and len(same) == 1 else list(times)


def _line(limit: TimeLimit, brief: bool = False) -> Phrase:
    line = _duration(limit)
    if limit.channel and brief:
        line = phrase("utter_about_with_note", fact=line, note=names.channel(limit.channel))
    elif limit.channel:
        line = phrase("utter_about_of_channel", channel=names.channel_handed_in(limit.channel), fact=line)
    return line


def _told_apart(limit: TimeLimit) -> Phrase:
    """A limit with the condition that tells it from the others."""
    line = _line(limit, brief=True)
    return phrase("utter_about_with_note", fact=line, note=inline(limit.note)) if limit.note else line


def _noted(procedure: Procedure, limit: TimeLimit) -> Value:
    bare = limit.value is None and limit.unit is not TimeUnit.SAME_DAY
    return noted(procedure, _line(limit), "" if bare else limit.note)


def _duration(limit: TimeLimit) -> Phrase:
    if limit.unit is TimeUnit.SAME_DAY:
        return phrase("utter_about_unit_same_day")
    if limit.value is None:
        return phrase("utter_about_time_note", note=inline(limit.note))
    return names.duration(limit.unit, number(limit.value))


def _says_something(limit: TimeLimit) -> bool:
    return limit.value is not None or limit.unit is TimeUnit.SAME_DAY or bool(limit.note)
