"""The page of queues: who waits for a person, whom I have, whom others have, whom to call, what ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.answers.working_days import WorkCalendar
from bot.console.context import Console, console_of
from bot.console.guard import Visitor, needs, visitor_of
from bot.console.lasting import lasting
from bot.console.live import Drawn, live, tally
from bot.console.procedures import labels
from bot.console.shipped import shipped_of
from bot.console.views import View
from bot.control import hours
from bot.handoffs import queues, watching
from bot.handoffs.hours import Hours, closing, next_opening
from bot.handoffs.queues import Counts, Row
from bot.staff.roles import Permission

PAGE = 25
_LAST_PAGE = 400
_WORDS = 140
_TABS = tuple(View)
_REDRAW_SECONDS = 60
"""How long somebody waited is said in minutes."""


@dataclass(frozen=True)
class Listing:
    """A page of a queue. ``names``: of procedures by code; ``more``: there is a further page."""

    view: View
    page: int
    rows: tuple[Row, ...]
    more: bool
    counts: Counts
    names: Mapping[str, str]
    now: float

    def count(self, view: View) -> int | None:
        """The number beside a tab; None for the history, which only grows."""
        counts = self.counts
        return {
            View.WAITING: counts.waiting,
            View.MINE: counts.mine,
            View.OTHERS: counts.held_by_others,
            View.LEFT: counts.left,
        }.get(view)

    def address(self, page: int) -> str:
        return f"/console/queue?view={self.view.value}&page={page}"


@dataclass(frozen=True)
class Queue:
    """What the live page looks at."""

    console: Console
    visitor: Visitor
    view: View
    page: int

    def mark(self, connection: Connection) -> str | None:
        minute = int(self.console.now() // _REDRAW_SECONDS)
        return f"{watching.look(connection, self.visitor.account.id).mark}-{minute}"

    def draw(self, connection: Connection) -> Drawn:
        listing = read(connection, self)
        return {**tally(connection, self.visitor.account.id), "list": drawn(self, listing)}

    async def afterthought(self) -> Drawn | None:
        return None


def routes() -> list[Route]:
    return [
        Route("/console/queue", queue, methods=["GET"]),
        Route("/console/events", events, methods=["GET"]),
    ]


@needs(Permission.READ_QUEUE)
async def queue(request: Request) -> Response:
    console, asked, shipped = console_of(request), _asked(request), shipped_of(request)

    def work(connection: Connection) -> tuple[Listing, Hours]:
        return read(connection, asked), hours.current(connection, shipped.hours, shipped.zone)

    listing, found = await console.run(work)
    times = _times(console, found, shipped.calendar(listing.now), listing.now)
    return console.page(request, "queue.html", **_values(asked, listing), times=times)


@needs(Permission.READ_QUEUE)
async def events(request: Request) -> Response:
    return live(request, _asked(request))


def _times(console: Console, found: Hours, holidays: WorkCalendar, now: float) -> str:
    """Whether citizens are told that somebody is there."""
    until = closing(now, found, holidays)
    if until is not None:
        return console.say("queue_hours_open", until=console.stamp(until))
    opens = next_opening(now, found, holidays)
    if opens is None:
        return console.say("queue_hours_unknown")
    return console.say("queue_hours_closed", opens=console.stamp(opens))


def read(connection: Connection, asked: Queue) -> Listing:
    """A page of a queue; one row more is read than shown."""
    mine, offset, limit = asked.visitor.account.id, (asked.page - 1) * PAGE, PAGE + 1
    if asked.view is View.MINE:
        rows = queues.mine(connection, mine, limit, offset)
    elif asked.view is View.OTHERS:
        rows = queues.held_by_others(connection, mine, limit, offset)
    elif asked.view is View.LEFT:
        rows = queues.left(connection, limit, offset)
    elif asked.view is View.ENDED:
        rows = queues.ended(connection, limit, offset)
    else:
        rows = queues.waiting(connection, limit, offset)
    shown = tuple(rows[:PAGE])
    return Listing(
        view=asked.view,
        page=asked.page,
        rows=shown,
        more=len(rows) > PAGE,
        counts=queues.counts(connection, mine),
        names=labels(connection, [row.handoff.procedure_code for row in shown]),
        now=asked.console.now(),
    )


def drawn(asked: Queue, listing: Listing) -> str:
    """The tabs and the list as HTML."""
    template = asked.console.templates.get_template("queue_list.html")
    values = {"visitor": asked.visitor, "csrf": asked.visitor.session.csrf, **_values(asked, listing)}
    return template.render(values)


def _values(asked: Queue, listing: Listing) -> Mapping[str, Any]:
    return {
        "listing": listing,
        "tabs": _TABS,
        "lasting": partial(lasting, asked.console.say),
        "words": _WORDS,
        "may_talk": asked.visitor.may(Permission.TALK),
    }


def _asked(request: Request) -> Queue:
    """Anything that makes no sense in the address counts as not given."""
    view, page = request.query_params.get("view", ""), request.query_params.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
    return Queue(
        console=console_of(request),
        visitor=visitor_of(request),
        view=View(view) if view in set(View) else View.WAITING,
        page=min(max(number, 1), _LAST_PAGE),
    )
