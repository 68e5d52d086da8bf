"""What citizens and staff lose when these fail: an announcement, or word of what the counter did with it."""

from datetime import date
from threading import Barrier, Thread

from sqlalchemy.engine import Engine

from bot.gateways.register.registration import Registration
from bot.gateways.register.store import Registrations
from bot.gateways.states import NewsKind, RegistrationState
from tests.gateways.counter import BIRTH, CONVERSATION, DRAFT, NOW, told

TUESDAY = date(2026, 12, 1)


def _register(engine: Engine, now: float = NOW) -> Registrations:
    return Registrations(engine, lambda: now)


def test_announcing_twice_is_one_receipt(engine: Engine) -> None:
    register = _register(engine)
    first = register.register(CONVERSATION, DRAFT, BIRTH)
    assert register.register(CONVERSATION, DRAFT, BIRTH) == first
    assert first.described.papers == BIRTH.papers and first.described.cases == BIRTH.cases
    assert register.behind(first.token) == register.with_code(first.code) == first
    assert register.behind("x") is None


def test_announcing_at_the_same_moment_is_one_receipt(engine: Engine) -> None:
    register, start, found = _register(engine), Barrier(3), list[Registration]()

    def announce() -> None:
        start.wait()
        found.append(register.register(CONVERSATION, DRAFT, BIRTH))

    workers = [Thread(target=announce) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert len(found) == 3 and len({one.code for one in found}) == 1


def test_nobody_sees_or_changes_the_receipt_of_another_conversation(engine: Engine) -> None:
    register = _register(engine)
    register.register(CONVERSATION, DRAFT, BIRTH)
    other = "d" * 32
    assert register.of_draft(other, DRAFT) is None
    assert register.choose_day(other, DRAFT, TUESDAY) is None
    assert register.withdraw(other, DRAFT) is None
    found = register.of_draft(CONVERSATION, DRAFT)
    assert found is not None and found.day is None and found.state is RegistrationState.REGISTERED


def test_the_counter_accepts_once_and_the_citizen_hears_of_it(engine: Engine) -> None:
    register = _register(engine)
    code = register.register(CONVERSATION, DRAFT, BIRTH).code
    assert register.accept(code, "Cán bộ A", "H49.24-261201-0001")
    assert not register.accept(code, "Cán bộ B")
    assert not register.refuse(code, "muộn")
    found = register.withdraw(CONVERSATION, DRAFT)
    assert found is not None and found.state is RegistrationState.ACCEPTED
    assert (found.accepted_by, found.dossier_code) == ("Cán bộ A", "H49.24-261201-0001")
    assert [(news.kind, news.code) for news in told(engine)] == [(NewsKind.ACCEPTED, "H49.24-261201-0001")]


def test_a_refusal_is_told_without_its_reason(engine: Engine) -> None:
    """The reason is on the receipt: a notice on another channel tells no detail."""
    register = _register(engine)
    code = register.register(CONVERSATION, DRAFT, BIRTH).code
    assert register.refuse(code, "Thiếu giấy chứng sinh")
    (news,) = told(engine)
    assert (news.kind, news.code) == (NewsKind.COUNTER_REFUSED, code)
    found = register.of_draft(CONVERSATION, DRAFT)
    assert found is not None and found.reason == "Thiếu giấy chứng sinh"


def test_staff_see_the_next_day_first(engine: Engine) -> None:
    register = _register(engine)
    days = {"a": None, "b": date(2026, 12, 3), "c": TUESDAY}
    for draft, day in days.items():
        register.register(CONVERSATION, draft, BIRTH)
        register.choose_day(CONVERSATION, draft, day)
    assert [found.draft_id for found in register.waiting("06652")] == ["c", "b", "a"]
    assert register.waiting("06658") == []


def test_nobody_came(engine: Engine) -> None:
    """Three days after the chosen day; without a day 30 days after the announcement."""
    register = _register(engine)
    register.register(CONVERSATION, "a", BIRTH)
    register.choose_day(CONVERSATION, "a", TUESDAY)
    register.register(CONVERSATION, "b", BIRTH)
    assert register.expire(date(2026, 12, 4)) == 0
    assert register.expire(date(2026, 12, 5)) == 1
    assert _register(engine, NOW + 29 * 86_400).expire(date(2026, 12, 21)) == 0
    assert _register(engine, NOW + 31 * 86_400).expire(date(2026, 12, 23)) == 1
    assert [(news.kind, news.draft_id) for news in told(engine)] == [
        (NewsKind.EXPIRED, "a"),
        (NewsKind.EXPIRED, "b"),
    ]
