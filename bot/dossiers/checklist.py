"""The papers of one citizen's case, each once, split by what the citizen does with it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.catalogue.enums import Need
from bot.catalogue.records import Paper, Procedure
from bot.dossiers.branching import cases_of, chosen
from bot.dossiers.casefile import Given
from bot.text import fold

_AT_HAND = frozenset({Need.SUBMIT, Need.SHOW})


@dataclass(frozen=True)
class Item:
    """One paper. ``id``: eight hexadecimal digits that stay the same as long as the paper's name and the
    number of its form do.
    """

    id: str
    paper: Paper


@dataclass(frozen=True)
class Checklist:
    """``cases``: labels of the cases the list is for; ``notes``: what these cases change besides."""

    items: tuple[Item, ...]
    cases: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def to_bring(self) -> tuple[Item, ...]:
        """Papers to hand in or to show: the ones that can be missing."""
        return tuple(item for item in self.items if item.paper.need in _AT_HAND)

    @property
    def numbers(self) -> tuple[Item, ...]:
        """Papers of which the number is enough."""
        return tuple(item for item in self.items if item.paper.need is Need.NUMBER)

    @property
    def spared(self) -> tuple[Item, ...]:
        """Papers not needed as long as the database has them."""
        return tuple(item for item in self.items if item.paper.need is Need.DATABASE)

    def missing(self, ticked: Sequence[str]) -> tuple[Item, ...]:
        """What has to be brought and is not at hand yet."""
        return tuple(i for i in self.to_bring if i.id not in ticked and not i.paper.optional)


def checklist_of(procedure: Procedure, answers: Sequence[Given]) -> Checklist:
    """Papers of all cases, then of the citizen's cases, then what single answers add."""
    cases, options = cases_of(procedure, answers), chosen(procedure, answers)
    papers = [
        *procedure.papers,
        *(paper for case in cases for paper in case.papers),
        *(paper for option in options for paper in option.papers),
    ]
    notes = [case.note for case in cases] + [option.note for option in options]
    return Checklist(
        items=tuple(_each_once(papers)),
        cases=tuple(case.label for case in cases),
        notes=tuple(dict.fromkeys(note for note in notes if note)),
    )


def _each_once(papers: Iterable[Paper]) -> Iterable[Item]:
    """Of one paper named twice the stricter line counts: what one case demands another does not spare."""
    found: dict[str, Paper] = {}
    for paper in papers:
        # One name on two forms is two papers: whoever has one of them lacks the other.
        id = sha256(fold(f"{paper.name}|{paper.form or ''}").encode()).hexdigest()[:8]
        known = found.get(id)
        if known is None or _strictness(paper) > _strictness(known):
            found[id] = paper
    return (Item(id, paper) for id, paper in found.items())


def _strictness(paper: Paper) -> tuple[bool, bool]:
    return not paper.optional, paper.need in _AT_HAND
