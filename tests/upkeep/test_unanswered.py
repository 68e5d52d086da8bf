"""Which turns count as unanswered: a question left out here is one that nobody will ever see."""

from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.engine import Engine

from bot.answers.outcome import Outcome
from bot.conversations.tables import message, turn
from bot.upkeep import unanswered
from bot.upkeep.clusters_question import Miss
from bot.upkeep.unanswered import PICK_SECONDS, newest_turn, open_reader, places, questions, texts
from tests.conftest import ROOT
from tests.steering import records
from tests.steering.town import Town, at

START, END = at(16), at(23)
OFFERED: list[dict[str, Any]] = [{"code": "1.000001", "score": 0.6}, {"code": "1.000002", "score": 0.3}]


def asked_back(town: Town, who: str, when: float) -> int:
    number = town.turn(who, when, Outcome.ASKED_BACK, text="đò", best_score=0.6)
    town.connection.execute(update(turn).where(turn.c.id == number).values(candidates=OFFERED))
    return number


def test_every_kind_is_found_once_and_the_newest_comes_first(engine: Engine) -> None:
    with engine.begin() as connection:
        town = Town(connection)
        an, binh = town.citizen("an"), town.citizen("binh")
        town.turn(an, at(15), Outcome.NO_DATA, text="hôm kia")
        none = town.turn(an, at(17), Outcome.NO_DATA, text="phí đò")
        town.turn(an, at(17, 10), Outcome.OUT_OF_SCOPE, text="trời mưa", best_score=0.4)
        ours = town.turn(an, at(17, 11), Outcome.OUT_OF_SCOPE, text="lái đò", best_score=0.5)
        town.turn(an, at(17, 12), Outcome.ANSWERED, text="khai sinh")
        bad = town.turn(binh, at(18), Outcome.ANSWERED, code="1.000001", text="kết hôn")
        town.thumb(binh, town.turns, up=False, when=at(18))
        town.turn(binh, at(19), Outcome.ANSWERED, text="khai tử")
        town.thumb(binh, town.turns, up=True, when=at(19))
        both = town.turn(binh, at(20), Outcome.NO_DATA, text="phí phà")
        town.thumb(binh, town.turns, up=False, when=at(24))
        found = places(connection, START, END)
        assert [(place.turn_id, place.miss) for place in found] == [
            (both, Miss.THUMBS_DOWN),
            (bad, Miss.THUMBS_DOWN),
            (ours, Miss.OUT_OF_SCOPE),
            (none, Miss.NO_DATA),
        ]
        assert [(one.text, one.who) for one in questions(connection, found)] == [
            ("phí phà", "binh"),
            ("kết hôn", "binh"),
            ("lái đò", "an"),
            ("phí đò", "an"),
        ]
        assert newest_turn(connection) == both


@pytest.mark.parametrize(
    ("later", "code", "outcome", "settled"),
    [
        (60.0, "1.000002", Outcome.ANSWERED, True),
        (60.0, "1.000002", Outcome.GUIDED, True),
        (60.0, "1.000003", Outcome.ANSWERED, False),
        (60.0, None, Outcome.NO_DATA, False),
        (PICK_SECONDS + 1, "1.000002", Outcome.ANSWERED, False),
    ],
)
def test_a_pick_settles_being_asked_back(
    engine: Engine, later: float, code: str | None, outcome: Outcome, settled: bool
) -> None:
    """Whoever found the right one among the options needs no new name for it."""
    with engine.begin() as connection:
        town = Town(connection)
        an, binh = town.citizen("an"), town.citizen("binh")
        number = asked_back(town, an, at(17))
        town.turn(an, at(17) + later, outcome, code=code)
        # What somebody else got settles nothing.
        town.turn(binh, at(17) + 60, Outcome.ANSWERED, code="1.000001")
        found = [place.turn_id for place in places(connection, START, END) if place.miss is Miss.ASKED_BACK]
        assert found == ([] if settled else [number])


def test_candidates_come_with_the_words_and_the_erased_are_gone(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unanswered, "_BATCH", 2)
    with engine.begin() as connection:
        town = Town(connection)
        an = town.citizen("an")
        numbers = [asked_back(town, an, at(17) + place) for place in range(3)]
        gone = town.turn(an, at(18), Outcome.NO_DATA, text="xin xóa")
        connection.execute(delete(message).where(message.c.seq == 2 * town.turns - 1))
        found = questions(connection, places(connection, START, END))
        assert [one.turn_id for one in found] == numbers[::-1]
        assert found[0].candidates == (("1.000001", 0.6), ("1.000002", 0.3))
        assert texts(connection, [numbers[0], gone]) == {numbers[0]: "đò"}


def test_the_reader_knows_the_names_of_the_catalogue(sqlite_engine: Engine) -> None:
    records.fill(sqlite_engine)
    with sqlite_engine.connect() as connection:
        reader = open_reader(connection, ROOT / "data")
    assert "f:sinh" in reader.terms("khai sinnh cho con") and "sinh" in reader.spelling
    assert reader.draft("cho tôi hỏi nuôi lợn trong phố lệ phí bao nhiêu ạ") == "nuôi lợn trong phố"
