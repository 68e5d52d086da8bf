"""One model: what it was made of, how it did, how it differs from the one that serves, and choosing it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.bank.entry import Entry
from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.console.models import MODELS
from bot.console.models_bank import Shelf, differences, shelf_of
from bot.console.models_shown import card_tables, compared, fallen
from bot.console.shipped import shipped_of
from bot.evaluation.comparing import same_conditions, same_questions
from bot.staff.roles import Permission


def routes() -> list[Route]:
    return [Route(f"{MODELS}/{{name}}", shown, methods=["GET"])]


@needs(Permission.EDIT, Permission.APPROVE)
async def shown(request: Request) -> Response:
    console, shelf = console_of(request), await shelf_of(request)
    entry = shelf.find(str(request.path_params["name"]))
    other, card = _other(request, shelf, entry), entry.card
    groups, remarks = [], []
    if card and other and other.card:
        found = differences(shipped_of(request).root, console.settings, other.card, card)
        groups = compared(console.say, found)
        if not same_questions(other.card, card):
            remarks.append(console.say("models_other_questions"))
        if not same_conditions(other.card, card):
            remarks.append(console.say("models_other_conditions"))
    return console.page(
        request,
        "models_card.html",
        entry=entry,
        card=card,
        others=[one for one in shelf.entries if one.id != entry.id and one.card],
        other=other,
        served=shelf.served,
        tables=card_tables(console.say, card) if card else [],
        fallen=fallen(console.say, card) if card else [],
        groups=groups,
        remarks=remarks,
        may_choose=visitor_of(request).may(Permission.APPROVE),
    )


def _other(request: Request, shelf: Shelf, entry: Entry) -> Entry | None:
    """What the address asks for, else the model that serves, else the one before."""
    asked = request.query_params.get("with", "")
    wanted = asked or (shelf.served if shelf.served != entry.id else shelf.predecessor)
    return next((one for one in shelf.entries if one.id == wanted and one.id != entry.id), None)
