"""What the citizen can do to a draft; each move gives a new draft and says nothing. Pure."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from bot.catalogue.enums import Channel
from bot.catalogue.records import Procedure
from bot.dossiers.branching import chosen, settle
from bot.dossiers.casefile import Draft, Given, Phase
from bot.dossiers.checklist import checklist_of
from bot.dossiers.checks import Check, CheckAnswer
from bot.dossiers.milestone import DropOff
from bot.dossiers.ways import ways_of


def begin(id: str, procedure: Procedure, on: date, unit: str | None = None) -> Draft:
    """A new draft. A way that is the only one is taken without asking."""
    ways = ways_of(procedure, on)
    way = ways[0] if len(ways) == 1 else None
    return Draft(id, procedure.code, Phase.BRANCHING, on, on, way=way, unit=unit)


def answer(procedure: Procedure, draft: Draft, question: str, option: str) -> Draft:
    """Answer a branch question, or answer it otherwise: what hung on the old answer is asked again."""
    others = tuple(given for given in draft.answers if given.question != question)
    return replace(draft, answers=settle(procedure, (*others, Given(question, option))), listed=())


def have_all(procedure: Procedure, draft: Draft) -> Draft:
    """All papers are at hand."""
    items = checklist_of(procedure, draft.answers).to_bring
    return replace(draft, ticked=tuple(item.id for item in items), lacking=(), walking=False)


def have(procedure: Procedure, draft: Draft, numbers: Sequence[int]) -> Draft:
    """The papers with these numbers (from 1) are at hand, the others are not."""
    items = checklist_of(procedure, draft.answers).to_bring
    there = tuple(item.id for number, item in enumerate(items, start=1) if number in numbers)
    lacking = tuple(item.id for item in items if item.id not in there)
    return replace(draft, ticked=there, lacking=lacking, walking=False)


def lack(procedure: Procedure, draft: Draft, numbers: Sequence[int]) -> Draft:
    """The papers with these numbers (from 1) are missing, the others are at hand."""
    count = len(checklist_of(procedure, draft.answers).to_bring)
    return have(procedure, draft, [n for n in range(1, count + 1) if n not in numbers])


def walk(draft: Draft) -> Draft:
    """Go through the papers one by one."""
    return replace(draft, walking=True, lacking=())


def tick(draft: Draft, item: str, there: bool) -> Draft:
    """One paper is at hand, or is not."""
    ticked = tuple(id for id in draft.ticked if id != item)
    lacking = tuple(id for id in draft.lacking if id != item)
    if there:
        return replace(draft, ticked=(*ticked, item), lacking=lacking)
    return replace(draft, ticked=ticked, lacking=(*lacking, item))


def go_by(draft: Draft, way: Channel) -> Draft:
    """Choose how to hand in; what only mattered for another way is forgotten."""
    only = (Check.ACCOUNT.value, Check.SCANS.value)
    checks = tuple(given for given in draft.checks if given.question not in only)
    return replace(draft, way=way, checks=checks)


def reply_to(draft: Draft, check: Check, said: CheckAnswer) -> Draft:
    """Answer a readiness question."""
    others = tuple(given for given in draft.checks if given.question != check.value)
    return replace(draft, checks=(*others, Given(check.value, said.value)))


def live_in(draft: Draft, unit: str) -> Draft:
    """The commune of today the citizen named."""
    return replace(draft, unit=unit)


def check_again(draft: Draft) -> Draft:
    """Ask once more for what was missing."""
    checks = tuple(given for given in draft.checks if given.option != CheckAnswer.NO.value)
    return replace(draft, checks=checks, lacking=(), walking=True)


def step_back(procedure: Procedure, draft: Draft, on: date) -> Draft:
    """Take back the last thing said; where nothing can be filed, what led there."""
    for given in draft.answers:
        if any(option.stop or option.instead for option in chosen(procedure, (given,))):
            kept = tuple(other for other in draft.answers if other != given)
            return replace(draft, answers=kept, listed=())
    if draft.checks:
        return replace(draft, checks=draft.checks[:-1])
    if draft.way and len(ways_of(procedure, on)) > 1:
        return replace(draft, way=None)
    if draft.ticked or draft.lacking or draft.walking:
        return replace(draft, ticked=(), lacking=(), walking=False)
    return replace(draft, answers=draft.answers[:-1], listed=())


def choose_way_again(draft: Draft) -> Draft:
    """Forget the way, so that it is asked anew."""
    return replace(draft, way=None)


def hand_in(draft: Draft, code: str) -> Draft:
    """There is a code: it was handed in."""
    return replace(draft, phase=Phase.SUBMITTED, dossier=code, set_aside=False)


def cancel(draft: Draft) -> Draft:
    """The citizen does not want it any more."""
    return replace(draft, phase=Phase.CANCELLED, set_aside=False)


def say_why(draft: Draft, reason: DropOff) -> Draft:
    """Why it was cancelled."""
    return replace(draft, gave_up=reason)
