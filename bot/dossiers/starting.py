"""Beginning a dossier, going on with one, and choosing between several. Pure."""

import dataclasses
from collections.abc import Callable

from msgspec.structs import replace

from bot.answers import asking_back
from bot.answers.about.lines import heading
from bot.answers.intent import Intent
from bot.answers.knowledge import Knowledge
from bot.answers.ordinal import only_a_pick, picked
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Candidate, Phrase, act, phrase
from bot.answers.resolve import Band, certain, worth_offering
from bot.answers.turn import Turn
from bot.catalogue.records import Procedure
from bot.dossiers import moves
from bot.dossiers.branching import chosen, questions_of
from bot.dossiers.casefile import OPEN, CaseFile, Draft, Waiting
from bot.dossiers.flow import Told
from bot.dossiers.orders import NAME
from bot.dossiers.page import Page
from bot.text import analyse

WHICH = "which"
"""Topic of the open question which procedure is meant; its subject lists the codes offered."""
MOST_LISTED = 5
MOST_KEPT = 12


def wish(page: Page, knowledge: Knowledge, new_id: Callable[[], str]) -> Told:
    """The wish to do something: begin when it is plain what, else ask."""
    resolution = knowledge.resolver.resolve(page.turn, page.context)
    if resolution.procedure is not None:
        return start(page, resolution.procedure.code, new_id, candidates=resolution.candidates)
    offered = resolution.candidates if resolution.band is Band.UNSURE else _offered_before(page)
    if offered:
        codes = ",".join(candidate.code for candidate in worth_offering(offered))
        asked = asking_back.which(offered, Intent.START_DOSSIER)
        context = replace(page.context, options=(), pending=None)
        told = page.told(asked, file=page.file.asking(Waiting(NAME, WHICH, codes)))
        return dataclasses.replace(told, context=context)
    general = (phrase("utter_start_dossier"), phrase("utter_start_dossier_which"))
    return page.told(Answer(Outcome.GUIDED, general))


def _offered_before(page: Page) -> tuple[Candidate, ...]:
    """What the assistant has just asked to choose from: one of these is to be begun."""
    known = (page.catalogue.procedures.get(code) for code in page.context.options)
    return tuple(Candidate(one.code, one.label, 1.0) for one in known if one)


def picked_one(turn: Turn, file: CaseFile) -> str | None:
    """The procedure picked in words from those offered."""
    waiting = file.waiting
    if turn.pressed is not None or waiting is None or (waiting.flow, waiting.topic) != (NAME, WHICH):
        return None
    codes = waiting.subject.split(",")
    folded = analyse(turn.text).folded
    position = picked(folded, len(codes)) if only_a_pick(folded) else None
    return None if position is None else codes[position]


def start(
    page: Page,
    code: str,
    new_id: Callable[[], str],
    anew: bool = False,
    candidates: tuple[Candidate, ...] = (),
) -> Told:
    """Begin a dossier; one that is open already is offered first. Others are set aside, not lost."""
    procedure = page.catalogue.procedures.get(code)
    if procedure is None:
        return page.told(asking_back.gone())
    known = next((d for d in page.file.drafts if d.procedure == code and d.phase in OPEN), None)
    if known and not anew:
        if known.id == page.file.active and not known.set_aside:
            return page.go_on(known, candidates=candidates)
        return _offer_both(page, procedure, known)
    draft = moves.begin(new_id(), procedure, page.turn.today, page.context.unit)
    before = [*_set_aside(page, code), phrase("utter_guide_intro", name=heading(procedure))]
    if not procedure.papers and not procedure.cases:
        before.append(phrase("utter_guide_no_papers"))
    elif questions_of(procedure):
        before.append(phrase("utter_guide_intro_questions"))
    named = candidates or certain(procedure).candidates
    others = [d for d in page.file.drafts if not _led_astray(d, code, page)]
    kept = tuple(_resting(d, page) for d in others[-MOST_KEPT + 1 :])
    return replace_file(page, replace(page.file, drafts=kept)).go_on(draft, *before, candidates=named)


def resume(page: Page) -> Told:
    """Go on with the open draft, or choose between several."""
    open_drafts = [draft for draft in page.file.drafts if draft.phase in OPEN]
    if len(open_drafts) == 1:
        return page.go_on(open_drafts[0], *_welcome(page, open_drafts[0]))
    if not open_drafts:
        return page.told(page.say("utter_guide_none_open"), intent=Intent.RESUME_DOSSIER)
    shown = list(reversed(open_drafts))[:MOST_LISTED]
    buttons = tuple(
        act(heading(procedure), f"guide:resume:{draft.id}")
        for draft in shown
        if (procedure := page.procedure(draft))
    )
    count = str(len(open_drafts))
    return page.told(page.say("utter_guide_several", *buttons, count=count), intent=Intent.RESUME_DOSSIER)


def resume_one(page: Page, draft: Draft) -> Told:
    """Go on with this draft."""
    return page.go_on(draft, *_welcome(page, draft))


def replace_file(page: Page, file: CaseFile) -> Page:
    """The same page over another file."""
    return dataclasses.replace(page, file=file)


def _welcome(page: Page, draft: Draft) -> tuple[Phrase, ...]:
    procedure = page.procedure(draft)
    if procedure is None:
        return ()
    date = draft.touched_on.strftime("%d/%m/%Y")
    return (phrase("utter_guide_welcome_back", name=heading(procedure), date=date),)


def _offer_both(page: Page, procedure: Procedure, known: Draft) -> Told:
    buttons = (
        act(phrase("utter_guide_button_resume"), f"guide:resume:{known.id}"),
        act(phrase("utter_guide_button_new"), f"guide:new:{procedure.code}"),
    )
    date = known.touched_on.strftime("%d/%m/%Y")
    return page.told(page.say("utter_guide_same", *buttons, name=heading(procedure), date=date))


def _resting(draft: Draft, page: Page) -> Draft:
    return replace(draft, set_aside=True) if draft.id == page.file.active and draft.phase in OPEN else draft


def _led_astray(draft: Draft, code: str, page: Page) -> bool:
    """Whether the answers of a draft led to the procedure that is begun instead of it."""
    procedure = page.procedure(draft)
    if procedure is None or draft.id != page.file.active:
        return False
    return any(option.instead == code for option in chosen(procedure, draft.answers))


def _set_aside(page: Page, code: str) -> tuple[Phrase, ...]:
    current = page.file.current
    procedure = page.procedure(current) if current else None
    if current is None or procedure is None or current.phase not in OPEN or current.set_aside:
        return ()
    if _led_astray(current, code, page):
        return ()
    return (phrase("utter_guide_other_kept", name=heading(procedure)),)
