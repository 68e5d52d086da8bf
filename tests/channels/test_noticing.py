"""What citizens lose when these fail: the one message that mattered, or the say in who writes to them."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from bot.channels import outbox
from bot.channels.adapter import Payload
from bot.channels.buttons import resolve
from bot.channels.erasing import erase
from bot.channels.message import Reply
from bot.channels.noticing import AT_A_VISIT, Notifier
from bot.channels.recalling import Recaller
from bot.channels.states import OutboxState
from bot.channels.tables import outbox as outbox_table
from bot.conversations import log, people
from bot.conversations.channel import Channel, Reach
from bot.conversations.people import Person
from bot.conversations.tables import identity
from bot.knowledge_source import wording_from
from bot.notices import consent
from bot.notices.kinds import Kind
from bot.notices.purpose import PROACTIVE, Purpose
from bot.notices.reminders import Reminders
from bot.notices.states import State
from bot.notices.tables import reminder
from bot.notices.watching import announce, watch
from tests.channels.conftest import Platform
from tests.conftest import ROOT
from tests.notices.conftest import CODE, DAY, DRAFT, HOURS, NOW, WORDS, agree, at

WEB, ZALO, TELEGRAM = Channel.WEB, Channel.ZALO, Channel.TELEGRAM
SAY = wording_from(ROOT / "domain.yml")
KEY = b"k" * 32


@dataclass
class Office:
    """A notifier over Zalo and Telegram in memory; ``template``: of Zalo."""

    engine: Engine
    template: str = ""
    phones: dict[Channel, Platform] = field(
        default_factory=lambda: {ZALO: Platform(ZALO), TELEGRAM: Platform(TELEGRAM)}
    )

    @property
    def notifier(self) -> Notifier:
        return Notifier(self.phones, SAY, WORDS.versions, HOURS, self.template)

    def meet(self, channel: Channel = TELEGRAM, heard_at: float = NOW - DAY, who: str = "111") -> Person:
        return self.do(people.meet, channel, who, heard_at)

    def agree(self, me: Person, purpose: Purpose = Purpose.FOLLOW, channel: Channel | None = None) -> None:
        self.do(agree, me.conversation_id, purpose, channel or me.channel)

    def plan(
        self, me: Person, kind: Kind = Kind.OVERDUE, subject: str = CODE, due_at: float = NOW, mark: str = ""
    ) -> None:
        self.do(Reminders(HOURS).plan, me.conversation_id, kind, subject, due_at, due_at, mark)

    def tick(self, now: float = NOW) -> int:
        """One round; how many conversations heard something."""
        found = self.do(self.notifier.due, now)
        return sum(self.do(self.notifier.tell, one, now) for one in found)

    def visit(self, me: Person, now: float = NOW) -> list[str]:
        told: Sequence[Reply] = self.do(self.notifier.pending_for, me, now)
        return [reply.text for reply in told]

    def recall(self, now: float = NOW) -> int:
        return int(self.do(Recaller(WORDS.versions, HOURS).recall, now))

    def logged(self, me: Person) -> list[str]:
        return [entry.said.text for entry in self.do(log.entries, me.conversation_id)]

    def queued(self) -> list[Payload]:
        query = select(outbox_table.c.payload).order_by(outbox_table.c.id)
        return list(self.do(lambda connection: connection.execute(query).scalars().all()))

    def states(self) -> list[str]:
        query = select(reminder.c.state).order_by(reminder.c.id)
        return list(self.do(lambda connection: connection.execute(query).scalars().all()))

    def fails(self, state: OutboxState, reach: Reach, me: Person, error: str = "") -> None:
        """The platform refused what was queued."""
        values = {"state": state.value, "finished_at": NOW, "error": error or None}
        self.do(lambda connection: connection.execute(update(outbox_table).values(values)))
        self.do(people.mark_reach, me.id, reach)

    def do(self, work: Callable[..., Any], *args: Any) -> Any:
        with self.engine.begin() as connection:
            return work(connection, *args)


@pytest.fixture
def office(engine: Engine) -> Office:
    return Office(engine)


@pytest.fixture
def small(sqlite_engine: Engine) -> Office:
    return Office(sqlite_engine)


def test_a_notice_is_said_once_with_a_way_in_and_a_way_out(office: Office) -> None:
    me = office.meet()
    office.agree(me)
    office.plan(me)
    assert office.tick() == 1
    assert office.tick() == 0
    (call,) = office.queued()
    assert call["text"] == "Hồ sơ …0042 đã quá ngày hẹn. Bấm nút để xem quyền của anh/chị."
    acts = [
        office.do(resolve, me.conversation_id, button["token"], NOW).payload for button in call["buttons"]
    ]
    assert [act.split('"')[3] for act in acts] == [f"follow:code:{CODE}", "notice:off"]


@pytest.mark.parametrize("kind", Kind)
def test_no_message_on_a_platform_names_a_code(small: Office, kind: Kind) -> None:
    """Whoever looks over a shoulder at a locked screen learns no code, name or reason."""
    me = small.meet()
    for purpose in PROACTIVE:
        small.agree(me, purpose)
    small.plan(me, kind)
    assert small.tick() == 1
    assert CODE not in str(small.queued()) and CODE[:-4] not in str(small.queued())


def test_a_changed_procedure_is_told_with_what_changed_and_where_to_read_it(small: Office) -> None:
    """Lost: setting out with the papers or the money of last week."""
    me = small.meet()
    small.agree(me, Purpose.CHANGES)
    small.do(watch, me.conversation_id, "1.001193", 3, NOW - DAY)
    assert small.do(announce, "1.001193", 4, ("fees", "papers", "source"), NOW, HOURS) == 1
    assert small.tick() == 1 and small.tick() == 0
    (call,) = small.queued()
    assert call["text"] == "Thủ tục anh/chị nhờ báo tin đã thay đổi: lệ phí, giấy tờ. Bấm nút để xem."
    read, off = (
        small.do(resolve, me.conversation_id, button["token"], NOW).payload for button in call["buttons"]
    )
    assert '"code":"1.001193"' in read and "notice:off" in off


def test_a_changed_procedure_waits_for_the_window_of_zalo(small: Office) -> None:
    me = small.meet(ZALO, heard_at=NOW - 3 * DAY)
    small.agree(me, Purpose.CHANGES)
    small.do(watch, me.conversation_id, "1.001193", 3, NOW - DAY)
    small.do(announce, "1.001193", 4, ("times",), NOW, HOURS)
    assert small.tick() == 0 and small.queued() == []
    assert small.visit(me) == ["Thủ tục anh/chị nhờ báo tin đã thay đổi: thời hạn. Bấm nút để xem."]
    small.template = "t-1"
    small.do(announce, "1.001193", 5, ("times",), NOW, HOURS)
    assert small.tick() == 1
    fields = {"noi_dung": "Thủ tục đã thay đổi", "ma_cuoi": "-"}
    assert str(fields)[1:-1] in str(small.queued()[-1])


def test_on_the_web_it_stands_in_the_conversation(small: Office) -> None:
    me = small.meet(WEB)
    small.agree(me)
    small.plan(me)
    small.tick()
    assert len(small.logged(me)) == 1 and small.queued() == []


def test_without_consent_it_is_told_first_thing_at_the_next_visit(small: Office) -> None:
    me = small.meet()
    small.plan(me, Kind.RESULT_READY)
    assert small.tick() == 0 and small.logged(me) == []
    assert small.visit(me, NOW + DAY) == ["Hồ sơ …0042 đã có kết quả. Bấm nút để xem cách nhận."]
    assert small.visit(me, NOW + DAY) == []


def test_at_a_visit_not_everything_is_poured_out_and_nothing_stale(small: Office) -> None:
    me = small.meet()
    for number in range(AT_A_VISIT + 1):
        small.plan(me, Kind.STATUS_NEWS, f"H49.01-261122-000{number}")
    small.plan(me, Kind.APPOINTMENT_TOMORROW, CODE)
    small.tick()
    assert len(small.visit(me, NOW + DAY)) == AT_A_VISIT
    assert len(small.visit(me, NOW + DAY)) == 1
    assert small.visit(me, NOW + DAY) == []


def test_zalo_after_its_free_window_waits_for_a_visit_without_a_template(small: Office) -> None:
    me = small.meet(ZALO, NOW - 3 * DAY)
    small.agree(me)
    small.plan(me)
    assert small.tick() == 0
    assert small.states() == [State.HELD.value]
    assert len(small.visit(me)) == 1


def test_zalo_after_its_free_window_gets_the_approved_template(small: Office) -> None:
    small.template = "297400"
    me = small.meet(ZALO, NOW - 3 * DAY)
    small.agree(me)
    small.plan(me)
    assert small.tick() == 1
    (call,) = small.queued()
    assert (call["call"], call["template_id"], call["user_id"]) == ("template", "297400", "111")
    assert call["template_data"] == {"noi_dung": "Hồ sơ quá ngày hẹn", "ma_cuoi": "0042"}
    assert len(small.logged(me)) == 1


def test_an_anonymous_visitor_of_zalo_is_not_written_to(small: Office) -> None:
    small.template = "297400"
    me = small.meet(ZALO, NOW - 3600, "anon:a:b")
    small.agree(me)
    small.plan(me)
    assert small.tick() == 0 and small.states() == [State.HELD.value]


def test_who_blocked_us_hears_on_another_channel_they_agreed_to(small: Office) -> None:
    me = small.meet(TELEGRAM)
    web = small.meet(WEB, NOW - 2 * DAY, "w")
    small.do(_join, web, me)
    small.agree(me)
    small.agree(me, channel=WEB)
    small.do(people.mark_reach, me.id, Reach.BLOCKED)
    small.plan(me)
    assert small.tick() == 1
    assert small.queued() == [] and len(small.logged(me)) == 1


def test_the_third_notice_of_a_day_comes_the_next_morning(small: Office) -> None:
    me = small.meet()
    small.agree(me)
    for number in range(3):
        small.plan(me, Kind.RESULT_READY, f"H49.01-261122-000{number}")
    small.tick()
    assert len(small.queued()) == 2
    small.tick(at("25/11/2026 06:59"))
    assert len(small.queued()) == 2
    small.tick(at("25/11/2026 07:00"))
    assert len(small.queued()) == 3


def test_the_night_is_left_in_peace(small: Office) -> None:
    me = small.meet()
    small.agree(me)
    small.plan(me, due_at=at("24/11/2026 21:00"))
    small.tick(at("24/11/2026 21:00"))
    small.tick(at("25/11/2026 06:59"))
    assert small.queued() == []
    small.tick(at("25/11/2026 07:00"))
    assert len(small.queued()) == 1


def test_who_is_talking_is_not_interrupted(small: Office) -> None:
    me = small.meet(heard_at=NOW - 60)
    small.agree(me)
    small.plan(me)
    assert small.tick() == 0
    assert small.tick(NOW + 539) == 0
    assert small.tick(NOW + 540) == 1


def test_who_has_just_paid_is_told_at_once(small: Office) -> None:
    me = small.meet(heard_at=NOW - 60)
    small.plan(me, Kind.PAYMENT_NEWS, "ref-1")
    assert small.tick() == 1
    assert len(small.queued()[0]["buttons"]) == 1, "an answer needs no button against notices"


def test_after_a_week_without_any_gateway_one_reminder_is_enough(small: Office) -> None:
    me = small.meet()
    small.agree(me, Purpose.REMINDERS)
    small.do(Reminders(HOURS).draft_prepared, me.conversation_id, DRAFT, NOW - 8 * DAY)
    small.tick()
    assert len(small.queued()) == 1
    assert sorted(small.states()) == [State.SENT.value, State.SKIPPED.value]


def test_after_a_withdrawal_nothing_more_is_sent(office: Office) -> None:
    me = office.meet()
    for purpose in PROACTIVE:
        office.agree(me, purpose)
    office.plan(me)
    office.plan(me, Kind.CITIZEN_SET, DRAFT)
    office.do(consent.withdraw, me.conversation_id, PROACTIVE, "m", NOW)
    assert office.tick() == 0 and office.queued() == []
    assert sorted(office.states()) == [State.CANCELLED.value, State.HELD.value]


def test_what_still_waits_to_leave_is_stopped_by_a_withdrawal(office: Office) -> None:
    """The platform was away for a while: the notice is queued, and the citizen wants none any more."""
    me = office.meet()
    office.agree(me)
    office.plan(me)
    office.tick()
    assert office.recall() == 0
    office.do(consent.withdraw, me.conversation_id, PROACTIVE, "m", NOW)
    assert office.recall(NOW + 30) == 1
    assert office.do(outbox.claim, "test", NOW + 30, 10) == []
    assert office.tick(NOW + 30) == 0
    assert office.states() == [State.HELD.value]


def test_what_waits_to_leave_into_the_night_waits_for_the_morning(small: Office) -> None:
    me = small.meet()
    small.agree(me)
    small.plan(me)
    small.tick()
    assert small.recall(at("24/11/2026 21:00")) == 1
    assert small.do(outbox.claim, "test", at("24/11/2026 21:00"), 10) == []
    small.tick(at("24/11/2026 21:00"))
    assert small.tick(at("25/11/2026 07:00")) == 1


def test_a_refused_notice_is_kept_for_the_next_visit(small: Office) -> None:
    me = small.meet()
    small.agree(me)
    small.plan(me)
    small.tick()
    small.fails(OutboxState.UNREACHABLE, Reach.BLOCKED, me)
    assert small.recall(NOW + 30) == 1
    assert small.tick(NOW + 30) == 0
    assert len(small.visit(me, NOW + DAY)) == 1


@pytest.mark.parametrize(("error", "taken_back"), [("zalo -201", 1), ("ambiguous", 0)])
def test_what_the_platform_refuses_for_good_is_kept_but_not_what_may_have_arrived(
    small: Office, error: str, taken_back: int
) -> None:
    me = small.meet()
    small.agree(me)
    small.plan(me)
    small.tick()
    small.fails(OutboxState.DEAD, Reach.REACHABLE, me, error)
    assert small.recall(NOW + 30) == taken_back
    assert len(small.visit(me, NOW + DAY)) == taken_back


def test_zalo_saying_its_window_is_closed_leads_to_the_template_and_then_to_a_visit(small: Office) -> None:
    small.template = "297400"
    me = small.meet(ZALO)
    small.agree(me)
    small.plan(me)
    small.tick()
    small.fails(OutboxState.UNREACHABLE, Reach.WINDOW_CLOSED, me)
    small.recall(NOW + 30)
    assert small.tick(NOW + 30) == 1
    assert small.queued()[-1]["call"] == "template"
    small.fails(OutboxState.UNREACHABLE, Reach.WINDOW_CLOSED, me)
    small.recall(NOW + 60)
    assert small.tick(NOW + 60) == 0
    assert small.states() == [State.HELD.value]


def test_the_erased_hear_nothing(small: Office) -> None:
    me = small.meet()
    small.agree(me)
    small.do(erase, me.conversation_id, NOW, KEY)
    small.plan(me)
    assert small.tick() == 0
    assert small.states() == [] and small.queued() == []


def test_several_gateways_send_each_reminder_once(office: Office) -> None:
    """Four of them, twelve citizens with two reminders each, all at the same moment."""
    everybody = [office.meet(TELEGRAM, who=str(number)) for number in range(12)]
    for me in everybody:
        office.agree(me)
        for subject in ("H49.01-261122-0001", "H49.01-261122-0002"):
            office.plan(me, Kind.RESULT_READY, subject)
    start = threading.Barrier(4)
    troubles: list[BaseException] = []

    def gateway() -> None:
        start.wait()
        try:
            for _ in range(3):
                for one in everybody:
                    _insist(partial(office.do, office.notifier.tell, one.conversation_id, NOW))
        except BaseException as error:
            troubles.append(error)

    threads = [threading.Thread(target=gateway) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert troubles == []
    assert len(office.queued()) == 24
    assert set(office.states()) == {State.SENT.value}
    assert all(len(office.logged(me)) == 2 for me in everybody)


def test_several_gateways_together_keep_to_two_notices_a_day(office: Office) -> None:
    me = office.meet()
    office.agree(me)
    for number in range(4):
        office.plan(me, Kind.RESULT_READY, f"H49.01-261122-000{number}")
    tell = partial(office.do, office.notifier.tell, me.conversation_id, NOW)
    threads = [threading.Thread(target=_insist, args=(tell,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(office.queued()) == 2
    assert sorted(office.states()) == [State.SENT.value] * 2 + [State.WAITING.value] * 2


def test_a_withdrawal_waits_for_what_is_being_sent_and_then_nothing_follows(office: Office) -> None:
    """Whoever reads "đã tắt" gets no notice after it."""
    me = office.meet()
    office.agree(me)
    office.plan(me)
    withdraw = partial(office.do, consent.withdraw, me.conversation_id, PROACTIVE, "m", NOW)
    thread = threading.Thread(target=_insist, args=(withdraw,))
    with office.engine.begin() as connection:
        assert office.notifier.tell(connection, me.conversation_id, NOW)
        thread.start()
        thread.join(0.5)
        assert thread.is_alive()
    thread.join(30)
    assert not thread.is_alive()
    assert office.do(consent.standing, me.conversation_id, WORDS.versions) == ()
    assert len(office.queued()) == 1


def _insist(work: Callable[[], Any]) -> None:
    """As ``Store`` does with a lock that came too late."""
    for _ in range(20):
        try:
            work()
            return
        except OperationalError:
            continue
    raise AssertionError("locked for too long")


def _join(connection: Any, web: Person, me: Person) -> None:
    connection.execute(
        update(identity).where(identity.c.id == web.id).values(conversation_id=me.conversation_id)
    )


def test_a_choice_without_a_subject_opens_nothing(small: Office) -> None:
    me = small.meet()
    small.agree(me, Purpose.REMINDERS)
    small.plan(me, Kind.CITIZEN_SET, "")
    small.tick()
    (call,) = small.queued()
    assert [button["title"] for button in call["buttons"]] == ["Tắt nhắc"]
