"""Announcing a dossier to a counter, step by step. Pure but for the register behind its port."""

from dataclasses import replace
from datetime import date

from bot.answers.about.place import takes_anywhere
from bot.dossiers.casefile import Phase
from bot.dossiers.moves import live_in
from bot.gateways import telling
from bot.gateways.describing import describe
from bot.gateways.register.registration import Registration
from bot.gateways.scene import Said, Scene
from bot.gateways.states import ENDED, RegistrationState, SubmissionState

REGISTER, DAY, UNIT = "register", "day", "unit"
ANY, ASK = "any", "ask"
_FAR_ENOUGH = frozenset({Phase.READY, Phase.NOT_READY, Phase.READINESS, Phase.CHANNEL})


def ask_register(scene: Scene) -> Said:
    """Say what announcing means and ask; ``argument``: the commune just named."""
    means = scene.means
    if means.register is None or not takes_anywhere(scene.procedure):
        return scene.ends(telling.elsewhere("no_register", scene.link))
    found = scene.registration
    if found is not None and found.state in (RegistrationState.REGISTERED, RegistrationState.ACCEPTED):
        return scene.ends(telling.receipt(_as_it_is_now(scene, found), means.addresses))
    if _goes_elsewhere(scene) and scene.submission:
        state = telling.submission(scene.submission, means.addresses, scene.link)
        return scene.ends(telling.one_way(state))
    if scene.draft.phase not in _FAR_ENOUGH:
        return scene.ends(telling.unfinished(scene.draft.id))
    if scene.argument:
        draft = live_in(scene.draft, scene.argument)
        scene = replace(scene, draft=draft, file=scene.file.with_draft(draft))
    described = describe(means.catalogue, scene.procedure, scene.draft, scene.unit or "")
    if described is None:
        return scene.asks(telling.plain("ask_unit"), UNIT)
    return scene.asks(telling.ask_register(described, scene.draft.id), REGISTER)


def register(scene: Scene) -> Said:
    """The citizen agreed: announce, then ask for the day."""
    means = scene.means
    described = describe(means.catalogue, scene.procedure, scene.draft, scene.unit or "")
    allowed = takes_anywhere(scene.procedure) and scene.draft.phase in _FAR_ENOUGH
    if means.register is None or described is None or not allowed or _goes_elsewhere(scene):
        return ask_register(scene)
    if means.handover is not None and scene.submission is not None:
        # A page that was never completed: it must not be by and by.
        means.handover.withdraw(scene.turn.conversation_id, scene.draft.id)
    found = means.register.register(scene.turn.conversation_id, scene.draft.id, described)
    if found.day is not None or found.state is not RegistrationState.REGISTERED:
        return scene.ends(telling.receipt(found, means.addresses))
    return scene.asks(telling.ask_day(found, means.days(scene.turn.today)), DAY)


def choose_day(scene: Scene) -> Said:
    """``argument``: an ISO date, ``any`` or ``ask``; days on which nobody can come are asked again."""
    means, found = scene.means, scene.registration
    if means.register is None or found is None:
        return ask_register(replace(scene, argument=""))
    if found.state is not RegistrationState.REGISTERED:
        return scene.ends(telling.receipt(found, means.addresses))
    day = _date_of(scene.argument)
    if scene.argument != ANY and (day is None or not means.may_come(day, scene.turn.today)):
        return scene.asks(telling.ask_day(found, means.days(scene.turn.today)), DAY)
    chosen = means.register.choose_day(scene.turn.conversation_id, scene.draft.id, day)
    return scene.ends(telling.receipt(chosen or found, means.addresses))


def _as_it_is_now(scene: Scene, found: Registration) -> Registration:
    """The announcement with the papers of the draft: answers may have been corrected since it was made."""
    means = scene.means
    described = describe(means.catalogue, scene.procedure, scene.draft, found.described.unit)
    waiting = found.state is RegistrationState.REGISTERED and scene.draft.phase in _FAR_ENOUGH
    if means.register is None or described is None or not waiting:
        return found
    return means.register.register(scene.turn.conversation_id, scene.draft.id, described)


def _goes_elsewhere(scene: Scene) -> bool:
    """Whether the one-stop system has the dossier, or will have."""
    sent = scene.submission
    return sent is not None and sent.state not in (*ENDED, SubmissionState.OPEN)


def _date_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
