"""Topics whose answers a person looks at before the citizen gets them."""

from functools import partial
from typing import Any

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.answers.intent import Intent
from bot.console.context import Console, console_of
from bot.console.guard import Visitor, needs, visitor_of
from bot.console.procedures import fields, labels
from bot.console.wording import key_of
from bot.handoffs import topics
from bot.handoffs.topics import Kind, Topic
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission

_PATH = "/console/topics"
_LONGEST_COMMENT = 500


def routes() -> list[Route]:
    return [Route(_PATH, shown, methods=["GET"]), Route(_PATH, changed, methods=["POST"])]


def topic_name(console: Console, name: str) -> str:
    """``<kind>:<value>`` as staff read it."""
    kind, _, value = name.partition(":")
    if kind not in set(Kind):
        return name
    said = console.texts.name(Intent(value)) if kind == Kind.INTENT.value and value in set(Intent) else value
    return console.say("topics_named", kind=console.texts.name(Kind(kind)), value=said)


@needs(Permission.STEER_QUEUE)
async def shown(request: Request) -> Response:
    return await _page(request)


@needs(Permission.STEER_QUEUE)
async def changed(request: Request) -> Response:
    """Add a topic, or switch one on or off; each with a comment."""
    console, visitor, form = console_of(request), visitor_of(request), await request.form()
    kind, comment = str(form.get("kind", "")), str(form.get("comment", "")).strip()
    active = form.get("active") == "yes"
    if kind not in set(Kind):
        return console.to(_PATH, fault="topic")
    value = str(form.get("value", "") or form.get(kind, "")).strip()
    if not comment or len(comment) > _LONGEST_COMMENT:
        return await _page(request, 422, kind=kind, value=value, problem="topics_comment")
    done = await console.run(_change, console, visitor, Kind(kind), value, comment, active)
    if not done:
        return await _page(request, 422, kind=kind, value=value, comment=comment, problem="topics_unknown")
    return console.to(_PATH, done="topic")


def _change(
    connection: Connection,
    console: Console,
    visitor: Visitor,
    kind: Kind,
    value: str,
    comment: str,
    active: bool,
) -> bool:
    """False for a value that is no procedure, field or kind of question; switching off is always allowed."""
    if active and not _exists(connection, kind, value):
        return False
    now = console.now()
    try:
        topics.set_topic(connection, kind, value, comment, visitor.account.id, now, active)
    except ValueError:
        return False
    here = f"topic:{kind.value}:{value}"
    detail = {"active": active}
    audit.record(connection, visitor.actor, Action.TOPIC_CHANGED, here, now, reason=comment, detail=detail)
    return True


def _exists(connection: Connection, kind: Kind, value: str) -> bool:
    if kind is Kind.INTENT:
        return value in set(Intent)
    if kind is Kind.FIELD:
        return value in fields(connection)
    return value in labels(connection, [value])


async def _page(
    request: Request, status: int = 200, kind: str = "", value: str = "", comment: str = "", problem: str = ""
) -> Response:
    console = console_of(request)

    def work(connection: Connection) -> tuple[list[Topic], dict[str, str], list[str]]:
        found = topics.topics(connection, only_active=False)
        codes = [topic.value for topic in found if topic.kind is Kind.PROCEDURE]
        return found, labels(connection, codes), fields(connection)

    found, names, known = await console.run(work)
    values: dict[str, Any] = {
        "topics": found,
        "names": names,
        "fields": known,
        "intents": sorted(Intent, key=lambda intent: console.say(key_of(intent))),
        "kinds": list(Kind),
        "given": {"kind": kind or Kind.PROCEDURE.value, "value": value, "comment": comment},
        "problem": problem,
        "longest": _LONGEST_COMMENT,
        "topic_name": partial(topic_name, console),
    }
    return console.page(request, "topics.html", status=status, **values)
