"""Hours of the same traffic: does anything leak?"""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from bot.evaluation.machine import load, machine
from bot.load.contenders import CONTENDERS, Models
from bot.load.driver import Plan
from bot.load.ground import Ground
from bot.load.leaks import Sample
from bot.load.measuring import measured
from bot.load.process_tree import held
from bot.load.running import Running
from bot.load.visit import Answers, Script
from bot.serving.health import tasks

_CONCURRENCY = 16


def soak(
    ground: Ground,
    models: Models,
    name: str,
    scripts: Sequence[Script],
    answers: Answers,
    minutes: float,
    every: float = 5.0,
    say: Callable[[str], object] = lambda line: None,
) -> dict[str, Any]:
    """``{"machine", "load", "contender", "minutes", "figures", "samples"}``: the scripts over and over by
    new citizens, 16 at once, all replies checked, and every so many seconds what the servers hold.
    """
    contender = CONTENDERS[name]
    coming = contender.visits(scripts, "soak", answers)
    before = load()
    with contender.open(ground, models, coming[0]) as running:
        sampler = _Sampler(running, every, say)
        sampler.start()
        try:
            plan = Plan(running.urls, coming[1:], _CONCURRENCY, minutes * 60, again=True)
            figures = measured(running, plan)
        finally:
            sampler.end()
    return {
        "machine": machine(),
        "load": (before, load()),
        "contender": name,
        "minutes": minutes,
        "figures": figures,
        "samples": [msgspec.to_builtins(sample) for sample in sampler.samples],
    }


class _Sampler(threading.Thread):
    def __init__(self, running: Running, every: float, say: Callable[[str], object]) -> None:
        super().__init__(daemon=True)
        self._running, self._every, self._say = running, every, say
        self._ended = threading.Event()
        self.samples: list[Sample] = []

    def run(self) -> None:
        began = time.perf_counter()
        while True:
            used = held(self._running.pids)
            connections = self._running.connections
            sample = Sample(
                round(time.perf_counter() - began, 1),
                used.rss_mb,
                used.files,
                used.sockets,
                connections() if connections else used.database_files,
                used.threads,
                sum(tasks(f"{url}/health") for url in self._running.urls),
            )
            self.samples.append(sample)
            self._say(f"{sample.at:g} s: {sample.rss_mb:g} MB, {sample.files} tệp, {sample.tasks} tác vụ")
            if self._ended.wait(self._every):
                return

    def end(self) -> None:
        """No more samples."""
        self._ended.set()
        self.join()
