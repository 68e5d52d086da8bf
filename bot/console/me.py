"""My own account: whether I take conversations, my password, my open sessions."""

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console import my_sessions
from bot.console.context import console_of
from bot.console.forms import Form, Length, RadioField, StringField, named
from bot.console.guard import needs, visitor_of
from bot.staff import audit, presence
from bot.staff.actions import Action, Presence
from bot.staff.presence import Whereabouts

_ME = "/console/me"


class PresenceForm(Form):
    state = RadioField("field_presence", choices=named(Presence))
    reason = StringField("field_presence_reason", [Length(max=160, message="error_too_long")])


def routes() -> list[Route]:
    return [
        Route(_ME, me, methods=["GET"]),
        Route(f"{_ME}/presence", told, methods=["POST"]),
        Route(f"{_ME}/sessions", ended, methods=["POST"]),
    ]


@needs()
async def me(request: Request) -> Response:
    return await _page(request, None, 200)


@needs()
async def told(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    form = PresenceForm(await request.form())
    if not form.validate():
        return await _page(request, form, 422)
    state = Presence(form.state.data)
    reason = form.reason.data if state is not Presence.HERE else ""
    await console.run(presence.tell, visitor.account.id, state, console.now(), reason)
    return console.to(_ME, done="presence")


@needs()
async def ended(request: Request) -> Response:
    """``which``: the mark of a session, or ``others``."""
    console, visitor = console_of(request), visitor_of(request)
    which = str((await request.form()).get("which", ""))
    account_id = visitor.account.id

    def work(connection: Connection) -> None:
        if which == "others":
            count = my_sessions.end_others(connection, account_id, visitor.token)
        else:
            count = my_sessions.end_marked(connection, account_id, which)
        if count:
            detail = {"count": count}
            here = f"account:{account_id}"
            audit.record(connection, visitor.actor, Action.SESSION_ENDED, here, console.now(), detail=detail)

    await console.run(work)
    return console.to(_ME, done="sessions")


async def _page(request: Request, form: PresenceForm | None, status: int) -> Response:
    console, visitor = console_of(request), visitor_of(request)

    def work(connection: Connection) -> tuple[Whereabouts | None, list[my_sessions.OpenSession]]:
        account_id = visitor.account.id
        open_ones = my_sessions.of_account(connection, account_id, visitor.token, console.now())
        return presence.of(connection, account_id), open_ones

    known, open_ones = await console.run(work)
    if form is None:
        form = PresenceForm(state=visitor.presence.value, reason=known.reason if known else "")
    return console.page(request, "me.html", status=status, form=form, sessions=open_ones)
