"""What is said about handing in. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answers.about.figures import day as in_words
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Phrase, act, phrase
from bot.gateways.described import Described
from bot.gateways.portal import PortalLink
from bot.gateways.register.registration import Registration, receipt_url
from bot.gateways.states import RegistrationState, SubmissionState
from bot.gateways.submissions.submission import Submission, handover_url

NAME = "submit"
S = SubmissionState


@dataclass(frozen=True)
class Addresses:
    """``gateway``: where citizens reach our pages; ``portal``: the national portal."""

    gateway: str
    portal: str


def press(title: str, verb: str, *arguments: str) -> Button:
    """A button of this flow; ``title``: the end of a response name."""
    return act(phrase(f"utter_submit_button_{title}"), ":".join((NAME, verb, *arguments)))


def plain(name: str, /, *buttons: Button, **values: str) -> Answer:
    """One response of this flow."""
    return Answer(Outcome.GUIDED, (phrase(f"utter_submit_{name}", **values),), buttons)


def ask_register(described: Described, draft_id: str) -> Answer:
    """What announcing means, before it is done."""
    missing = [paper.name for paper in described.papers if not paper.ticked]
    phrases = [
        phrase("utter_submit_ask_register", name=described.procedure_name, unit=described.unit_name),
        phrase("utter_submit_register_keeps"),
    ]
    if missing:
        phrases.append(phrase("utter_submit_papers_missing", papers="; ".join(missing)))
    buttons = (press("register_yes", "register-yes", draft_id), press("no", "no", draft_id))
    return Answer(Outcome.GUIDED, tuple(phrases), buttons)


def ask_day(found: Registration, days: Sequence[date]) -> Answer:
    """The receipt exists; on which day will the citizen come?"""
    offered = tuple(
        act(
            phrase(f"utter_submit_weekday_{day.weekday()}", date=f"{day:%d/%m}"),
            f"{NAME}:day:{found.draft_id}:{day.isoformat()}",
        )
        for day in days
    )
    any_day = press("any_day", "day", found.draft_id, "any")
    return Answer(Outcome.GUIDED, (phrase("utter_submit_ask_day", code=found.code),), (*offered, any_day))


def receipt(found: Registration, addresses: Addresses) -> Answer:
    """How an announcement stands, and what happens next."""
    state, described = found.state, found.described
    values = {"code": found.code, "name": described.procedure_name, "unit": described.unit_name}
    if state is RegistrationState.REGISTERED:
        when = phrase("utter_submit_on_day", date=in_words(found.day)) if found.day else None
        when = when or phrase("utter_submit_on_any_day")
        phrases: tuple[Phrase, ...] = (
            phrase("utter_submit_registered", when=when, **values),
            phrase("utter_submit_no_acceptance"),
        )
        page = Button(phrase("utter_submit_button_receipt"), url=receipt_url(addresses.gateway, found))
        change = press("change_day", "day", found.draft_id, "ask")
        return Answer(Outcome.GUIDED, phrases, (page, change, press("cancel", "withdraw", found.draft_id)))
    name = f"register_{state.value}"
    if state is RegistrationState.ACCEPTED and found.dossier_code:
        return plain(f"{name}_code", dossier=found.dossier_code, **values)
    if state is RegistrationState.REFUSED:
        values["reason"] = found.reason or ""
    again = () if state is RegistrationState.ACCEPTED else (press("again", "register", found.draft_id),)
    return plain(name, *again, **values)


def ask_onestop(described: Described, draft_id: str, is_down: bool, link: PortalLink) -> Answer:
    """What handing in through the one-stop system means, before anything is prepared."""
    values = {"name": described.procedure_name, "agency": described.unit_name}
    phrases = [phrase("utter_submit_ask_onestop", **values)]
    buttons = [press("onestop_yes", "onestop-yes", draft_id), press("no", "no", draft_id)]
    if is_down:
        phrases.append(phrase("utter_submit_onestop_down"))
        buttons += _elsewhere(link, draft_id)
    return Answer(Outcome.GUIDED, tuple(phrases), tuple(buttons))


def submission(found: Submission, addresses: Addresses, link: PortalLink) -> Answer:
    """How a submission stands, and what happens next."""
    state, id = found.state, found.draft_id
    values = {"name": found.described.procedure_name, "agency": found.described.unit_name}
    cancel = press("cancel", "withdraw", id)
    if found.withdraw or state is S.WITHDRAWING:
        return plain("onestop_withdrawing", press("state", "state", id), **values)
    if state is S.OPEN:
        page = Button(phrase("utter_submit_button_page"), url=handover_url(addresses.gateway, found))
        return plain("onestop_open", page, press("state", "state", id), cancel, **values)
    if state in (S.PENDING, S.SENDING, S.UNKNOWN):
        if found.trying:
            elsewhere = _elsewhere(link, id)
            return plain("onestop_queued", press("state", "state", id), *elsewhere, cancel, **values)
        return plain("onestop_pending", press("state", "state", id), cancel, **values)
    if state is S.SENT:
        return plain("onestop_sent", cancel, code=found.code or "", **values)
    ways = (*_elsewhere(link, id), press("again", "onestop", id))
    if state is S.REFUSED:
        return plain("onestop_refused", *ways, reason=found.said or found.error or "", **values)
    return plain(f"onestop_{state.value}", *ways, **values)


def ask_withdraw(announced: bool, draft_id: str) -> Answer:
    """Is it really to be taken back?"""
    name = "ask_withdraw_receipt" if announced else "ask_withdraw_onestop"
    return plain(name, press("withdraw_yes", "withdraw-yes", draft_id), press("keep", "no", draft_id))


def elsewhere(name: str, link: PortalLink, /, **values: str) -> Answer:
    """Not this way: the portal instead."""
    return plain(name, Button(phrase("utter_submit_button_portal"), url=link.url), code=link.code, **values)


def one_way(answer: Answer) -> Answer:
    """The draft goes another way already: one dossier is not handed in twice."""
    return replace(answer, phrases=(phrase("utter_submit_one_way"), *answer.phrases))


def unfinished(draft_id: str) -> Answer:
    """Questions or papers are still open: the guide goes on."""
    resume = act(phrase("utter_submit_button_resume"), f"guide:resume:{draft_id}")
    return Answer(Outcome.GUIDED, (phrase("utter_submit_unfinished"),), (resume,))


def _elsewhere(link: PortalLink, draft_id: str) -> list[Button]:
    portal = Button(phrase("utter_submit_button_portal"), url=link.url)
    return [portal, press("counter", "register", draft_id)]
