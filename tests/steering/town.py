"""Rows a test of figures starts from, on days and hours that are easy to count."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlalchemy.engine import Connection

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.conversations.channel import Author, Channel
from bot.conversations.feedback import Kind, record
from bot.conversations.tables import conversation, identity, message, turn
from bot.dossiers.milestone import DropOff, Milestone
from bot.dossiers.tables import milestone
from bot.handoffs.states import Cause
from bot.handoffs.tables import handoff
from bot.steering.period import Period

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = date(2026, 11, 16)
WEEK = Period(MONDAY, date(2026, 11, 22), ZONE)
NOON = datetime(2026, 11, 22, 12, tzinfo=ZONE).timestamp()


def at(day: int, hour: float = 9) -> float:
    """POSIX seconds of an hour of a day of November 2026, as clocks in Vietnam show it."""
    return datetime(2026, 11, day, tzinfo=ZONE).timestamp() + hour * 3600


@dataclass
class Town:
    """Writes what citizens did."""

    connection: Connection
    turns: int = 0

    def citizen(self, name: str, channel: Channel = Channel.WEB) -> str:
        now = at(1)
        self.connection.execute(
            insert(conversation).values(id=name, last_seq=0, lease_until=0.0, created_at=now, active_at=now)
        )
        self.connection.execute(
            insert(identity).values(
                channel=channel.value,
                external_id=name,
                conversation_id=name,
                reach="reachable",
                created_at=now,
                heard_at=now,
            )
        )
        return name

    def turn(
        self,
        who: str,
        when: float,
        outcome: Outcome = Outcome.ANSWERED,
        code: str | None = None,
        text: str = "",
        **values: Any,
    ) -> int:
        """A turn and, with ``text``, the message before it; its id. The answer is message 2 of the two."""
        self.turns += 1
        seq = 2 * self.turns - 1
        if text:
            said = {"seq": seq, "author": Author.CITIZEN.value, "body": {"text": text}, "created_at": when}
            self.connection.execute(
                insert(message).values(
                    conversation_id=who, channel="web", message_id=f"m{self.turns}", **said
                )
            )
        row = {
            "channel": Channel.WEB.value,
            "intent": Intent.ASK_FEE.value,
            "confidence": 0.9,
            "accented": True,
            "elapsed_ms": 200.0,
            **values,
        }
        made = self.connection.execute(
            insert(turn).values(
                conversation_id=who,
                message_id=f"m{self.turns}",
                seq=seq,
                answer_seq=seq + 1,
                outcome=outcome.value,
                procedure_code=code,
                candidates=[],
                sources=[],
                revision=1,
                at=when,
                **row,
            )
        )
        return int(made.inserted_primary_key[0])

    def thumb(self, who: str, number: int, up: bool, when: float) -> None:
        """Of the answer of the turn with this number, counted from 1."""
        record(self.connection, who, Kind.THUMB, 1 if up else -1, when, seq=2 * number)

    def grade(self, who: str, score: int, when: float) -> None:
        record(self.connection, who, Kind.VISIT, score, when)

    def step(self, draft: str, step: Milestone, when: float, reason: DropOff | None = None) -> None:
        self.connection.execute(
            insert(milestone).values(
                draft_id=draft,
                step=step.value,
                procedure_code="1.000001",
                channel="web",
                reason=reason.value if reason else None,
                at=when,
            )
        )

    def handoff(self, who: str, cause: Cause, opened: float, claimed: float | None = None) -> int:
        """``claimed``: seconds after it was opened; it ends at once with the claim."""
        taken = None if claimed is None else opened + claimed
        number = self.connection.execute(
            identity.select().where(identity.c.conversation_id == who).with_only_columns(identity.c.id)
        ).scalar_one()
        made = self.connection.execute(
            insert(handoff).values(
                conversation_id=who,
                identity_id=number,
                channel="web",
                state="waiting" if taken is None else "ended",
                cause=cause.value,
                opened_at=opened,
                claimed_at=taken,
                answered_at=taken,
                ended_at=taken,
                changed_at=taken or opened,
            )
        )
        return int(made.inserted_primary_key[0])
