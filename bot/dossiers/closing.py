"""Setting a draft aside, giving it up, and having handed it in. Pure."""

from msgspec.structs import replace

from bot.answers.about.lines import heading
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, act, phrase
from bot.catalogue.enums import Channel
from bot.dossiers import advice, moves
from bot.dossiers.casefile import OPEN, Draft, Waiting
from bot.dossiers.flow import Told
from bot.dossiers.milestone import DropOff
from bot.dossiers.orders import NAME
from bot.dossiers.page import Page
from bot.dossiers.step import Kind


def later(page: Page, draft: Draft, _argument: str) -> Told:
    """Kept as it is, to be taken up any day."""
    if draft.phase not in OPEN:
        return closed(page, draft)
    resting = replace(draft, set_aside=True)
    file = replace(page.file.with_draft(resting), active=None, waiting=None)
    resume = act(phrase("utter_guide_button_resume"), f"guide:resume:{draft.id}")
    remind = act(phrase("utter_guide_button_remind"), f"notice:ask:{draft.id}")
    said = page.say("utter_guide_later", resume, remind, name=_name(page, draft))
    return page.told(said, file=file, intent=Intent.RESUME_DOSSIER)


def ask_to_cancel(page: Page, draft: Draft, _argument: str) -> Told:
    """Giving up is confirmed: a slip must not cost the work."""
    if draft.phase not in OPEN:
        return closed(page, draft)
    yes = act(phrase("utter_guide_button_cancel"), f"guide:cancel-yes:{draft.id}")
    no = act(phrase("utter_guide_button_keep"), f"guide:resume:{draft.id}")
    return page.told(page.say("utter_guide_cancel_ask", yes, no, name=_name(page, draft)))


def cancelled(page: Page, draft: Draft, _argument: str) -> Told:
    """Given up; one tap says why."""
    if draft.phase not in OPEN:
        return closed(page, draft)
    file = page.file.with_draft(moves.cancel(draft))
    active = None if file.active == draft.id else file.active
    reasons = tuple(
        act(phrase(f"utter_guide_why_{reason.value}"), f"guide:why:{draft.id}:{reason.value}")
        for reason in DropOff
    )
    said = page.say("utter_guide_cancelled", *reasons, name=_name(page, draft))
    return page.told(said, file=replace(file, active=active, waiting=None))


def why(page: Page, draft: Draft, argument: str) -> Told:
    """Why it was given up."""
    if argument in {reason.value for reason in DropOff}:
        told_why = page.file.with_draft(moves.say_why(draft, DropOff(argument)))
        return page.told(page.say("utter_guide_why_thanks"), file=told_why)
    return page.told(page.say("utter_guide_why_thanks"))


def sent(page: Page, draft: Draft, _argument: str) -> Told:
    """ "Đã nộp": only a code proves it."""
    if draft.phase not in OPEN:
        return closed(page, draft)
    online = draft.way is Channel.ONLINE
    none = act(phrase("utter_guide_button_no_code"), f"guide:no-code:{draft.id}")
    file = replace(page.file, active=draft.id, waiting=Waiting(NAME, Kind.CODE.value, draft.id))
    return page.told(page.say(f"utter_guide_code_{'online' if online else 'counter'}", none), file=file)


def no_code(page: Page, draft: Draft, _argument: str) -> Told:
    """Without a code nothing has arrived: how to finish."""
    retry = act(phrase("utter_guide_button_resume"), f"guide:resume:{draft.id}")
    later_ = act(phrase("utter_guide_button_later"), f"guide:later:{draft.id}")
    return page.told(page.say("utter_guide_no_code", retry, later_))


def handed_in(page: Page, draft: Draft, code: str) -> Told:
    """The code was told: from here on the dossier is followed."""
    done = moves.hand_in(draft, code)
    file = replace(page.file.with_draft(done), active=None, waiting=None)
    follow = act(phrase("utter_guide_button_follow"), f"follow:code:{code}")
    remind = act(phrase("utter_guide_button_remind"), f"notice:ask:{draft.id}")
    said = page.say("utter_guide_submitted", follow, remind, name=_name(page, draft), code=code)
    return page.told(said, file=file)


def down(page: Page, draft: Draft, _argument: str) -> Told:
    """The portal does not work: what to do meanwhile."""
    procedure = page.procedure(draft)
    others = bool(procedure and Channel.COUNTER in procedure.channels)
    buttons = [act(phrase("utter_guide_button_later"), f"guide:later:{draft.id}")]
    if others:
        buttons.insert(0, act(phrase("utter_guide_button_counter"), f"guide:way:{draft.id}:counter"))
    remind = act(phrase("utter_guide_button_remind"), f"notice:ask:{draft.id}")
    steps = advice.outage(procedure, draft, page.readiness) if procedure else ()
    phrases = (phrase("utter_guide_down"), *steps, phrase("utter_guide_down_kept"))
    answer = Answer(Outcome.GUIDED, phrases, (*buttons, remind))
    return page.told(answer, intent=Intent.SUBMISSION_PROBLEM)


def closed(page: Page, draft: Draft) -> Told:
    """The draft was handed in or given up before."""
    name = _name(page, draft)
    if draft.dossier:
        follow = act(phrase("utter_guide_button_follow"), f"follow:code:{draft.dossier}")
        return page.told(page.say("utter_guide_closed_submitted", follow, name=name, code=draft.dossier))
    again = act(phrase("utter_guide_button_new"), f"guide:new:{draft.procedure}")
    return page.told(page.say("utter_guide_closed_cancelled", again, name=name))


def _name(page: Page, draft: Draft) -> str:
    procedure = page.procedure(draft)
    return heading(procedure) if procedure else draft.procedure
