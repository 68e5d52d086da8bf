"""What is done about a cluster: a name is proposed, or the editors are asked."""

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.amendments.faults import AmendmentError, Fault
from bot.amendments.proposals import propose
from bot.amendments.record import Basis
from bot.console.context import console_of
from bot.console.gaps import GAPS, address, cluster_page, current, days_of
from bot.console.gaps_forms import AliasForm, OrderForm
from bot.console.guard import needs, visitor_of
from bot.console.orders import ORDERS
from bot.staff.roles import Permission
from bot.text import mask
from bot.upkeep import orders
from bot.upkeep.orders import OrderError, OrderFault
from bot.upkeep.states import Need

_ALIAS_FAULTS = {
    Fault.UNKNOWN: ("procedure", "error_procedure_unknown"),
    Fault.SAME: ("term", "error_alias_same"),
    Fault.PATCH: ("term", "error_field"),
    Fault.REASON: ("reason", "error_required"),
}
_ORDER_FAULTS = {
    OrderFault.NO_TITLE: ("title", "error_required"),
    OrderFault.LONG_TITLE: ("title", "error_too_long"),
    OrderFault.UNKNOWN_PROCEDURE: ("code", "error_procedure_unknown"),
    OrderFault.NO_PROCEDURE: ("code", "error_order_code"),
    OrderFault.MANY_QUESTIONS: ("questions", "error_order_questions"),
}


def routes() -> list[Route]:
    return [
        Route(f"{GAPS}/{{turn_id:int}}/alias", name_proposed, methods=["POST"]),
        Route(f"{GAPS}/{{turn_id:int}}/order", ordered, methods=["POST"]),
    ]


@needs(Permission.EDIT)
async def name_proposed(request: Request) -> Response:
    console, visitor, days = console_of(request), visitor_of(request), days_of(request)
    form = AliasForm(await request.form())
    form.validate()
    here = await current(request)
    if here is None:
        return console.to(GAPS, days=days, fault="gap_gone")
    _, cluster = here
    term = " ".join((form.term.data or "").split())
    if not form.term.errors and mask(term) != term:
        form.term.errors = ["error_alias_masked"]
    if form.errors or form.term.errors:
        return await cluster_page(request, alias=form)
    first, last = (console.stamp(at)[:10] for at in (cluster.first, cluster.last))
    source = console.say("gaps_source", first=first, last=last, count=cluster.count)
    basis = Basis(form.reason.data, source, None, None, None)
    patch = {"aliases": {"add": [term]}}
    try:
        await console.run(propose, visitor.actor, form.procedure.data.strip(), patch, basis, console.now())
    except AmendmentError as error:
        field, key = _ALIAS_FAULTS.get(error.fault, ("term", "error_field"))
        form[field].errors = [key]
        return await cluster_page(request, alias=form)
    return console.to(address(cluster.typical, days).partition("?")[0], days=days, done="alias_proposed")


@needs(Permission.REVIEW)
async def ordered(request: Request) -> Response:
    console, visitor, days = console_of(request), visitor_of(request), days_of(request)
    form = OrderForm(await request.form())
    form.validate()
    here = await current(request)
    if here is None:
        return console.to(GAPS, days=days, fault="gap_gone")
    if form.errors:
        return await cluster_page(request, order=form)
    _, cluster = here
    examples = (form.questions.data or "").splitlines()

    def work(connection: Connection) -> int:
        return orders.make(
            connection,
            visitor.actor,
            Need(form.need.data),
            form.title.data,
            form.code.data,
            examples,
            cluster.count,
            cluster.citizens,
            console.now(),
        )

    try:
        made = await console.run(work)
    except OrderError as error:
        field, key = _ORDER_FAULTS[error.fault]
        form[field].errors = [key]
        return await cluster_page(request, order=form)
    return console.to(f"{ORDERS}/{made}", done="order_made")
