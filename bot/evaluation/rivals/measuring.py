"""Contenders asked the same questions, each in a process of its own, so that memory can be told apart."""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from bot.evaluation.machine import resident_mb
from bot.evaluation.rivals.guess import Guess, Guesser

P = ParamSpec("P")
Result = TypeVar("Result")

WARM_UP = 20


@dataclass(frozen=True)
class Run:
    """Guesses, with milliseconds by the clock and of work on a core in the same order. Only work can be
    compared where other programs want the cores, too.
    """

    guesses: tuple[Guess, ...]
    times_ms: tuple[float, ...]
    work_ms: tuple[float, ...]


@dataclass(frozen=True)
class Measured:
    """``build_s``: seconds until the first question can be asked; ``memory_mb``: what that took up;
    ``runs``: by name of the list of questions.
    """

    build_s: float
    memory_mb: float
    runs: Mapping[str, Run]


def measure(opening: Callable[[], Guesser], questions: Mapping[str, Sequence[str]]) -> Measured:
    """Open a contender and ask it every list of questions, the first few once before the clock runs."""
    gc.collect()
    before, started = resident_mb(), time.perf_counter()
    guesser = opening()
    built = time.perf_counter() - started
    gc.collect()
    memory = resident_mb() - before
    for asked in questions.values():
        for question in asked[:WARM_UP]:
            guesser(question)
    return Measured(built, memory, {name: _run(guesser, asked) for name, asked in questions.items()})


def aside(work: Callable[P, Result], *arguments: P.args, **named: P.kwargs) -> Result:
    """The result of ``work`` done in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(work, *arguments, **named).result()


def _run(guesser: Guesser, questions: Sequence[str]) -> Run:
    guesses, times, work = [], [], []
    for question in questions:
        worked, started = time.process_time(), time.perf_counter()
        guesses.append(guesser(question))
        times.append((time.perf_counter() - started) * 1000)
        work.append((time.process_time() - worked) * 1000)
    return Run(tuple(guesses), tuple(times), tuple(work))
