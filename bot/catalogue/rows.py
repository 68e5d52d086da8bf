"""Procedure records as table rows and back (pure). Levels are rows of their own: see ``level_rows``."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import msgspec
from msgspec.structs import replace

from bot.catalogue.records import Case, Fee, Form, LevelStatement, Paper, Procedure, Record

Row = dict[str, Any]
Texts = dict[str, str]

_PLAIN = (
    "name",
    "short_name",
    "field",
    "issuer",
    "decision",
    "handler",
    "scope",
    "authority",
    "place",
    "curated",
    "popularity",
    "valid_from",
)
_JSON = (
    "admin_levels",
    "applicants",
    "channels",
    "times",
    "steps",
    "conditions",
    "results",
    "legal_basis",
    "mistakes",
    "related",
    "questions",
    "reading",
    "history",
)
_PART_FIELDS = {
    "paper": ("name", "need", "originals", "copies", "form", "database", "note", "optional"),
    "fee": (
        "kind",
        "amount",
        "per",
        "label",
        "channel",
        "note",
        "relief",
        "legal_basis",
        "valid_from",
        "valid_to",
    ),
    "form": ("name", "code", "issued_by"),
}
_LEVEL_FIELDS = (
    "scheme",
    "value",
    "reason",
    "legal_basis",
    "service_code",
    "variant",
    "submit_url",
    "system",
    "trial",
    "source",
    "stated_on",
)
_REPEATED = frozenset(
    {
        "applicants",
        "authority",
        "decision",
        "field",
        "issuer",
        "legal_basis",
        "name",
        "note",
        "results",
        "source",
        "submit_url",
        "system",
    }
)
"""Columns whose texts stand in thousands of records."""


def content_hash(procedure: Procedure) -> str:
    """SHA-256 of everything but the levels, which have versions of their own."""
    return sha256(
        msgspec.json.encode(_filled(msgspec.to_builtins(replace(procedure, levels=()))))
    ).hexdigest()


def version_row(procedure: Procedure) -> Row:
    """Columns of ``procedure_version`` that come from the record."""
    row: Row = {name: getattr(procedure, name) for name in _PLAIN}
    row["handler"], row["scope"] = procedure.handler.value, procedure.scope.value
    row.update({name: msgspec.to_builtins(getattr(procedure, name)) for name in _JSON})
    source = procedure.source
    row.update(
        source_title=source.title,
        source_url=source.url,
        retrieved_on=source.retrieved_on,
        checked_on=source.checked_on,
        content_hash=content_hash(procedure),
    )
    return row


def part_rows(procedure: Procedure, version_id: int) -> dict[str, list[Row]]:
    """Rows of ``procedure_case``, ``paper``, ``fee``, ``form`` and ``alias`` by table name."""
    papers: list[tuple[int | None, Paper]] = [(None, paper) for paper in procedure.papers]
    papers += [(n, paper) for n, case in enumerate(procedure.cases) for paper in case.papers]
    parts: dict[str, list[Row]] = {
        "procedure_case": [{"slug": c.id, "label": c.label, "note": c.note} for c in procedure.cases],
        "paper": [{"case_position": n} | _columns(p, "paper") for n, p in papers],
        "fee": [_columns(fee, "fee") for fee in procedure.fees],
        "form": [_columns(form, "form") for form in procedure.forms],
        "alias": [{"term": term} for term in procedure.aliases],
    }
    for rows in parts.values():
        for position, row in enumerate(rows):
            row.update(version_id=version_id, position=position)
    return parts


def level_rows(levels: Sequence[LevelStatement]) -> list[Row]:
    """One row per agency of every statement."""
    rows = []
    for number, statement in enumerate(levels):
        shared = {name: _plain(getattr(statement, name)) for name in _LEVEL_FIELDS}
        for position, code in enumerate(statement.agencies):
            rows.append(shared | {"statement_no": number, "position": position, "agency_code": code})
    return rows


def levels_from(rows: Iterable[Mapping[str, Any]], known: Texts | None = None) -> tuple[LevelStatement, ...]:
    """Statements from their rows, which come ordered by statement and position; ``known`` as for
    ``procedure_from``.
    """
    known = {} if known is None else known
    grouped: dict[tuple[date, int], tuple[list[str], Mapping[str, Any]]] = {}
    for row in rows:
        agencies, _ = grouped.setdefault((row["stated_on"], row["statement_no"]), ([], row))
        agencies.append(row["agency_code"])
    return tuple(
        [
            msgspec.convert(_values(row, _LEVEL_FIELDS, known) | {"agencies": codes}, LevelStatement)
            for codes, row in grouped.values()
        ]
    )


def procedure_from(
    row: Mapping[str, Any],
    parts: Mapping[str, Sequence[Mapping[str, Any]]],
    levels: tuple[LevelStatement, ...],
    known: Texts | None = None,
) -> Procedure:
    """The record of a version row (with its ``code``), its part rows and its levels. ``known``: texts of
    the records read before it, so that equal ones are in memory once (a third of it).
    """
    known = {} if known is None else known
    papers: dict[int | None, list[Paper]] = {}
    for paper in parts.get("paper", ()):
        record = _record(Paper, paper, _PART_FIELDS["paper"], known)
        papers.setdefault(paper["case_position"], []).append(record)
    values = _values(row, (*_PLAIN, *_JSON), known)
    base = msgspec.convert(
        values
        | {
            "code": row["code"],
            "source": {
                "title": _once(row["source_title"], known),
                "url": row["source_url"],
                "retrieved_on": row["retrieved_on"],
                "checked_on": row["checked_on"],
            },
        },
        Procedure,
    )
    return replace(
        base,
        papers=tuple(papers.get(None, ())),
        # Of lists, not of generators: those make an empty tuple of its own for each record without any.
        cases=tuple(
            [
                Case(c["slug"], c["label"], tuple(papers.get(c["position"], ())), c["note"])
                for c in parts.get("procedure_case", ())
            ]
        ),
        fees=tuple([_record(Fee, fee, _PART_FIELDS["fee"], known) for fee in parts.get("fee", ())]),
        forms=tuple([_record(Form, form, _PART_FIELDS["form"], known) for form in parts.get("form", ())]),
        aliases=tuple([alias["term"] for alias in parts.get("alias", ())]),
        levels=levels,
    )


def day_before(day: date) -> date:
    """Last day of what ends when ``day`` begins."""
    return day - timedelta(days=1)


def _filled(value: Any) -> Any:
    """``value`` without empty lists: msgspec leaves out only those that are the default object."""
    if isinstance(value, dict):
        return {name: _filled(item) for name, item in value.items() if item not in ((), [])}
    return [_filled(item) for item in value] if isinstance(value, (list, tuple)) else value


def _columns(record: Record, table: str) -> Row:
    return {name: _plain(getattr(record, name)) for name in _PART_FIELDS[table]}


def _plain(value: Any) -> Any:
    return value.value if hasattr(value, "value") else value


def _record(kind: type[Any], row: Mapping[str, Any], fields: Sequence[str], known: Texts) -> Any:
    return msgspec.convert(_values(row, fields, known), kind)


def _values(row: Mapping[str, Any], fields: Sequence[str], known: Texts) -> Row:
    return {name: _once(row[name], known) if name in _REPEATED else row[name] for name in fields}


def _once(value: Any, known: Texts) -> Any:
    if isinstance(value, str):
        return known.setdefault(value, value)
    if isinstance(value, list):
        return [_once(item, known) for item in value]
    if isinstance(value, dict):
        return {name: _once(item, known) for name, item in value.items()}
    return value
