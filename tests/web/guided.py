"""A portal behind which the real guide answers, over made-up procedures and with the shipped texts."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.assistant import Assistant
from bot.answers.card import button_of
from bot.answers.knowledge import Knowledge
from bot.answers.phrase import Button, act, phrase
from bot.answers.turn import Turn
from bot.catalogue.records import Procedure
from bot.dossiers.casefile import Draft
from bot.dossiers.concierge import Concierge
from bot.dossiers.guide import Guide
from tests.dossiers import talking
from tests.web import script
from tests.web.portal import Message, Portal, Talk

FORM = "https://to-khai.example.vn/x"
BEGIN = "guide:start:1.000001"
WISH = "làm giấy khai sinh"


@dataclass(frozen=True)
class EveryButton:
    """As many buttons of other flows and pages as an installation can have."""

    def buttons(self, procedure: Procedure, draft: Draft, turn: Turn) -> Sequence[Button]:
        """The form opens a page, the others lead nowhere here."""
        form = Button(phrase("utter_guide_button_form"), url=FORM)
        ways = (act(phrase(f"utter_submit_button_{name}"), f"x:{name}") for name in ("onestop", "register"))
        others = (
            act(phrase(f"utter_guide_button_{name}"), f"x:{name}") for name in ("print", "remind", "pay")
        )
        return (form, *ways, *others)

    def leaving(self, url: str, draft: Draft, turn: Turn) -> str:
        """Straight there."""
        return url


class GuidedTalk(talking.Talk):
    """A conversation with the guide whose verdict offers every button."""

    def replace(self, over: Knowledge) -> None:
        """From now on another revision of the catalogue answers."""
        new_id = self._ids.__next__
        self.guide = Guide(over, talking.vocabulary(), talking.readiness(), EveryButton(), new_id)
        self.concierge = Concierge(Assistant(over), self.guide)


class GuidedPortal(Portal):
    """The portal of the tests; one conversation, answered by the guide."""

    def __init__(self) -> None:
        super().__init__()
        self.guided = GuidedTalk()
        self.payloads: dict[str, str] = {}
        script.BUTTONS["b-begin"] = "Chuẩn bị hồ sơ từng bước"

    async def answer(self, talk: Talk, text: str) -> None:
        """What the guide says to a text or to one of its buttons."""
        await asyncio.sleep(self.answer_seconds)
        if text == WISH:
            self.payloads["b-begin"] = f"/select_option{json.dumps({'act': BEGIN})}"
            begin = {"id": "b-begin", "title": script.BUTTONS["b-begin"]}
            talk.add("assistant", {**script.BIRTH, "buttons": [begin]})
            return
        pressed = self.payloads.get(self.bodies[-1].get("button", ""), "")
        said = self.guided.say(pressed or text)
        assert self.guided.last is not None
        buttons = [self._offer(button) for button in self.guided.last.buttons]
        talk.add("assistant", {"text": said, "outcome": "guided", "buttons": buttons})

    def _offer(self, button: Button) -> Message:
        made = button_of(button, talking.WORDING, "web")
        if button.url:
            return {"url": button.url, "title": made["title"]}
        id = f"g{len(self.payloads)}"
        self.payloads[id], script.BUTTONS[id] = made["payload"], made["title"]
        return {"id": id, "title": made["title"]}
