"""Whom a change of a record touches, and telling those who asked for it."""

from datetime import datetime
from functools import partial

from sqlalchemy.engine import Connection
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import Console, console_of
from bot.console.guard import Visitor, needs, visitor_of
from bot.console.listing import REVIEW, zone_of
from bot.console.record_versions import last_known
from bot.console.record_words import TITLES
from bot.console.shipped import Shipped, shipped_of
from bot.console.upkeep import UPKEEP, address
from bot.console.upkeep_change import Changed, last_change
from bot.notices.changed import mark_of, parts_of
from bot.notices.kinds import Kind
from bot.notices.quiet import quiet_hours
from bot.notices.telling import notice
from bot.staff.roles import Permission
from bot.upkeep.affected import WINDOW_DAYS, affected, window
from bot.upkeep.affected_telling import NothingToTellError, Told, last_told, tell
from bot.upkeep.affected_tests import Labelled, read_tests

AFFECTED = f"{UPKEEP}/affected"
_SHOWN = 20


def routes() -> list[Route]:
    one = f"{AFFECTED}/{{code}}"
    return [Route(one, shown, methods=["GET"]), Route(f"{one}/tell", told, methods=["POST"])]


@needs(Permission.EDIT, Permission.APPROVE)
async def shown(request: Request) -> Response:
    console, code = console_of(request), str(request.path_params["code"])
    name, changed, last = await console.run(_known, code)
    if not name:
        raise HTTPException(404)
    since = window(console.now())
    tests = await run_in_threadpool(_tests, shipped_of(request))
    found = await console.run(affected, code, since, tests)
    day = datetime.fromtimestamp(since, zone_of(console)).date()
    return console.page(
        request,
        "upkeep_affected.html",
        code=code,
        label=name,
        found=found,
        questions=[test for test in found.tests if not test.is_dialogue],
        dialogues=[test for test in found.tests if test.is_dialogue],
        shown=_SHOWN,
        days=WINDOW_DAYS,
        review=address(REVIEW, procedure_code=code, since=day.isoformat()),
        changed=changed,
        titles=[TITLES[field] for field in changed.fields if field in TITLES] if changed else [],
        message=_message(request, code, changed) if changed else "",
        last=last,
        is_told=bool(changed and last and last.revision >= changed.revision),
        may_tell=visitor_of(request).may(Permission.APPROVE),
        may_talk=visitor_of(request).may(Permission.READ_QUEUE),
    )


@needs(Permission.APPROVE)
async def told(request: Request) -> Response:
    console, visitor, code = console_of(request), visitor_of(request), str(request.path_params["code"])
    revision, path = str((await request.form()).get("revision", "")), f"{AFFECTED}/{code}"
    try:
        people = await console.run(partial(_tell, console, visitor, code, revision))
    except NothingToTellError:
        return console.to(path, fault="nothing_to_tell")
    except LookupError:
        return console.to(path, fault="record_moved_on")
    if people is None:
        return console.to(path, fault="told_already")
    return console.to(path, done="told")


def _known(connection: Connection, code: str) -> tuple[str, Changed | None, Told | None]:
    return last_known(connection, code), last_change(connection, code), last_told(connection, code)


def _tell(console: Console, visitor: Visitor, code: str, revision: str, connection: Connection) -> int | None:
    """Raises ``LookupError`` when the record changed again since the page was shown."""
    changed, settings = last_change(connection, code), console.settings
    if changed is None or str(changed.revision) != revision:
        raise LookupError(code)
    hours = quiet_hours(settings.quiet_from, settings.quiet_to, zone_of(console))
    return tell(connection, visitor.actor, code, changed.revision, changed.fields, hours, console.now())


def _message(request: Request, code: str, changed: Changed) -> str:
    """What those who asked will read; empty when nothing in it is for them."""
    parts = parts_of(changed.fields)
    if not parts:
        return ""
    said = notice(Kind.PROCEDURE_CHANGED, code, mark_of(changed.revision, parts))
    return shipped_of(request).wording.say(said)


def _tests(shipped: Shipped) -> tuple[Labelled, ...]:
    learned = shipped.root / shipped.settings.learned_dir
    return read_tests((shipped.data / "evaluation", learned / "evaluation"))
