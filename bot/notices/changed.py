"""Which parts of a procedure changed, in the words of citizens rather than of the record. Pure."""

from collections.abc import Iterable, Mapping
from enum import Enum


class Part(str, Enum):
    """What a citizen has to look at again. The value stands in the mark of a reminder, where room is short,
    and in the name of its response in ``domain.yml``.
    """

    FEE = "fee"
    PAPERS = "papers"
    TIME = "time"
    PLACE = "place"
    WAYS = "ways"
    FORMS = "forms"
    STEPS = "steps"
    WHO = "who"
    RESULT = "result"
    LAW = "law"
    NAME = "name"
    SCOPE = "scope"


_PARTS: Mapping[str, Part] = {
    "fees": Part.FEE,
    "papers": Part.PAPERS,
    "cases": Part.PAPERS,
    "questions": Part.PAPERS,
    "times": Part.TIME,
    "authority": Part.PLACE,
    "place": Part.PLACE,
    "admin_levels": Part.PLACE,
    "channels": Part.WAYS,
    "levels": Part.WAYS,
    "forms": Part.FORMS,
    "steps": Part.STEPS,
    "applicants": Part.WHO,
    "conditions": Part.WHO,
    "results": Part.RESULT,
    "legal_basis": Part.LAW,
    "decision": Part.LAW,
    "name": Part.NAME,
    "scope": Part.SCOPE,
}
"""Fields of ``Procedure`` by part; the others tell citizens nothing they would act upon."""


def parts_of(fields: Iterable[str]) -> tuple[Part, ...]:
    """The parts behind changed fields of a record, in the order of ``Part``; empty when none of them matters
    to a citizen.
    """
    found = {_PARTS[field] for field in fields if field in _PARTS}
    return tuple(part for part in Part if part in found)


def mark_of(revision: int, parts: Iterable[Part]) -> str:
    """The mark of a reminder: ``r<revision>:<part>,<part>``; at most 80 characters."""
    return f"r{revision}:{','.join(part.value for part in parts)}"


def parts_in(mark: str) -> tuple[Part, ...]:
    """The parts a mark tells of; what this version does not know is left out."""
    told = set(mark.partition(":")[2].split(","))
    return tuple(part for part in Part if part.value in told)
