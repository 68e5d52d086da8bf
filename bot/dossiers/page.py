"""One reply of the guide being put together: the draft as it is now and what was said so far. Pure."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from msgspec.structs import replace

from bot.answers.about import source
from bot.answers.about.lines import heading, inline
from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Candidate, Phrase, act, phrase
from bot.answers.turn import Turn
from bot.catalogue.records import Procedure
from bot.catalogue.view import Catalogue
from bot.dossiers import advice
from bot.dossiers.asking import ASKING
from bot.dossiers.casefile import CaseFile, Draft, Waiting
from bot.dossiers.checks import Check
from bot.dossiers.flow import Told
from bot.dossiers.orders import NAME
from bot.dossiers.readiness import Readiness
from bot.dossiers.step import Kind, Step, after, step_of
from bot.dossiers.verdict import Scene, not_ready, ready

_LONG = frozenset({Kind.CHECKLIST, Kind.READY, Kind.NOT_READY})
"""Steps not said twice in full."""


class Extras(Protocol):
    """Buttons of other flows and pages for a draft that has come to its verdict."""

    def buttons(self, procedure: Procedure, draft: Draft, turn: Turn) -> Sequence[Button]: ...

    def leaving(self, url: str, draft: Draft, turn: Turn) -> str:
        """The address behind the button that opens ``url``."""


@dataclass(frozen=True)
class Page:
    """Everything a reply is made from."""

    catalogue: Catalogue
    readiness: Readiness
    extras: Extras
    turn: Turn
    file: CaseFile
    context: Context

    def procedure(self, draft: Draft) -> Procedure | None:
        """The procedure of a draft; None when the catalogue has lost it."""
        return self.catalogue.procedures.get(draft.procedure)

    def told(self, *answers: Answer, file: CaseFile | None = None, intent: Intent | None = None) -> Told:
        """A reply that changes nothing but the file."""
        return Told(answers, file or self.file, self.context, intent or Intent.START_DOSSIER)

    def go_on(self, draft: Draft, *before: Phrase, candidates: tuple[Candidate, ...] = ()) -> Told:
        """Say the next step of ``draft``, after ``before``, and wait for its answer. ``candidates``: what
        the wish was looked up with; an answer with them names its procedure and source.
        """
        procedure = self.procedure(draft)
        if procedure is None:
            return self.told(self.say("utter_guide_procedure_gone"))
        step = step_of(procedure, draft, self.turn.today)
        draft = replace(after(draft, step, self.turn.today), set_aside=False)
        answer = self._answer(procedure, draft, step)
        if before:
            answer = _with(answer, before)
        if candidates:
            sources = (source.of_record(procedure),)
            answer = dataclasses.replace(
                answer, procedure_code=procedure.code, sources=sources, candidates=candidates
            )
        waiting = None if step.kind is Kind.DONE else Waiting(NAME, step.kind.value, draft.id)
        file = replace(self.file.with_draft(draft), active=draft.id, waiting=waiting)
        context = replace(self.context, procedure=draft.procedure, options=(), pending=None)
        return Told((answer,), file, context, Intent.START_DOSSIER)

    def again(self) -> Answer | None:
        """The open question once more, after something else was answered; None when none is open."""
        draft = self.file.current
        procedure = self.procedure(draft) if draft else None
        if draft is None or procedure is None:
            return None
        step = step_of(procedure, draft, self.turn.today)
        lead = phrase("utter_guide_again", name=heading(procedure))
        if step.kind is Kind.DONE:
            return None
        if step.kind not in _LONG:
            return _with(self._answer(procedure, draft, step), (lead,))
        resume = act(phrase("utter_guide_button_resume"), f"guide:resume:{draft.id}")
        return Answer(Outcome.GUIDED, (phrase("utter_guide_again_long", name=heading(procedure)),), (resume,))

    def waiting(self) -> Waiting | None:
        """What the guide waits for as the draft stands; None when nothing is open, or all was said."""
        draft = self.file.current
        procedure = self.procedure(draft) if draft else None
        if draft is None or procedure is None or draft.set_aside:
            return None
        step = step_of(procedure, draft, self.turn.today)
        return None if step.kind in (Kind.DONE, Kind.READY) else Waiting(NAME, step.kind.value, draft.id)

    def say(self, response: str, *buttons: Button, **values: str) -> Answer:
        """One sentence of the guide."""
        return Answer(Outcome.GUIDED, (phrase(response, **values),), buttons)

    def _answer(self, procedure: Procedure, draft: Draft, step: Step) -> Answer:
        if step.kind in ASKING:
            answer = ASKING[step.kind](procedure, draft, step)
            if step.check is not Check.SCANS:
                return answer
            files = advice.files(procedure, draft, self.readiness, self.catalogue)
            return dataclasses.replace(answer, phrases=(*answer.phrases, files))
        if step.kind is Kind.INSTEAD:
            return self._instead(procedure, draft, step)
        if step.kind in (Kind.READY, Kind.NOT_READY):
            extras = tuple(self.extras.buttons(procedure, draft, self.turn))
            scene = Scene(
                procedure,
                draft,
                step,
                self.turn,
                self.catalogue,
                self.readiness,
                extras,
                self._leaving(draft),
            )
            return ready(scene) if step.kind is Kind.READY else not_ready(scene)
        return self.say("utter_guide_done", name=heading(procedure))

    def _leaving(self, draft: Draft) -> Callable[[str], str]:
        return lambda url: self.extras.leaving(url, draft, self.turn)

    def _instead(self, procedure: Procedure, draft: Draft, step: Step) -> Answer:
        assert step.option is not None
        other = self.catalogue.procedures.get(step.option.instead or "")
        back = act(phrase("utter_guide_button_back"), f"guide:back:{draft.id}")
        if other is None:
            return self.say("utter_guide_procedure_gone", back)
        start = act(phrase("utter_guide_button_instead"), f"guide:start:{other.code}")
        label = inline(step.option.label)
        return self.say("utter_guide_instead", start, back, label=label, name=heading(other), code=other.code)


def _with(answer: Answer, before: Sequence[Phrase]) -> Answer:
    return dataclasses.replace(answer, phrases=(*before, *answer.phrases))
