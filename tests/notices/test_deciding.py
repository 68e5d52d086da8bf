"""What citizens lose when these fail: quiet, or their say in who writes to them where."""

import itertools

import pytest

from bot.conversations.channel import Channel
from bot.notices.deciding import Decision, Hold, Later, Line, Skip, Tell, Way, decide
from bot.notices.kinds import RULES, Kind
from bot.notices.purpose import Consent, Purpose
from bot.notices.states import Told
from tests.notices.conftest import DAY, HOURS, NOW, at, consent_to

WEB, ZALO, TELEGRAM = Channel.WEB, Channel.ZALO, Channel.TELEGRAM


def line(channel: Channel = TELEGRAM, way: Way = Way.OPEN, heard_at: float = NOW - DAY) -> Line:
    return Line(list(Channel).index(channel), channel, way, heard_at)


def decided(
    kind: Kind,
    consents: list[Consent],
    lines: list[Line],
    told_today: int = 0,
    now: float = NOW,
    due_at: float | None = None,
) -> Decision:
    return decide(kind, now if due_at is None else due_at, consents, lines, told_today, now, HOURS)


@pytest.mark.parametrize(("kind", "purpose"), itertools.product(Kind, Purpose))
def test_only_consent_to_the_very_purpose_lets_us_write(kind: Kind, purpose: Purpose) -> None:
    """The matrix of 11 kinds and 4 purposes: one purpose fits each kind, the other three say nothing."""
    found = decided(kind, [consent_to(purpose)], [line()])
    if purpose is RULES[kind].purpose:
        assert found == Tell(line(), Told.NOTICE)
    else:
        assert found == (Hold() if RULES[kind].visit else Skip())


@pytest.mark.parametrize("kind", Kind)
def test_silence_is_no_consent(kind: Kind) -> None:
    assert isinstance(decided(kind, [], [line()]), Hold | Skip)


def test_the_channel_agreed_on_is_used_also_when_another_was_used_since() -> None:
    lines = [line(TELEGRAM), line(ZALO, heard_at=NOW - 3600)]
    assert decided(Kind.OVERDUE, [consent_to(Purpose.FOLLOW)], lines) == Tell(lines[0], Told.NOTICE)


def test_another_agreed_channel_helps_out_but_never_one_without_consent() -> None:
    lines = [line(TELEGRAM, Way.CLOSED), line(ZALO), line(WEB)]
    both = [consent_to(Purpose.FOLLOW), consent_to(Purpose.FOLLOW, WEB, NOW - 2 * DAY)]
    assert decided(Kind.OVERDUE, both, lines) == Tell(lines[2], Told.NOTICE)
    assert decided(Kind.OVERDUE, both[:1], lines) == Hold()


def test_the_template_is_a_way() -> None:
    zalo = line(ZALO, Way.TEMPLATE)
    assert decided(Kind.OVERDUE, [consent_to(Purpose.FOLLOW, ZALO)], [zalo]) == Tell(zalo, Told.NOTICE)


def test_quiet_hours_hold_for_urgent_things_too() -> None:
    night = at("24/11/2026 22:00")
    consents = [consent_to(Purpose.FOLLOW)]
    for kind in (Kind.OVERDUE, Kind.SUPPLEMENT_12):
        assert decided(kind, consents, [line()], now=night) == Later(at("25/11/2026 07:00"))


def test_the_third_notice_of_a_day_waits_for_the_next_morning() -> None:
    consents = [consent_to(Purpose.FOLLOW)]
    assert isinstance(decided(Kind.OVERDUE, consents, [line()], told_today=1), Tell)
    assert decided(Kind.OVERDUE, consents, [line()], told_today=2) == Later(at("25/11/2026 07:00"))


def test_nobody_is_interrupted_unless_it_is_urgent() -> None:
    consents, talking = [consent_to(Purpose.FOLLOW)], [line(heard_at=NOW - 60)]
    assert decided(Kind.OVERDUE, consents, talking) == Later(NOW - 60 + 600)
    assert decided(Kind.SUPPLEMENT_12, consents, talking) == Tell(talking[0], Told.NOTICE)
    assert isinstance(decided(Kind.OVERDUE, consents, [line(heard_at=NOW - 600)]), Tell)


def test_talking_on_one_channel_keeps_the_others_quiet() -> None:
    lines = [line(TELEGRAM), line(WEB, heard_at=NOW - 60)]
    assert decided(Kind.OVERDUE, [consent_to(Purpose.FOLLOW)], lines) == Later(NOW - 60 + 600)


@pytest.mark.parametrize("kind", [Kind.PAYMENT_NEWS, Kind.REGISTRATION_NEWS])
def test_who_has_just_paid_or_handed_in_hears_of_it_while_here(kind: Kind) -> None:
    """An answer to what they did, at any hour and without counting; once they are gone it is a notice."""
    late = at("24/11/2026 23:00")
    here = [line(TELEGRAM), line(WEB, heard_at=late - 30)]
    assert decided(kind, [], here, 5, late) == Tell(here[1], Told.ANSWER)
    assert decided(kind, [], [line()]) == Hold()


def test_stale_things_are_not_told() -> None:
    consents = [consent_to(Purpose.FOLLOW)]
    due_at = at("23/11/2026 08:00")
    assert decided(Kind.APPOINTMENT_TOMORROW, consents, [line()], due_at=due_at) == Skip()
    assert decided(Kind.SUPPLEMENT_12, consents, [line()], due_at=NOW - 4 * DAY) == Skip()
    assert isinstance(decided(Kind.RESULT_READY, consents, [line()], due_at=NOW - 4 * DAY), Tell)
