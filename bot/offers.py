"""Buttons under the verdict on a dossier that lead to pages and to other flows."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.about.reply import SHARED_COUNTER
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


@dataclass(frozen=True)
class Offers:
    """What this installation can do for a draft (``bot.dossiers.page.Extras``). ``secret`` signs addresses
    of pages; ``pays``: whether fees can be paid through us.
    """

    settings: Settings
    forms: Forms
    secret: str
    pays: bool

    def buttons(self, procedure: Procedure, draft: Draft, turn: Turn) -> Sequence[Button]:
        """The most useful first: a chat window may show only a few."""
        found = [*self._form(procedure, draft)]
        if draft.phase is Phase.READY:
            found += self._hand_in(procedure, draft)
        found += self._checklist(procedure, draft)
        if self.pays and draft.phase is Phase.READY:
            found.append(act(phrase("utter_guide_button_pay"), f"pay:due:{draft.id}"))
        found.append(act(phrase("utter_guide_button_remind"), f"notice:ask:{draft.id}"))
        return found

    def leaving(self, url: str, draft: Draft, turn: Turn) -> str:
        """By way of the gateway, which counts that the citizen got this far."""
        departure = Departure(draft.id, draft.procedure, turn.channel, url)
        return departure_url(self.settings.gateway_url, self.secret, departure)

    def _form(self, procedure: Procedure, draft: Draft) -> list[Button]:
        form = self.forms.of(procedure.code)
        if form is None:
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

    def _hand_in(self, procedure: Procedure, draft: Draft) -> list[Button]:
        found = []
        online = draft.way is Channel.ONLINE
        if online and self.settings.onestop_url and self.settings.onestop_submits:
            found.append(act(phrase("utter_guide_button_onestop"), f"submit:onestop:{draft.id}"))
        at_counter = draft.way is Channel.COUNTER and procedure.handler in SHARED_COUNTER
        if at_counter and self.settings.register_open:
            found.append(act(phrase("utter_guide_button_register"), f"submit:register:{draft.id}"))
        return found
