"""What a record must hold beyond its schema, for the fields an editor writes by hand (pure)."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import msgspec

from bot.catalogue.enums import FeeKind
from bot.catalogue.records import Case, Paper, Procedure

_CODE = re.compile(r"\d\.\d{6}")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SHORT = 60
_TEXT = 4000
_MOST_POPULAR = 3


def check(procedure: Procedure, fields: Collection[str]) -> None:
    """Raises ``ValueError`` naming the field and what is wrong; other fields are not looked at.

    Questions and cases hang on each other, so either is checked with both.
    """
    for field in fields:
        for fault in _texts(msgspec.to_builtins(getattr(procedure, field))):
            raise ValueError(f"{field}: {fault}")
        for fault in _RULES.get(field, _nothing)(procedure):
            raise ValueError(f"{field}: {fault}")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if _CONTROL.search(value):
            yield "a control character"
        if len(value) > _TEXT:
            yield f"more than {_TEXT} characters"
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            if item == "":
                yield "an empty item"
            yield from _texts(item)


def _nothing(_procedure: Procedure) -> Iterator[str]:
    yield from ()


def _name(procedure: Procedure) -> Iterator[str]:
    if not procedure.name.strip():
        yield "empty"


def _short_name(procedure: Procedure) -> Iterator[str]:
    if len(procedure.short_name) > _SHORT:
        yield f"more than {_SHORT} characters"


def _source(procedure: Procedure) -> Iterator[str]:
    if not procedure.source.title.strip():
        yield "no title"
    if procedure.source.url is not None and not procedure.source.url.startswith(("https://", "http://")):
        yield "not a web address"


def _popularity(procedure: Procedure) -> Iterator[str]:
    if not 0 <= procedure.popularity <= _MOST_POPULAR:
        yield f"not between 0 and {_MOST_POPULAR}"


def _related(procedure: Procedure) -> Iterator[str]:
    yield from (f"{code} is no code" for code in procedure.related if not _CODE.fullmatch(code))
    if procedure.code in procedure.related:
        yield "the procedure itself"


def _times(procedure: Procedure) -> Iterator[str]:
    if any(limit.value is not None and limit.value < 0 for limit in procedure.times):
        yield "less than nothing"


def _fees(procedure: Procedure) -> Iterator[str]:
    for fee in procedure.fees:
        if (fee.kind is FeeKind.AMOUNT) != (fee.amount is not None):
            yield "a sum belongs to the kind amount, and to no other"
        if fee.amount is not None and fee.amount < 0:
            yield "less than nothing"
        if fee.valid_from and fee.valid_to and fee.valid_to < fee.valid_from:
            yield "ends before it begins"


def _papers(procedure: Procedure) -> Iterator[str]:
    for paper in _all_papers(procedure):
        if not paper.name.strip():
            yield "a paper without a name"
        if paper.originals < 0 or paper.copies < 0:
            yield "less than nothing"


def _all_papers(procedure: Procedure) -> Iterator[Paper]:
    yield from procedure.papers
    yield from (paper for case in procedure.cases for paper in case.papers)
    options = (option for question in procedure.questions for option in question.options)
    yield from (paper for option in options for paper in option.papers)


def _branches(procedure: Procedure) -> Iterator[str]:
    """Ids are kept with drafts for weeks; a question or case that hangs on nothing would never be reached."""
    yield from _papers(procedure)
    cases = [case.id for case in procedure.cases]
    yield from _ids(cases)
    yield from _ids([question.id for question in procedure.questions])
    yield from (f"{case.id} has no label" for case in procedure.cases if not _labelled(case))
    answers: set[str] = set()
    for question in procedure.questions:
        yield from (
            f"{question.id}: {answer} comes from nowhere" for answer in question.when if answer not in answers
        )
        yield from _ids([option.id for option in question.options])
        if not question.ask.strip() or not question.options:
            yield f"{question.id} asks nothing"
        for option in question.options:
            answers.add(f"{question.id}={option.id}")
            yield from (f"{question.id}: no case {case}" for case in option.cases if case not in cases)
            if option.instead is not None and not _CODE.fullmatch(option.instead):
                yield f"{option.instead} is no code"


def _labelled(case: Case) -> bool:
    return bool(case.label.strip())


def _ids(ids: list[str]) -> Iterator[str]:
    yield from (f"{one!r} is no id" for one in ids if not _SLUG.fullmatch(one))
    if len(set(ids)) < len(ids):
        yield "an id twice"


_RULES: Mapping[str, Callable[[Procedure], Iterator[str]]] = {
    "name": _name,
    "short_name": _short_name,
    "source": _source,
    "popularity": _popularity,
    "related": _related,
    "times": _times,
    "fees": _fees,
    "papers": _papers,
    "cases": _branches,
    "questions": _branches,
}
