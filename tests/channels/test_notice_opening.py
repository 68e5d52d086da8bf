"""What citizens lose when these fail: news of a dossier or a payment that never reaches them."""

from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.engine import Connection, Engine

from bot.channels.notice_opening import open_notices
from bot.channels.store import Store
from bot.conversations import log, people
from bot.conversations.channel import Channel
from bot.following.news import News as Followed
from bot.following.news import NewsKind as FollowedKind
from bot.following.news import tell as tell_followed
from bot.following.status import DossierStatus
from bot.gateways.news import News as HandedIn
from bot.gateways.news import tell as tell_handed_in
from bot.gateways.states import NewsKind
from bot.knowledge_source import wording_from
from bot.notices.kinds import Kind
from bot.notices.purpose import Purpose
from bot.notices.reminders import Reminders
from bot.notices.tables import reminder
from bot.payments.news import add_news
from bot.payments.states import PaymentState, Way
from bot.payments.tables import payment
from bot.settings import Settings
from tests.conftest import ROOT
from tests.notices.conftest import CODE, DAY, DRAFT, HOURS, NOW, Clock, agree

SAY = wording_from(ROOT / "domain.yml")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.parse_obj({"data_dir": ROOT / "data", "var_dir": tmp_path})


@pytest.mark.parametrize("kind", FollowedKind)
def test_every_kind_of_news_of_a_followed_dossier_has_its_notice(kind: FollowedKind) -> None:
    assert Kind(kind.value).value == kind.value


async def test_news_of_all_packages_is_told(engine: Engine, settings: Settings) -> None:
    with engine.begin() as connection:
        me = people.meet(connection, Channel.WEB, "w", NOW - 60)
        here = me.conversation_id
        agree(connection, here, Purpose.FOLLOW, Channel.WEB)
        tell_handed_in(connection, HandedIn(here, NewsKind.SENT, DRAFT, CODE), NOW)
        _pay(connection, "ref-1", here)
        add_news(connection, "ref-1", PaymentState.PAID, here, NOW)
        urgent = Followed(here, CODE, FollowedKind.SUPPLEMENT_12, DossierStatus.SUPPLEMENT)
        tell_followed(connection, urgent, "s12", NOW)
    rung: list[str] = []
    opened = open_notices(settings, Store(engine), {}, SAY, (), rung.append, Clock())
    assert await opened.worker.news() == 1
    assert await opened.worker.news() == 0
    assert rung == [here]
    with engine.connect() as connection:
        texts = [entry.said.text for entry in log.entries(connection, here)]
        states = connection.execute(select(reminder.c.kind, reminder.c.state, reminder.c.told)).all()
    assert sorted(map(tuple, states)) == [
        ("payment_news", "sent", "answer"),
        ("registration_news", "sent", "answer"),
        ("supplement_12", "sent", "notice"),
    ]
    assert len(texts) == 3


@pytest.mark.parametrize(
    ("news", "state"),
    [
        (NewsKind.SENT, "cancelled"),
        (NewsKind.ACCEPTED, "cancelled"),
        (NewsKind.SEND_REFUSED, "waiting"),
        (NewsKind.EXPIRED, "waiting"),
    ],
)
async def test_nobody_is_asked_to_hand_in_what_has_arrived(
    news: NewsKind, state: str, sqlite_engine: Engine, settings: Settings
) -> None:
    """Lost: a second fee, for a dossier handed in again because we said that it was not."""
    with sqlite_engine.begin() as connection:
        here = people.meet(connection, Channel.WEB, "w", NOW - DAY).conversation_id
        agree(connection, here, Purpose.REMINDERS, Channel.WEB)
        Reminders(HOURS).draft_prepared(connection, here, DRAFT, NOW)
        tell_handed_in(connection, HandedIn(here, news, DRAFT, CODE), NOW)
    opened = open_notices(settings, Store(sqlite_engine), {}, SAY, (), print, Clock())
    await opened.worker.news()
    with sqlite_engine.connect() as connection:
        asking = select(reminder.c.state).where(reminder.c.kind == Kind.DRAFT_WAITING.value)
        assert set(connection.execute(asking).scalars()) == {state}


async def test_who_did_not_agree_hears_of_it_at_the_next_visit(engine: Engine, settings: Settings) -> None:
    with engine.begin() as connection:
        me = people.meet(connection, Channel.WEB, "w", NOW - DAY)
        item = Followed(me.conversation_id, CODE, FollowedKind.RESULT_READY, DossierStatus.DECIDED)
        tell_followed(connection, item, "status:1", NOW)
    opened = open_notices(settings, Store(engine), {}, SAY, (), print, Clock())
    assert await opened.worker.news() == 0
    with engine.begin() as connection:
        (reply,) = opened.notifier.pending_for(connection, me, NOW + DAY)
    assert reply.text == "Hồ sơ …0042 đã có kết quả. Bấm nút để xem cách nhận."


def _pay(connection: Connection, reference: str, conversation_id: str) -> None:
    """A payment that ended well."""
    values = {
        "reference": reference,
        "way": Way.PLATFORM.value,
        "dossier": CODE,
        "attempt": 1,
        "conversation_id": conversation_id,
        "amount": 8000,
        "items": [],
        "state": PaymentState.PAID.value,
        "queries": 0,
        "created_at": NOW,
        "expires_at": NOW + DAY,
    }
    connection.execute(insert(payment).values(values))
