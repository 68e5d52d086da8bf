"""How search grows with the catalogue: enlarged catalogues, what they cost, and the table of it."""

import gc
import time
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import msgspec

from bot.answers.incoming import receive
from bot.catalogue.records import Procedure
from bot.catalogue.search import RankingModel, SearchIndex
from bot.evaluation.bench import spread, text
from bot.evaluation.machine import resident_mb
from bot.evaluation.table import columns
from bot.knowledge_source import collection_paused, tables_of
from bot.nlu.understanding import open_understanding
from bot.text import analyse

RECORDS = (6_000, 20_000, 60_000)
_SEED = 20260101
_WARM_UP = 50
_REPLACED = 3
_PIECE = 3
_TIMES = ("search_ms", "both_ms", "work_ms")


def grown(procedures: Sequence[Procedure], size: int) -> list[Procedure]:
    """The records, with mutations of them up to ``size``: always the same, a larger catalogue begins with
    the smaller one.

    A mutation has its own code; in each of its names one word in three is another record's and the pieces
    stand in another order. Raises ``ValueError`` when there is nothing to mutate.
    """
    if not procedures:
        raise ValueError("an empty catalogue cannot grow")
    chance = Random(_SEED)
    found = list(procedures[:size])
    while len(found) < size:
        procedure, other = procedures[len(found) % len(procedures)], chance.choice(procedures)
        found.append(
            msgspec.structs.replace(
                procedure,
                code=f"{procedure.code}-{len(found)}",
                name=_mutated(procedure.name, other.name, chance),
                short_name=_mutated(procedure.short_name, other.name, chance),
                aliases=tuple(_mutated(alias, other.name, chance) for alias in procedure.aliases),
            )
        )
    return found


def measure(
    procedures: Sequence[Procedure], size: int, data_dir: Path, model: Path, questions: Sequence[str]
) -> dict[str, Any]:
    """Cost of a catalogue of ``size`` records: seconds to index it, MB of the index and of the whole process,
    milliseconds of search and of understanding and search together. What is called work counts on a core
    only: all that can be compared where other programs want the cores, too. Meant for a process of its own.
    """
    records = grown(procedures, size)
    understanding = open_understanding(model, data_dir)
    tables = tables_of(data_dir / "search")
    weights = msgspec.json.decode((data_dir / "search" / "weights.json").read_bytes(), type=RankingModel)
    gc.collect()
    before, started, worked = resident_mb(), time.perf_counter(), time.process_time()
    with collection_paused():
        index = SearchIndex(records, tables, weights)
    built, building = time.perf_counter() - started, time.process_time() - worked
    gc.collect()
    after = resident_mb()
    searching: list[float] = []
    both: list[float] = []
    work: list[float] = []
    for number, question in enumerate([*questions[:_WARM_UP], *questions]):
        worked, began = time.thread_time(), time.perf_counter()
        wanted = receive(question)
        understanding.parse(wanted)
        understood = time.perf_counter()
        index.search(analyse(wanted))
        ended, done = time.perf_counter(), time.thread_time()
        if number >= min(_WARM_UP, len(questions)):
            searching.append((ended - understood) * 1000)
            both.append((ended - began) * 1000)
            work.append((done - worked) * 1000)
    return {
        "records": len(index),
        "pairs": len({pair for record in records for pair in pairwise(record.name.lower().split())}),
        "build_s": round(built, 2),
        "build_work_s": round(building, 2),
        "index_mb": round(after - before, 1),
        "process_mb": round(after, 1),
        "search_ms": spread(searching),
        "both_ms": spread(both),
        "work_ms": spread(work),
    }


def table(report: Mapping[str, Any]) -> str:
    """The report of ``bot bench --growth`` for a terminal."""
    on = report["machine"]
    build = ("lập chỉ mục (s)", "riêng CPU (s)", "chỉ mục (MB)", "tiến trình (MB)")
    times = ("tìm p50", "p99", "hiểu và tìm p50", "p99", "riêng CPU p50", "p99")
    return "\n".join(
        [
            f"{on['cpu']} · {on['cores']} nhân · RAM {text(on['ram_gb'])} GB · Python {on['python']}",
            f"Tải của máy: {text(report['load'][0])} lúc đầu, {text(report['load'][1])} lúc cuối · "
            f"{report['questions']} câu, thời gian tính bằng ms",
            "",
            columns(
                [("thủ tục", "cặp từ khác nhau", *build, *times), *(_line(row) for row in report["growth"])]
            ),
        ]
    )


def _line(row: Mapping[str, Any]) -> tuple[str, ...]:
    sizes = (row["records"], row["pairs"])
    costs = (row["build_s"], row["build_work_s"], row["index_mb"], row["process_mb"])
    times = [row[part][share] for part in _TIMES for share in ("p50", "p99")]
    return (*map(str, sizes), *map(text, costs), *map(text, times))


def _mutated(name: str, other: str, chance: Random) -> str:
    words, foreign = name.split(), other.split()
    if not words:
        return name
    for place in range(chance.randrange(_REPLACED), len(words), _REPLACED):
        words[place] = chance.choice(foreign)
    pieces = [words[start : start + _PIECE] for start in range(0, len(words), _PIECE)]
    chance.shuffle(pieces)
    return " ".join(word for piece in pieces for word in piece)
