"""One identity number in a forgotten column is a breach."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, text, update
from sqlalchemy.engine import Engine

from bot.channels.tables import outbox
from bot.conversations.tables import message
from bot.handoffs.tables import staff_note
from bot.knowledge_source import read_yaml
from bot.privacy.exempt import COLUMNS, TABLES, is_exempt
from bot.privacy.public import public_values
from bot.privacy.scanning import Hits, scan, unmasked
from bot.text import mask
from bot.text.identifiers import Kind
from tests.conftest import ROOT
from tests.privacy.conftest import NOW, wrote

CCCD = "022089001234"


def test_a_masked_conversation_is_clean_and_one_planted_number_is_found(engine: Engine) -> None:
    with engine.begin() as connection:
        someone = wrote(connection, mask(f"CCCD của tôi là {CCCD}, gọi 0912345678"))
        clean = scan(connection)
        assert clean.count == 0 and clean.cells > 0 and clean.tables > 30
        note = {"conversation_id": someone.conversation_id, "account_id": 1, "at": NOW}
        connection.execute(insert(staff_note).values(text=f"Số {CCCD[:3]} {CCCD[3:6]} {CCCD[6:]}", **note))
        assert scan(connection).hits == (Hits("staff_note", "text", Kind.CITIZEN_ID, 1),)


def test_numbers_inside_json_and_in_unknown_tables_are_found(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as connection:
        wrote(connection, "lệ phí")
        connection.execute(update(message).values(body={"text": "x", "offers": [{"title": CCCD}]}))
        connection.execute(text("CREATE TABLE events (id INTEGER PRIMARY KEY, data TEXT)"))
        connection.execute(
            text("INSERT INTO events (data) VALUES (:data)"), {"data": f'{{"text": "{CCCD}"}}'}
        )
        found = {(hit.table, hit.column, hit.count) for hit in scan(connection).hits}
    assert found == {("message", "body", 2), ("events", "data", 1)}


def test_addresses_that_have_to_be_kept_are_no_hits(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as connection:
        someone = wrote(connection, "lệ phí")
        payload = {"recipient": {"user_id": "0912345678"}, "message": {"text": "Miễn phí"}}
        row = {"identity_id": someone.id, "conversation_id": someone.conversation_id, "channel": "zalo"}
        connection.execute(
            insert(outbox).values(payload=payload, state="sent", due_at=NOW, created_at=NOW, **row)
        )
        connection.execute(text("UPDATE identity SET external_id = '0912345678'"))
        assert scan(connection).count == 0


def test_numbers_of_offices_are_no_hits(sqlite_engine: Engine) -> None:
    hotline = read_yaml(ROOT / "data" / "contact.yaml")["hotline"]["value"]
    with sqlite_engine.begin() as connection:
        wrote(connection, f"gọi {hotline} được không", f"số tôi 0{978123465}")
        found = scan(connection, lambda: public_values(connection, ROOT, Path("data")))
    assert [(hit.kind, hit.count) for hit in found.hits] == [(Kind.PHONE, 1)]


def test_only_the_newest_rows_when_told(sqlite_engine: Engine) -> None:
    with sqlite_engine.begin() as connection:
        wrote(connection, f"số {CCCD}", *["lệ phí"] * 5)
        assert scan(connection, newest=4).count == 0
        assert scan(connection, newest=4).partly
        assert scan(connection).count == 1


def test_every_exception_names_a_table_there_is(sqlite_engine: Engine) -> None:
    """A renamed column would silently be looked at, or not at all."""
    with sqlite_engine.connect() as connection:
        rows = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        there = {row.name for row in rows}
        assert set(TABLES) <= there
        for table, column in COLUMNS:
            columns = {row.name for row in connection.execute(text(f"PRAGMA table_info({table})"))}
            assert column in columns, (table, column)
    assert is_exempt("message", "conversation_id") and not is_exempt("message", "body")


@pytest.mark.parametrize("said", ["hồ sơ H49.12-261120-0042", "1.001193", "8.000 đồng", "ngày 20/11/2026"])
def test_codes_sums_and_days_are_no_hits(said: str) -> None:
    assert unmasked(said) == []


def test_the_scanner_reads_a_database_of_another_program() -> None:
    engine = create_engine("sqlite://", future=True)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE foreign_notes (id INTEGER PRIMARY KEY, words TEXT)"))
        connection.execute(text(f"INSERT INTO foreign_notes (words) VALUES ('{CCCD}')"))
        assert scan(connection).count == 1
