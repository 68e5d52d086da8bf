"""Leaves out libraries that Rasa imports at its start and an answering process never calls.

TensorFlow alone is 330 MB and most of the start of every worker, for policies and classifiers that are not
in ``config.yml``; others are of channels and stores of Rasa, or for training only (ADR 0018).
"""

import importlib.metadata
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

RASA = "3.6.21"
UNUSED = frozenset(
    {
        "tensorflow",
        "keras",
        "tensorflow_addons",
        "tensorflow_hub",
        "aiogram",
        "boto3",
        "botocore",
        "dask",
        "fbmessenger",
        "joblib",
        "matplotlib",
        "mattermostwrapper",
        "prompt_toolkit",
        "pymongo",
        "questionary",
        "rocketchat_API",
        "scipy",
        "sklearn",
        "slack_sdk",
        "twilio",
        "webexteamssdk",
    }
)


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
    """Something was called that was left out."""


class _Kind(type):
    """Classes and functions of what is absent can be named, inherited from and decorated with."""

    def __getattr__(cls, name: str) -> "_Kind":
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls is not Absent:
            return super().__call__(*args, **kwargs)
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]
        if args and isinstance(args[0], str) or kwargs or not args:
            return Absent
        raise AbsentError("this was left out at the start of the process, see bot.engine.absent")


class Absent(metaclass=_Kind):
    """Any name of a package that was left out."""


class _AbsentModule(ModuleType):
    __path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Absent


class _Finder(MetaPathFinder, Loader):
    def __init__(self, names: frozenset[str]) -> None:
        self._names = names

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        absent = fullname.partition(".")[0] in self._names
        return ModuleSpec(fullname, self, is_package=True) if absent else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _AbsentModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """There is nothing in it."""
