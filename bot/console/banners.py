"""Emergency banners: put up with a preview, taken down with a reason."""

from datetime import datetime

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from wtforms import DateTimeLocalField  # type: ignore[import-untyped]

from bot.console.context import console_of
from bot.console.filled import filled
from bot.console.forms import (
    CheckboxesField,
    Form,
    InputRequired,
    StringField,
    TextAreaField,
    named,
)
from bot.console.guard import needs, visitor_of
from bot.console.shipped import shipped_of
from bot.control import banners
from bot.control.banners import LONGEST, Banner, BannerState, WrongBannerError
from bot.conversations.channel import Channel
from bot.staff.roles import Permission

BANNERS = "/console/banners"
_FORMAT = "%Y-%m-%dT%H:%M"
_BLAMED = {
    "text": ("text", "error_banner_text"),
    "channels": ("channels", "error_channels"),
    "order": ("ends", "error_banner_order"),
    "past": ("ends", "error_banner_past"),
    "long": ("ends", "error_banner_long"),
}


class BannerForm(Form):
    text = TextAreaField("field_banner_text", filled(LONGEST), description="help_banner_text")
    channels = CheckboxesField("field_channels", choices=named(Channel))
    starts = DateTimeLocalField("field_starts", [InputRequired("error_required")], format=_FORMAT)
    ends = DateTimeLocalField("field_ends", [InputRequired("error_required")], format=_FORMAT)

    def chosen(self) -> list[Channel]:
        return [Channel(value) for value in self.channels.data]

    def blame(self, fault: WrongBannerError) -> None:
        name, message = _BLAMED[str(fault)]
        self[name].errors = [message]


class WithdrawForm(Form):
    reason = StringField("field_reason", filled(300))


def routes() -> list[Route]:
    return [
        Route(BANNERS, shown, methods=["GET"]),
        Route(BANNERS, put_up, methods=["POST"]),
        Route(f"{BANNERS}/{{banner_id:int}}/withdraw", withdrawn, methods=["POST"]),
    ]


@needs(Permission.CONTROL)
async def shown(request: Request) -> Response:
    zone, now = shipped_of(request).zone, console_of(request).now()
    begin = datetime.fromtimestamp(now, zone).replace(tzinfo=None)
    form = BannerForm(channels=[channel.value for channel in Channel], starts=begin)
    return await _page(request, form)


@needs(Permission.CONTROL)
async def put_up(request: Request) -> Response:
    console, visitor, zone = console_of(request), visitor_of(request), shipped_of(request).zone
    sent = await request.form()
    form = BannerForm(sent)
    if not form.validate():
        return await _page(request, form)
    starts, ends = (moment.replace(tzinfo=zone).timestamp() for moment in (form.starts.data, form.ends.data))
    try:
        text = banners.checked(form.text.data, form.chosen(), starts, ends, console.now())
    except WrongBannerError as fault:
        form.blame(fault)
        return await _page(request, form)
    if "preview" in sent:
        return await _page(request, form, preview=text)
    await console.run(banners.put_up, visitor.actor, text, form.chosen(), starts, ends, console.now())
    return console.to(BANNERS, done="banner")


@needs(Permission.CONTROL)
async def withdrawn(request: Request) -> Response:
    console, visitor, form = console_of(request), visitor_of(request), WithdrawForm(await request.form())
    if not form.validate():
        return console.to(BANNERS, fault="reason")
    number = request.path_params["banner_id"]
    if not await console.run(banners.take_down, visitor.actor, number, form.reason.data, console.now()):
        raise HTTPException(404)
    return console.to(BANNERS, done="banner_withdrawn")


async def _page(request: Request, form: BannerForm, preview: str = "") -> Response:
    console = console_of(request)

    def work(connection: Connection) -> list[Banner]:
        return banners.everything(connection)

    found, now = await console.run(work), console.now()
    return console.page(
        request,
        "banners.html",
        status=422 if form.errors else 200,
        form=form,
        preview=preview,
        banners=[(banner, banner.state(now)) for banner in found],
        lasting={BannerState.AHEAD, BannerState.SHOWN},
        order=list(Channel),
    )
