"""The privacy desk: requests about personal data with their clocks, and how many were answered in time."""

from datetime import datetime, timedelta

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from wtforms import DateTimeLocalField  # type: ignore[import-untyped]

from bot.console.context import console_of
from bot.console.filled import filled
from bot.console.forms import (
    Form,
    InputRequired,
    Length,
    SelectField,
    StringField,
    TextAreaField,
    named,
)
from bot.console.guard import needs, visitor_of
from bot.console.shipped import shipped_of
from bot.conversations.linking import prove
from bot.privacy import requests
from bot.privacy.clocks import UnknownDaysError, clocks
from bot.privacy.kinds import ANSWER_DAYS, OPEN, RequestKind, RequestSource
from bot.privacy.punctuality import Punctuality, punctuality
from bot.privacy.request import Request as Asked
from bot.staff import accounts
from bot.staff.roles import Permission

PRIVACY = "/console/privacy"
_FORMAT = "%Y-%m-%dT%H:%M"
_YEAR = timedelta(days=365).total_seconds()
_SHOWN = 50


class UnknownCodeError(ValueError):
    """The code was not shown to anybody, was used, or is too old."""


class RequestForm(Form):
    kind = SelectField("field_request_kind", choices=named(RequestKind))
    source = SelectField("field_request_source", choices=named(RequestSource))
    received = DateTimeLocalField("field_received", [InputRequired("error_required")], format=_FORMAT)
    summary = TextAreaField("field_summary", filled(2000), description="help_summary")
    code = StringField(
        "field_link_code", [Length(max=40, message="error_too_long")], description="help_link_code"
    )
    identified = StringField(
        "field_identified", [Length(max=300, message="error_too_long")], description="help_identified"
    )
    contact = StringField(
        "field_contact", [Length(max=300, message="error_too_long")], description="help_contact"
    )


def routes() -> list[Route]:
    return [
        Route(PRIVACY, desk, methods=["GET"]),
        Route(f"{PRIVACY}/new", new, methods=["GET"]),
        Route(f"{PRIVACY}/new", opened, methods=["POST"]),
    ]


@needs(Permission.PRIVACY_DESK)
async def desk(request: Request) -> Response:
    console = console_of(request)
    now = console.now()

    def work(connection: Connection) -> tuple[list[Asked], list[Asked], Punctuality, dict[int, str]]:
        year = requests.received(connection, now - _YEAR, now + 1)
        ended = [found for found in year if found.state not in OPEN][:_SHOWN]
        logins = {account.id: account.login for account in accounts.everyone(connection)}
        return requests.running(connection), ended, punctuality(year, now), logins

    running, ended, counted, logins = await console.run(work)
    return console.page(
        request,
        "privacy.html",
        running=running,
        ended=ended,
        counted=counted,
        share=None if counted.share is None else f"{counted.share:.0%}",
        logins=logins,
        now=now,
    )


@needs(Permission.PRIVACY_DESK)
async def new(request: Request) -> Response:
    now = datetime.fromtimestamp(console_of(request).now(), shipped_of(request).zone)
    return _new(request, RequestForm(received=now.replace(tzinfo=None)))


@needs(Permission.PRIVACY_DESK)
async def opened(request: Request) -> Response:
    console, visitor, shipped = console_of(request), visitor_of(request), shipped_of(request)
    form = RequestForm(await request.form())
    if not form.validate():
        return _new(request, form)
    now, kind = console.now(), RequestKind(form.kind.data)
    received_at = form.received.data.replace(tzinfo=shipped.zone).timestamp()
    sealed = console.seal.encrypt(form.contact.data.encode()).decode() if form.contact.data else None

    def work(connection: Connection) -> int:
        due = clocks(kind, received_at, shipped.zone, shipped.calendar(now))
        conversation_id = prove(connection, form.code.data, now) if form.code.data else None
        if form.code.data and conversation_id is None:
            raise UnknownCodeError
        return requests.open_request(
            connection,
            visitor.actor,
            kind,
            RequestSource(form.source.data),
            form.summary.data,
            received_at,
            due,
            now,
            conversation_id=conversation_id,
            identified=form.identified.data or (console.say("privacy_by_code") if conversation_id else ""),
            contact_sealed=sealed,
        )

    try:
        number = await console.run(work)
    except UnknownCodeError:
        form.code.errors = ["error_link_code"]
    except UnknownDaysError:
        form.received.errors = ["error_days_unknown"]
    except ValueError as fault:
        field = form.received if str(fault) == "received" else form.summary
        field.errors = ["error_received" if field is form.received else "error_required"]
    else:
        return console.to(f"{PRIVACY}/{number}", done="request_opened")
    return _new(request, form)


def _new(request: Request, form: RequestForm) -> Response:
    status = 422 if form.errors else 200
    return console_of(request).page(
        request, "privacy_new.html", status=status, form=form, days=list(ANSWER_DAYS.items())
    )
