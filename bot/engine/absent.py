"""Leaves out libraries that Rasa imports at its start and an answering process never calls.

TensorFlow alone is 330 MB and most of the start of every worker, for policies and classifiers that are not
in ``config.yml``; others are of channels and stores of Rasa, or for training only (ADR 0018).
"""

import importlib.metadata
import inspect
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import FrameType, ModuleType
from typing import Any

RASA = "3.6.21"
UNUSED = frozenset(
    {
        # Of Rasa itself: channels, command line, training, testing.
        "rasa.cli.utils",
        *(
            f"rasa.core.channels.{name}"
            for name in (
                "botframework",
                "callback",
                "console",
                "facebook",
                "hangouts",
                "mattermost",
                "rasa_chat",
                "rest",
                "rocketchat",
                "slack",
                "socketio",
                "telegram",
                "twilio",
                "twilio_voice",
                "webexteams",
            )
        ),
        "rasa.core.test",
        "rasa.nlu.test",
        "rasa.telemetry",
        # Of numpy: what only training and others need.
        *(f"numpy.{name}" for name in ("ctypeslib", "fft", "ma", "polynomial", "random")),
        # Calendars that no holiday of Vietnam goes by.
        *(
            f"holidays.{kind}.{name}"
            for kind in ("calendars", "groups")
            for name in (
                "balinese_saka",
                "buddhist",
                "burmese",
                "ethiopian",
                "hebrew",
                "hindu",
                "islamic",
                "mandaean",
                "mongolian",
                "persian",
                "sinhala",
                "thai",
                "tibetan",
            )
        ),
        # Drivers of PostgreSQL other than ours.
        *(
            f"sqlalchemy.dialects.postgresql.{name}"
            for name in ("asyncpg", "pg8000", "psycopg2cffi", "pygresql", "pypostgresql")
        ),
        # Of others: policies and classifiers that are not used, requests to other servers, reminders, guesses
        # at the encoding of replies.
        "aiohttp",
        "aiormq",
        "apscheduler",
        "boto3",
        "botocore",
        "charset_normalizer",
        "dask",
        "joblib",
        "jsonschema",
        "jwt",
        "keras",
        "matplotlib",
        "prompt_toolkit",
        "pykwalify",
        "pymongo",
        "questionary",
        "sanic",
        "safetensors",
        "scipy",
        "sklearn",
        "sqlalchemy.ext.declarative",
        "sqlalchemy.orm",
        "structlog_sentry",
        "tensorflow",
        "tensorflow_addons",
        "tensorflow_hub",
        "tqdm",
        "uvicorn.supervisors",
    }
)
OPTIONAL = frozenset({"redis", "rich"})
"""Who imports these goes on without them where they are not installed: so they are not."""
GATHERING = frozenset({"holidays.countries"})
"""Packages that import all of their modules, where only one is asked for: they are left to be empty."""
DECLARED = "sqlalchemy.ext.declarative"
"""Asked for the base of Rasa's own tables, which are not used: they become plain classes."""
_PART_OF_ITS_CALLER = frozenset({"<dictcomp>", "<listcomp>", "_handle_fromlist"})


def leave_out(names: frozenset[str] = UNUSED) -> bool:
    """Stand in for these packages from now on; whether that was done.

    Nothing is done for another Rasa than the one this was tried with, or once one of them is loaded: then
    all is imported as ever. Meant for the first line of a process.
    """
    if importlib.metadata.version("rasa") != RASA or names & sys.modules.keys():
        return False
    sys.meta_path.insert(0, _Finder(names))
    return True


class AbsentError(RuntimeError):
    """Something was used that was left out."""


class _Kind(type):
    """Modules may name what is absent, inherit from it and decorate with it; functions may not use it."""

    def __getattr__(cls, name: str) -> "_Kind":
        return _of_absent(name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls is not Absent:
            return super().__call__(*args, **kwargs)
        _expect_module(sys._getframe(1))
        decorated = len(args) == 1 and not kwargs and callable(args[0])
        return args[0] if decorated else Absent


class Absent(metaclass=_Kind):
    """Any name of a package that was left out."""


class _AbsentModule(ModuleType):
    __path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name == "__version__":
            return importlib.metadata.version(self.__name__)
        return _of_absent(name)


def _of_absent(name: str) -> _Kind:
    if name.startswith("__"):
        raise AttributeError(name)
    _expect_module(sys._getframe(2))
    return Absent


def _expect_module(user: FrameType | None) -> None:
    """A module, or a class while it is made: a function would go on with something that is nothing."""
    while user and user.f_code.co_name in _PART_OF_ITS_CALLER:
        user = user.f_back
    if user and user.f_code.co_flags & inspect.CO_OPTIMIZED:
        raise AbsentError(f"{user.f_code.co_name} uses what was left out, see bot.engine.absent")


class _Finder(MetaPathFinder, Loader):
    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname in OPTIONAL:
            raise ModuleNotFoundError(f"left out: {fullname}", name=fullname)
        if fullname in GATHERING and (found := PathFinder.find_spec(fullname, path)):
            spec = ModuleSpec(fullname, self, is_package=True)
            spec.submodule_search_locations = found.submodule_search_locations
            return spec
        parts = fullname.split(".")
        absent = any(".".join(parts[:count]) in self._names for count in range(1, len(parts) + 1))
        return ModuleSpec(fullname, self, is_package=True) if absent else None

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return None if spec.name in GATHERING else _AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it, but for what is asked by functions at the start."""
        if module.__name__ == DECLARED:
            module.declarative_base = _declarative_base  # type: ignore[attr-defined]


def _declarative_base() -> type:
    from sqlalchemy import MetaData  # not before its parts are left out

    return type("Base", (), {"metadata": MetaData()})
