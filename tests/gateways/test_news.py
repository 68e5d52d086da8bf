"""What citizens lose when these fail: word of what became of their dossier, or the same word twice."""

from threading import Thread

from sqlalchemy.engine import Engine

from bot.gateways.news import News, take_news, tell
from bot.gateways.states import NewsKind
from tests.gateways.counter import CONVERSATION, DRAFT, NOW, told

ITEM = News(CONVERSATION, NewsKind.SENT, DRAFT, "H49.24-261122-900001")


def test_told_once_in_the_order_it_happened(engine: Engine) -> None:
    later = News(CONVERSATION, NewsKind.WITHDRAWN, DRAFT)
    with engine.begin() as connection:
        tell(connection, ITEM, NOW)
        tell(connection, later, NOW + 1)
    assert told(engine) == [ITEM, later]
    assert told(engine) == []


def test_what_could_not_be_told_is_kept(engine: Engine) -> None:
    with engine.begin() as connection:
        tell(connection, ITEM, NOW)
    with engine.connect() as connection:
        assert take_news(connection, NOW) == [ITEM]
        connection.rollback()
    assert told(engine) == [ITEM]


def test_two_gateways_do_not_tell_the_same(engine: Engine) -> None:
    with engine.begin() as connection:
        for number in range(40):
            tell(connection, News(CONVERSATION, NewsKind.SENT, f"{number:012x}"), NOW)
    taken: list[News] = []

    def take() -> None:
        while True:
            with engine.begin() as connection:
                some = take_news(connection, NOW, limit=3)
            if not some:
                return
            taken.extend(some)

    workers = [Thread(target=take) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sorted(news.draft_id for news in taken) == [f"{number:012x}" for number in range(40)]


def test_nobody_is_left_to_hear_of_an_erased_conversation(engine: Engine) -> None:
    with engine.begin() as connection:
        tell(connection, News("", NewsKind.SENT, DRAFT), NOW)
    assert told(engine) == []
