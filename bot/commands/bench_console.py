"""``bot bench --console``: how fast the pages of reviews and of upkeep are over very many turns."""

import json
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Engine, make_url

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.records import Procedure, Source
from bot.catalogue.tables import procedure
from bot.commands.turn_generator import PROCEDURES, Generator
from bot.conversations.channel import Channel
from bot.conversations.tables import turn
from bot.database import connect, upgrade
from bot.evaluation.bench import spread, text
from bot.evaluation.machine import load, machine
from bot.evaluation.table import columns
from bot.reviews.conditions import Key
from bot.reviews.filters import Filter
from bot.reviews.finding import find_turns, first_page, neighbour
from bot.reviews.rows import judgements_of, rows_of
from bot.upkeep.affected import affected, window
from bot.upkeep.stale import shares, stale

UNTIL = 1_795_323_600.0
_PAGE = 50
_ROUNDS = 15
_LAST_DAY = date(2026, 11, 22)
_MOST_ASKED = "0.000"

FILTERS: dict[str, Filter] = {
    "Tất cả": Filter(),
    "Một ngày": Filter(since=_LAST_DAY, until=_LAST_DAY),
    "90 ngày": Filter(since=_LAST_DAY - timedelta(days=90)),
    "Ý định": Filter(intent=Intent.ASK_FEE),
    "Kết quả thường gặp": Filter(outcome=Outcome.ASKED_BACK),
    "Kết quả hiếm": Filter(outcome=Outcome.ERROR),
    "Kênh hiếm": Filter(channel=Channel.TELEGRAM),
    "Thủ tục": Filter(procedure_code="0.500"),
    "Độ tin cậy < 0,6": Filter(below_confidence=0.6),
    "Độ tin cậy < 0,2": Filter(below_confidence=0.2),
    "Điểm < 0,5": Filter(below_score=0.5),
    "Bị chê": Filter(thumbs_down=True),
    "Đánh dấu": Filter(flagged=True),
    "Hỏi lại": Filter(repeated=True),
    "Hỏi lại, bị chê": Filter(repeated=True, thumbs_down=True),
    "Đã đánh giá": Filter(labelled=True),
    "Chưa đánh giá": Filter(labelled=False),
    "Không dấu": Filter(accented=False),
    "Không có gì": Filter(procedure_code="không có", flagged=True),
    "Ghép nhiều": Filter(
        intent=Intent.ASK_FEE, outcome=Outcome.NO_DATA, channel=Channel.ZALO, accented=False, flagged=True
    ),
}
"""Every filter alone, the rare ones that must look at most turns, and some together."""


def bench_console(turns: int, url: str | None, zone_name: str, json_out: Path | None) -> None:
    """Measure over ``turns`` generated turns in a database of their own, and print the table.

    ``url``: an empty database, or one this made before; None for a file that is deleted at the end.
    """
    with tempfile.TemporaryDirectory() as folder:
        where = url or f"sqlite:///{Path(folder) / 'bench.db'}"
        upgrade(where)
        engine = connect(where, durable=True)
        try:
            report = _report(engine, make_url(where).get_backend_name(), turns, ZoneInfo(zone_name))
        finally:
            engine.dispose()
    click.echo(_table(report))
    if json_out:
        json_out.write_text(json.dumps(report, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _report(engine: Engine, kind: str, turns: int, zone: ZoneInfo) -> dict[str, Any]:
    before = load()
    with engine.connect() as connection:
        there = int(connection.execute(select(func.count()).select_from(turn)).scalar_one())
    if there not in (0, turns):
        raise click.ClickException(f"Cơ sở dữ liệu này đã có {there} lượt; xin dùng cơ sở dữ liệu trống.")
    started = time.perf_counter()
    if not there:
        Generator(UNTIL).fill(engine, turns)
    if _fill_catalogue(engine) or not there:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
    filling = round(time.perf_counter() - started, 1)
    cases = {name: _list_of(wanted, zone) for name, wanted in FILTERS.items()}
    middle = Key(UNTIL - 90 * 86_400, turns // 2)
    cases["Trang giữa danh sách"] = _list_of(Filter(), zone, middle)
    cases["Lượt trước và sau"] = lambda connection: [
        neighbour(connection, Filter(below_confidence=0.6), zone, middle, back=back) for back in (True, False)
    ]
    cases["Một lượt"] = lambda connection: [
        rows_of(connection, [turns // 2]),
        judgements_of(connection, turns // 2),
    ]
    cases["Thủ tục cần kiểm tra lại"] = lambda connection: [
        stale(connection, _LAST_DAY, UNTIL, limit=_PAGE + 1),
        shares(connection, _LAST_DAY, UNTIL),
    ]
    cases["Ai bị ảnh hưởng"] = lambda connection: affected(connection, _MOST_ASKED, window(UNTIL), ())
    return {
        "machine": machine(),
        "database": kind,
        "turns": turns,
        "filling_s": filling,
        "day": datetime.fromtimestamp(UNTIL, zone).date().isoformat(),
        "ms": {name: spread(_times(engine, case)) for name, case in cases.items()},
        "load": (before, load()),
    }


def _fill_catalogue(engine: Engine) -> bool:
    """The procedures the turns are about; False when they are there."""
    with engine.connect() as connection:
        if connection.execute(select(func.count()).select_from(procedure)).scalar_one():
            return False
    source = Source("bench")
    items = (Procedure(f"{n / 1000:.3f}", f"Thủ tục {n}", source) for n in range(PROCEDURES))
    run_import(engine, Import(items, "bench"))
    return True


def _list_of(wanted: Filter, zone: ZoneInfo, after: Key | None = None) -> Callable[[Connection], object]:
    """All that one page of the list asks of the database."""

    def page(connection: Connection) -> object:
        if after:
            return rows_of(connection, find_turns(connection, wanted, zone, _PAGE, after).ids)
        found, total = first_page(connection, wanted, zone, _PAGE)
        return rows_of(connection, found.ids), total

    return page


def _times(engine: Engine, case: Callable[[Connection], object]) -> list[float]:
    """Milliseconds of each round; a first one warms what a running console has warm."""
    found = []
    for _ in range(_ROUNDS + 1):
        with engine.connect() as connection:
            started = time.perf_counter()
            case(connection)
            found.append((time.perf_counter() - started) * 1000)
    return found[1:]


def _table(report: dict[str, Any]) -> str:
    on = report["machine"]
    rows = [(name, *map(text, (times["p50"], times["p95"]))) for name, times in report["ms"].items()]
    return "\n".join(
        [
            f"{on['cpu']} · {on['cores']} nhân · RAM {on['ram_gb']} GB",
            f"Tải của máy: {report['load'][0]} lúc đầu, {report['load'][1]} lúc cuối",
            f"{report['database']}, {report['turns']} lượt, ghi trong {text(report['filling_s'])} giây",
            "",
            columns([("ms mỗi trang", "p50", "p95"), *rows]),
        ]
    )
