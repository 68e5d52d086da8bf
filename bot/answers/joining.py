"""Two procedures wanted in one message: "tách hộ với xác nhận cư trú", "vừa khai tử vừa xin mai táng phí"."""

import re
from collections.abc import Iterator

from bot.answers.knowledge import Knowledge
from bot.answers.phrase import Candidate
from bot.answers.resolve import Band, Resolution
from bot.answers.subject import named, said, unexplained
from bot.catalogue.records import Procedure
from bot.text import fold

MOST_JOINTS = 3
ONE_COVERS_ALL = 0.8
LEAST_EXPLAINED = 2
FEWEST_NAMING = 2
"""Words of a name that have to be said."""
_TWO_THINGS = re.compile(r"\bvua\b(.+?)\bvua\b(.+)")
_ACCENTED = "và cả|và|rồi|đồng thời|với lại|với cả|cùng với|với|lẫn|kèm theo|kèm|cộng với"
_PLAIN = "va ca|va|roi|dong thoi|voi lai|voi ca|cung voi|voi|kem theo|kem|cong voi"
_COMPARED = r"(?<!\bso)(?<!\bđối)(?<!\bdoi)(?<!\bhợp)(?<!\bhop)"
_JOINED, _JOINED_PLAIN = (
    re.compile(rf"(?:\s*,)?{_COMPARED}\s(?:{words})\s|\s*[+&]\s*", re.IGNORECASE)
    for words in (_ACCENTED, _PLAIN)
)
_STORY = re.compile(r"(?:gio|bay gio|moi|ma|muon|thi|nen|khong|chua|van|nay)\b")
"""Words a wish begins with after what has happened: "có khai sinh rồi muốn ghi vào sổ"."""


def splits(text: str) -> Iterator[tuple[str, str]]:
    """Every way to read a message as two parts joined by a word like "và", "với", "rồi"."""
    folded = fold(text)
    if len(folded) != len(text):
        return
    both = _TWO_THINGS.search(folded)
    if both:
        yield text[both.start(1) : both.end(1)].strip(), text[both.start(2) :].strip()
        return
    plain = folded == text.lower()
    joints = list((_JOINED_PLAIN if plain else _JOINED).finditer(text))
    if len(joints) > MOST_JOINTS:
        return
    for joint in joints:
        first, second = text[: joint.start()].strip(), text[joint.end() :].strip()
        if first and second and not _STORY.match(fold(second)):
            yield first, second


def two_named(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Codes of two procedures, each plainly named in its own part; none when one covers the message."""
    return knowledge.memory.once(_two_named, text)


def _two_named(knowledge: Knowledge, text: str) -> tuple[str, ...]:
    resolver = knowledge.resolver
    for first, second in splits(text):
        # Searching takes much longer than reading: most joints part something else than two procedures.
        if not (_may_name(first, knowledge) and _may_name(second, knowledge)):
            continue
        one = resolver.find(first).procedure
        if one is None or not _plain(first, one, knowledge):
            continue
        other = resolver.find(second).procedure
        if other is None or one.code == other.code or not _plain(second, other, knowledge):
            continue
        whole = resolver.find(text)
        codes = (one.code, other.code)
        return () if _third(whole, codes) or _covers_all(whole.candidates, codes) else codes
    return ()


def _may_name(part: str, knowledge: Knowledge) -> bool:
    """Whether a part has words enough to name a procedure plainly, whichever it is."""
    return len(knowledge.resolver.own_words(part)) >= FEWEST_NAMING


def _plain(part: str, procedure: Procedure, knowledge: Knowledge) -> bool:
    """Whether a part says two words of the name at least, and two for each word of something else."""
    names = named(procedure)
    words = knowledge.resolver.own_words(part)
    explained = len(words) - unexplained(words, names)
    strange = unexplained(said(part, knowledge).subject, names)
    return explained >= FEWEST_NAMING and explained >= LEAST_EXPLAINED * strange


def _third(whole: Resolution, codes: tuple[str, str]) -> bool:
    """A procedure of its own for both things together."""
    return whole.band is Band.CERTAIN and whole.procedure is not None and whole.procedure.code not in codes


def _covers_all(candidates: tuple[Candidate, ...], codes: tuple[str, str]) -> bool:
    return bool(candidates) and candidates[0].score >= ONE_COVERS_ALL and candidates[0].code not in codes
