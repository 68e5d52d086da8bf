"""Pages ``/to-khai/{token}`` and ``/danh-muc/{token}`` of the gateway.

What a citizen types is never stored: it comes in the body of one request, is read in memory, and leaves in
the answer to that request. It is in no address, log, table or file.
"""

import logging
import time
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.answers.wording import Wording
from bot.forms.answers import ADDRESSEE, Filled, read_answers
from bot.forms.cases import Situation, Situations
from bot.forms.checklist_page import checklist_page
from bot.forms.definition import FormDefinition, initial_answers
from bot.forms.files import FileKind
from bot.forms.form_page import addressee_of, as_typed, groups_of, wrong_in
from bot.forms.offer import Forms
from bot.forms.sheet import lay_out
from bot.forms.tokens import (
    Case,
    ExpiredError,
    ForgedError,
    checklist_url,
    read_checklist_token,
    read_form_token,
)
from bot.pages.body import TooBigError, UnreadableError, read_form
from bot.pages.limits import AddressLimiter
from bot.pages.render import HEADERS, Pages

BODY_BYTES = 64 * 1024
READS = ((120, 60), (1200, 3600))
WRITES = ((30, 60), (400, 3600))
"""Requests and seconds from one address; an office hides many people behind one."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Desk:
    """What the pages work with. ``base``: address of the gateway without a final slash; ``now``: POSIX
    seconds; ``today``: the day where the citizens are; ``ticks``: seconds that never go back.
    """

    engine: Engine
    forms: Forms
    wording: Wording
    base: str
    secret: str
    now: Callable[[], float]
    today: Callable[[], date]
    ticks: Callable[[], float] = time.monotonic


def routes(desk: Desk) -> list[Route]:
    """Routes to mount at the root of the gateway."""
    counter = _Counter(desk)
    return [
        Route("/to-khai/{token}", counter.guarded(counter.show_form, READS), methods=["GET"]),
        Route("/to-khai/{token}", counter.guarded(counter.fill_in, WRITES), methods=["POST"]),
        Route("/danh-muc/{token}", counter.guarded(counter.show_checklist, READS), methods=["GET"]),
    ]


Endpoint = Callable[[Request], Awaitable[Response]]


class _Counter:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pages = Pages(desk.wording)
        self._situations = Situations(desk.engine)

    def guarded(self, endpoint: Endpoint, rates: tuple[tuple[int, float], ...]) -> Endpoint:
        """The endpoint with a limit, its refusals as pages, and failures logged without what was sent."""
        limiter = AddressLimiter(self._desk.ticks, rates)

        async def answered(request: Request) -> Response:
            if not limiter.allows(request.client.host if request.client else None):
                return self._pages.notice("too_often", 429)
            try:
                return await endpoint(request)
            except ExpiredError:
                return self._pages.notice("expired", 410)
            except (ForgedError, LookupError):
                return self._pages.notice("unknown", 404)
            except TooBigError:
                return self._pages.notice("too_big", 413)
            except UnreadableError:
                return self._pages.notice("unreadable", 400)
            except Exception as error:
                where = "".join(traceback.format_tb(error.__traceback__))
                logger.error("page failed: %s\n%s", type(error).__name__, where)
                return self._pages.notice("failed", 500)

        return answered

    async def show_form(self, request: Request) -> Response:
        """The form, with what follows from the branch answers."""
        case = read_form_token(request.path_params["token"], self._desk.secret, self._desk.now)
        form, situation = await run_in_threadpool(self._found, case)
        answers = initial_answers(form, situation.facts)
        if addressee := situation.addressee(form):
            answers[ADDRESSEE] = addressee
        return self._form_page(form, situation, as_typed(answers))

    async def fill_in(self, request: Request) -> Response:
        """The filled form as a file, or the page again with what is wrong."""
        # No token against forged requests: nothing is stored, so a forged one changes nothing.
        case = read_form_token(request.path_params["token"], self._desk.secret, self._desk.now)
        posted = await read_form(request, BODY_BYTES)
        kind = _kind(posted.get("tep", ""))
        form, situation = await run_in_threadpool(self._found, case)
        filled = read_answers(form, posted, situation.facts, self._desk.today())
        if filled.mistakes:
            return self._form_page(form, situation, filled, status_code=422)
        sheet = lay_out(form, filled.answers, self._checklist_url(case), self._desk.wording)
        content = await run_in_threadpool(kind.render, sheet)
        return Response(content, headers=_download(f"{form.id}.{kind.value}"), media_type=kind.media_type)

    async def show_checklist(self, request: Request) -> Response:
        """The papers of the case."""
        case = read_checklist_token(request.path_params["token"], self._desk.secret, self._desk.now)
        situation = await run_in_threadpool(self._situation, case)
        agencies = await run_in_threadpool(self._situations.agencies)
        shown = checklist_page(situation, agencies, self._desk.today())
        return self._pages.html(
            "checklist.html", shown=shown, unit=situation.unit, url=self._checklist_url(case)
        )

    def _form_page(
        self, form: FormDefinition, situation: Situation, filled: Filled, status_code: int = 200
    ) -> Response:
        groups = groups_of(form, situation.facts, filled)
        addressee = addressee_of(self._pages.say("form_addressee"), filled)
        return self._pages.html(
            "form.html",
            status_code=status_code,
            form=form,
            procedure=situation.procedure,
            addressee=addressee,
            groups=groups,
            wrong=wrong_in(addressee, groups),
            checklist=self._checklist_url(situation.case),
        )

    def _found(self, case: Case) -> tuple[FormDefinition, Situation]:
        form = self._desk.forms.named(case.form)
        if form is None:
            raise LookupError
        return form, self._situation(case)

    def _situation(self, case: Case) -> Situation:
        situation = self._situations.of(case)
        if situation is None:
            raise LookupError
        return situation

    def _checklist_url(self, case: Case) -> str:
        desk = self._desk
        return checklist_url(desk.base, desk.secret, case.procedure, case.given, case.unit, desk.now)


def _download(name: str) -> dict[str, str]:
    kept = {header: HEADERS[header] for header in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")}
    return {**kept, "Content-Disposition": f'attachment; filename="{name}"'}


def _kind(asked: str) -> FileKind:
    try:
        return FileKind(asked)
    except ValueError:
        raise UnreadableError from None
