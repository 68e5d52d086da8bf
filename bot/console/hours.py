"""Hours of staff and special days: changed with a preview of the next two weeks."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import console_of
from bot.console.filled import filled
from bot.console.forms import Form, StringField, TextAreaField
from bot.console.guard import needs, visitor_of
from bot.console.shipped import Shipped, shipped_of
from bot.control import hours
from bot.control.hours import Change, Described
from bot.control.hours_written import WrittenError, blocks_of, days_of, lines_of, written_of
from bot.handoffs.hours import Hours, hours_from
from bot.staff import accounts
from bot.staff.roles import Permission

HOURS = "/console/hours"
_DAYS = 14
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LABELS = (
    "day_monday",
    "day_tuesday",
    "day_wednesday",
    "day_thursday",
    "day_friday",
    "day_saturday",
    "day_sunday",
)
_LONGEST = 200


class HoursForm(Form):
    monday = StringField("day_monday", filled(_LONGEST))
    tuesday = StringField("day_tuesday", filled(_LONGEST))
    wednesday = StringField("day_wednesday", filled(_LONGEST))
    thursday = StringField("day_thursday", filled(_LONGEST))
    friday = StringField("day_friday", filled(_LONGEST))
    saturday = StringField("day_saturday", filled(_LONGEST))
    sunday = StringField("day_sunday", filled(_LONGEST))
    swap_day = StringField("field_swap_day", filled(_LONGEST), description="help_swap_day")
    special = TextAreaField("field_special", description="help_special")
    comment = StringField("field_comment", filled(500))

    def described(self) -> dict[str, Any] | None:
        """What the fields say; None with the errors at the fields that say nothing."""
        read: dict[str, Any] = {}
        for name in (*WEEKDAYS, "swap_day", "special"):
            field = self[name]
            try:
                read[name] = days_of(field.data or "") if name == "special" else blocks_of(field.data or "")
            except WrittenError:
                field.errors = ["error_special" if name == "special" else "error_hours"]
        if len(read) < len(WEEKDAYS) + 2:
            return None
        weekdays = {name: read[name] for name in WEEKDAYS}
        return {"weekdays": weekdays, "swap_day": read["swap_day"], "special": read["special"]}

    def blame(self, place: str) -> None:
        """Where blocks overlap or a day stands twice."""
        field = self._fields.get(place, self.special)
        field.errors = ["error_special" if field is self.special else "error_hours"]


class RestoreForm(Form):
    comment = StringField("field_comment", filled(500))


def routes() -> list[Route]:
    return [
        Route(HOURS, shown, methods=["GET"]),
        Route(HOURS, changed, methods=["POST"]),
        Route(f"{HOURS}/restore", restored, methods=["POST"]),
    ]


@needs(Permission.CONTROL)
async def shown(request: Request) -> Response:
    described = await console_of(request).run(hours.described_now, shipped_of(request).hours)
    return await _page(request, _form_of(described), described)


@needs(Permission.CONTROL)
async def changed(request: Request) -> Response:
    console, visitor, shipped = console_of(request), visitor_of(request), shipped_of(request)
    sent = await request.form()
    form = HoursForm(sent)
    form.validate()
    if "preview" in sent:
        form.comment.errors = []
    described = form.described() if set(form.errors) <= {"comment"} else None
    if described is None:
        return await _page(request, form)
    try:
        hours_from(described, shipped.zone)
    except ValueError as fault:
        form.blame(str(fault))
        return await _page(request, form)
    if "preview" in sent or form.errors:
        return await _page(request, form, described)
    await console.run(hours.change, visitor.actor, described, form.comment.data, shipped.zone, console.now())
    return console.to(HOURS, done="hours")


@needs(Permission.CONTROL)
async def restored(request: Request) -> Response:
    console, visitor, form = console_of(request), visitor_of(request), RestoreForm(await request.form())
    if not form.validate():
        return console.to(HOURS, fault="reason")
    await console.run(hours.restore, visitor.actor, form.comment.data, console.now())
    return console.to(HOURS, done="hours")


async def _page(request: Request, form: HoursForm, described: Described | None = None) -> Response:
    console, shipped = console_of(request), shipped_of(request)

    def work(connection: Connection) -> tuple[list[Change], dict[int, str]]:
        return hours.changes(connection), {one.id: one.login for one in accounts.everyone(connection)}

    changes, logins = await console.run(work)
    preview = hours_from(described, shipped.zone) if described is not None else None
    return console.page(
        request,
        "hours.html",
        status=422 if form.errors else 200,
        form=form,
        days=_days(preview, shipped, console.now()) if preview else [],
        labels=LABELS,
        changes=changes,
        logins=logins,
        is_shipped=not changes or changes[0].described is None,
        restoring=RestoreForm(),
    )


def _form_of(described: Described) -> HoursForm:
    weekdays: Mapping[str, Any] = described["weekdays"]
    return HoursForm(
        **{name: written_of(weekdays[name]) for name in WEEKDAYS},
        swap_day=written_of(described["swap_day"]),
        special=lines_of(described.get("special") or []),
    )


def _days(found: Hours, shipped: Shipped, now: float) -> list[tuple[date, str]]:
    """The next days and what is open on them."""
    first, calendar = datetime.fromtimestamp(now, found.zone).date(), shipped.calendar(now)
    days = [first + timedelta(days=ahead) for ahead in range(_DAYS)]
    return [
        (
            day,
            written_of(
                [(_clock(block.opens), _clock(block.closes)) for block in found.blocks(day, calendar)]
            ),
        )
        for day in days
    ]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
