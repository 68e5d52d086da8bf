"""Servers under measurement: started, waited for until they answer rightly, and ended whatever happens."""

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec

from bot.load.checker import Checker
from bot.load.ground import Databases
from bot.load.visit import Visit
from bot.serving.child import Child, Service
from bot.serving.health import answers, send

_PATIENCE = 600.0
_GOING = 20.0
_PAUSE = 0.05


class StartError(Exception):
    """A server did not come up; the message ends with the last lines of its log."""


@dataclass(frozen=True)
class Running:
    """``pids``: what we started, each with all that it started. ``database_pids``: of a database server,
    ``connections`` counts those to it. ``start_s``: seconds until every one of ``urls`` had given its first
    right reply.
    """

    urls: tuple[str, ...]
    pids: tuple[int, ...]
    start_s: float
    database_pids: tuple[int, ...] = ()
    connections: Callable[[], int] | None = None
    databases: Databases | None = None


@contextmanager
def started(services: Sequence[Service], urls: Sequence[str], first: Visit) -> Iterator[Running]:
    """The services until the end of the block, once they are healthy and every one of ``urls`` says the right
    thing to the first message of ``first``. Raises ``StartError`` when one ends or takes ten minutes.
    """
    children: list[Child] = []
    began = time.perf_counter()
    try:
        for service in services:
            children.append(Child(service))
        until = began + _PATIENCE
        while not all(answers(child.service.health_url) for child in children):
            _look(children, until)
            time.sleep(_PAUSE)
        for url in urls:
            _wait(children, url, first, until)
        yield Running(
            tuple(urls), tuple(child.pid for child in children), round(time.perf_counter() - began, 2)
        )
    finally:
        _end(children)


def _wait(children: Sequence[Child], url: str, first: Visit, until: float) -> None:
    number = 0
    while True:
        number += 1
        visit = msgspec.structs.replace(first, sender=f"{first.sender}-{number}", fresh=True)
        try:
            said = send(url, visit.sender, visit.messages[0].text)
        except (OSError, ValueError):
            said = []
        checker = Checker()
        if said and checker.look(visit, 0, 200, msgspec.json.encode(said)) is None:
            return
        _look(children, until, checker.shown)
        time.sleep(_PAUSE)


def _look(children: Sequence[Child], until: float, shown: Sequence[str] = ()) -> None:
    for child in children:
        late = time.perf_counter() > until
        if late or child.exit_code() is not None:
            reason = "does not answer rightly" if late else f"ended with {child.exit_code()}"
            raise StartError("\n".join([f"{child.service.name} {reason}", *shown, child.last_lines()]))


def _end(children: Sequence[Child]) -> None:
    for child in children:
        child.signal(signal.SIGTERM)
    until = time.perf_counter() + _GOING
    while time.perf_counter() < until and any(child.exit_code() is None for child in children):
        time.sleep(_PAUSE)
    for child in children:
        # Also what outlived the process that started it.
        child.signal(signal.SIGKILL)
        child.wait()
