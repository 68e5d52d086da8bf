"""What is said to the result of a look-up. Pure."""

import math
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.answers.about.figures import day
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Phrase, phrase
from bot.following import offers, telling
from bot.following.deadline import Clock, Limit, Standing
from bot.following.local import local
from bot.following.ports import (
    FollowedDossier,
    Found,
    Locked,
    NotFound,
    Result,
    Sealed,
    TooMany,
    Unavailable,
    WrongFactor,
)
from bot.following.status import DossierStatus
from bot.following.telling import Scene
from bot.text.dates import find_date

_GUARDED = frozenset(
    {DossierStatus.REFUSED, DossierStatus.SUPPLEMENT, DossierStatus.PAYMENT, DossierStatus.STOPPED}
)
"""States of which the most important part needs the second factor."""
_SETTLED = frozenset(
    {DossierStatus.DECIDED, DossierStatus.RETURNED, DossierStatus.REFUSED, DossierStatus.STOPPED}
)
_EVENING = time(17)


@dataclass(frozen=True)
class Subject:
    """The dossier asked about. ``known``: dossiers of this conversation; ``limit``: of its procedure, where
    the citizen knows which that is.
    """

    code: str
    dossier: FollowedDossier
    known: int
    limit: Limit | None
    clock: Clock
    now: datetime
    portal_url: str


def of(result: Result, subject: Subject) -> Answer:
    """The answer to a look-up, with or without a second factor."""
    portal = offers.portal(subject.portal_url)
    if isinstance(result, Found):
        return _found(result, subject)
    if isinstance(result, NotFound):
        return _nothing("utter_follow_not_found", (portal,), code=subject.code)
    if isinstance(result, Unavailable):
        if result.connected:
            again = offers.state(subject.code)
            return _nothing("utter_follow_unavailable", (again, portal), code=subject.code)
        buttons = (portal, offers.date(subject.code))
        return _nothing("utter_follow_not_connected", buttons, code=subject.code)
    if isinstance(result, TooMany):
        return _nothing("utter_follow_too_many", (portal,), minutes=_minutes(result.wait))
    if isinstance(result, WrongFactor):
        if result.left > 0:
            return Answer(Outcome.ASKED_BACK, (phrase("utter_follow_wrong_factor", left=result.left),))
        return _nothing("utter_follow_wrong_factor_last", (portal,))
    if isinstance(result, Locked):
        return _nothing("utter_follow_locked", (portal,), minutes=_minutes(result.wait))
    assert isinstance(result, Sealed)
    return _nothing("utter_follow_sealed", (portal,))


def not_opened(subject: Subject) -> Answer:
    """The details were asked for, but only older public data is there."""
    buttons = (offers.state(subject.code), offers.portal(subject.portal_url))
    return _nothing("utter_follow_details_unavailable", buttons, code=subject.code)


def withdrawal(result: Result) -> Answer:
    """How to withdraw; or that it is too late."""
    if isinstance(result, Found):
        words = telling.status_words(result.state)
        if result.state.status in _SETTLED:
            said = phrase("utter_follow_cannot_withdraw", code=result.state.code, state=words)
            return Answer(Outcome.ANSWERED, (said,))
        head = phrase("utter_follow_head", code=result.state.code, state=words)
        return Answer(Outcome.GUIDED, (head, phrase("utter_withdraw_dossier")))
    return Answer(Outcome.GUIDED, (phrase("utter_withdraw_dossier"),))


def silence(text: str, today: date, clock: Clock, connected: bool) -> Answer:
    """Nobody has answered a dossier handed in online: the rule, and until when, if a day is named. With a
    system to ask, the code is asked for.
    """
    lines = [phrase("utter_follow_no_reply")]
    handed_in = find_date(text, today)
    if handed_in and handed_in <= today:
        # The hour is not known: counted as late as it can have been.
        by = clock.answer_by(datetime.combine(handed_in, _EVENING))
        if clock.calendar.covers(handed_in, by.date()):
            lines.append(phrase("utter_follow_no_reply_by", start=day(handed_in), time=telling.stamp(by)))
    if connected:
        lines.append(phrase("utter_follow_ask_code"))
    return Answer(Outcome.GUIDED, tuple(lines), (offers.report(),))


def line(dossier: FollowedDossier, title: Phrase | str) -> Phrase:
    """One dossier of a list, as last known."""
    if dossier.state is None:
        return phrase("utter_follow_list_unknown", name=title)
    state = dossier.state
    time = telling.stamp(local(state.as_of))
    return phrase("utter_follow_list_line", name=title, state=telling.status_words(state), time=time)


def _found(result: Found, subject: Subject) -> Answer:
    state = result.state
    scene = Scene(state, subject.now, subject.clock, subject.limit, subject.dossier.appointments)
    lines = telling.told(scene, result.fresh)
    if result.opened:
        lines = (*lines, *telling.details(state))
    return Answer(Outcome.ANSWERED, lines, _buttons(result, scene, subject))


def _buttons(result: Found, scene: Scene, subject: Subject) -> tuple[Button, ...]:
    state = result.state
    buttons: list[Button] = []
    if state.status is DossierStatus.PAYMENT:
        buttons.append(offers.pay(state.code))
    if state.status in _GUARDED and not result.opened and result.fresh:
        buttons.append(offers.details(state.code))
    if telling.standing(scene) is Standing.OVERDUE:
        buttons.append(offers.report())
    if not state.status.is_final:
        watching = subject.dossier.watching
        buttons.append(offers.stop(state.code) if watching else offers.watch(state.code))
    if subject.known > 1:
        buttons.append(offers.others())
    if state.status is DossierStatus.RETURNED or not result.fresh:
        buttons.append(offers.portal(subject.portal_url))
    return tuple(buttons)


def _nothing(id: str, buttons: tuple[Button, ...], **values: str | int) -> Answer:
    return Answer(Outcome.NO_DATA, (phrase(id, **values),), buttons)


def _minutes(seconds: int) -> int:
    return max(1, math.ceil(seconds / 60))
