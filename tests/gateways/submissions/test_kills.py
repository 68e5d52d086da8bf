"""What citizens lose when these fail: a dossier that never arrives, or one that arrives twice, because the
gateway died. Real processes are killed (SIGKILL) at every step, on both databases.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy.engine import Engine

from bot.gateways.states import NewsKind, SubmissionState
from bot.gateways.submissions.sender import PATIENCE_SECONDS, Sender
from bot.gateways.vault import Vault
from tests.conftest import ROOT
from tests.doubles.gov.government import Government
from tests.gateways.counter import (
    APPLICANT,
    BIRTH,
    CONVERSATION,
    DRAFT,
    KEY,
    NOW,
    handed_in,
    onestop,
    row,
    submissions,
    told,
)

LATER = NOW + PATIENCE_SECONDS + 1
_WAIT = 60.0


@contextmanager
def doomed(database_url: str, gov: Government, point: str, now: float) -> Iterator[subprocess.Popen[str]]:
    """A sending process; it is killed at the end of the block."""
    command = [sys.executable, "-m", "tests.gateways.submissions.doomed"]
    process = subprocess.Popen(
        [*command, database_url, gov.url, point, str(now)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def die_at(database_url: str, gov: Government, point: str, now: float) -> None:
    with doomed(database_url, gov, point, now) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == point


def settle(engine: Engine, gov: Government, since: float) -> None:
    """Another gateway works on, for hours."""
    sender = Sender(engine, onestop(gov.url), Vault(KEY))
    for step in range(8):
        sender.once(since + step * (PATIENCE_SECONDS + 1))


def assert_arrived_once(engine: Engine, gov: Government) -> None:
    found = row(engine)
    assert found.state == SubmissionState.SENT.value
    assert (gov.created(), gov.created(found.code)) == (1, 1)
    assert gov.updated() == 0
    assert found.payload is None
    assert [(news.kind, news.code) for news in told(engine)] == [(NewsKind.SENT, found.code)]


@pytest.mark.parametrize(
    "point",
    [
        "before-claim",
        "after-claim",
        "before-create",
        "after-create",
        "before-finish",
        "after-finish",
        "after-once",
    ],
)
def test_killed_while_sending(point: str, engine: Engine, database_url: str, gov: Government) -> None:
    handed_in(engine)
    die_at(database_url, gov, point, NOW)
    settle(engine, gov, LATER)
    assert_arrived_once(engine, gov)


@pytest.mark.parametrize("accepted", [False, True], ids=["before it took effect", "after it took effect"])
def test_killed_during_the_call(accepted: bool, engine: Engine, database_url: str, gov: Government) -> None:
    handed_in(engine)
    with (
        gov.gate("DongBoHoSoMC", accepted=accepted) as gate,
        doomed(database_url, gov, "nowhere", NOW),
    ):
        gate.wait_reached(_WAIT)
    assert gov.created() == accepted
    settle(engine, gov, LATER)
    assert_arrived_once(engine, gov)


@pytest.mark.parametrize("point", ["before-record", "after-record", "before-finish", "after-finish"])
def test_killed_again_while_asking_what_became_of_it(
    point: str, engine: Engine, database_url: str, gov: Government
) -> None:
    """The first process died after the dossier had arrived; the second while it finds that out."""
    handed_in(engine)
    die_at(database_url, gov, "after-create", NOW)
    die_at(database_url, gov, point, LATER)
    assert gov.created() == 1
    settle(engine, gov, LATER + PATIENCE_SECONDS + 1)
    assert_arrived_once(engine, gov)


@pytest.mark.parametrize("point", ["before-put_back", "after-put_back"])
def test_killed_again_while_putting_back_what_never_arrived(
    point: str, engine: Engine, database_url: str, gov: Government
) -> None:
    handed_in(engine)
    die_at(database_url, gov, "before-create", NOW)
    die_at(database_url, gov, point, LATER)
    assert gov.created() == 0
    settle(engine, gov, LATER + PATIENCE_SECONDS + 1)
    assert_arrived_once(engine, gov)


@pytest.mark.parametrize(
    ("point", "accepted"), [("before-seal", False), ("after-seal", False), ("after-submit", True)]
)
def test_killed_while_the_citizen_hands_in(
    point: str, accepted: bool, engine: Engine, database_url: str, gov: Government
) -> None:
    """Before the row is written the page still asks; after it the dossier is on its way."""
    token = submissions(engine).prepare(CONVERSATION, DRAFT, BIRTH).token
    die_at(database_url, gov, point, NOW)
    assert row(engine).state == ("pending" if accepted else "open")
    assert token is not None
    submissions(engine).submit(token, APPLICANT)
    settle(engine, gov, NOW)
    assert_arrived_once(engine, gov)


def test_an_answer_lost_on_the_way_back_is_asked_for(engine: Engine, gov: Government) -> None:
    """No kill: the connection broke after the dossier was created."""
    handed_in(engine)
    with gov.die_after("DongBoHoSoMC"):
        Sender(engine, onestop(gov.url), Vault(KEY)).once(NOW)
    assert row(engine).state == SubmissionState.UNKNOWN.value
    settle(engine, gov, NOW + 60)
    assert_arrived_once(engine, gov)


def test_two_gateways_send_one_dossier_once(engine: Engine, database_url: str, gov: Government) -> None:
    for number in range(6):
        handed_in(engine, f"{number:012x}")
    with gov.fault("latency", "DongBoHoSoMC", times=None, seconds=0.05):
        processes = [
            subprocess.Popen(
                [sys.executable, "-m", "tests.gateways.submissions.doomed"]
                + [database_url, gov.url, "nowhere", str(NOW)],
                cwd=ROOT,
            )
            for _ in range(2)
        ]
        assert [process.wait(_WAIT) for process in processes] == [0, 0]
    assert gov.created() == 6
    assert len(told(engine)) == 6
