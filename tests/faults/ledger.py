"""What was said, kept and answered, seen from both ends of the gateway."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.channels.tables import inbox
from bot.conversations.channel import Channel

LOOK_SECONDS = 0.1
# On PostgreSQL a row with a smaller id may become visible after one with a larger.
_LATE_ROWS = 200


@dataclass
class Question:
    """One message of one citizen. ``received_at``: when the gateway had it for good, POSIX seconds."""

    channel: Channel
    citizen: int
    place: int
    text: str
    received_at: float | None = None

    @property
    def answer(self) -> str:
        return f"đáp {self.text}"


@dataclass
class Ledger:
    """``heard``: texts at each citizen's end in the order they came. ``offered``: questions whose answer the
    citizen asked for again because it had not come.
    """

    engine: Engine
    questions: dict[str, Question] = field(default_factory=dict)
    heard: defaultdict[tuple[Channel, int], list[str]] = field(default_factory=lambda: defaultdict(list))
    offered: set[str] = field(default_factory=set)
    _kept: defaultdict[str, asyncio.Event] = field(default_factory=lambda: defaultdict(asyncio.Event))
    _seen: int = 0

    def ask(self, channel: Channel, citizen: int, place: int) -> str:
        """The text of a citizen's ``place``-th message; unlike any other."""
        text = f"câu {place} của người {citizen} qua {channel.value}"
        self.questions[text] = Question(channel, citizen, place, text)
        return text

    async def kept(self, texts: Iterable[str]) -> None:
        """Once the gateway has them all in its database."""
        for text in texts:
            await self._kept[text].wait()

    async def watch(self) -> None:
        """Read the gateway's inbox until cancelled."""
        while True:
            await asyncio.to_thread(self._look)
            for text, question in self.questions.items():
                if question.received_at is not None:
                    self._kept[text].set()
            await asyncio.sleep(LOOK_SECONDS)

    def _look(self) -> None:
        query = select(inbox.c.id, inbox.c.body, inbox.c.received_at).where(
            inbox.c.id > self._seen - _LATE_ROWS
        )
        with self.engine.connect() as connection:
            for row in connection.execute(query):
                question = self.questions.get(row.body.get("text", ""))
                if question is not None:
                    question.received_at = row.received_at
                self._seen = max(self._seen, row.id)

    def answered(self) -> Counter[str]:
        """How often each question was answered."""
        said = Counter(text for texts in self.heard.values() for text in texts)
        return Counter({text: said[question.answer] for text, question in self.questions.items()})

    def missing(self, channel: Channel, citizen: int) -> list[Question]:
        """Questions of a citizen without an answer so far."""
        there = set(self.heard[channel, citizen])
        return [
            question
            for question in self.questions.values()
            if (question.channel, question.citizen) == (channel, citizen) and question.answer not in there
        ]

    def out_of_order(self, reorder: float) -> tuple[list[tuple[str, str]], int]:
        """Pairs (earlier, later) of questions answered the other way round without a reason, and the number
        of pairs with one: the earlier question reached the gateway more than ``reorder`` seconds after the
        later. Answers the citizen asked for again come when asked for.
        """
        wrong, excused = [], 0
        by_answer = {question.answer: question for question in self.questions.values()}
        for texts in self.heard.values():
            told = [by_answer[text] for text in dict.fromkeys(texts) if text in by_answer]
            told = [question for question in told if question.text not in self.offered]
            for index, later in enumerate(told):
                for earlier in told[index + 1 :]:
                    if earlier.place > later.place:
                        continue
                    assert earlier.received_at is not None and later.received_at is not None
                    if earlier.received_at > later.received_at + reorder:
                        excused += 1
                    else:
                        wrong.append((earlier.text, later.text))
        return wrong, excused
