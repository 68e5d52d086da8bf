"""How the cost of a turn grows with the conversation, with stored conversations and with citizens at once."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from random import Random
from typing import Any

import msgspec

from bot.evaluation.machine import load, machine
from bot.load.contenders import CONTENDERS, POSTGRES, SQLITE, Models
from bot.load.driver import Plan, drive_aside
from bot.load.filling import fill, name_of
from bot.load.ground import Ground
from bot.load.measuring import measured
from bot.load.running import Running
from bot.load.traffic import SEED, as_they_come
from bot.load.visit import Message, Script, Visit, visits

LENGTHS = (10, 100, 1_000)
STORED = (1_000, 100_000, 1_000_000)
CONCURRENCIES = (1, 4, 16, 64, 128, 256)
_SAME = 20
_CITIZENS = 16

Say = Callable[[str], object]


def grow(
    ground: Ground,
    models: Models,
    scripts: Sequence[Script],
    messages: int,
    repeat: int,
    lengths: Sequence[int] = LENGTHS,
    stored: Sequence[int] = STORED,
    concurrencies: Sequence[int] = CONCURRENCIES,
    say: Say = lambda line: None,
) -> dict[str, Any]:
    """``{"machine", "load", "conversation", "stored", "concurrency"}``: of the last three a list of
    ``{"contender", "size", **figures}``, ``repeat`` of each size. All texts are known to the process, so that
    nothing but the size differs.
    """
    before = load()
    questions = [script[0] for script in scripts if len(script) == 1]
    drawn = as_they_come(scripts, messages)
    report: dict[str, Any] = {
        "conversation": list(_conversations(ground, models, questions[:_SAME], lengths, repeat, say)),
        "stored": [],
        "concurrency": [],
    }
    for name in (SQLITE, POSTGRES):
        report["stored"] += _stored(ground, models, name, drawn, stored, repeat, say)
        report["concurrency"] += _crowds(ground, models, name, drawn, concurrencies, repeat, say)
    return {"machine": machine(), "load": (before, load()), **report}


def conversation(texts: Sequence[str], sender: str, length: int) -> Visit:
    """A conversation that goes round the texts and ends with the last of them after ``length`` messages."""
    said = (texts[(place - length) % len(texts)] for place in range(length))
    return Visit(sender, tuple(map(Message, said)), fresh=False)


def _conversations(
    ground: Ground, models: Models, texts: Sequence[str], lengths: Sequence[int], repeat: int, say: Say
) -> Iterator[dict[str, Any]]:
    """The same messages after so many others of the same citizens."""
    with _opened(ground, models, SQLITE, [tuple(texts)]) as running:
        for number in range(repeat):
            reached = 0
            for length in lengths:
                say(f"hội thoại {length} tin, lần {number + 1}")
                names = [f"long-{number}-{citizen}" for citizen in range(_CITIZENS)]
                before = [conversation(texts, name, length - reached) for name in names]
                drive_aside(Plan(running.urls, before, _CITIZENS))
                block = [conversation(texts, name, len(texts)) for name in names]
                found = measured(running, Plan(running.urls, block, 1))
                reached = length + len(texts)
                yield {"contender": SQLITE, "size": length, **found}


def _stored(
    ground: Ground,
    models: Models,
    name: str,
    drawn: Sequence[Script],
    sizes: Sequence[int],
    repeat: int,
    say: Say,
) -> Iterator[dict[str, Any]]:
    """Citizens who come back, among so many whose conversations are kept."""
    with _opened(ground, models, name, drawn) as running:
        held = 0
        for size in sizes:
            say(f"{CONTENDERS[name].title}: {size} hội thoại đã lưu")
            assert running.databases is not None
            fill(running.databases, held, size)
            held = size
            for number in range(repeat):
                known = Random(SEED + number).sample(range(size), min(len(drawn), size))
                coming = [
                    msgspec.structs.replace(visit, sender=name_of(row), fresh=False)
                    for row, visit in zip(known, visits(drawn, ""), strict=False)
                ]
                yield {
                    "contender": name,
                    "size": size,
                    **measured(running, Plan(running.urls, coming, 16)),
                }


def _crowds(
    ground: Ground,
    models: Models,
    name: str,
    drawn: Sequence[Script],
    sizes: Sequence[int],
    repeat: int,
    say: Say,
) -> Iterator[dict[str, Any]]:
    """So many citizens at once."""
    with _opened(ground, models, name, drawn) as running:
        for number in range(repeat):
            for size in sizes:
                say(f"{CONTENDERS[name].title}: {size} người cùng lúc, lần {number + 1}")
                coming = visits(drawn, f"crowd-{number}-{size}")
                yield {
                    "contender": name,
                    "size": size,
                    **measured(running, Plan(running.urls, coming, size)),
                }


@contextmanager
def _opened(ground: Ground, models: Models, name: str, warm: Sequence[Script]) -> Iterator[Running]:
    """A contender that has answered all of ``warm`` once."""
    coming = visits(warm, "warm")
    contender = CONTENDERS[name]
    with contender.open(ground, models, coming[0]) as running:
        drive_aside(Plan(running.urls, coming, _CITIZENS))
        yield running
