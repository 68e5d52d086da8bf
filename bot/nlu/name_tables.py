"""The names a citizen may use, read from the catalogue's tables."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bot.nlu.matching import Name, phrase_of
from bot.text import fold

_TYPES_WITH_NAME = ("phuong", "xa", "dac khu", "thi tran", "huyen", "thi xa", "thanh pho", "tinh")
_PROVINCE_TAIL = (("tinh", "quang", "ninh"), ("quang", "ninh"))
_OWN_AGENCIES = frozenset({"former", "group", "commune"})


def read_names(catalogue: Path, fields: Path) -> list[Name]:
    """Names of units and agencies (units.csv, agencies.csv in `catalogue`) and of fields.

    Raises FileNotFoundError when a table is missing.
    """
    return [
        *_units(_rows(catalogue / "units.csv")),
        *_agencies(_rows(catalogue / "agencies.csv")),
        *_fields(_rows(fields)),
    ]


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _units(rows: Iterator[dict[str, str]]) -> Iterator[Name]:
    """Full names ("phường Hạ Long"), and short names that stand for every unit called so."""
    full: dict[tuple[str, ...], tuple[str, list[str]]] = {}
    short: dict[tuple[str, ...], tuple[str, list[str]]] = {}
    for row in rows:
        for table, name in ((full, row["name"]), (short, row["short_name"])):
            phrase = phrase_of(name)
            if not phrase or (table is short and row["type"].startswith(("tinh", "thanh_pho_tw"))):
                continue
            codes = table.setdefault(phrase, (name, []))[1]
            if row["code"] not in codes:
                codes.append(row["code"])
    for phrase, (name, codes) in full.items():
        yield Name("unit", name, phrase, tuple(codes))
    for phrase, (name, codes) in short.items():
        if phrase not in full:
            yield Name("unit", name, phrase, tuple(codes), bare=True)


def _agencies(rows: Iterator[dict[str, str]]) -> Iterator[Name]:
    """Agencies, also without the province's name at the end. Communes are units, not agencies."""
    codes: dict[tuple[str, ...], list[str]] = defaultdict(list)
    values: dict[tuple[str, ...], str] = {}
    for row in rows:
        if row["kind"] in _OWN_AGENCIES:
            continue
        phrase = phrase_of(row["name"])
        forms = {phrase}
        for tail in _PROVINCE_TAIL:
            if phrase[-len(tail) :] == tail and len(phrase) - len(tail) >= 2:
                forms.add(phrase[: -len(tail)])
        for form in forms:
            values.setdefault(form, row["name"])
            codes[form].append(row["code"])
    for phrase, name in values.items():
        if phrase:
            yield Name("agency", name, phrase, tuple(codes[phrase]))


def _fields(rows: Iterator[dict[str, str]]) -> Iterator[Name]:
    for row in rows:
        phrase = phrase_of(row["alias"])
        if fold(row["alias"]) not in _TYPES_WITH_NAME:
            yield Name("field", row["field"], phrase)
