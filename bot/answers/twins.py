"""One service under two codes: the ministry publishes it for the country, the province for itself."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.catalogue.records import Procedure
from bot.catalogue.search import Hit
from bot.catalogue.view import Catalogue
from bot.text import fold

_PROVINCE = ("ubnd", "uy ban nhan dan")
_NO_WORD = re.compile(r"\W+")
SHORTEST_SHARED = 40
"""Characters of a name another one may go on from and still be the same service."""


def united(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Hits, best first, with one record for a service that the ministry and the province publish each.

    It takes both probabilities: the province's own, which is in force here, unless the ministry's
    tells more of the cases apart that decide the papers.
    """
    taken: dict[str, float] = {}
    gone: set[str] = set()
    for local in (hit for hit in hits if _is_local(hit.procedure)):
        other = next((hit for hit in hits if _is_twin(hit.procedure, local.procedure)), None)
        if other is not None and other.procedure.code not in gone | taken.keys():
            kept, left_out = (
                (other, local) if _is_fuller(other.procedure, local.procedure) else (local, other)
            )
            gone.add(left_out.procedure.code)
            taken[kept.procedure.code] = left_out.probability
    left = [
        Hit(hit.procedure, hit.probability + taken[hit.procedure.code], hit.features)
        if hit.procedure.code in taken
        else hit
        for hit in hits
        if hit.procedure.code not in gone
    ]
    return tuple(sorted(left, key=lambda hit: -hit.probability))


def beside(procedure: Procedure, catalogue: Catalogue) -> Procedure | None:
    """The record of the same service that is not shown first; None where there is one record."""
    others = catalogue.by_field.get(procedure.field, ())
    if _is_local(procedure):
        return next((other for other in others if _is_twin(other, procedure)), None)
    return next((other for other in others if _is_local(other) and _is_twin(procedure, other)), None)


def _is_fuller(one: Procedure, other: Procedure) -> bool:
    return len(one.cases) + len(one.questions) > len(other.cases) + len(other.questions)


def _is_local(procedure: Procedure) -> bool:
    return _is_province(procedure.issuer)


@lru_cache(maxsize=1024)
def _is_province(issuer: str) -> bool:
    return fold(issuer).startswith(_PROVINCE)


def _is_twin(other: Procedure, local: Procedure) -> bool:
    if other.field != local.field or _is_local(other):
        return False
    one, two = sorted((_words(other.name), _words(local.name)), key=len)
    return one == two or (len(one) >= SHORTEST_SHARED and two.startswith(f"{one} "))


@lru_cache(maxsize=8192)
def _words(name: str) -> str:
    return _NO_WORD.sub(" ", fold(name)).strip()
