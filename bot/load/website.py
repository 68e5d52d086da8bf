"""A message's whole road: from a browser through gateway, assistant and database, and back."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from bot.evaluation.bench import spread
from bot.evaluation.machine import load, machine
from bot.load.browser import Browser
from bot.load.contenders import POSTGRES, SQLITE, Models
from bot.load.crowd import Crowd, address
from bot.load.figures import middle
from bot.load.ground import Ground
from bot.load.ports import free_port
from bot.load.process_tree import cpu_seconds, memory
from bot.load.running import started
from bot.load.visit import Answers, Script, Visit, visits
from bot.serving.run import services

MESSAGES = 5
"""Of one citizen: as many as the website takes at once."""
AT_ONCE = 8
ASSISTANT, GATEWAY, DATABASE = "assistant", "gateway", "database"
STORES = (SQLITE, POSTGRES)
_WARM_UP = 8
_SHOWN = 5
_NOBODY = Visit("", ())


@dataclass(frozen=True)
class Road:
    """Processes by part (``ASSISTANT`` …) and the address of the gateway."""

    url: str
    pids: Mapping[str, tuple[int, ...]]

    def work(self) -> dict[str, float]:
        """Seconds of CPU so far, by part."""
        return {part: cpu_seconds(pids) for part, pids in self.pids.items()}


def talks(scripts: Sequence[Script], size: int = MESSAGES) -> list[Script]:
    """The same messages in the same order, so many of each citizen; what is left over is not said."""
    texts = [text for script in scripts for text in script]
    return [tuple(texts[start : start + size]) for start in range(0, len(texts) - size + 1, size)]


def website(
    ground: Ground,
    models: Models,
    names: Sequence[str],
    scripts: Sequence[Script],
    answers: Answers,
    repeat: int,
    idle: float = 10.0,
    say: Callable[[str], object] = lambda line: None,
) -> dict[str, Any]:
    """``{"machine", "load", "runs", "stores"}``: the scripts on each store of ``names`` in turns; by store
    the medians of what ``measured`` gives. ``idle``: seconds for which it is watched without a message.
    """
    before, runs = load(), []
    for number in range(repeat):
        for name in names:
            say(f"vòng {number + 1}: {name}")
            with _opened(name, ground, models) as road:
                coming = visits(scripts, f"{name}-{number}", answers)
                asyncio.run(Crowd(road.url, coming[:_WARM_UP]).run(AT_ONCE))
                runs.append({"store": name, **asyncio.run(measured(road, coming[_WARM_UP:], idle))})
    stores = {name: _middle([run for run in runs if run["store"] == name]) for name in names}
    return {"machine": machine(), "load": (before, load()), "runs": runs, "stores": stores}


async def measured(road: Road, coming: Sequence[Visit], idle: float) -> dict[str, Any]:
    """``{"messages", "msg_s", "p50", "p95", "p99", "cpu_ms", "idle_ms_s", "rss_mb", "faults", "shown"}``:
    ``idle_ms_s`` is the work a second by part while browsers listen and nobody writes, ``cpu_ms`` that of a
    message without it. Only right answers count.
    """
    resting = await _resting(road, idle)
    crowd, before, began = Crowd(road.url, coming), road.work(), time.perf_counter()
    await crowd.run(AT_ONCE)
    seconds, after = time.perf_counter() - began, road.work()
    spent = {part: after[part] - before[part] for part in after}
    return {
        "messages": len(crowd.times_ms),
        "msg_s": round(len(crowd.times_ms) / seconds, 1),
        **spread(crowd.times_ms),
        "cpu_ms": each(spent, resting, seconds, len(crowd.times_ms)),
        "idle_ms_s": {part: round(work * 1000, 1) for part, work in resting.items()},
        "rss_mb": {part: memory(pids).rss for part, pids in road.pids.items()},
        "faults": dict(crowd.checker.faults),
        "shown": crowd.checker.shown,
    }


def each(
    spent: Mapping[str, float], resting: Mapping[str, float], seconds: float, messages: int
) -> dict[str, float | None]:
    """Milliseconds of work of one message by part: what was ``spent`` in so many seconds, without what a
    second takes when nobody writes; None of no messages.
    """
    if not messages:
        return dict.fromkeys(spent)
    return {
        part: round((work - resting[part] * seconds) * 1000 / messages, 2) for part, work in spent.items()
    }


async def _resting(road: Road, seconds: float) -> dict[str, float]:
    async with AsyncExitStack() as stack:
        for number in range(AT_ONCE):
            await stack.enter_async_context(Browser.at(road.url, address(number)))
        before = road.work()
        await asyncio.sleep(seconds)
        after = road.work()
    return {part: (after[part] - before[part]) / seconds for part in after}


@contextmanager
def _opened(name: str, ground: Ground, models: Models) -> Iterator[Road]:
    with ground.postgres() if name == POSTGRES else ground.sqlite() as databases:
        settings = ground.settings(databases).copy(update={"gateway_port": free_port()})
        assistant, gateway, *_ = services(settings, models.ours)
        with ExitStack() as stack:
            pids = {
                part: stack.enter_context(started([service], [], _NOBODY)).pids
                for part, service in ((ASSISTANT, assistant), (GATEWAY, gateway))
            }
            if name == POSTGRES:
                pids[DATABASE] = (ground.postgres_server().pid,)
            yield Road(settings.gateway_url, pids)


def _middle(runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    parts = runs[0]["cpu_ms"]
    return {
        **{name: middle(run[name] for run in runs) for name in ("messages", "msg_s", "p50", "p95", "p99")},
        **{
            name: {part: middle(run[name][part] for run in runs) for part in parts}
            for name in ("cpu_ms", "idle_ms_s")
        },
        "rss_mb": {part: middle(run["rss_mb"][part] for run in runs) for part in (ASSISTANT, GATEWAY)},
        "faults": sum((Counter(run["faults"]) for run in runs), Counter()),
        "shown": [line for run in runs for line in run["shown"]][:_SHOWN],
    }
