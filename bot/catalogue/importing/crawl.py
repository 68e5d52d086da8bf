"""Loader (b): a crawl of procedure pages, gzipped JSON Lines, read as a stream."""

import gzip
import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from bot.catalogue.enums import AdminLevel, Channel, Need, Scope
from bot.catalogue.importing.attachments import detach
from bot.catalogue.importing.handlers import handler_of
from bot.catalogue.importing.names import announces_procedures, name_of, readable
from bot.catalogue.importing.parsing_fee import parse_fee
from bot.catalogue.importing.parsing_text import clean, lines, text_numbers, title
from bot.catalogue.importing.parsing_time import parse_time
from bot.catalogue.importing.provinces import without_other_provinces
from bot.catalogue.importing.report import Refusal, Rejected, is_code
from bot.catalogue.records import Case, Fee, Paper, Procedure, Result, Source, TimeLimit

PORTAL = "Cổng Dịch vụ công quốc gia"

_CHANNELS = {"trực tuyến": Channel.ONLINE, "trực tiếp": Channel.COUNTER, "bưu chính": Channel.POST}
_LEVELS = {
    "bộ": AdminLevel.MINISTRY,
    "tỉnh": AdminLevel.PROVINCE,
    "huyện": AdminLevel.DISTRICT,
    "xã": AdminLevel.COMMUNE,
    "khác": AdminLevel.OTHER,
}
_MONTH = re.compile(r"(\d{4})-(\d{2})(?:(?:/|\.\.)(\d{2}))?")
# The crawl splits a list at commas, also inside one item.
_REJOINED = (
    ("Tổ chức (không bao gồm doanh nghiệp\nHTX)", "Tổ chức (không bao gồm doanh nghiệp, HTX)"),
    ("Cán bộ\ncông chức\nviên chức", "Cán bộ, công chức, viên chức"),
)
_ABOUT_TIME = re.compile(r"\d+\s*(?:ngày|giờ|tháng)", re.IGNORECASE)
# Longer names are paragraphs: no title of one paper.
_TITLE = 120

# The source also uses its column of cases for headings and remarks.
_HEADING = re.compile(
    r"(?:các )?(?:giấy tờ|chứng từ|thành phần hồ sơ)(?: phải)*(?: (nộp|xuất trình))?"
    r"(?: \(bản chính\))?(?:, mỗi loại 01 bản)?(?:,? (?:bao )?gồm)?",
    re.IGNORECASE,
)
_REMARKS = ("lưu ý", "ghi chú")

Row = Mapping[str, Any]


def read_crawl(path: Path) -> Iterator[Procedure | Rejected]:
    """Procedures a resident of Quảng Ninh may need; every other row is refused with its line and reason.

    Refused: rows without a code (all of them outdated), a code seen before in the file (the first row
    is kept: the crawl puts the national record first), other provinces' own procedures, rows of 2021 or
    of a district of before 1/7/2025, rows without a name of their own, and rows absent from the national
    list that nobody marks as in force.
    """
    seen: set[str] = set()
    for number, row in read_rows(path):
        if isinstance(row, Rejected):
            yield row
            continue
        code = str(row.get("code") or "")
        refusal = Refusal.DUPLICATE if code in seen else refuse(row)
        if refusal is not None:
            yield Rejected(path.name, number, refusal, code or clean(row.get("name"))[:80])
            continue
        seen.add(code)
        try:
            yield procedure_of(row)
        except (msgspec.ValidationError, TypeError, KeyError, AttributeError, ValueError) as error:
            yield Rejected(path.name, number, Refusal.INVALID, f"{code}: {error}")


def read_rows(path: Path) -> Iterator[tuple[int, Row | Rejected]]:
    """Line number and raw row, or the refusal of a line that is not a JSON object."""
    with gzip.open(path, "rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                yield number, msgspec.json.decode(line, type=dict[str, Any])
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                yield number, Rejected(path.name, number, Refusal.UNREADABLE, str(error))


def refuse(row: Row) -> Refusal | None:
    """Why a row does not belong into the catalogue, ``None`` when it does."""
    code, applies = str(row.get("code") or ""), str(row.get("applies_to_quang_ninh") or "")
    if not code:
        return Refusal.NO_CODE
    if not is_code(code):
        return Refusal.BAD_CODE
    detail = str(row.get("detail_level") or "")
    if detail in ("full_outdated_2021", "full_local_danang"):
        return Refusal.OUTDATED
    in_force, issuer = applies.startswith("yes"), str(row.get("issuer") or "")
    if not in_force and (applies.startswith("no") or issuer.startswith(("UBND", "Sở", "Trung tâm"))):
        return Refusal.OTHER_PROVINCE
    name = name_of(row.get("name"))
    if not name:
        return Refusal.NO_NAME
    if announces_procedures(name):
        return Refusal.ANNOUNCEMENT
    return None if in_force or row.get("in_national_list_2026_07") else Refusal.NOT_IN_NATIONAL_LIST


def procedure_of(row: Row) -> Procedure:
    """The complete record of a row, with the source's own words; ``build`` shortens them for the index."""
    admin_levels = tuple(_LEVELS[level] for level in row.get("admin_level") or () if level in _LEVELS)
    authority, issuer = clean(row.get("authority")), clean(row.get("issuer"))
    papers, cases = _papers(row)
    name = name_of(row["name"])
    return Procedure(
        code=row["code"],
        name=name,
        short_name=readable(name),
        field=clean(row.get("field")),
        issuer=_issuer(issuer),
        decision=clean(row.get("decision")),
        authority=without_other_provinces("; ".join(dict.fromkeys(lines(row.get("authority"))))),
        handler=handler_of(authority, issuer, admin_levels),
        scope=Scope.IN_FORCE if str(row.get("applies_to_quang_ninh")).startswith("yes") else Scope.NATIONWIDE,
        admin_levels=admin_levels,
        applicants=_applicants(row),
        channels=tuple(dict.fromkeys(_CHANNELS[c] for c in row.get("channels") or () if c in _CHANNELS)),
        times=_times(row),
        fees=_fees(row),
        papers=papers,
        cases=cases,
        steps=lines(row.get("steps")),
        conditions=lines(row.get("conditions")),
        results=tuple(Result(name) for text in row.get("results") or () if (name := title(text))),
        legal_basis=text_numbers(row.get("legal_basis") or ()),
        source=Source(PORTAL, row.get("url"), retrieved_on(row["crawled"])),
    )


def retrieved_on(text: str) -> date:
    """ "2026-07" is its 15th, a span ("2026-06/07", "2026-07..09") the first of its last month."""
    match = _MONTH.match(text)
    if match is None:
        raise ValueError(f"no month in {text!r}")
    year, first, last = match.groups()
    return date(int(year), int(last), 1) if last else date(int(year), int(first), 15)


def _issuer(name: str) -> str:
    """One ministry under one name; the portal still shows the merged one."""
    if name.lower().startswith("bộ xây dựng"):
        return "Bộ Xây dựng"
    return {"Bộ Công thương": "Bộ Công Thương"}.get(name, name)


def _applicants(row: Row) -> tuple[str, ...]:
    joined = "\n".join(clean(item) for item in row.get("applicants") or ())
    for broken, whole in _REJOINED:
        joined = joined.replace(broken, whole)
    return tuple(item for item in dict.fromkeys(joined.split("\n")) if item)


def _times(row: Row) -> tuple[TimeLimit, ...]:
    found: list[TimeLimit] = []
    for line in row.get("submission") or ():
        note = clean(line.get("fee_and_note"))
        about_time = _ABOUT_TIME.search(note) and not note.lower().startswith(("miễn phí", "phí", "lệ phí"))
        limit = parse_time(line.get("time"), _CHANNELS.get(line.get("channel")), note if about_time else "")
        if limit:
            found.append(limit)
    if not row.get("submission") and (whole := clean(row.get("processing_time"))):
        limit = parse_time(whole)
        found += [limit] if limit else []
    return merge_channels(found)


def _fees(row: Row) -> tuple[Fee, ...]:
    cells = [(_CHANNELS.get(r.get("channel")), r.get("text")) for r in row.get("fee_rows") or ()]
    if not cells:
        parts = re.split(r";\s+(?=Miễn phí|\d[\d,.]* (?:VNĐ|Việt Nam Đồng))", row.get("fee") or "")
        cells = [(None, part) for part in parts]
    if row.get("fee") and not any(fee for channel, text in cells for fee in parse_fee(text, channel)):
        cells = [(None, row["fee"])]
    return merge_channels([fee for channel, text in cells for fee in parse_fee(text, channel)])


def merge_channels(found: list[Any]) -> tuple[Any, ...]:
    """Lines that every named channel repeats become one line for all channels; doubles are dropped."""
    replace = msgspec.structs.replace
    unique = list(dict.fromkeys(found))
    by_channel: dict[Channel | None, list[Any]] = {}
    for item in unique:
        by_channel.setdefault(item.channel, []).append(replace(item, channel=None))
    lists = list(by_channel.values())
    if lists and all(other == lists[0] for other in lists):
        return tuple(lists[0])
    return tuple(unique)


def _papers(row: Row) -> tuple[tuple[Paper, ...], tuple[Case, ...]]:
    """Papers without a case, and those of each case; a single case is no choice and gives no case."""
    registers = row.get("documents_replaced_by_database") or ()
    groups: dict[str, list[Paper]] = {}
    for document in row.get("documents") or ():
        name, form = detach(clean(document.get("name")), clean(document.get("form")))
        name = title(name)
        # Long lines flagged as notes are instructions about papers, not papers.
        if name and not (document.get("note") and len(name) > _TITLE):
            paper = Paper(
                name=name,
                need=Need.SUBMIT,
                originals=int(document.get("originals") or 0),
                copies=int(document.get("photocopies") or 0),
                form=form,
            )
            label = title(document.get("case"))
            if heading := _HEADING.fullmatch(label):
                need = Need.SHOW if (heading[1] or "").lower() == "xuất trình" else Need.SUBMIT
                paper, label = msgspec.structs.replace(paper, need=need), ""
            if label.lower() not in _REMARKS:
                groups.setdefault(label, []).append(_register(paper, registers))
    if len(groups) == 1:
        return tuple(next(iter(groups.values()))), ()
    cases = [(label, papers) for label, papers in groups.items() if label]
    return (
        tuple(groups.get("", ())),
        tuple(Case(f"truong-hop-{n}", label, tuple(papers)) for n, (label, papers) in enumerate(cases, 1)),
    )


def _register(paper: Paper, registers: Any) -> Paper:
    """A short paper that the source lists as replaced by a register is not needed when it is there."""
    name = paper.name.casefold()
    for entry in registers:
        document = title(entry.get("document")).casefold()
        if document and document in name and len(name) <= _TITLE:
            return msgspec.structs.replace(paper, need=Need.DATABASE, database=clean(entry.get("database")))
    return paper
