"""One request about personal data: confirmed, given to somebody, put off, carried out."""

from collections.abc import Callable

from cryptography.fernet import InvalidToken
from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import Console, console_of
from bot.console.filled import filled
from bot.console.forms import Form, SelectField, StringField, TextAreaField
from bot.console.guard import needs, visitor_of
from bot.console.privacy import PRIVACY
from bot.console.shipped import shipped_of
from bot.privacy import requests
from bot.privacy.cascade import Manual
from bot.privacy.clocks import UnknownDaysError, extended
from bot.privacy.kinds import OPEN, RequestKind, RequestState
from bot.privacy.request import Request as Asked
from bot.privacy.requests import WrongStepError
from bot.staff import accounts, audit
from bot.staff.audit import Actor
from bot.staff.chain import Entry
from bot.staff.roles import Permission

_ONE = f"{PRIVACY}/{{number:int}}"
_ENDS = (RequestState.DONE, RequestState.REFUSED, RequestState.CANCELLED)

Step = Callable[[Connection, Actor, Asked, float], object]


class EndForm(Form):
    state = SelectField(
        "field_request_end",
        choices=[(state.value, f"request_state_{state.value}") for state in _ENDS],
    )
    answer = TextAreaField("field_answer", filled(2000), description="help_answer")


class ExtendForm(Form):
    reason = StringField("field_reason", filled(300))


class EraseForm(Form):
    reason = StringField("field_reason", filled(300))


def routes() -> list[Route]:
    return [
        Route(_ONE, shown, methods=["GET"]),
        Route(f"{_ONE}/acknowledge", acknowledged, methods=["POST"]),
        Route(f"{_ONE}/take", taken, methods=["POST"]),
        Route(f"{_ONE}/extend", put_off, methods=["POST"]),
        Route(f"{_ONE}/end", ended, methods=["POST"]),
    ]


@needs(Permission.PRIVACY_DESK)
async def shown(request: Request) -> Response:
    return await request_page(request)


@needs(Permission.PRIVACY_DESK)
async def acknowledged(request: Request) -> Response:
    return await _step(
        request,
        lambda connection, actor, asked, now: requests.acknowledge(connection, actor, asked.id, now),
    )


@needs(Permission.PRIVACY_DESK)
async def taken(request: Request) -> Response:
    own = visitor_of(request).account.id
    return await _step(
        request,
        lambda connection, actor, asked, now: requests.give(connection, actor, asked.id, own, now),
    )


@needs(Permission.PRIVACY_DESK)
async def put_off(request: Request) -> Response:
    form, shipped = ExtendForm(await request.form()), shipped_of(request)
    if not form.validate():
        return await request_page(request, extending=form)

    def step(connection: Connection, actor: Actor, asked: Asked, now: float) -> bool:
        due = extended(asked.kind, asked.answer_due_at, shipped.zone, shipped.calendar(now))
        return requests.extend(connection, actor, asked.id, due, form.reason.data, now)

    try:
        return await _step(request, step)
    except UnknownDaysError:
        form.reason.errors = ["error_days_unknown"]
        return await request_page(request, extending=form)


@needs(Permission.PRIVACY_DESK)
async def ended(request: Request) -> Response:
    form = EndForm(await request.form())
    if not form.validate():
        return await request_page(request, ending=form)
    state = RequestState(form.state.data)
    return await _step(
        request,
        lambda connection, actor, asked, now: requests.end(
            connection, actor, asked.id, state, form.answer.data, now
        ),
    )


async def request_page(
    request: Request,
    extending: ExtendForm | None = None,
    ending: EndForm | None = None,
    erasing: EraseForm | None = None,
) -> Response:
    """The page of one request, with forms that were filled in wrongly."""
    console = console_of(request)

    def work(connection: Connection) -> tuple[Asked, list[Entry], dict[int, str]]:
        asked = asked_for(connection, request)
        history = [
            entry
            for entry in audit.entries(connection, object=f"request:{asked.id}")
            if entry.object == f"request:{asked.id}"
        ]
        return asked, history, {account.id: account.login for account in accounts.everyone(connection)}

    asked, history, logins = await console.run(work)
    faulty = any(form is not None and form.errors for form in (extending, ending, erasing))
    return console.page(
        request,
        "privacy_request.html",
        status=422 if faulty else 200,
        asked=asked,
        open=asked.state in OPEN,
        erasable=asked.kind is RequestKind.ERASE and asked.state is RequestState.ACKNOWLEDGED,
        contact=_contact(console, asked),
        history=history,
        logins=logins,
        now=console.now(),
        own=visitor_of(request).account.id,
        extending=extending or ExtendForm(),
        ending=ending or EndForm(),
        erasing=erasing or EraseForm(),
        manual=[Manual(one) for one in (asked.report or {}).get("manual", ())],
    )


def asked_for(connection: Connection, request: Request) -> Asked:
    """The request of this page; raises ``HTTPException`` when there is none."""
    found = requests.find(connection, request.path_params["number"])
    if found is None:
        raise HTTPException(404)
    return found


async def _step(request: Request, step: Step) -> Response:
    console, visitor = console_of(request), visitor_of(request)

    def work(connection: Connection) -> int:
        asked = asked_for(connection, request)
        if step(connection, visitor.actor, asked, console.now()) is False:
            raise WrongStepError(asked.state.value)
        return asked.id

    try:
        number = await console.run(work)
    except WrongStepError:
        return console.to(f"{PRIVACY}/{request.path_params['number']}", fault="request_step")
    return console.to(f"{PRIVACY}/{number}", done="request_changed")


def _contact(console: Console, asked: Asked) -> str:
    if asked.contact_sealed is None:
        return ""
    try:
        return console.seal.decrypt(asked.contact_sealed.encode()).decode()
    except InvalidToken:
        return console.say("privacy_contact_lost")
