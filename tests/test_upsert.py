"""What a citizen loses here: the thread of a conversation, or somebody else's in its place."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Float, LargeBinary, MetaData, String, Table, select
from sqlalchemy.engine import Engine

from bot.database import connect
from bot.upsert import Upsert

_KEPT = Table(
    "kept",
    MetaData(),
    Column("who", String(40), primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("at", Float, nullable=False),
)
WRITE = Upsert(_KEPT)
HOSTILE = "'; DROP TABLE kept; -- %(who)s :who ?"


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    found = connect(database_url, kept_open=True)
    _KEPT.create(found)
    yield found
    found.dispose()


def rows(engine: Engine) -> list[tuple[str, bytes, float]]:
    with engine.connect() as connection:
        found = connection.execute(select(_KEPT).order_by(_KEPT.c.who)).all()
    return [(who, bytes(body), at) for who, body, at in found]


def test_the_later_row_takes_the_place_of_the_earlier_one(engine: Engine) -> None:
    WRITE.write(engine, who="a", body=b"first", at=1.0)
    WRITE.write(engine, who=HOSTILE, body="ạ".encode(), at=2.5)
    WRITE.write(engine, who="a", body=b"\x00second", at=3.0)
    assert rows(engine) == [(HOSTILE, "ạ".encode(), 2.5), ("a", b"\x00second", 3.0)]


def test_a_row_that_cannot_be_written_takes_no_connection_along(engine: Engine) -> None:
    """Otherwise the assistant falls silent after as many failures as the pool has connections."""
    for _ in range(40):
        with pytest.raises(Exception, match=r"(?i)null"):
            WRITE.write(engine, who="a", body=None, at=1.0)  # type: ignore[arg-type]
    WRITE.write(engine, who="a", body=b"", at=1.0)
    assert rows(engine) == [("a", b"", 1.0)]
