"""The review list: every filter finds its turns, and no page loses or repeats one."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import update
from sqlalchemy.engine import Connection

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.conversations import feedback
from bot.conversations.channel import Channel
from bot.conversations.feedback import Kind
from bot.conversations.tables import turn
from bot.conversations.turns import find_turn
from bot.reviews.conditions import Key
from bot.reviews.filters import Filter
from bot.reviews.finding import Total, find_turns, first_page, neighbour, repeated_among
from bot.reviews.labels import Label, give, set_flag
from bot.reviews.rows import rows_of
from bot.reviews.verdict import Verdict
from tests.reviews.conftest import DAY, NOON, Past

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def found(connection: Connection, **wanted: object) -> list[int]:
    return list(find_turns(connection, Filter(**wanted), ZONE, 100).ids)  # type: ignore[arg-type]


def key_of(connection: Connection, turn_id: int) -> Key:
    one = find_turn(connection, turn_id)
    assert one is not None
    return Key(one.at, one.id)


def test_each_filter_finds_its_turns(connection: Connection, past: Past) -> None:
    """Eight turns, one odd in each way."""
    plain = past.asked(at=NOON)
    old = past.asked(at=NOON - DAY)
    other = past.asked(at=NOON - 1, intent=Intent.ASK_TIME, outcome=Outcome.NO_DATA, code="2.1")
    zalo = past.asked(at=NOON - 2, who=past.citizen("z", Channel.ZALO), accented=False)
    unsure = past.asked(at=NOON - 3, confidence=0.4, score=0.3)
    unasked = past.asked(at=NOON - 4, intent=None, confidence=0.0)
    flagged = past.asked(at=NOON - 5, accented=None)
    assert found(connection) == [plain, other, zalo, unsure, unasked, flagged, old]
    assert found(connection, since=date(2026, 11, 22))[-1] == flagged
    assert found(connection, until=date(2026, 11, 21)) == [old]
    assert found(connection, intent=Intent.ASK_TIME) == [other]
    assert found(connection, outcome=Outcome.NO_DATA) == [other]
    assert found(connection, outcome=Outcome.NO_DATA, intent=Intent.ASK_FEE) == []
    assert found(connection, procedure_code="2.1") == [other]
    assert found(connection, procedure_code="2.1", outcome=Outcome.ANSWERED) == []
    assert found(connection, procedure_code="2.1", intent=Intent.ASK_FEE) == []
    assert found(connection, channel=Channel.ZALO) == [zalo]
    assert found(connection, below_confidence=0.5) == [unsure]
    assert found(connection, below_score=0.5) == [unsure]
    assert found(connection, accented=False) == [zalo]
    assert flagged not in found(connection, accented=True)
    assert set_flag(connection, flagged, True, NOON) and not set_flag(connection, flagged, True, NOON)
    assert found(connection, flagged=True) == [flagged]
    assert set_flag(connection, flagged, False, NOON) and found(connection, flagged=True) == []
    give(connection, plain, past.reviewer("lan"), Label(Verdict.RIGHT), NOON)
    assert found(connection, labelled=True) == [plain]
    assert plain not in found(connection, labelled=False)


def test_a_thumb_belongs_to_the_turn_it_judges(connection: Connection, past: Past) -> None:
    """Two messages came before the first was answered: 1, 2 asked; 3, 4 answer the first and 5 the second."""
    who = past.citizen("a")
    first = past.asked(who=who, at=NOON, answers=0)
    second = past.asked(who=who, at=NOON + 1, answers=3)
    connection.execute(update(turn).where(turn.c.id == first).values(answer_seq=4))
    for seq, score in ((4, -1), (5, 1)):
        feedback.record(connection, who.conversation_id, Kind.THUMB, score, NOON, seq)
    assert found(connection, thumbs_down=True) == [first]
    assert [row.thumb for row in rows_of(connection, [first, second])] == [-1, 1]


def test_questions_asked_again_are_found_with_the_week_before(connection: Connection, past: Past) -> None:
    """The first of two is outside the filter's days and still makes the second one a repetition."""
    who = past.citizen("a")
    past.asked(who=who, at=NOON - 3 * DAY, code="1.1", words="lệ phí kết hôn")
    again = past.asked(who=who, at=NOON, code="1.1", words="hết mấy tiền")
    past.asked(at=NOON, code="1.1", words="lệ phí kết hôn")
    assert found(connection, repeated=True, since=date(2026, 11, 22)) == [again]
    assert first_page(connection, Filter(repeated=True), ZONE, 5)[1] == Total(1)
    assert repeated_among(connection, [again]) == {again}
    assert [row.repeated for row in rows_of(connection, [again])] == [True]


def test_pages_follow_one_another_where_many_turns_share_a_moment(connection: Connection, past: Past) -> None:
    ids = [past.asked(at=NOON - number // 3) for number in range(10)]
    newest_first = sorted(ids, key=lambda number: (-key_of(connection, number).at, -number))
    seen: list[int] = []
    after = None
    for _ in range(4):
        page = find_turns(connection, Filter(), ZONE, 3, after)
        seen += page.ids
        after = page.onward
    assert seen == newest_first and after is None


@pytest.mark.parametrize("window", [2, 3, 4])
def test_a_page_that_looked_at_enough_says_where_to_go_on(
    connection: Connection, past: Past, window: int
) -> None:
    """A rare kind among very many turns: short pages, but in the end all of them and each once."""
    ids = [past.asked(at=NOON - number, accented=number % 5 == 0) for number in range(12)]
    seen: list[int] = []
    after, pages = None, 0
    while pages == 0 or after:
        page = find_turns(connection, Filter(accented=True), ZONE, 2, after, window)
        seen += page.ids
        after, pages = page.onward, pages + 1
        assert pages < 20
    assert seen == [ids[0], ids[5], ids[10]]
    assert first_page(connection, Filter(accented=True), ZONE, 5, window)[1] == Total(1, at_least=True)
    assert first_page(connection, Filter(accented=True), ZONE, 5)[1] == Total(3)


def test_the_turns_beside_one_keep_to_the_filter(connection: Connection, past: Past) -> None:
    ids = [past.asked(at=NOON - number, accented=number != 1) for number in range(4)]
    wanted = Filter(accented=True)
    for number, before, after in ((0, None, 2), (2, 0, 3), (3, 2, None)):
        key = key_of(connection, ids[number])
        for back, expected in ((True, before), (False, after)):
            there = neighbour(connection, wanted, ZONE, key, back=back)
            assert there == (None if expected is None else ids[expected])


def test_many_turns_are_counted_up_to_a_thousand(
    connection: Connection, past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.reviews.finding.MOST_COUNTED", 3)
    for expected in (Total(1), Total(2), Total(3), Total(3, more=True), Total(3, more=True)):
        past.asked()
        assert first_page(connection, Filter(), ZONE, 5)[1] == expected
