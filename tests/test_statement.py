"""What citizens lose here: something that was said to be kept, and is not there any more."""

from pathlib import Path

import pytest
from sqlalchemy import text

from bot.database import connect
from bot.statement import Statement


@pytest.mark.parametrize("returns", [True, False])
def test_what_is_written_stays_also_where_it_returns_rows(tmp_path: Path, returns: bool) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'a.db'}", kept_open=True)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE said (words TEXT)"))
    write = Statement(lambda _dialect: text("INSERT INTO said VALUES ('xin chào') RETURNING words"))
    assert write.run(engine, {}, returns) == ([("xin chào",)] if returns else [])
    again = connect(f"sqlite:///{tmp_path / 'a.db'}")
    with again.connect() as connection:
        assert connection.execute(text("SELECT words FROM said")).scalars().all() == ["xin chào"]
    engine.dispose()
    again.dispose()
