"""What citizens ask and get no good answer to: clusters, the most asked first, and the questions of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import console_of
from bot.console.gaps_forms import AliasForm, OrderForm, alias_form, order_form
from bot.console.gaps_found import Found, Gatherer, Look
from bot.console.guard import needs, visitor_of
from bot.console.listing import LARGEST_ID, TURNS, number_of, zone_of
from bot.console.procedures import labels
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission
from bot.steering.period import Period, day_of
from bot.upkeep import unanswered
from bot.upkeep.clusters import Cluster
from bot.upkeep.clusters_question import Question
from bot.upkeep.states import Need

GAPS = "/console/gaps"
DAYS = (7, 30, 90)
USUAL_DAYS = 30
_CLUSTERS, _QUESTIONS = 20, 50
_EXAMPLES = 5


@dataclass(frozen=True)
class Line:
    """A cluster in the list. ``typical``: one of its questions, "" where it was erased; ``draft``: a name."""

    cluster: Cluster
    typical: str
    draft: str


@dataclass(frozen=True)
class Shown:
    """A cluster on its page. ``examples``: some of its questions in which nothing was masked."""

    line: Line
    questions: list[Question]
    names: Mapping[str, str]
    examples: tuple[str, ...]


def routes() -> list[Route]:
    return [
        Route(GAPS, listed, methods=["GET"]),
        Route(f"{GAPS}/{{turn_id:int}}", shown, methods=["GET"]),
    ]


@needs(Permission.REVIEW)
async def listed(request: Request) -> Response:
    console, visitor, days = console_of(request), visitor_of(request), days_of(request)
    look = await _look(request, days)
    found = look.found
    if found is None:
        return _waiting(request, look, days)
    number = _page_number(request, len(found.clusters), _CLUSTERS)
    chosen = found.clusters[(number - 1) * _CLUSTERS : number * _CLUSTERS]

    def work(connection: Connection) -> tuple[list[Line], dict[str, str]]:
        lines = _lines(connection, found, chosen)
        names = labels(connection, {often.code for one in chosen for often in one.codes})
        detail = {"rows": len(lines), "days": days}
        audit.record(
            connection, visitor.actor, Action.CONVERSATION_SEEN, "gaps:list", console.now(), detail=detail
        )
        return lines, names

    lines, names = await console.run(work)
    return console.page(
        request,
        "gaps.html",
        look=look,
        found=found,
        lines=lines,
        names=names,
        days=days,
        choices=_choices(GAPS),
        link=lambda cluster: address(cluster.typical, days),
        pages=_pages(GAPS, days, number, len(found.clusters), _CLUSTERS),
    )


@needs(Permission.REVIEW)
async def shown(request: Request) -> Response:
    return await cluster_page(request)


async def cluster_page(
    request: Request, alias: AliasForm | None = None, order: OrderForm | None = None
) -> Response:
    """The page of the cluster that the turn of the path is in, with forms that have mistakes, if any."""
    console, visitor, days = console_of(request), visitor_of(request), days_of(request)
    look = await _look(request, days)
    found = look.found
    if found is None:
        return _waiting(request, look, days)
    cluster = cluster_of(request, found)
    if cluster is None:
        return console.to(GAPS, days=days, fault="gap_gone")
    number = _page_number(request, cluster.count, _QUESTIONS)
    turns = cluster.turns[(number - 1) * _QUESTIONS : number * _QUESTIONS]

    def work(connection: Connection) -> Shown:
        seen = _shown(connection, found, cluster, turns)
        detail = {"rows": len(seen.questions), "days": days}
        object_ = f"gaps:{cluster.typical}"
        audit.record(
            connection, visitor.actor, Action.CONVERSATION_SEEN, object_, console.now(), detail=detail
        )
        return seen

    seen = await console.run(work)
    path = f"{GAPS}/{cluster.typical}"
    return console.page(
        request,
        "gap.html",
        status=200 if alias is None and order is None else 422,
        found=found,
        cluster=cluster,
        seen=seen,
        days=days,
        back=f"{GAPS}?{urlencode({'days': days})}",
        deed=lambda deed: f"{path}/{deed}?{urlencode({'days': days})}",
        turn_link=lambda turn_id: f"{TURNS}/{turn_id}",
        pages=_pages(path, days, number, cluster.count, _QUESTIONS),
        alias=alias or alias_form(cluster, seen.line.draft),
        order=order or order_form(cluster, seen.line.draft or seen.line.typical, seen.examples),
        needs=list(Need),
        may_edit=visitor.may(Permission.EDIT),
    )


async def current(request: Request) -> tuple[Found, Cluster] | None:
    """The cluster a form was sent for; None when it is no longer there."""
    found = (await _look(request, days_of(request))).found
    cluster = cluster_of(request, found) if found else None
    return (found, cluster) if found and cluster else None


def cluster_of(request: Request, found: Found) -> Cluster | None:
    return found.by_turn.get(min(int(request.path_params["turn_id"]), LARGEST_ID))


def address(turn_id: int, days: int) -> str:
    return f"{GAPS}/{turn_id}?{urlencode({'days': days})}"


def days_of(request: Request) -> int:
    """The days of the address; the usual ones for what is no choice."""
    asked = number_of(request.query_params.get("days", ""))
    return asked if asked in DAYS else USUAL_DAYS


async def _look(request: Request, days: int) -> Look:
    console, gatherer = console_of(request), request.app.state.gaps
    assert isinstance(gatherer, Gatherer)
    zone = zone_of(console)
    today = day_of(console.now(), zone)
    newest = await console.run(unanswered.newest_turn)
    return await gatherer.look(Period(today - timedelta(days=days - 1), today, zone), newest)


def _waiting(request: Request, look: Look, days: int) -> Response:
    page, choices = console_of(request).page, _choices(GAPS)
    again = f"{request.url.path}?{urlencode({'days': days})}"
    return page(request, "gaps.html", look=look, found=None, days=days, choices=choices, again=again)


def _lines(connection: Connection, found: Found, chosen: Sequence[Cluster]) -> list[Line]:
    wanted = {turn for one in chosen for turn in (one.typical, one.draft) if turn is not None}
    texts = unanswered.texts(connection, sorted(wanted))
    return [
        Line(one, texts.get(one.typical, ""), found.reader.draft(texts.get(one.draft or 0, "")))
        for one in chosen
    ]


def _shown(connection: Connection, found: Found, cluster: Cluster, turns: Sequence[int]) -> Shown:
    (line,) = _lines(connection, found, [cluster])
    questions = unanswered.questions(connection, [found.places[turn] for turn in turns])
    texts = (line.typical, *(question.text for question in questions))
    plain = dict.fromkeys(" ".join(text.split()) for text in texts if "*" not in text)
    examples = tuple(text for text in plain if text)[:_EXAMPLES]
    return Shown(line, questions, labels(connection, {often.code for often in cluster.codes}), examples)


def _choices(path: str) -> list[tuple[int, str]]:
    return [(days, f"{path}?{urlencode({'days': days})}") for days in DAYS]


def _page_number(request: Request, count: int, size: int) -> int:
    asked = number_of(request.query_params.get("page", "")) or 1
    return min(max(asked, 1), max(1, -(-count // size)))


def _pages(path: str, days: int, number: int, count: int, size: int) -> tuple[str, str, int, int]:
    """Addresses of the page before and after, "" where there is none; the number of this one, and of all."""
    last = max(1, -(-count // size))
    before, after = (
        f"{path}?{urlencode({'days': days, 'page': one})}" if 1 <= one <= last else ""
        for one in (number - 1, number + 1)
    )
    return before, after, number, last
