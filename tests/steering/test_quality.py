"""Whether answers are right, and for everybody: each figure on an example counted by hand."""

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Connection

from bot.conversations.channel import Channel
from bot.reviews.tables import audit_item, audit_round, turn_label
from bot.reviews.verdict import Verdict
from bot.staff.tables import staff_account
from bot.steering import judged, quality
from bot.steering.measure import Counted
from tests.steering.town import WEEK, Town, at


def test_correctness_has_an_interval_and_tells_what_is_not_labelled_yet() -> None:
    """8 of 10 right may be anything between 49 % and 94 % (Wilson): nobody should celebrate that."""
    found = quality.correctness({Verdict.RIGHT: 8, Verdict.HARMFUL: 2}, 12)
    rows = {row.keys[0]: row for row in found.rows}
    assert (found.n, rows["right"].value, rows["harmful"].count, rows["wrong"].count) == (10, 0.8, 2, 0)
    assert rows["right"].low == pytest.approx(0.4902, abs=1e-4)
    assert rows["right"].high == pytest.approx(0.9433, abs=1e-4)
    assert (rows["labelled"].count, rows["labelled"].of) == (10, 12)


def test_of_nothing_there_is_no_share() -> None:
    row = quality.correctness({}, 0).rows[0]
    assert (row.count, row.value, row.low) == (0, None, None)


def reviewers(connection: Connection) -> list[int]:
    return [
        int(
            connection.execute(
                insert(staff_account).values(login=login, name=login, roles=[], active=True, created_at=0.0)
            ).inserted_primary_key[0]
        )
        for login in ("lan", "minh")
    ]


def test_audits_count_turns_not_labels_and_the_stricter_reviewer(town: Town) -> None:
    """Labels outside of an audit were chosen by whoever was annoyed: they would skew the figure."""
    an = town.citizen("an")
    turns = [town.turn(an, at(17)) for _ in range(4)] + [town.turn(an, at(3))]
    lan, minh = reviewers(town.connection)
    made = town.connection.execute(
        insert(audit_round).values(
            title="47", since=at(1), until=at(22), seed=1, size=4, second_share=0.5, created_at=at(22)
        )
    )
    drawn = int(made.inserted_primary_key[0])
    for place, number in enumerate([*turns[:3], turns[4]]):
        town.connection.execute(
            insert(audit_item).values(round_id=drawn, turn_id=number, place=place, twice=place == 0)
        )
    for number, reviewer, of, verdict in (
        (turns[0], lan, drawn, Verdict.RIGHT),
        (turns[0], minh, drawn, Verdict.WRONG),
        (turns[1], lan, drawn, Verdict.RIGHT),
        (turns[3], lan, None, Verdict.HARMFUL),
        (turns[4], lan, drawn, Verdict.HARMFUL),
    ):
        town.connection.execute(
            insert(turn_label).values(
                turn_id=number, account_id=reviewer, round_id=of, verdict=verdict.value, at=at(22)
            )
        )
    assert judged.verdicts(town.connection, WEEK) == {Verdict.WRONG: 1, Verdict.RIGHT: 1}
    assert judged.sampled(town.connection, WEEK) == 3


def test_satisfaction_takes_the_last_grade_and_tells_how_many_answered(town: Town) -> None:
    for number, score in enumerate((3, 3, 2, 1)):
        town.grade(town.citizen(f"c{number}"), score, at(18))
    town.grade("c3", 3, at(19))
    town.grade(town.citizen("before"), 1, at(14))
    grades = judged.grades(town.connection, WEEK)
    assert grades == {3: 3, 2: 1}
    rows = {row.keys[0]: (row.count, row.of, row.value) for row in quality.satisfaction(grades, 16).rows}
    assert rows == {
        "satisfied": (3, 4, 0.75),
        "neither": (1, 4, 0.25),
        "not_satisfied": (0, 4, 0),
        "response": (4, 16, 0.25),
    }


JUDGED = [
    Counted("web", "up", "accented", 6),
    Counted("web", "down", "accented", 2),
    Counted("zalo", "up", "plain", 1),
    Counted("zalo", "down", "plain", 1),
]


def test_thumbs_by_channel_and_in_all() -> None:
    rows = {row.keys[0]: (row.count, row.of) for row in quality.thumbs(JUDGED, 100).rows}
    assert rows == {
        "web": (6, 8),
        "zalo": (1, 2),
        "telegram": (0, 0),
        "all": (7, 10),
        "response": (10, 100),
    }


def test_who_writes_without_accents_is_compared_with_who_does() -> None:
    """Older people on old telephones would be left behind unseen."""
    turns = [
        Counted("web", "answered", "accented", 8),
        Counted("web", "no_data", "accented", 2),
        Counted("web", "guided", "plain", 6),
        Counted("web", "error", "plain", 4),
        Counted("web", "courtesy", "plain", 50),
        Counted("web", "answered", "", 9),
        Counted("web", "", "plain", 7),
    ]
    found = quality.equity(turns)
    assert found.n == 20
    rows = {row.keys: (row.count, row.of) for row in found.rows}
    assert rows["web", "accented"] == (8, 10)
    assert rows["web", "plain"] == (6, 10)
    gaps = {row.keys[0]: row for row in quality.equity_gap(found).rows}
    assert gaps["web"].count == 10
    assert gaps["web"].value == pytest.approx(20)
    assert gaps["zalo"].value is None
    assert set(gaps) == {channel.value for channel in Channel}


def test_thumbs_of_both_ways_of_writing() -> None:
    rows = {row.keys: row.value for row in quality.equity_thumbs(JUDGED).rows if row.of}
    assert rows == {("web", "accented"): 0.75, ("zalo", "plain"): 0.5}
