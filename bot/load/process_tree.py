"""What processes and everything they started take up, as the kernel counts it (Linux)."""

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import msgspec

from bot.evaluation.machine import MB

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


class Memory(msgspec.Struct, frozen=True):
    """MB. ``rss`` counts pages that processes share once for each of them, ``pss`` once altogether."""

    rss: float
    pss: float
    processes: int


class Held(msgspec.Struct, frozen=True):
    """What could leak: MB, open files (sockets and database files among them), and threads."""

    rss_mb: float
    files: int
    sockets: int
    database_files: int
    threads: int


def tree(roots: Iterable[int]) -> list[int]:
    """The processes that live of ``roots`` and everything they started."""
    children: dict[int, list[int]] = defaultdict(list)
    alive: set[int] = set()
    for folder in _PROC.glob("[0-9]*"):
        if fields := _fields(int(folder.name)):
            children[int(fields[1])].append(int(folder.name))
            alive.add(int(folder.name))
    found: list[int] = []
    waiting = [pid for pid in roots if pid in alive]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children[pid]
    return found


def cpu_seconds(roots: Iterable[int]) -> float:
    """Seconds on a core of the tree so far, those of its ended processes included."""
    spent = 0
    for pid in tree(roots):
        if fields := _fields(pid):
            # utime, stime, and both of children that were waited for.
            spent += sum(int(value) for value in fields[11:15])
    return spent / _TICKS


def memory(roots: Iterable[int]) -> Memory:
    """Of the tree now."""
    pids = tree(roots)
    return Memory(
        round(sum(map(_rss, pids)) / MB, 1), round(sum(map(_pss, pids)) / MB, 1), processes=len(pids)
    )


def held(roots: Iterable[int]) -> Held:
    """Of the tree now."""
    pids = tree(roots)
    files = [name for pid in pids for name in _open_files(pid)]
    return Held(
        round(sum(map(_rss, pids)) / MB, 1),
        len(files),
        sum(name.startswith("socket:") for name in files),
        sum(".db" in name for name in files),
        sum(int(fields[17]) for pid in pids if (fields := _fields(pid))),
    )


def _fields(pid: int) -> list[str]:
    """Of /proc/PID/stat those after the name, from the state on; empty when the process is gone."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _rss(pid: int) -> int:
    try:
        return int((_PROC / str(pid) / "statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0


def _pss(pid: int) -> int:
    """Bytes; RSS where the system does not tell."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return _rss(pid)
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), _rss(pid))


def _open_files(pid: int) -> list[str]:
    found = []
    try:
        for number in os.listdir(_PROC / str(pid) / "fd"):
            try:
                found.append(os.readlink(_PROC / str(pid) / "fd" / number))
            except OSError:
                continue
    except OSError:
        return []
    return found
