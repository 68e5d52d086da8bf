"""No single account changes what citizens are told."""

from collections.abc import Callable

import pytest
from sqlalchemy.engine import Connection, Engine

from bot.answers.phrase import phrase
from bot.answers.wording import Wording
from bot.control import texts
from bot.control.reading import WordingSource
from bot.control.texts import FourEyesError, TextState, WaitingError
from bot.control.variables import WrongTextError
from bot.staff.audit import Actor, entries
from tests.control.conftest import NOW

SHIPPED = {"utter_fee": "Lệ phí: {amount}.", "utter_hello": "Xin chào."}
Hired = Callable[[Connection, str], Actor]


def test_one_proposes_another_approves_and_it_can_be_taken_back(engine: Engine, hired: Hired) -> None:
    with engine.begin() as connection:
        lan, minh = hired(connection, "lan"), hired(connection, "minh")
        made = texts.propose(connection, lan, "utter_hello", " Kính chào. ", "Lịch sự hơn", SHIPPED, NOW)
        assert texts.approved(connection) == {}
        with pytest.raises(FourEyesError):
            texts.decide(connection, lan, made, True, "", SHIPPED, NOW)
        assert texts.decide(connection, minh, made, True, "Đồng ý", SHIPPED, NOW)
        assert not texts.decide(connection, minh, made, False, "", SHIPPED, NOW)
        assert texts.approved(connection) == {"utter_hello": "Kính chào."}
        second = texts.propose(connection, minh, "utter_hello", "Chào.", "Ngắn hơn", SHIPPED, NOW)
        assert texts.find(connection, second).base == "Kính chào."  # type: ignore[union-attr]
        assert texts.decide(connection, lan, second, True, "", SHIPPED, NOW)
        assert texts.revert(connection, minh, "utter_hello", "Cụt lủn", NOW)
        assert not texts.revert(connection, minh, "utter_hello", "Cụt lủn", NOW)
        states = [change.state for change in texts.history(connection, "utter_hello")]
        assert states == [TextState.REVERTED, TextState.REPLACED]
        actions = [entry.action for entry in entries(connection)]
    assert actions == [
        "text_reverted",
        *["text_decided", "text_proposed"] * 2,
    ]


def test_what_cannot_be_proposed(engine: Engine, hired: Hired) -> None:
    with engine.begin() as connection:
        lan = hired(connection, "lan")
        for text, reason, why in (("Lệ phí.", "x", "variables"), ("{amount}", " ", "reason")):
            with pytest.raises(ValueError, match=why):
                texts.propose(connection, lan, "utter_fee", text, reason, SHIPPED, NOW)
        with pytest.raises(ValueError, match="same"):
            texts.propose(connection, lan, "utter_hello", "Xin chào.", "x", SHIPPED, NOW)
        made = texts.propose(connection, lan, "utter_hello", "Chào.", "x", SHIPPED, NOW)
        with pytest.raises(WaitingError):
            texts.propose(connection, lan, "utter_hello", "Hai.", "x", SHIPPED, NOW)
        assert texts.withdraw(connection, lan, made, NOW)
        assert texts.waiting(connection) == []


def test_a_text_that_changed_with_the_program_is_not_approved(sqlite_engine: Engine, hired: Hired) -> None:
    with sqlite_engine.begin() as connection:
        lan, minh = hired(connection, "lan"), hired(connection, "minh")
        made = texts.propose(connection, lan, "utter_hello", "Chào.", "x", SHIPPED, NOW)
        with pytest.raises(WrongTextError, match="variables"):
            texts.decide(connection, minh, made, True, "", {"utter_hello": "Chào {name}."}, NOW)


def test_every_process_says_what_was_approved_and_the_shipped_text_after(
    sqlite_engine: Engine, hired: Hired
) -> None:
    wording = Wording({name: [{"text": text}] for name, text in SHIPPED.items()})
    source = WordingSource(sqlite_engine, wording, refresh_seconds=0.0)
    assert source.wording().say(phrase("utter_hello")) == "Xin chào."
    with sqlite_engine.begin() as connection:
        lan, minh = hired(connection, "lan"), hired(connection, "minh")
        made = texts.propose(connection, lan, "utter_hello", "Kính chào.", "x", SHIPPED, NOW)
        texts.decide(connection, minh, made, True, "", SHIPPED, NOW)
    assert source.wording().say(phrase("utter_hello")) == "Kính chào."
    assert source.wording().say(phrase("utter_fee", amount="8.000 đồng")) == "Lệ phí: 8.000 đồng."
    with sqlite_engine.begin() as connection:
        texts.revert(connection, minh, "utter_hello", "x", NOW)
    assert source.wording().say(phrase("utter_hello")) == "Xin chào."


def test_a_database_that_is_away_changes_nothing(sqlite_engine: Engine) -> None:
    wording = Wording({"utter_hello": [{"text": "Xin chào."}]})
    with sqlite_engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE text_override")
    assert WordingSource(sqlite_engine, wording, 0.0).wording().say(phrase("utter_hello")) == "Xin chào."
