"""Writes the shipped index from a crawl and the province's list of levels. Same input, same bytes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec
from msgspec.structs import replace

from bot.catalogue.enums import AdminLevel, Handler, Scope
from bot.catalogue.importing.crawl import Row, merge_channels, procedure_of, read_rows, refuse
from bot.catalogue.importing.levels import LevelRow, read_levels, stand_in, statements_by_code
from bot.catalogue.importing.names import readable, unnamed
from bot.catalogue.importing.parsing_text import shorten
from bot.catalogue.importing.report import Refusal, Rejected
from bot.catalogue.records import Case, Fee, Paper, Procedure, Result, TimeLimit

LEVELS_SOURCE = (
    "Danh sách dịch vụ công trực tuyến của Quảng Ninh trên Cổng Dịch vụ công quốc gia, bản chụp 03/10/2026"
)
LEVELS_STATED_ON = date(2026, 10, 3)

_FILE_LIMIT = 1_000_000  # bytes, below 1 MiB
_NOTE, _TITLE, _PAPERS, _TEXTS, _LINES = 160, 120, 12, 8, 8
_ISSUER_SLUGS = {
    "Bộ Công an": "bo-cong-an",
    "Bộ Công Thương": "bo-cong-thuong",
    "Bộ Dân tộc và Tôn giáo": "bo-dan-toc-ton-giao",
    "Bộ Giáo dục và Đào tạo": "bo-giao-duc-dao-tao",
    "Bộ Khoa học và Công nghệ": "bo-khoa-hoc-cong-nghe",
    "Bộ Ngoại giao": "bo-ngoai-giao",
    "Bộ Nông nghiệp và Môi trường": "bo-nong-nghiep-moi-truong",
    "Bộ Nội vụ": "bo-noi-vu",
    "Bộ Quốc phòng": "bo-quoc-phong",
    "Bộ Tài chính": "bo-tai-chinh",
    "Bộ Tư pháp": "bo-tu-phap",
    "Bộ Văn hóa, Thể thao và Du lịch": "bo-van-hoa-the-thao-du-lich",
    "Bộ Xây dựng": "bo-xay-dung",
    "Bộ Y tế": "bo-y-te",
    "Ngân hàng Nhà nước Việt Nam": "ngan-hang-nha-nuoc",
    "UBND tỉnh Quảng Ninh": "quang-ninh",
}
_OTHER = "khac"


@dataclass(frozen=True)
class BuildReport:
    """Records by file and by scope, rows refused by reason, codes that only the level list names."""

    files: Mapping[str, int]
    in_force: int
    nationwide: int
    refused: Mapping[Refusal, int]
    level_list_only: tuple[str, ...]
    rejected: tuple[Rejected, ...]


def build_index(crawl_path: Path, levels_path: Path, out_dir: Path) -> BuildReport:
    """Write ``out_dir/<issuer>.jsonl``: facts of every procedure a resident may need, sorted by code.

    In force: the codes of the level list and the rows marked "yes…". Nationwide: the rest of the
    national list that is neither another province's own nor outdated. Of a code in force whose row is
    outdated or another province's copy only code, name and field are taken; a code without a name in
    the sources says so in its name.
    """
    rejected: list[Rejected] = []
    level_rows: list[LevelRow] = []
    for row in read_levels(levels_path, LEVELS_SOURCE, LEVELS_STATED_ON):
        (rejected if isinstance(row, Rejected) else level_rows).append(row)  # type: ignore[arg-type]
    levels = statements_by_code(level_rows)
    refused: dict[Refusal, int] = defaultdict(int)
    records: dict[str, Procedure] = {}
    for _, raw in read_rows(crawl_path):
        if isinstance(raw, Rejected):
            rejected.append(raw)
            continue
        code = str(raw.get("code") or "")
        refusal = Refusal.DUPLICATE if code in records else refuse(raw)
        if refusal is None:
            records[code] = index_record(procedure_of(raw), levels.get(code, ()))
        elif code not in records and (code in levels or _in_force(raw)):
            records[code] = _salvaged(raw, refusal, levels.get(code, ()))
        else:
            refused[refusal] += 1
    only = tuple(sorted(levels.keys() - records.keys()))
    for code in only:
        records[code] = index_record(stand_in(code, levels[code]), levels[code])
    return BuildReport(
        files=_write(records.values(), out_dir),
        in_force=sum(record.scope is Scope.IN_FORCE for record in records.values()),
        nationwide=sum(record.scope is Scope.NATIONWIDE for record in records.values()),
        refused=dict(refused),
        level_list_only=only,
        rejected=tuple(rejected),
    )


def index_record(procedure: Procedure, levels: Iterable[LevelRow]) -> Procedure:
    """Facts only: paragraphs are left out, notes and titles shortened."""
    statements = tuple(row.statement for row in levels)
    papers, cases = _papers(procedure)
    handler = procedure.handler
    # A service the province offers is not the ministry's, whoever published the procedure.
    if statements and handler in (Handler.OTHER, Handler.MINISTRY):
        handler = _handler(statements[0].agencies)
    return replace(
        procedure,
        authority=shorten(procedure.authority, _NOTE),
        handler=handler,
        scope=Scope.IN_FORCE if statements else procedure.scope,
        times=merge_channels([_time(limit) for limit in procedure.times])[:_LINES],
        fees=merge_channels([_fee(fee) for fee in procedure.fees])[:_LINES],
        papers=papers,
        cases=cases,
        steps=(),
        conditions=(),
        results=tuple(Result(shorten(result.name, _TITLE)) for result in procedure.results[:_LINES]) or (),
        legal_basis=procedure.legal_basis[:_TEXTS],
        levels=statements,
    )


def _in_force(raw: Row) -> bool:
    return str(raw.get("applies_to_quang_ninh")).startswith("yes")


def _salvaged(raw: Row, refusal: Refusal, levels: tuple[LevelRow, ...]) -> Procedure:
    """What a refused row of a code in force still tells: facts of a 2021 or foreign copy are not ours."""
    full = procedure_of(raw)
    if refusal is Refusal.NO_NAME:
        return index_record(replace(full, name=unnamed(full.code)), levels)
    admin_levels = tuple(
        level
        for level, offered in (
            (AdminLevel.COMMUNE, any("XA" in row.statement.agencies for row in levels)),
            (AdminLevel.PROVINCE, any(set(row.statement.agencies) - {"XA"} for row in levels)),
        )
        if offered
    )
    # The row of an announcement mixes that decision's facts with this code's.
    name = "" if refusal is Refusal.ANNOUNCEMENT else full.name
    bare = Procedure(
        code=full.code,
        name=name or unnamed(full.code),
        short_name=readable(name),
        field=full.field if name else "",
        source=full.source,
        admin_levels=admin_levels or (),
    )
    return index_record(bare, levels)


def _handler(agencies: tuple[str, ...]) -> Handler:
    """Handler by the first agency of a statement, where nothing else tells."""
    first = agencies[0]
    if first == "XA":
        return Handler.COMMUNE
    if first == "CHQS-XA" or first.startswith("G11"):
        return Handler.MILITARY
    if first == "CN-VPDKDD" or first.startswith("H49.22.17"):
        return Handler.LAND_REGISTRY
    return Handler.SOCIAL_INSURANCE if first.startswith("G12") else Handler.PROVINCE


def _time(limit: TimeLimit) -> TimeLimit:
    return replace(limit, note=shorten(limit.note, _NOTE))


def _fee(fee: Fee) -> Fee:
    texts = fee.legal_basis.split(", ")[:2] if fee.legal_basis else []
    return replace(
        fee, note=shorten(fee.note, _NOTE), label=shorten(fee.label, _TITLE), legal_basis=", ".join(texts)
    )


def _papers(procedure: Procedure) -> tuple[tuple[Paper, ...], tuple[Case, ...]]:
    """Titles of at most twelve papers; a case that loses all its papers is left out."""
    room = _PAPERS
    papers = tuple(_paper(paper) for paper in procedure.papers[:room])
    room -= len(papers)
    cases = []
    for case in procedure.cases:
        kept = tuple(_paper(paper) for paper in case.papers[:room])
        room -= len(kept)
        if kept:
            cases.append(Case(case.id, shorten(case.label, _TITLE), kept))
    # msgspec leaves out a default only when it is the very same empty tuple.
    return papers or (), tuple(cases) or ()


def _paper(paper: Paper) -> Paper:
    form = shorten(paper.form, _TITLE) if paper.form else None
    return replace(paper, name=shorten(paper.name, _TITLE), form=form, note="")


def _write(records: Iterable[Procedure], out_dir: Path) -> dict[str, int]:
    """One file per issuer, split with a number when it would pass the limit; older files go."""
    by_issuer: dict[str, list[Procedure]] = defaultdict(list)
    for record in sorted(records, key=lambda item: item.code):
        by_issuer[_ISSUER_SLUGS.get(record.issuer, _OTHER)].append(record)
    out_dir.mkdir(parents=True, exist_ok=True)
    for old in out_dir.glob("*.jsonl"):
        old.unlink()
    written = {}
    for slug, listed in sorted(by_issuer.items()):
        parts = list(_split([msgspec.json.encode(record) + b"\n" for record in listed]))
        for number, part in enumerate(parts, 1):
            name = f"{slug}.jsonl" if len(parts) == 1 else f"{slug}-{number}.jsonl"
            (out_dir / name).write_bytes(b"".join(part))
            written[name] = len(part)
    return written


def _split(encoded: list[bytes]) -> Iterator[list[bytes]]:
    part: list[bytes] = []
    size = 0
    for line in encoded:
        if part and size + len(line) > _FILE_LIMIT:
            yield part
            part, size = [], 0
        part.append(line)
        size += len(line)
    if part:
        yield part
