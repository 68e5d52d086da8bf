"""After handing in: how it stands, and taking it back. Pure but for what is behind the ports."""

from bot.dossiers.moves import hand_in
from bot.gateways import telling
from bot.gateways.scene import Said, Scene
from bot.gateways.states import RegistrationState, SubmissionState
from bot.gateways.telling import press

WITHDRAW, STATE = "withdraw", "state"
_OVER = frozenset({SubmissionState.REFUSED, SubmissionState.WITHDRAWN, SubmissionState.DEAD})


def state(scene: Scene) -> Said:
    """How an announcement or a submission stands: one that goes on before one that has ended. A dossier the
    system has gets its code in the case file.
    """
    sent, found = scene.submission, scene.registration
    over = sent is None or sent.state in _OVER
    if found is not None and over:
        return scene.ends(telling.receipt(found, scene.means.addresses))
    if sent is None:
        return scene.ends(telling.plain("nothing"))
    answer, file = scene.ends(telling.submission(sent, scene.means.addresses, scene.link))
    if sent.state is SubmissionState.SENT and sent.code and scene.draft.dossier is None:
        file = file.with_draft(hand_in(scene.draft, sent.code))
    return answer, file


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
