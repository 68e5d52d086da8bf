"""Filters under a name: each member of staff has their own."""

import pytest
from sqlalchemy.engine import Connection

from bot.reviews.filters import Filter
from bot.reviews.saved import drop_filter, save_filter, saved_filters
from tests.reviews.conftest import NOON, Past


def test_filters_are_ones_own_and_a_name_holds_one(connection: Connection, past: Past) -> None:
    lan, minh = past.reviewer("lan"), past.reviewer("minh")
    save_filter(connection, lan, "Chê", Filter(thumbs_down=True), NOON)
    save_filter(connection, lan, "Chê", Filter(thumbs_down=True, flagged=True), NOON)
    save_filter(connection, minh, "Chê", Filter(), NOON)
    (kept,) = saved_filters(connection, lan)
    assert kept.filter == Filter(thumbs_down=True, flagged=True)
    assert not drop_filter(connection, minh, kept.id) and drop_filter(connection, lan, kept.id)
    assert saved_filters(connection, lan) == []


def test_names_and_numbers_are_limited(
    connection: Connection, past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    lan = past.reviewer("lan")
    for name in ("", "x" * 81):
        with pytest.raises(ValueError, match="name"):
            save_filter(connection, lan, name, Filter(), NOON)
    monkeypatch.setattr("bot.reviews.saved.MOST", 1)
    save_filter(connection, lan, "a", Filter(), NOON)
    with pytest.raises(ValueError, match="count"):
        save_filter(connection, lan, "b", Filter(), NOON)
