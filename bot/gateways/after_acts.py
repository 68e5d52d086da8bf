"""After handing in: how it stands, and taking it back. Pure but for what is behind the ports."""

from bot.dossiers.casefile import CaseFile
from bot.dossiers.moves import hand_in
from bot.gateways import telling
from bot.gateways.scene import Said, Scene
from bot.gateways.states import RegistrationState, SubmissionState
from bot.gateways.telling import press

WITHDRAW, STATE = "withdraw", "state"
_OVER = frozenset({SubmissionState.REFUSED, SubmissionState.WITHDRAWN, SubmissionState.DEAD})


def state(scene: Scene) -> Said:
    """How an announcement or a submission stands: one that goes on before one that has ended. A dossier that
    was taken in gets its code in the case file.
    """
    sent, found = scene.submission, scene.registration
    over = sent is None or sent.state in _OVER
    if found is not None and over:
        answer, file = scene.ends(telling.receipt(found, scene.means.addresses))
        return answer, _with_code(file, scene, found.dossier_code)
    if sent is None:
        return scene.ends(telling.plain("nothing"))
    answer, file = scene.ends(telling.submission(sent, scene.means.addresses, scene.link))
    return answer, _with_code(file, scene, sent.code if sent.state is SubmissionState.SENT else None)


def _with_code(file: CaseFile, scene: Scene, code: str | None) -> CaseFile:
    if not code or scene.draft.dossier is not None:
        return file
    return file.with_draft(hand_in(scene.draft, code))


def ask_withdraw(scene: Scene) -> Said:
    """Ask before anything is taken back."""
    found, sent = scene.registration, scene.submission
    announced = found is not None and found.state is RegistrationState.REGISTERED
    if not announced and (sent is None or sent.state in _OVER):
        return state(scene)
    return scene.asks(telling.ask_withdraw(announced, scene.draft.id), WITHDRAW)


def withdraw(scene: Scene) -> Said:
    """The announcement, where there is one; else the submission."""
    means, conversation, id = scene.means, scene.turn.conversation_id, scene.draft.id
    found = scene.registration
    if means.register and found and found.state is RegistrationState.REGISTERED:
        return scene.ends(
            telling.receipt(means.register.withdraw(conversation, id) or found, means.addresses)
        )
    taken_back = means.handover.withdraw(conversation, id) if means.handover else None
    if taken_back is None:
        return state(scene)
    return scene.ends(telling.submission(taken_back, means.addresses, scene.link))


def leave(scene: Scene) -> Said:
    """The citizen does not want it: nothing is done."""
    return scene.ends(telling.plain("nothing_done", press("state", "state", scene.draft.id)))
