"""All contenders beside each other, as one report."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.evaluation.machine import load, machine
from bot.evaluation.rivals.measuring import aside
from bot.load.contenders import CONTENDERS, Models, Truth
from bot.load.expecting import LOCAL, wanted_of
from bot.load.figures import summary
from bot.load.ground import Ground
from bot.load.measuring import CONCURRENCIES, Course, measure, rotated
from bot.load.traffic import EXPONENT, Traffic, as_they_come, cold, dealt, repeats
from bot.load.visit import Answers, Script

_WARM_UP = 20


def course(scripts: Sequence[Script], warm_up: Sequence[Script], messages: int, seconds: float) -> Course:
    """``messages`` at every concurrency. Raises ``traffic.TooFewError``."""
    sizes = [messages] * len(CONCURRENCIES)
    warm = list(warm_up)[:_WARM_UP]
    kinds = {
        # One more for each phase: a script of two messages may end beyond its phase.
        Traffic.COLD: cold(scripts, sum(sizes) + len(sizes)),
        Traffic.AS_THEY_COME: as_they_come(scripts, sum(sizes) + len(sizes)),
    }
    return Course(
        {kind: dict(zip(CONCURRENCIES, dealt(drawn, sizes), strict=True)) for kind, drawn in kinds.items()},
        warm,
        seconds,
    )


def expected(ground: Ground, models: Models, asked: Sequence[Script], channel: str = LOCAL) -> Answers:
    """The right replies, found in another process: its memory and caches are not those of the bench."""
    with ground.sqlite() as databases:
        settings = ground.settings(databases)
        answers: Answers = aside(wanted_of, settings, models.ours, asked, channel)
    return answers


def scripts_of(course: Course) -> list[Script]:
    """All that is asked, each once."""
    phases = [script for kind in course.phases.values() for part in kind.values() for script in part]
    return list(dict.fromkeys([*course.warm_up, *phases]))


def side_by_side(
    ground: Ground,
    models: Models,
    course: Course,
    names: Sequence[str],
    repeat: int,
    say: Callable[[str], object] = lambda line: None,
) -> dict[str, Any]:
    """``{"machine", "load", "plan", "runs", "contenders", "shown"}``; ``say`` hears of each run. Raises what
    a contender's ``open`` raises.
    """
    before = load()
    answers: Answers = {}
    if any(CONTENDERS[name].truth is Truth.ASSISTANT for name in names):
        say("các câu trả lời đúng")
        answers = expected(ground, models, scripts_of(course))
    runs = []
    for number, name in rotated(names, repeat):
        for kind in course.phases:
            say(f"vòng {number + 1}: {CONTENDERS[name].title}, {kind.value}")
            runs.append(measure(CONTENDERS[name], ground, models, course, kind, number, answers))
    found = summary(runs)
    return {
        "machine": machine(),
        "load": (before, load()),
        "plan": _plan(course, repeat),
        "runs": runs,
        "contenders": {
            name: {"title": CONTENDERS[name].title, "workers": CONTENDERS[name].workers, **found[name]}
            for name in CONTENDERS
            if name in found
        },
        "shown": _shown(runs),
    }


def _plan(course: Course, repeat: int) -> dict[str, Any]:
    drawn = [script for part in course.phases[Traffic.AS_THEY_COME].values() for script in part]
    most = max(sum(map(len, part)) for kind in course.phases.values() for part in kind.values())
    return {
        "repeat": repeat,
        "messages": most,
        "seconds": course.seconds,
        "exponent": EXPONENT,
        "repeats": round(repeats(drawn), 4),
    }


def _shown(runs: Sequence[Mapping[str, Any]]) -> list[str]:
    """The first fault of every contender that has one."""
    found: dict[str, str] = {}
    for run in runs:
        for phase in run["phases"].values():
            for line in phase["shown"]:
                found.setdefault(run["contender"], f"{CONTENDERS[run['contender']].title}: {line}")
    return list(found.values())
