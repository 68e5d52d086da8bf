"""A dossier in plain words: where it is, whose turn it is, what to do, until when. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.answers.about import names
from bot.answers.about.figures import day, money, number
from bot.answers.about.lines import bullets, inline, shortened
from bot.answers.phrase import Phrase, Value, phrase
from bot.catalogue.enums import TimeUnit
from bot.following.deadline import Clock, Due, Limit, Standing, closes_on, moved_too_often
from bot.following.local import local
from bot.following.state import DossierState
from bot.following.status import DossierStatus, NextAct, TurnOf

_RAW_LENGTH = 60
_RUNNING = frozenset({DossierStatus.ACCEPTED, DossierStatus.PROCESSING, DossierStatus.UNKNOWN})


@dataclass(frozen=True)
class Scene:
    """A state with what is needed to tell it. ``limit``: of the procedure, where it is known to the citizen
    anyway; ``appointments``: due days told so far.
    """

    state: DossierState
    now: datetime
    clock: Clock
    limit: Limit | None = None
    appointments: int = 0


def told(scene: Scene, fresh: bool = True) -> tuple[Phrase, ...]:
    """All that may be said by code alone."""
    state = scene.state
    lines: list[Phrase] = []
    if not fresh:
        lines.append(phrase("utter_follow_stale", time=stamp(local(state.as_of))))
    lines.append(phrase("utter_follow_head", code=state.code, state=status_words(state)))
    if state.unit_name or state.unit_code:
        lines.append(phrase("utter_follow_unit", unit=inline(state.unit_name or state.unit_code)))
    lines.append(_turn(state))
    lines.append(_next(scene))
    lines.extend(_appointment(scene))
    if state.status in _RUNNING and state.received_at and scene.limit:
        due = scene.clock.due(local(state.received_at), scene.limit)
        if due:
            lines.append(computed(local(state.received_at), scene.limit, due))
    return tuple(lines)


def details(state: DossierState) -> tuple[Phrase, ...]:
    """What the owner is told besides."""
    lines: list[Phrase] = []
    if state.procedure_name:
        lines.append(phrase("utter_follow_details_procedure", name=shortened(state.procedure_name)))
    if state.reason:
        lines.append(phrase("utter_follow_details_reason", reason=inline(state.reason)))
    if state.supplement and state.supplement.items:
        lines.append(phrase("utter_follow_details_items"))
        lines.extend(bullets(inline(item) for item in state.supplement.items))
    if state.fees_due:
        lines.append(phrase("utter_follow_details_fees"))
        lines.extend(
            phrase("utter_follow_details_fee", name=inline(fee.name), amount=money(fee.amount))
            for fee in state.fees_due
        )
    return tuple(lines) or (phrase("utter_follow_details_none"),)


def status_words(state: DossierState) -> Phrase:
    """The status inside a sentence; one that is not known is quoted as the system has it."""
    if state.status is DossierStatus.UNKNOWN:
        raw = shortened(state.status_text, _RAW_LENGTH)
        return phrase("utter_follow_state_0", raw=raw) if raw else phrase("utter_follow_state_0_bare")
    return phrase(f"utter_follow_state_{state.status.value}")


def computed(received: datetime, limit: Limit, due: Due) -> Phrase:
    """The rule and the day it gives; the receipt is official."""
    values: dict[str, Value] = {
        "limit": _limit_words(limit),
        "weekday": phrase(f"utter_weekday_{due.day.weekday()}"),
        "end": day(due.day),
    }
    if due.hour:
        return phrase(
            "utter_follow_computed_hour", start=stamp(received), hour=due.hour.strftime("%H:%M"), **values
        )
    return phrase("utter_follow_computed", start=day(received.date()), **values)


def stamp(moment: datetime) -> str:
    """A local time: 16:05, 21/11/2026."""
    return moment.strftime("%H:%M, %d/%m/%Y")


def standing(scene: Scene) -> Standing | None:
    """How an unfinished dossier stands on the day it was promised for; None when there is none."""
    state = scene.state
    open_ = state.status in _RUNNING or state.status is DossierStatus.REGISTERED
    if state.due_at is None or not open_:
        return None
    return scene.clock.standing(local(state.due_at).date(), scene.now.date())


def closing_day(state: DossierState) -> date | None:
    """The last day to answer a request to complete the dossier; None when the system tells no day."""
    supplement = state.supplement
    if supplement is None:
        return None
    if supplement.due_at:
        return local(supplement.due_at).date()
    return closes_on(local(supplement.noticed_at).date()) if supplement.noticed_at else None


def _turn(state: DossierState) -> Phrase:
    turn: TurnOf = state.status.turn_of
    return phrase(f"utter_follow_turn_{turn.value}")


def _next(scene: Scene) -> Phrase:
    state, act = scene.state, scene.state.status.next_act
    if act is NextAct.CHECK:
        if state.received_at is None:
            return phrase("utter_follow_next_check_bare")
        by = scene.clock.answer_by(local(state.received_at))
        late = "_late" if scene.now > by else ""
        return phrase(f"utter_follow_next_check{late}", time=stamp(by))
    if act is NextAct.SUPPLEMENT:
        closes = closing_day(state)
        if closes is None:
            return phrase("utter_follow_next_supplement_bare")
        over = "_closed" if scene.now.date() > closes else ""
        return phrase(f"utter_follow_next_supplement{over}", closes=day(closes))
    return phrase(f"utter_follow_next_{act.value}")


def _appointment(scene: Scene) -> tuple[Phrase, ...]:
    """Only while the agency is to act: the date of a dossier asked back is void, its clock starts anew."""
    state, stands = scene.state, standing(scene)
    if state.due_at is None or stands is None:
        return ()
    promised = local(state.due_at).date()
    again = (_again(scene.appointments - 1),) if moved_too_often(scene.appointments) else ()
    if stands is Standing.OVERDUE:
        apology = day(scene.clock.apology_by(promised))
        return (phrase("utter_follow_overdue", date=day(promised), apology=apology), *again)
    suffix = f"_{stands.value}" if stands in (Standing.TODAY, Standing.TOMORROW) else ""
    return (phrase(f"utter_follow_due{suffix}", date=day(promised)), *again)


def _again(times: int) -> Phrase:
    return phrase("utter_follow_appointed_again", times=times)


def _limit_words(limit: Limit) -> Phrase:
    if limit.unit is TimeUnit.SAME_DAY or limit.value is None:
        return phrase("utter_follow_same_day")
    return names.duration(limit.unit, number(limit.value))
