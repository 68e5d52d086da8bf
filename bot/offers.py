"""Buttons under the verdict on a dossier that lead to pages and to other flows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers.phrase import Button, act, phrase
from bot.answers.turn import Turn
from bot.catalogue.enums import Channel
from bot.catalogue.records import Procedure
from bot.dossiers.casefile import Draft, Phase
from bot.dossiers.checklist import checklist_of
from bot.forms.offer import Forms
from bot.forms.tokens import checklist_url, form_url
from bot.leaving import Departure, departure_url
from bot.settings import Settings

HandIn = Callable[[Procedure, Draft, date], Sequence[Button]]


@dataclass(frozen=True)
class Offers:
    """What this installation can do for a draft (``bot.dossiers.page.Extras``). ``secret`` signs addresses
    of pages; ``hand_in``: buttons of the ways to hand in; ``pays``: whether fees can be paid through us.
    """

    settings: Settings
    forms: Forms
    secret: str
    hand_in: HandIn
    pays: bool

    def buttons(self, procedure: Procedure, draft: Draft, turn: Turn) -> Sequence[Button]:
        """The most useful first: a chat window may show only a few."""
        found = [*self._form(procedure, draft)]
        found += self.hand_in(procedure, draft, turn.today)
        found += self._checklist(procedure, draft)
        found.append(act(phrase("utter_guide_button_remind"), f"notice:ask:{draft.id}"))
        if self.pays and draft.phase is Phase.READY:
            found.append(act(phrase("utter_guide_button_pay"), f"pay:due:{draft.id}"))
        return found

    def leaving(self, url: str, draft: Draft, turn: Turn) -> str:
        """By way of the gateway, which counts that the citizen got this far."""
        departure = Departure(draft.id, draft.procedure, turn.channel, url)
        return departure_url(self.settings.gateway_url, self.secret, departure)

    def _form(self, procedure: Procedure, draft: Draft) -> list[Button]:
        form = self.forms.of(procedure.code)
        # Who hands in online fills in the portal's own form.
        if form is None or draft.way is Channel.ONLINE:
            return []
        url = form_url(
            self.settings.gateway_url, self.secret, form.id, procedure.code, draft.answers, draft.unit
        )
        return [Button(phrase("utter_guide_button_form"), url=url)]

    def _checklist(self, procedure: Procedure, draft: Draft) -> list[Button]:
        if not checklist_of(procedure, draft.answers).items:
            return []
        url = checklist_url(self.settings.gateway_url, self.secret, procedure.code, draft.answers, draft.unit)
        return [Button(phrase("utter_guide_button_print"), url=url)]
