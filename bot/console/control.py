"""The switches of the channels: one, or all at once, always with a comment."""

from collections.abc import Callable, Collection

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import Console, console_of
from bot.console.filled import filled
from bot.console.forms import CheckboxesField, Form, StringField, named
from bot.console.guard import needs, visitor_of
from bot.control.stopping import Cause, Stoppage, stoppages
from bot.control.switching import switch_off, switch_on
from bot.conversations.channel import Channel
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.audit import Actor
from bot.staff.chain import Entry
from bot.staff.roles import Permission

CONTROL = "/console/control"
_HISTORY = 20
WHY_STOPPED = {Cause.ORDERED: "control_ordered", Cause.BROKEN: "control_broken"}

Switch = Callable[[Connection, Actor, Collection[Channel], str, float], list[Channel]]


class SwitchForm(Form):
    channels = CheckboxesField("field_channels", choices=named(Channel))
    comment = StringField("field_comment", filled(500))

    def chosen(self) -> list[Channel]:
        return [Channel(value) for value in self.channels.data]

    def validate(self, extra_validators: object = None) -> bool:
        valid: bool = super().validate(extra_validators)
        if not self.channels.data:
            self.channels.errors = ["error_channels"]
            valid = False
        return valid


def routes() -> list[Route]:
    return [
        Route(CONTROL, control, methods=["GET"]),
        Route(f"{CONTROL}/stop", stopped, methods=["POST"]),
        Route(f"{CONTROL}/start", started, methods=["POST"]),
    ]


@needs(Permission.CONTROL)
async def control(request: Request) -> Response:
    return await _page(request, SwitchForm(), SwitchForm())


@needs(Permission.CONTROL)
async def stopped(request: Request) -> Response:
    form = SwitchForm(await request.form())
    if not form.validate():
        return await _page(request, form, SwitchForm())
    await _run(request, switch_off, form)
    return console_of(request).to(CONTROL, done="stopped")


@needs(Permission.CONTROL)
async def started(request: Request) -> Response:
    form = SwitchForm(await request.form())
    if not form.validate():
        return await _page(request, SwitchForm(), form)
    await _run(request, switch_on, form)
    return console_of(request).to(CONTROL, done="started")


async def _run(request: Request, switch: Switch, form: SwitchForm) -> None:
    console, actor = console_of(request), visitor_of(request).actor
    await console.run(switch, actor, form.chosen(), form.comment.data, console.now())


async def _page(request: Request, stopping: SwitchForm, starting: SwitchForm) -> Response:
    console = console_of(request)
    found, history = await console.run(_read)
    status = 422 if stopping.errors or starting.errors else 200
    return console.page(
        request,
        "control.html",
        status=status,
        channels=list(Channel),
        stoppages=found,
        why=_why(console),
        history=history,
        stopping=stopping,
        starting=starting,
    )


def _why(console: Console) -> Callable[[Stoppage], str]:
    return lambda found: console.say(WHY_STOPPED[found.cause])


def _read(connection: Connection) -> tuple[dict[Channel, Stoppage], list[Entry]]:
    history = [
        entry
        for action in (Action.CHANNEL_STOPPED, Action.CHANNEL_STARTED)
        for entry in audit.entries(connection, limit=_HISTORY, action=action)
    ]
    history.sort(key=lambda entry: entry.id, reverse=True)
    return stoppages(connection), history[:_HISTORY]
