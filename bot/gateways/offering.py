"""Which ways of handing in are offered for a draft that has come to its verdict. Pure."""

from dataclasses import dataclass
from datetime import date

from bot.answers.about.place import takes_anywhere
from bot.answers.phrase import Button
from bot.catalogue.enums import Channel
from bot.catalogue.records import Procedure
from bot.catalogue.view import Catalogue
from bot.dossiers.casefile import Draft, Phase
from bot.gateways.describing import describe_for_agency
from bot.gateways.telling import press


@dataclass(frozen=True)
class Offers:
    """``register``, ``onestop``: whether these ways are open."""

    catalogue: Catalogue
    register: bool
    onestop: bool

    def buttons(self, procedure: Procedure, draft: Draft, today: date) -> tuple[Button, ...]:
        """For the way chosen: online through the one-stop system, at the counter by announcing."""
        if draft.phase is Phase.READY and draft.way is Channel.ONLINE and self.onestop:
            known = describe_for_agency(self.catalogue, procedure, draft, draft.unit, today)
            return (press("onestop", "onestop", draft.id),) if known else ()
        told = draft.phase in (Phase.READY, Phase.NOT_READY)
        if told and draft.way is Channel.COUNTER and self.register and takes_anywhere(procedure):
            return (press("register", "register", draft.id),)
        return ()
