"""Handing in through the one-stop system, step by step. Pure but for the submissions behind their port."""

from bot.dossiers.casefile import Phase
from bot.gateways import telling
from bot.gateways.described import Described
from bot.gateways.describing import describe_for_agency
from bot.gateways.scene import Said, Scene
from bot.gateways.states import ENDED, RegistrationState, SubmissionState

ONESTOP = "onestop"
_ANNOUNCED = frozenset({RegistrationState.REGISTERED, RegistrationState.ACCEPTED})


def ask(scene: Scene) -> Said:
    """Say what is sent to whom and ask; or how it stands, where it is on its way already."""
    handover, described = scene.means.handover, _described(scene)
    if handover is None or described is None:
        return scene.ends(telling.elsewhere("no_onestop", scene.link))
    found, is_ready = scene.submission, scene.draft.phase is Phase.READY
    if found is not None and found.state is SubmissionState.OPEN and is_ready:
        # Answers and papers may have been corrected since the page was made.
        found = handover.prepare(scene.turn.conversation_id, scene.draft.id, described)
    if (
        found is not None
        and found.state not in ENDED
        and (is_ready or found.state is not SubmissionState.OPEN)
    ):
        return scene.ends(telling.submission(found, scene.means.addresses, scene.link))
    announced = scene.registration
    if announced is not None and announced.state in _ANNOUNCED:
        return scene.ends(telling.one_way(telling.receipt(announced, scene.means.addresses)))
    if not is_ready:
        return scene.ends(telling.unfinished(scene.draft.id))
    return scene.asks(telling.ask_onestop(described, scene.draft.id, handover.is_down(), scene.link), ONESTOP)


def prepare(scene: Scene) -> Said:
    """The citizen wants it: the page on which they say who they are. Nothing is sent before they do."""
    handover, described = scene.means.handover, _described(scene)
    announced = scene.registration is not None and scene.registration.state in _ANNOUNCED
    if handover is None or described is None or announced or scene.draft.phase is not Phase.READY:
        return ask(scene)
    found = handover.prepare(scene.turn.conversation_id, scene.draft.id, described)
    return scene.ends(telling.submission(found, scene.means.addresses, scene.link))


def _described(scene: Scene) -> Described | None:
    return describe_for_agency(
        scene.means.catalogue, scene.procedure, scene.draft, scene.unit, scene.turn.today
    )
