"""Turns of citizens and two reviewers on both databases."""

import pytest
from sqlalchemy import insert
from sqlalchemy.engine import Connection

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.conversations.channel import Author, Channel
from bot.conversations.log import Entry, append
from bot.conversations.people import Person, meet
from bot.conversations.said import Said
from bot.conversations.turns import Facts, Scored, record_turn
from bot.staff.tables import staff_account

NOON = 1_795_323_600.0  # 22/11/2026 12:00 in Vietnam
DAY = 86_400.0


class Past:
    """What citizens asked before now."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._count = 0

    def reviewer(self, login: str) -> int:
        values = {"login": login, "name": login.title(), "roles": ["editor"], "created_at": 0.0}
        made = self.connection.execute(insert(staff_account).values(values))
        return int(made.inserted_primary_key[0])

    def citizen(self, name: str, channel: Channel = Channel.WEB) -> Person:
        return meet(self.connection, channel, name, NOON)

    def asked(
        self,
        words: str = "lệ phí đăng ký kết hôn",
        at: float = NOON,
        who: Person | None = None,
        intent: Intent | None = Intent.ASK_FEE,
        outcome: Outcome = Outcome.ANSWERED,
        code: str | None = None,
        confidence: float = 0.9,
        score: float | None = None,
        accented: bool | None = True,
        answers: int = 1,
    ) -> int:
        """Id of the turn of a message with so many messages in answer."""
        self._count += 1
        here = who or self.citizen(f"citizen-{self._count}")
        citizen = Entry(0, Author.CITIZEN, here.channel, Said(words), at, f"m{self._count}")
        seq = answer_seq = append(self.connection, here.conversation_id, citizen)
        for _ in range(answers):
            said = Entry(0, Author.ASSISTANT, here.channel, Said("Dạ"), at)
            answer_seq = append(self.connection, here.conversation_id, said)
        facts = Facts(
            intent=intent.value if intent else "",
            confidence=confidence,
            outcome=outcome.value,
            procedure_code=code,
            candidates=() if score is None else (Scored(code or "1.0", score),),
        )
        return record_turn(
            self.connection,
            here.conversation_id,
            f"m{self._count}",
            seq,
            answer_seq,
            here.channel,
            facts,
            accented,
            at,
        )


@pytest.fixture
def past(connection: Connection) -> Past:
    return Past(connection)
