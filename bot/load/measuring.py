"""One start of a contender, its citizens at every concurrency, and what that took."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.evaluation.bench import spread
from bot.load.contenders import Contender, Models
from bot.load.driver import Driven, Plan, drive_aside
from bot.load.ground import Ground
from bot.load.process_tree import cpu_seconds, memory
from bot.load.running import Running
from bot.load.traffic import Traffic
from bot.load.visit import Answers, Script

CONCURRENCIES = (1, 16, 64)


@dataclass(frozen=True)
class Course:
    """What every contender is asked. ``phases``: the scripts of each kind of traffic by concurrency;
    ``warm_up`` comes first and is not counted; ``seconds``: no phase asks longer.
    """

    phases: Mapping[Traffic, Mapping[int, Sequence[Script]]]
    warm_up: Sequence[Script]
    seconds: float


def rotated(names: Sequence[str], repeat: int) -> Iterator[tuple[int, str]]:
    """(number of the round, name), the first of a round the second of the one before: whoever comes later
    meets a warmer machine.
    """
    for number in range(repeat):
        start = number % len(names)
        for name in (*names[start:], *names[:start]):
            yield number, name


def measure(
    contender: Contender,
    ground: Ground,
    models: Models,
    course: Course,
    traffic: Traffic,
    number: int,
    answers: Answers,
) -> dict[str, Any]:
    """A run of one kind of traffic: ``{"contender", "repeat", "traffic", "start_s", "start_cpu_s", "rss_mb",
    "pss_mb", "processes", "phases"}``, the last by concurrency as ``figures_of`` has it.
    """
    said = f"{contender.name}-{number}-{traffic.value}"
    first, *rest = contender.visits(course.warm_up, f"{said}-warm", answers)
    with contender.open(ground, models, first) as running:
        starting = round(cpu_seconds(running.pids), 2)
        drive_aside(Plan(running.urls, rest, max(CONCURRENCIES)))
        phases = {
            str(concurrency): measured(
                running,
                Plan(
                    running.urls,
                    contender.visits(scripts, f"{said}-{concurrency}", answers),
                    concurrency,
                    course.seconds,
                ),
            )
            for concurrency, scripts in course.phases[traffic].items()
        }
        used = memory(running.pids)
    return {
        "contender": contender.name,
        "repeat": number,
        "traffic": traffic.value,
        "start_s": running.start_s,
        "start_cpu_s": starting,
        "rss_mb": used.rss,
        "pss_mb": used.pss,
        "processes": used.processes,
        "phases": phases,
    }


def measured(running: Running, plan: Plan, drive: Callable[[Plan], Driven] = drive_aside) -> dict[str, Any]:
    """The figures of one plan, with the work of the servers and of their database."""
    before = cpu_seconds(running.pids), cpu_seconds(running.database_pids)
    driven = drive(plan)
    after = cpu_seconds(running.pids), cpu_seconds(running.database_pids)
    return figures_of(driven, after[0] - before[0], after[1] - before[1])


def figures_of(driven: Driven, cpu_s: float, database_cpu_s: float) -> dict[str, Any]:
    """``{"messages", "seconds", "msg_s", "p50", "p95", "p99", "cpu_ms", "database_cpu_ms", "driver_cpu_ms",
    "faults", "shown"}``: only right replies count as messages; ``cpu_ms``: work a message on all cores, that
    of the database included; None of no messages.
    """
    n = driven.messages

    def each(seconds: float) -> float | None:
        return round(seconds * 1000 / n, 3) if n else None

    return {
        "messages": n,
        "seconds": round(driven.seconds, 2),
        "msg_s": round(n / driven.seconds, 1),
        **spread(driven.times_ms),
        "cpu_ms": each(cpu_s + database_cpu_s),
        "database_cpu_ms": each(database_cpu_s),
        "driver_cpu_ms": each(driven.cpu_s),
        "faults": driven.faults,
        "shown": list(driven.shown),
    }
