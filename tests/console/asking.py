"""Citizens who got no good answer, for tests of clusters and orders."""

import time
from typing import Any

from sqlalchemy import update

from bot.answers.outcome import Outcome
from bot.conversations.tables import turn
from tests.console.desk import Desk
from tests.steering import records
from tests.steering.town import Town, at

PIGS = ("cho tôi hỏi nuôi lợn trong phố ạ", "NUÔI LỢN TRONG PHỐ", "nuoi lon trong pho, so 0912345678")
BIRTH: list[dict[str, Any]] = [{"code": "1.000001", "score": 0.55}]


def ask(desk: Desk) -> list[int]:
    """Three citizens ask about pigs, of which there is no record; one about a birth, by another name. Ids of
    the turns, the first first.
    """
    records.fill(desk.engine)
    with desk.engine.begin() as connection:
        town = Town(connection)
        made = [
            town.turn(town.citizen(f"c{number}"), at(20) + number, Outcome.NO_DATA, text=text)
            for number, text in enumerate(PIGS)
        ]
        birth = town.turn(town.citizen("binh"), at(21), Outcome.ASKED_BACK, text="đẻ con xong báo ai")
        connection.execute(update(turn).where(turn.c.id == birth).values(candidates=BIRTH))
    return [*made, birth]


def page_of(desk: Desk, path: str) -> Any:
    """The page once the questions are grouped; the first time takes a few seconds."""
    until = time.monotonic() + 60
    while 'id="finding"' in (page := desk.client.get(path)).text and time.monotonic() < until:
        time.sleep(0.05)
    return page
