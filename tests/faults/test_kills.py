"""The gateway killed at random under load. A failure here is a question without an answer, or with two.

Rasa is not in it: a server in the shape of its local channel answers "đáp <text>", so that the queues are
what is tested. ``make faults`` runs it in full size and prints the figures.
"""

from pathlib import Path

import pytest

from tests.faults.conftest import Configure
from tests.faults.size import SMALL, SMALLER, Size, size_asked_for
from tests.faults.tide import tide


@pytest.mark.parametrize(
    ("database", "names", "usual"),
    [("sqlite", ["one"], SMALL), ("postgres", ["one", "two"], SMALLER)],
    ids=["sqlite", "postgres"],
)
async def test_nothing_is_lost_or_answered_twice_or_out_of_order(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    configured: Configure,
    database: str,
    names: list[str],
    usual: Size,
) -> None:
    """Every message is delivered up to three times and shuffled; on PostgreSQL two gateways share the work
    and a random one is killed. An answer on Telegram whose call was cut off may be offered again; who does
    not see it presses the button, and it has still come exactly once.
    """
    size = size_asked_for(usual)
    url = request.getfixturevalue(f"{database}_url")
    figures = await tide(size, url, tmp_path, configured, names)
    print(f"\n{database}, {len(names)} process(es)\n{figures.table()}")
    assert figures.kills == size.kills
    assert figures.lost == []
    assert figures.doubled == []
    assert figures.out_of_order == []
    assert figures.torn_streams == []
    assert figures.answered_once == size.messages // size.citizens * size.citizens
