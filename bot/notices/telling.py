"""Answers about reminders as phrases. Pure."""

from collections.abc import Sequence
from datetime import datetime

from bot.answers.asking_back import select
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Phrase, Value, act, phrase
from bot.notices.changed import Part, parts_in
from bot.notices.kinds import Kind
from bot.notices.purpose import PROACTIVE, Consent, Purpose
from bot.notices.quiet import QuietHours
from bot.notices.subject import act_of, tail

_MOST_PARTS = 4
"""Parts of a record named in a notice: there is little room in one."""


def ask(purpose: Purpose, subject: str, hours: QuietHours, about: tuple[Phrase, ...] = ()) -> Answer:
    """What is kept and for what, with a button for yes and one for no. ``about``: said before it."""
    values = {"start": hours.start.strftime("%H:%M"), "end": hours.end.strftime("%H:%M")}
    text = phrase(f"utter_notice_ask_{purpose.value}", **(values if purpose in PROACTIVE else {}))
    yes = act(phrase("utter_notice_button_yes"), f"notice:yes:{subject}")
    no = act(phrase("utter_notice_button_no"), f"notice:no:{subject}")
    return Answer(Outcome.ASKED_BACK, (*about, text), (yes, no))


def on_now(purpose: Purpose, looks: str = "") -> Answer:
    """Agreed just now. ``looks``: code of a dossier that still has to be looked up to be followed."""
    return _guided(phrase(f"utter_notice_on_{purpose.value}"), buttons=(*_look(looks), *_ways_out(purpose)))


def on_already(purpose: Purpose, looks: str = "") -> Answer:
    """Agreed before; ``looks`` as above."""
    text = phrase("utter_notice_on_already", what=_what(purpose))
    return _guided(text, buttons=(*_look(looks), *_ways_out(purpose)))


def refused(purpose: Purpose) -> Answer:
    """Not agreed; all else works as before."""
    later = (phrase("utter_notice_refused_later"),) if purpose in PROACTIVE else ()
    return _guided(phrase("utter_notice_refused"), *later)


def ended(purposes: frozenset[Purpose], had: int) -> Answer:
    """Consents were taken back; ``had``: how many stood."""
    if not had:
        return _guided(phrase("utter_notice_nothing_on"))
    if purposes in (frozenset(Purpose), PROACTIVE):
        return _guided(phrase("utter_notice_off" if purposes == PROACTIVE else "utter_notice_withdrawn"))
    return _guided(*(phrase("utter_notice_ended_one", what=_what(one)) for one in Purpose if one in purposes))


def listed(
    standing: Sequence[Consent], wishes: Sequence[float], watched: Sequence[Phrase], hours: QuietHours
) -> Answer:
    """What was agreed to, where and when, the reminders set and the procedures watched."""
    if not standing:
        return _guided(phrase("utter_notice_none"))
    lines = tuple(
        phrase(
            "utter_notice_list_line",
            what=_what(one.purpose),
            channel=phrase(f"utter_notice_channel_{one.channel.value}"),
            date=_day(one.given_at, hours),
        )
        for one in standing
    )
    times = tuple(phrase("utter_notice_list_wish", when=_when(at, hours)) for at in wishes)
    head = (phrase("utter_notice_list_wishes"), *times) if times else ()
    if watched:
        head = (*head, phrase("utter_notice_list_watched"), *watched)
    out = act(phrase("utter_notice_button_withdraw"), "notice:withdraw")
    proactive = any(one.purpose in PROACTIVE for one in standing)
    off = (act(phrase("utter_notice_button_off"), "notice:off"),) if proactive else ()
    return _guided(phrase("utter_notice_list_head"), *lines, *head, buttons=(*off, out))


def ask_when() -> Answer:
    """No day was named."""
    return Answer(Outcome.ASKED_BACK, (phrase("utter_notice_when"),))


def past(at: float, hours: QuietHours) -> Answer:
    """The moment named is over."""
    return Answer(Outcome.ASKED_BACK, (phrase("utter_notice_past", when=_when(at, hours)),))


def too_far(most: float) -> Answer:
    """The moment named is further away than anything is kept."""
    return Answer(Outcome.ASKED_BACK, (phrase("utter_notice_too_far", days=round(most / 86_400)),))


def planned(at: float, hours: QuietHours) -> Answer:
    """A reminder was set."""
    return _guided(
        phrase("utter_notice_planned", when=_when(at, hours)), buttons=_ways_out(Purpose.REMINDERS)
    )


def too_many(wishes: Sequence[float], hours: QuietHours) -> Answer:
    """No more reminders can be set."""
    times = tuple(phrase("utter_notice_list_wish", when=_when(at, hours)) for at in wishes)
    return _guided(phrase("utter_notice_too_many"), *times, buttons=_ways_out(Purpose.REMINDERS))


def unavailable() -> Answer:
    """There is nowhere to write to."""
    return Answer(Outcome.NO_DATA, (phrase("utter_notice_unavailable"),))


def notice(kind: Kind, subject: str, mark: str) -> Phrase:
    """What we write on our own account about a subject."""
    ending = tail(kind, subject)
    code: Value = phrase("utter_notice_code", tail=ending) if ending else ""
    return phrase(f"utter_notice_tell_{kind.value}", code=code, parts=_parts(parts_in(mark)))


def way_to(kind: Kind, subject: str) -> tuple[Button, ...]:
    """The button below it that leads to its subject; none when it is about nothing in particular."""
    if kind is Kind.PROCEDURE_CHANGED:
        wanted = select(code=subject, intent=Intent.ASK_PROCEDURE.value)
        return (Button(phrase("utter_notice_button_read"), wanted),)
    target = act_of(kind, subject)
    return (act(phrase("utter_notice_button_open"), target),) if target else ()


def _parts(parts: Sequence[Part]) -> Value:
    """A few of the parts that changed, the rest summed up."""
    named: list[Phrase] = [phrase(f"utter_notice_part_{part.value}") for part in parts[:_MOST_PARTS]]
    if len(parts) > _MOST_PARTS or not named:
        named.append(phrase("utter_notice_part_more"))
    told = named[-1]
    for part in reversed(named[:-1]):
        told = phrase("utter_notice_parts", first=part, rest=told)
    return told


def _guided(*phrases: Phrase, buttons: tuple[Button, ...] = ()) -> Answer:
    return Answer(Outcome.GUIDED, phrases, buttons)


def _look(code: str) -> tuple[Button, ...]:
    return (act(phrase("utter_notice_button_watch"), f"follow:watch:{code}"),) if code else ()


def _ways_out(purpose: Purpose) -> tuple[Button, ...]:
    if purpose in PROACTIVE:
        return (act(phrase("utter_notice_button_off"), "notice:off"),)
    return (act(phrase("utter_notice_button_withdraw"), "notice:withdraw"),)


def _what(purpose: Purpose) -> Phrase:
    return phrase(f"utter_notice_purpose_{purpose.value}")


def _day(at: float, hours: QuietHours) -> str:
    return datetime.fromtimestamp(at, hours.zone).strftime("%d/%m/%Y")


def _when(at: float, hours: QuietHours) -> Phrase:
    local = datetime.fromtimestamp(at, hours.zone)
    weekday = phrase(f"utter_notice_weekday_{local.weekday()}")
    return phrase(
        "utter_notice_moment", time=local.strftime("%H:%M"), weekday=weekday, date=local.strftime("%d/%m/%Y")
    )
