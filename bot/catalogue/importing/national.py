"""Loader (c): procedure records of the national portal's LayThuTuc service.

Answers come in two shapes: ``{"error_code": 0 | "0" | "00", "result": [...]}`` and the provincial wrapper
``{"message": "<the same as a JSON string>"}``. Codes and numbers arrive as strings or as numbers.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from bot.catalogue.enums import AdminLevel, Channel, Scope
from bot.catalogue.importing.crawl import PORTAL, merge_channels
from bot.catalogue.importing.handlers import handler_of
from bot.catalogue.importing.parsing_fee import parse_fee
from bot.catalogue.importing.parsing_text import clean, lines, text_numbers, title
from bot.catalogue.importing.parsing_time import parse_time
from bot.catalogue.importing.report import Refusal, Rejected
from bot.catalogue.records import Case, Fee, Paper, Procedure, Result, Source, TimeLimit

_CHANNELS = {"1": Channel.COUNTER, "2": Channel.ONLINE, "3": Channel.POST}
_LEVELS = {
    "0": AdminLevel.MINISTRY,
    "1": AdminLevel.PROVINCE,
    "2": AdminLevel.DISTRICT,
    "3": AdminLevel.COMMUNE,
}
_NATIONAL = re.compile(r"(\d\.\d{6})(?:\.[\w.]+)?")
_SUCCESS = ("0", "00")

Fields = Mapping[str, Any]


def read_national(
    path: Path, retrieved_on: date, scope: Scope = Scope.NATIONWIDE
) -> Iterator[Procedure | Rejected]:
    """Procedures of one saved answer; ``line`` of a refusal is the position in its result list."""
    try:
        records = unwrap(path.read_bytes())
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError) as error:
        yield Rejected(path.name, 0, Refusal.UNREADABLE, str(error))
        return
    for number, record in enumerate(records, 1):
        try:
            code = national_code(_text(record.get("MATTHC")))
            if code is None:
                refusal = Refusal.BAD_CODE if _text(record.get("MATTHC")) else Refusal.NO_CODE
                yield Rejected(path.name, number, refusal, _text(record.get("MATTHC")))
            else:
                yield national_procedure(code, record, retrieved_on, scope)
        except (msgspec.ValidationError, AttributeError, TypeError, ValueError) as error:
            yield Rejected(path.name, number, Refusal.INVALID, str(error))


def unwrap(body: bytes | str) -> list[Fields]:
    """The ``result`` list of an answer, however often it is encoded; ValueError names an error code."""
    answer: Any = msgspec.json.decode(body)
    for _ in range(3):
        if isinstance(answer, str):
            answer = msgspec.json.decode(answer)
        elif isinstance(answer, dict) and "result" not in answer and isinstance(answer.get("message"), str):
            _check(answer)
            answer = answer["message"]
        else:
            break
    if isinstance(answer, dict):
        _check(answer)
        answer = answer.get("result")
    if isinstance(answer, dict):
        answer = [answer]
    if not isinstance(answer, list):
        raise msgspec.ValidationError("no result list")
    return answer


def national_code(text: str) -> str | None:
    """``1.001193`` of ``1.001193.000.00.00.H56`` or ``1.001193.H56``."""
    match = _NATIONAL.fullmatch(text.strip())
    return match[1] if match else None


def national_procedure(code: str, record: Fields, retrieved_on: date, scope: Scope) -> Procedure:
    """The record of one LayThuTuc result."""
    authority = "; ".join(_texts(record, "COQUANTHUCHIEN", "TENDONVI"))
    issuer = _text(record.get("MACOQUANCONGBO"))
    admin_levels = tuple(
        dict.fromkeys(_LEVELS[v] for v in _texts(record, "CAPTHUCHIEN", "CAPTHUCHIEN") if v in _LEVELS)
    )
    channels, times, fees = _ways(record)
    papers, cases = _papers(record)
    return Procedure(
        code=code,
        name=_text(record["TENTTHC"]) if record.get("TENTTHC") else code,
        source=Source(PORTAL, retrieved_on=retrieved_on),
        field="; ".join(_texts(record, "LINHVUCTHUCHIEN", "TENLINHVUC")),
        issuer=issuer,
        handler=handler_of(authority, issuer, admin_levels),
        scope=scope,
        admin_levels=admin_levels,
        authority=authority,
        applicants=tuple(
            part for p in _text(record.get("DOITUONGTHUCHIEN")).split(";") if (part := p.strip())
        ),
        channels=channels,
        times=times,
        fees=fees,
        papers=papers,
        cases=cases,
        steps=tuple(
            line
            for case in record.get("TRINHTUTHUCHIEN") or ()
            for step in case.get("TRINHTU") or ()
            for line in lines(step.get("TENTRINHTU"))
        ),
        conditions=lines(record.get("YEUCAU")),
        results=tuple(Result(name) for name in _texts(record, "KETQUATHUCHIEN", "TENKETQUA")),
        legal_basis=text_numbers(_texts(record, "CANCUPHAPLY", "SOHIEU")),
    )


def _ways(record: Fields) -> tuple[tuple[Channel, ...], tuple[TimeLimit, ...], tuple[Fee, ...]]:
    channels: list[Channel] = []
    times: list[TimeLimit] = []
    fees: list[Fee] = []
    for way in record.get("CACHTHUCTHUCHIEN") or ():
        channel = _CHANNELS.get(_text(way.get("KENH")))
        channels += [channel] if channel else []
        for limit in way.get("THOIGIAN") or ():
            value, unit = _text(limit.get("THOIGIANGIAIQUYET")), _text(limit.get("DONVITINH"))
            parsed = parse_time(f"{value} {unit}".strip(), channel, _text(limit.get("MOTA")))
            times += [parsed] if parsed else []
            for fee in limit.get("PHILEPHI") or ():
                fees += _fee(fee, channel)
    return tuple(dict.fromkeys(channels)), merge_channels(times), merge_channels(fees)


def _fee(fee: Fields, channel: Channel | None) -> tuple[Fee, ...]:
    amount, note = _text(fee.get("SOTIEN")), _text(fee.get("MOTA"))
    cell = "Miễn phí" if amount in ("", "0") else f"{amount} {_text(fee.get('DONVI')) or 'Đồng'}"
    return parse_fee(f"{cell}({note})" if note else cell, channel)


def _papers(record: Fields) -> tuple[tuple[Paper, ...], tuple[Case, ...]]:
    groups: dict[str, tuple[Paper, ...]] = {}
    for group in record.get("THANHPHANHOSO") or ():
        papers = tuple(
            _paper(paper) for paper in group.get("GIAYTO") or () if title(_text(paper.get("TENGIAYTO")))
        )
        label = title(_text(group.get("TRUONGHOP")))
        groups[label] = groups.get(label, ()) + papers
    if len(groups) <= 1:
        return next(iter(groups.values()), ()), ()
    cases = [(label, papers) for label, papers in groups.items() if label]
    return groups.get("", ()), tuple(Case(f"truong-hop-{n}", *case) for n, case in enumerate(cases, 1))


def _paper(paper: Fields) -> Paper:
    return Paper(
        title(_text(paper.get("TENGIAYTO"))),
        originals=int(_text(paper.get("SOBANCHINH")) or 0),
        copies=int(_text(paper.get("SOBANSAO")) or 0),
    )


def _texts(record: Fields, name: str, field: str) -> tuple[str, ...]:
    found = (_text(item.get(field)) for item in record.get(name) or ())
    return tuple(dict.fromkeys(text for text in found if text))


def _text(value: Any) -> str:
    return clean("" if value is None else str(value))


def _check(answer: Mapping[str, Any]) -> None:
    code = answer.get("error_code")
    if code is not None and _text(code) not in _SUCCESS:
        raise ValueError(f"error {_text(code)}: {_text(answer.get('message'))}")
