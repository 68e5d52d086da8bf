"""Who is measured side by side, and how each is started."""

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

import yaml

from bot.load.ground import Ground
from bot.load.ports import free_port
from bot.load.running import Running, started
from bot.load.stock import ALL_CORES
from bot.load.visit import Answers, Script, Visit, echoed, visits
from bot.serving.child import Service
from bot.serving.run import services
from bot.settings import Settings


class Truth(str, Enum):
    """What replies are compared with."""

    ASSISTANT = "assistant"
    """Those of the assistant in one process."""
    ECHO = "echo"
    """The message itself."""
    ITSELF = "itself"
    """Its own earlier replies: another model answers differently."""


@dataclass(frozen=True)
class Models:
    """Trained on the same data."""

    ours: Path
    stock: Path | None = None


Open = Callable[[Ground, Models, Visit], AbstractContextManager[Running]]


@dataclass(frozen=True)
class Contender:
    """``workers``: processes that answer, each for its share of citizens. ``open`` starts it, and waits until
    it has answered the first message of a visit rightly.
    """

    name: str
    title: str
    truth: Truth
    open: Open
    workers: int = 1

    def visits(self, scripts: Sequence[Script], name: str, answers: Answers) -> list[Visit]:
        """With the replies this contender has to give."""
        if self.truth is Truth.ECHO:
            answers = {script: echoed(script) for script in scripts}
        return visits(scripts, name, None if self.truth is Truth.ITSELF else answers)


@contextmanager
def _stock(ground: Ground, models: Models, first: Visit) -> Iterator[Running]:
    assert models.stock is not None
    with ground.sqlite() as databases:
        settings = ground.settings(databases, "rasa")
        endpoints = Path(databases.tracker.removeprefix("sqlite:///")).with_name("endpoints.yml")
        endpoints.write_text(
            yaml.safe_dump({"action_endpoint": {"url": f"{settings.action_url}/webhook"}}), encoding="utf-8"
        )
        actions, rasa, *_ = services(settings, models.stock)
        command = [str(endpoints) if part == "endpoints.yml" else part for part in rasa.command]
        plain = {"COMPRESS_ACTION_SERVER_REQUEST": "false", **ALL_CORES}
        both = [
            replace(service, environment={**service.environment, **plain})
            for service in (actions, replace(rasa, command=command))
        ]
        with started(both, settings.rasa_urls, first) as running:
            yield running


@contextmanager
def _rasa(ground: Ground, models: Models, first: Visit) -> Iterator[Running]:
    with ground.sqlite() as databases:
        settings = ground.settings(databases, "rasa")
        with started(services(settings, models.ours)[:2], settings.rasa_urls, first) as running:
            yield running


def _sqlite(processes: int) -> Open:
    @contextmanager
    def opened(ground: Ground, models: Models, first: Visit) -> Iterator[Running]:
        with ground.sqlite() as databases:
            settings = ground.settings(databases, processes=processes)
            with started(_engines(settings, models.ours), settings.rasa_urls, first) as running:
                yield replace(running, databases=databases)

    return opened


def _postgres(processes: int) -> Open:
    @contextmanager
    def opened(ground: Ground, models: Models, first: Visit) -> Iterator[Running]:
        with ground.postgres() as databases:
            server = ground.postgres_server()
            settings = ground.settings(databases, processes=processes)
            with started(_engines(settings, models.ours), settings.rasa_urls, first) as running:
                yield replace(
                    running,
                    database_pids=(server.pid,),
                    connections=server.connections,
                    databases=databases,
                )

    return opened


@contextmanager
def _floor(ground: Ground, _models: Models, first: Visit) -> Iterator[Running]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "bot.load.floor", str(port)]
    service = Service("floor", command, f"{url}/health", ground.folder / "log" / "floor.log")
    with started([service], [url], first) as running:
        yield running


def _engines(settings: Settings, model: Path) -> list[Service]:
    """The processes that answer, without the gateway and the console."""
    return list(services(settings, model)[: settings.engine_processes])


STOCK, SQLITE, SQLITE_TWO, POSTGRES, POSTGRES_TWO, RASA, FLOOR = (
    "stock",
    "sqlite",
    "sqlite2",
    "postgres",
    "postgres2",
    "rasa",
    "floor",
)

CONTENDERS: Mapping[str, Contender] = {
    contender.name: contender
    for contender in (
        Contender(STOCK, "Rasa nguyên bản", Truth.ITSELF, _stock),
        Contender(RASA, "Của ta qua rasa run", Truth.ASSISTANT, _rasa),
        Contender(SQLITE, "Của ta, SQLite", Truth.ASSISTANT, _sqlite(1)),
        Contender(SQLITE_TWO, "Của ta, SQLite, 2 tiến trình", Truth.ASSISTANT, _sqlite(2), workers=2),
        Contender(POSTGRES, "Của ta, PostgreSQL", Truth.ASSISTANT, _postgres(1)),
        Contender(POSTGRES_TWO, "Của ta, PostgreSQL, 2 tiến trình", Truth.ASSISTANT, _postgres(2), workers=2),
        Contender(FLOOR, "Sàn: chỉ chép lại câu hỏi", Truth.ECHO, _floor),
    )
}
"""By name, in the order of the table."""
