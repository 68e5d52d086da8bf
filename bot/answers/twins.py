"""One service under two codes: the ministry publishes it for the country, the province for itself."""

import re
from collections.abc import Sequence

from bot.catalogue.records import Procedure
from bot.catalogue.search import Hit
from bot.catalogue.view import Catalogue
from bot.text import fold

_PROVINCE = ("ubnd", "uy ban nhan dan")
_NO_WORD = re.compile(r"\W+")
SHORTEST_SHARED = 40
"""Characters of a name another one may go on from and still be the same service."""


def united(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Hits, best first, with the province's record in place of the ministry's of the same name.

    The province's own takes both probabilities: here it is the one in force.
    """
    taken: dict[str, float] = {}
    gone: set[str] = set()
    for local in (hit for hit in hits if _is_local(hit.procedure)):
        other = next((hit for hit in hits if _is_twin(hit.procedure, local.procedure)), None)
        if other is not None and other.procedure.code not in gone:
            gone.add(other.procedure.code)
            taken[local.procedure.code] = other.probability
    left = [
        Hit(hit.procedure, hit.probability + taken.get(hit.procedure.code, 0.0), hit.features)
        for hit in hits
        if hit.procedure.code not in gone
    ]
    return tuple(sorted(left, key=lambda hit: -hit.probability))


def beside(procedure: Procedure, catalogue: Catalogue) -> Procedure | None:
    """The ministry's record of a service the province publishes itself; None for all others."""
    if not _is_local(procedure):
        return None
    return next((other for other in catalogue.procedures.values() if _is_twin(other, procedure)), None)


def _is_local(procedure: Procedure) -> bool:
    return fold(procedure.issuer).startswith(_PROVINCE)


def _is_twin(other: Procedure, local: Procedure) -> bool:
    if other.field != local.field or _is_local(other):
        return False
    one, two = sorted((_words(other.name), _words(local.name)), key=len)
    return one == two or (len(one) >= SHORTEST_SHARED and two.startswith(f"{one} "))


def _words(name: str) -> str:
    return _NO_WORD.sub(" ", fold(name)).strip()
