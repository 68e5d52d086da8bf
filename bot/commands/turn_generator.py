"""Turns as citizens might have made them, as many as wanted: the same seed makes the same."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import Table, insert
from sqlalchemy.engine import Connection, Engine

from bot.answers.intent import ABOUT_A_PROCEDURE, Intent
from bot.answers.outcome import Outcome
from bot.conversations.channel import Author, Channel
from bot.conversations.feedback import Kind
from bot.conversations.tables import conversation, feedback, message, turn
from bot.reviews.tables import turn_label
from bot.reviews.verdict import Verdict
from bot.staff.tables import staff_account

_BATCH = 5_000
_OPEN = 2_000
"""Conversations that go on at the same time."""
PROCEDURES = 2_000
_DAYS = 180
_WORDS = (
    "làm giấy khai sinh cho con cần những gì đăng ký kết hôn lệ phí bao nhiêu nộp ở đâu mấy ngày có".split()
)
_OUTCOMES = {
    Outcome.ANSWERED: 60,
    Outcome.ASKED_BACK: 15,
    Outcome.GUIDED: 8,
    Outcome.NO_DATA: 6,
    Outcome.COURTESY: 6,
    Outcome.HANDED_OFF: 3,
    Outcome.OUT_OF_SCOPE: 1.5,
    Outcome.ERROR: 0.5,
}


@dataclass
class Generator:
    """``until``: POSIX seconds of the last turn; the turns are spread over the half year before."""

    until: float
    seed: int = 1
    _random: Random = field(init=False)
    _seqs: dict[str, int] = field(init=False, default_factory=dict)
    _last: dict[str, tuple[str, Intent]] = field(init=False, default_factory=dict)
    _intents: list[Intent] = field(init=False, default_factory=lambda: sorted(ABOUT_A_PROCEDURE))

    def __post_init__(self) -> None:
        self._random = Random(self.seed)

    def fill(self, engine: Engine, count: int) -> None:
        """Write ``count`` turns with their conversations, messages, thumbs and labels."""
        with engine.begin() as connection:
            values = {"login": "bench", "name": "Bench", "roles": [], "active": False, "created_at": 0.0}
            account = connection.execute(insert(staff_account).values(values)).inserted_primary_key[0]
        for start in range(0, count, _BATCH):
            rows: dict[Table, list[dict[str, Any]]] = {
                table: [] for table in (conversation, message, turn, feedback, turn_label)
            }
            for number in range(start, min(start + _BATCH, count)):
                for table, row in self._turn(number, count, account):
                    rows[table].append(row)
            with engine.begin() as connection:
                self._write(connection, rows)

    @staticmethod
    def _write(connection: Connection, rows: dict[Table, list[dict[str, Any]]]) -> None:
        for table, some in rows.items():
            if some:
                connection.execute(insert(table), some)

    def _turn(self, number: int, count: int, account: int) -> Iterator[tuple[Table, dict[str, Any]]]:
        random, at = self._random, self.until - _DAYS * 86_400 * (1 - number / count)
        # One in ten citizens writes more often than the others.
        often = random.random() < 0.2
        here = f"{random.randrange(_OPEN // 10 if often else _OPEN) + number // (4 * _OPEN) * _OPEN:032x}"
        if here not in self._seqs:
            self._seqs[here] = 0
            yield conversation, {"id": here, "last_seq": 0, "created_at": at, "active_at": at}
        seq = self._seqs[here] + 1
        self._seqs[here] = seq + 1
        channel = random.choices(list(Channel), (70, 25, 5))[0].value
        words = " ".join(random.choices(_WORDS, k=random.randint(3, 12)))
        said = ((seq, Author.CITIZEN, words), (seq + 1, Author.ASSISTANT, words * 4))
        for place, author, text in said:
            yield (
                message,
                {
                    "conversation_id": here,
                    "seq": place,
                    "author": author.value,
                    "channel": channel,
                    "message_id": f"m{number}" if author is Author.CITIZEN else None,
                    "body": {"text": text},
                    "created_at": at,
                },
            )
        codes = [f"{int(random.random() ** 3 * PROCEDURES) / 1000:.3f}" for _ in range(5)]
        intent = random.choice(self._intents)
        if random.random() < 0.1:
            codes[0], intent = self._last.get(here, (codes[0], intent))
        self._last[here] = (codes[0], intent)
        best = round(random.betavariate(5, 2), 3)
        found = random.random() < 0.8
        yield (
            turn,
            {
                "id": number + 1,
                "conversation_id": here,
                "message_id": f"m{number}",
                "seq": seq,
                "answer_seq": seq + 1,
                "channel": channel,
                "intent": intent.value,
                "confidence": round(random.betavariate(8, 2), 3),
                "outcome": random.choices(list(_OUTCOMES), list(_OUTCOMES.values()))[0].value,
                "procedure_code": codes[0] if found else None,
                "best_score": best if found else None,
                "candidates": [{"code": code, "score": best / place} for place, code in enumerate(codes, 1)],
                "sources": [{"code": codes[0], "date": "2026-10-01"}] if found else [],
                "accented": random.random() < 0.6,
                "revision": 1,
                "model": "bench",
                "elapsed_ms": round(random.expovariate(1 / 80), 1),
                "flagged_at": at if random.random() < 0.0005 else None,
                "at": at,
            },
        )
        if random.random() < 0.03:
            yield (
                feedback,
                {
                    "conversation_id": here,
                    "seq": seq + 1,
                    "kind": Kind.THUMB.value,
                    "score": random.choice((1, 1, -1)),
                    "created_at": at,
                },
            )
        if random.random() < 0.002:
            yield (
                turn_label,
                {
                    "turn_id": number + 1,
                    "account_id": account,
                    "verdict": random.choice(list(Verdict)).value,
                    "at": at,
                },
            )
