"""The review list: turns by every filter, and the list as a file."""

from dataclasses import dataclass

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.console.context import Console, console_of
from bot.console.guard import Visitor, needs, visitor_of
from bot.console.listing import REVIEW, TURNS, address, place_in, place_text, told, wording, zone_of
from bot.console.procedures import labels
from bot.conversations.channel import Channel
from bot.reviews.conditions import Key
from bot.reviews.export import MOST_ROWS, csv_of
from bot.reviews.filters import Filter
from bot.reviews.finding import Found, Total, find_turns, first_page
from bot.reviews.rows import Row, rows_of
from bot.reviews.saved import NAME_LENGTH, Saved, saved_filters
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.chain import Detail
from bot.staff.roles import Permission

_PAGE = 50
_EXPORT_PAGE = 500
_UNSURE = 0.6
_HEADINGS = (
    "review_at",
    "review_turn",
    "review_channel",
    "review_question",
    "review_intent",
    "review_confidence",
    "review_outcome",
    "review_procedure",
    "review_score",
    "review_elapsed",
    "review_accents",
    "review_thumb",
    "review_flagged",
    "review_repeated",
    "review_labels",
    "review_copy",
)
PRESETS = (
    ("review_only_unsure", Filter(below_confidence=_UNSURE)),
    ("review_only_asked_back", Filter(outcome=Outcome.ASKED_BACK)),
    ("review_only_no_data", Filter(outcome=Outcome.NO_DATA)),
    ("review_only_thumbs_down", Filter(thumbs_down=True)),
    ("review_only_repeated", Filter(repeated=True)),
    ("review_only_flagged", Filter(flagged=True)),
    ("review_only_unlabelled", Filter(labelled=False)),
)
"""Lists one asks for most: the key of the name, and the filter."""


@dataclass(frozen=True)
class Listed:
    """One page of the list. ``total``: with the first page only."""

    rows: list[Row]
    onward: Key | None
    total: Total | None
    saved: list[Saved]
    names: dict[str, str]


def routes() -> list[Route]:
    return [
        Route(REVIEW, review, methods=["GET"]),
        Route(f"{REVIEW}/export", exported, methods=["POST"]),
    ]


@needs(Permission.REVIEW)
async def review(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    wanted, after = Filter.of(request.query_params), place_in(request.query_params)
    listed = await console.run(_listed, console, visitor, wanted, after)
    onward = listed.onward
    return console.page(
        request,
        "review.html",
        wanted=wanted,
        query=wanted.query(),
        listed=listed,
        total=told(console, listed.total) if listed.total else console.say("review_later"),
        older=address(REVIEW, wanted, after=place_text(onward)) if onward else "",
        first=address(REVIEW, wanted) if after else "",
        link=lambda turn_id: address(f"{TURNS}/{turn_id}", wanted),
        filtered=lambda chosen: address(REVIEW, chosen),
        presets=PRESETS,
        intents=list(Intent),
        outcomes=list(Outcome),
        channels=list(Channel),
        longest_name=NAME_LENGTH,
        **wording(console),
    )


@needs(Permission.REVIEW)
async def exported(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)
    form = await request.form()
    wanted = Filter.of({name: str(value) for name, value in form.items()})
    rows: list[Row] = []
    after: Key | None = None
    # Page by page in transactions of their own: the gateway writes meanwhile.
    while len(rows) < MOST_ROWS:
        page = await console.run(find_turns, wanted, zone_of(console), _EXPORT_PAGE, after)
        rows += await console.run(rows_of, page.ids)
        after = page.onward
        if after is None:
            break
    rows = rows[:MOST_ROWS]
    now = console.now()

    def work(connection: Connection) -> None:
        detail: Detail = {"rows": len(rows), **wanted.query()}
        audit.record(connection, visitor.actor, Action.EXPORTED, "review:csv", now, detail=detail)

    # Recorded before a byte leaves.
    await console.run(work)
    watermark = console.say("review_watermark", login=visitor.account.login, at=console.stamp(now))
    header = [console.say(key) for key in _HEADINGS]
    text = csv_of(watermark, header, (_cells(console, row) for row in rows))
    name = f"review-{visitor.account.login}-{int(now)}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def _listed(
    connection: Connection, console: Console, visitor: Visitor, wanted: Filter, after: Key | None
) -> Listed:
    zone = zone_of(console)
    found: Found
    total: Total | None = None
    if after:
        found = find_turns(connection, wanted, zone, _PAGE, after)
    else:
        found, total = first_page(connection, wanted, zone, _PAGE)
    rows = rows_of(connection, found.ids)
    listed = Listed(
        rows=rows,
        onward=found.onward,
        total=total,
        saved=saved_filters(connection, visitor.account.id),
        names=labels(connection, {row.turn.facts.procedure_code or "" for row in rows}),
    )
    detail: Detail = {"rows": len(rows), **wanted.query()}
    audit.record(
        connection, visitor.actor, Action.CONVERSATION_SEEN, "review:list", console.now(), detail=detail
    )
    return listed


def _cells(console: Console, row: Row) -> list[object]:
    one, facts = row.turn, row.turn.facts
    yes, no = console.say("review_yes"), console.say("review_no")
    return [
        console.stamp(one.at),
        one.id,
        one.channel.value,
        row.question,
        facts.intent,
        facts.confidence,
        facts.outcome,
        facts.procedure_code or "",
        facts.candidates[0].score if facts.candidates else "",
        facts.elapsed_ms,
        "" if one.accented is None else yes if one.accented else no,
        "" if row.thumb is None else row.thumb,
        yes if one.flagged_at is not None else no,
        yes if row.repeated else no,
        row.labels,
    ]
