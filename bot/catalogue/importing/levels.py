"""Loader (d): published lists of online levels as XLSX, CSV or TSV, with headers in either language."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from msgspec.structs import replace
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from bot.catalogue.enums import LevelScheme, LevelValue
from bot.catalogue.importing.names import name_of, readable, unnamed
from bot.catalogue.importing.parsing_text import clean
from bot.catalogue.importing.report import Refusal, Rejected, is_code
from bot.catalogue.records import LevelStatement, Procedure, Source

# Header words by column, lower case.
_HEADERS = {
    "code": ("code", "procedure code", "mã", "mã tthc", "mã thủ tục", "mã số tthc", "mã thủ tục hành chính"),
    "service_code": ("service_code", "service code", "mã dịch vụ", "mã dvc", "mã dịch vụ công"),
    "level": ("level", "mức độ", "mức độ dvc", "mức độ dịch vụ công", "mức độ dvctt", "mức dvctt", "mức"),
    "scheme": ("scheme", "thang mức", "thang"),
    "agencies": ("agencies", "agency", "cơ quan", "mã cơ quan", "cơ quan thực hiện", "đơn vị", "mã đơn vị"),
    "url": ("url", "link", "submit_url", "đường dẫn", "địa chỉ nộp", "liên kết", "địa chỉ nộp hồ sơ"),
    "status": ("status", "trạng thái", "tình trạng"),
    "system": ("system", "hệ thống", "phần mềm"),
    "service_name": ("service_name", "service name", "tên dịch vụ", "tên dịch vụ công", "tên trường hợp"),
    "name": ("name", "procedure name", "tên thủ tục", "tên tthc", "tên thủ tục hành chính"),
    "stated_on": ("stated_on", "date", "ngày", "ngày công bố", "thời điểm"),
    "reason": ("reason", "lý do", "lý do một phần"),
    "legal_basis": ("legal_basis", "legal basis", "căn cứ", "căn cứ pháp lý"),
}
_COLUMN = {word: column for column, words in _HEADERS.items() for word in words}
_WORDS = {
    "toàn trình": (LevelScheme.S2022, LevelValue.FULL),
    "dvctt toàn trình": (LevelScheme.S2022, LevelValue.FULL),
    "full": (LevelScheme.S2022, LevelValue.FULL),
    "một phần": (LevelScheme.S2022, LevelValue.PARTIAL),
    "dvctt một phần": (LevelScheme.S2022, LevelValue.PARTIAL),
    "partial": (LevelScheme.S2022, LevelValue.PARTIAL),
    "cung cấp thông tin": (LevelScheme.S2022, LevelValue.INFORMATION),
    "information": (LevelScheme.S2022, LevelValue.INFORMATION),
}
_OLD_WORDS = re.compile(r"(?:mức|mức độ|cấp độ)\s*([1-4])")
_SEPARATOR = re.compile(r"[;|\n]\s*")


@dataclass(frozen=True)
class LevelRow:
    """A statement about a procedure; ``name`` is what the list calls the service or procedure."""

    code: str
    statement: LevelStatement
    name: str = ""


def read_levels(
    path: Path, source: str, stated_on: date | None = None, scheme: LevelScheme | None = None
) -> Iterator[LevelRow | Rejected]:
    """Statements of a list.

    ``stated_on``: date of the list where it has no such column. ``scheme``: what bare numbers mean;
    without it (and without a column for it) a level such as "4" is refused, because systems store
    2, 3, 4 for today's words as well as for the levels of 2011.
    """
    rows = _rows(path)
    columns: list[str | None] = []
    for number, cells in rows:
        if not columns:
            columns = _columns(cells)
            if "code" not in columns or "level" not in columns:
                columns = []
                if number > 20:
                    break
            continue
        if not any(cells):
            continue
        values = {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}
        yield _row(values, Rejected(path.name, number, Refusal.INVALID), source, stated_on, scheme)
    if not columns:
        yield Rejected(path.name, 1, Refusal.UNREADABLE, "no header with a code and a level column")


def statements_by_code(rows: Iterable[LevelRow]) -> dict[str, tuple[LevelRow, ...]]:
    """Rows gathered per procedure, in the order of the list."""
    gathered: dict[str, list[LevelRow]] = defaultdict(list)
    for row in rows:
        gathered[row.code].append(row)
    return {code: tuple(rows) for code, rows in gathered.items()}


def with_levels(
    current: Mapping[str, Procedure], rows: Iterable[LevelRow | Rejected]
) -> Iterator[Procedure | Rejected]:
    """The procedures of a list with its statements; a code unknown so far becomes a record of its own."""
    kept: list[LevelRow] = []
    for row in rows:
        if isinstance(row, Rejected):
            yield row
        else:
            kept.append(row)
    for code, found in sorted(statements_by_code(kept).items()):
        statements = tuple(row.statement for row in found)
        known = current.get(code)
        yield replace(known, levels=statements) if known else stand_in(code, found)


def stand_in(code: str, rows: Sequence[LevelRow]) -> Procedure:
    """Record of a procedure that only a level list names."""
    name = next((name for row in rows if (name := name_of(row.name))), unnamed(code))
    first = rows[0].statement
    return Procedure(
        code=code,
        name=name,
        short_name=readable(name),
        source=Source(first.source, retrieved_on=first.stated_on),
        levels=tuple(row.statement for row in rows),
    )


def _row(
    values: Mapping[str, Any], place: Rejected, source: str, day: date | None, scheme: LevelScheme | None
) -> LevelRow | Rejected:
    def refused(refusal: Refusal, reason: str) -> Rejected:
        return Rejected(place.file, place.line, refusal, reason)

    code = clean(str(values.get("code", "")))
    if not code:
        return refused(Refusal.NO_CODE, "")
    if not is_code(code):
        return refused(Refusal.BAD_CODE, code)
    agencies = tuple(part for part in _SEPARATOR.split(str(values.get("agencies", ""))) if part)
    if not agencies:
        return refused(Refusal.NO_AGENCY, code)
    word = clean(str(values.get("level", ""))).lower()
    named = clean(str(values["scheme"])) if "scheme" in values else scheme.value if scheme else ""
    level = _level(word, named)
    if level is None:
        return refused(Refusal.UNKNOWN_SCHEME if word.isdigit() else Refusal.UNKNOWN_LEVEL, f"{code}: {word}")
    stated = _date(values["stated_on"]) if "stated_on" in values else day
    if stated is None:
        return refused(Refusal.NO_DATE, code)
    variant = clean(str(values.get("service_name", "")))
    statement = LevelStatement(
        agencies=agencies,
        scheme=level[0],
        value=level[1],
        stated_on=stated,
        source=source,
        service_code=clean(str(values.get("service_code", ""))),
        variant=variant,
        submit_url=_url(str(values.get("url", ""))),
        system=clean(str(values.get("system", ""))),
        trial="thử nghiệm" in str(values.get("status", "")).lower(),
        reason=clean(str(values.get("reason", ""))),
        legal_basis=clean(str(values.get("legal_basis", ""))),
    )
    return LevelRow(code, statement, clean(str(values.get("name", ""))) or variant)


def _level(word: str, scheme: str) -> tuple[LevelScheme, LevelValue] | None:
    if word in _WORDS:
        return _WORDS[word]
    if match := _OLD_WORDS.fullmatch(word):
        return LevelScheme.S2011, LevelValue(match[1])
    if word in "1234" and scheme == LevelScheme.S2011.value:
        return LevelScheme.S2011, LevelValue(word)
    stored = {"2": LevelValue.INFORMATION, "3": LevelValue.PARTIAL, "4": LevelValue.FULL}
    if word in stored and scheme == LevelScheme.S2022.value:
        return LevelScheme.S2022, stored[word]
    return None


def _rows(path: Path) -> Iterator[tuple[int, list[Any]]]:
    """Row number from 1 and its cells."""
    if path.suffix.lower() == ".xlsx":
        try:
            book = load_workbook(path, read_only=True, data_only=True)
        except (BadZipFile, InvalidFileException, KeyError) as error:
            raise ValueError("it is not an XLSX workbook") from error
        try:
            for number, cells in enumerate(book.worksheets[0].iter_rows(values_only=True), 1):
                yield number, ["" if cell is None else cell for cell in cells]
        finally:
            book.close()
        return
    delimiter = "\t" if path.suffix.lower() == ".tsv" else None
    with path.open(encoding="utf-8-sig", newline="") as text:
        if delimiter is None:
            first = text.readline()
            delimiter = ";" if first.count(";") > first.count(",") else ","
            text.seek(0)
        yield from enumerate(csv.reader(text, delimiter=delimiter), 1)


def _columns(cells: Sequence[Any]) -> list[str | None]:
    return [_COLUMN.get(clean(str(cell)).lower()) for cell in cells]


def _date(cell: Any) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(clean(str(cell)), pattern).date()
        except ValueError:
            continue
    return None


def _url(text: str) -> str | None:
    address = clean(text)
    if not address:
        return None
    return address if "://" in address else f"https://{address}"
