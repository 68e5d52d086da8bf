"""Orders to the editors of the catalogue: what is open, and how the others ended."""

from dataclasses import dataclass

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import console_of
from bot.console.filled import filled
from bot.console.forms import Form, TextAreaField
from bot.console.guard import needs, visitor_of
from bot.console.listing import LARGEST_ID, number_of
from bot.console.procedures import labels
from bot.staff import accounts
from bot.staff.roles import Permission
from bot.upkeep import orders
from bot.upkeep.orders import COMMENT_LENGTH, Order
from bot.upkeep.states import OrderState

ORDERS = "/console/orders"
_PAGE = 50


@dataclass(frozen=True)
class Listed:
    """``onward``: the order the next page of settled ones goes on after, None at the end."""

    opened: list[Order]
    settled: list[Order]
    onward: int | None
    names: dict[str, str]
    logins: dict[int, str]


class SettleForm(Form):
    comment = TextAreaField("field_order_comment", filled(COMMENT_LENGTH), description="help_order_comment")


def routes() -> list[Route]:
    one = f"{ORDERS}/{{order_id:int}}"
    return [
        Route(ORDERS, listed, methods=["GET"]),
        Route(one, shown, methods=["GET"]),
        Route(f"{one}/done", fulfilled, methods=["POST"]),
        Route(f"{one}/declined", declined, methods=["POST"]),
    ]


@needs(Permission.REVIEW, Permission.EDIT)
async def listed(request: Request) -> Response:
    console = console_of(request)
    before = number_of(request.query_params.get("before", ""))

    def work(connection: Connection) -> Listed:
        opened = orders.open_orders(connection) if before is None else []
        settled = orders.settled_orders(connection, _PAGE + 1, before)
        onward = settled[_PAGE - 1].id if len(settled) > _PAGE else None
        settled = settled[:_PAGE]
        names = labels(connection, {order.code or "" for order in (*opened, *settled)})
        return Listed(opened, settled, onward, names, _logins(connection))

    found = await console.run(work)
    return console.page(request, "orders.html", found=found, first=before is None)


@needs(Permission.REVIEW, Permission.EDIT)
async def shown(request: Request) -> Response:
    return await _page(request)


@needs(Permission.EDIT)
async def fulfilled(request: Request) -> Response:
    return await _settle(request, True)


@needs(Permission.EDIT)
async def declined(request: Request) -> Response:
    return await _settle(request, False)


async def _settle(request: Request, done: bool) -> Response:
    console, visitor, number = console_of(request), visitor_of(request), _number(request)
    form = SettleForm(await request.form())
    if not form.validate():
        return await _page(request, form)
    settled = await console.run(orders.settle, visitor.actor, number, done, form.comment.data, console.now())
    if not settled:
        return console.to(f"{ORDERS}/{number}", fault="order_settled")
    path = f"{ORDERS}/{number}"
    return console.to(path, done="order_done") if done else console.to(path, done="order_declined")


async def _page(request: Request, form: SettleForm | None = None) -> Response:
    console, number = console_of(request), _number(request)

    def work(connection: Connection) -> tuple[Order | None, dict[str, str], dict[int, str]]:
        order = orders.find(connection, number)
        names = labels(connection, {order.code or ""}) if order else {}
        return order, names, _logins(connection)

    order, names, logins = await console.run(work)
    if order is None:
        raise HTTPException(404)
    return console.page(
        request,
        "order.html",
        status=200 if form is None else 422,
        order=order,
        names=names,
        logins=logins,
        form=form or SettleForm(),
        may_settle=order.state is OrderState.OPEN and visitor_of(request).may(Permission.EDIT),
    )


def _number(request: Request) -> int:
    return min(int(request.path_params["order_id"]), LARGEST_ID)


def _logins(connection: Connection) -> dict[int, str]:
    return {account.id: account.login for account in accounts.everyone(connection)}
