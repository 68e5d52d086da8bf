"""Who asks to be forgotten is; who links a channel keeps their dossiers."""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.following.audit import Audit
from bot.following.erasing import erase, move
from bot.following.lookups import CountedLookups
from bot.following.mirror import Mirror
from bot.following.news import News, NewsKind, tell
from bot.following.retention import LOOKUP_SECONDS, purge
from bot.following.status import DossierStatus
from bot.following.tables import follow_lookup, follow_news, followed
from tests.following.doubles import CODE, OTHER, PROCESSING, FakeSource, Time, ask

A, B = "a" * 32, "b" * 32


def looked_up(engine: Engine, who: str, *codes: str) -> Time:
    time = Time()
    source = FakeSource(*(replace(PROCESSING, code=code) for code in codes))
    for code in codes:
        CountedLookups(engine, source, Audit(b"key"), time).find(ask(code, f"m{codes.index(code)}", who=who))
    with engine.begin() as connection:
        item = News(who, codes[0], NewsKind.OVERDUE, DossierStatus.PROCESSING)
        tell(connection, item, "overdue:2026-11-27", time.now)
    return time


def test_erasing_leaves_only_hashes_of_codes_without_whose_they_were(engine: Engine) -> None:
    time = looked_up(engine, A, CODE, OTHER)
    looked_up(engine, B, CODE)
    with engine.begin() as connection:
        assert erase(connection, A) == 2
        assert erase(connection, A) == 0
        assert connection.execute(select(followed.c.conversation_id)).scalars().all() == [B]
        assert connection.execute(select(follow_news.c.conversation_id)).scalars().all() == [B]
        logged = connection.execute(select(follow_lookup)).all()
        assert len(logged) == 3 and A not in str(logged) and CODE not in str(logged)
        assert purge(connection, time.now + LOOKUP_SECONDS + 1) == 3


def test_joining_takes_the_dossiers_along_and_none_twice(engine: Engine) -> None:
    time = looked_up(engine, A, CODE, OTHER)
    looked_up(engine, B, CODE)
    Mirror(engine, time).watch(A, CODE)
    with engine.begin() as connection:
        assert move(connection, A, B) == 1
    dossiers = Mirror(engine, time).all(B)
    assert {d.code for d in dossiers} == {CODE, OTHER} and Mirror(engine, time).all(A) == ()
    assert next(d for d in dossiers if d.code == CODE).watching, "the wish to hear of it moves too"
    with engine.connect() as connection:
        assert connection.execute(select(follow_news.c.conversation_id)).scalars().all() == [B]
