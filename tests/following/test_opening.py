"""The parts fit together as the action server and the gateway put them together."""

from pathlib import Path

from sqlalchemy.engine import Engine

from bot.catalogue.view import Catalogue
from bot.following.opening import Following, read_tables
from bot.knowledge_source import knowledge_over
from tests.following.doubles import CONVERSATION, PROCESSING, FakeSource, Time, ask

DATA = Path(__file__).parents[2] / "data"


def test_the_flow_and_the_poller_share_what_was_looked_up(sqlite_engine: Engine) -> None:
    """Without one object behind all turns, nothing would be cached and every button would cost a look-up."""
    time, source = Time(), FakeSource(PROCESSING)
    knowledge = knowledge_over(Catalogue({}, {}), DATA)
    following = Following(sqlite_engine, source, b"key", read_tables(DATA), "https://example.vn", time)
    assert following.flow(knowledge).name == "follow"
    following.lookups.find(ask(message="1"))
    following.lookups.find(ask(message="2", who="b" * 32))
    assert source.asked == [PROCESSING.code]
    following.mirror.watch(CONVERSATION, PROCESSING.code)
    assert following.poller(knowledge.holidays).once(time.now + 7200) == 0
    assert len(source.asked) == 2


def test_the_hours_of_a_day_are_eight() -> None:
    assert read_tables(DATA).hours.length == 8
