"""The machine a measurement was made on, and what this process takes up of it."""

import os
import platform
import resource
import sys
from pathlib import Path
from typing import Any

_CPU = Path("/proc/cpuinfo")
_MEMORY = Path("/proc/self/statm")
MB = 1_000_000


def machine() -> dict[str, Any]:
    """``{"cpu", "cores", "ram_gb", "python", "system"}``; figures mean nothing without them."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return {
        "cpu": _model() or platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "ram_gb": round(pages / 1e9, 1),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
    }


def load() -> float:
    """Average number of processes that wanted a core over the last minute."""
    return round(os.getloadavg()[0], 2)


def resident_mb() -> float:
    """Memory of this process now in MB; where the system does not tell, its highest so far."""
    if _MEMORY.exists():
        return int(_MEMORY.read_text().split()[1]) * resource.getpagesize() / MB
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest / MB if sys.platform == "darwin" else highest * 1024 / MB


def _model() -> str:
    if not _CPU.exists():
        return ""
    named = (line.partition(":")[2].strip() for line in _CPU.read_text().splitlines() if "model name" in line)
    return next(named, "")
