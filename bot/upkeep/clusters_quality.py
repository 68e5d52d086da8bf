"""How well questions are grouped, by labels of what each is about. Pure."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Agreement:
    """B-cubed precision and recall, each 0–1: Bagga & Baldwin 1998."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def b_cubed(groups: Sequence[int], codes: Sequence[Collection[str]]) -> Agreement:
    """``groups``: the group of each question; ``codes``: the procedures each is about, at least one. Two
    questions belong together when they have one in common. Precision is the mean share of a question's group
    that belongs to it; recall the mean share of those that belong to it which its group has. A question
    belongs to itself. Raises ``ValueError`` without questions.
    """
    if not groups or len(groups) != len(codes):
        raise ValueError("a group and codes for each question")
    with_code: dict[str, set[int]] = defaultdict(set)
    members: dict[int, set[int]] = defaultdict(set)
    for place, (label, meant) in enumerate(zip(groups, codes, strict=True)):
        members[label].add(place)
        for code in meant:
            with_code[code].add(place)
    precision = recall = 0.0
    for place, (label, meant) in enumerate(zip(groups, codes, strict=True)):
        own = {place}.union(*(with_code[code] for code in meant))
        both = len(own & members[label])
        precision += both / len(members[label])
        recall += both / len(own)
    return Agreement(precision / len(groups), recall / len(groups))
