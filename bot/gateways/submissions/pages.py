"""``GET|POST /nop-ho-so/{token}``: the citizen completes a submission and agrees to its being sent."""

from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.gateways.states import SubmissionState
from bot.gateways.submissions.applicant import Applicant, applicant_of
from bot.gateways.submissions.store import Submissions
from bot.gateways.submissions.submission import PATH, Submission
from bot.pages.render import Pages

_LARGEST_BODY = 16_384
_FIELDS = ("name", "phone", "address")


def routes(submissions: Submissions, pages: Pages) -> list[Route]:
    """The page and what it posts to itself. What was typed is never in an address, a log or a cache."""

    async def show(request: Request) -> Response:
        found = await run_in_threadpool(submissions.behind, request.path_params["token"])
        return _page(pages, found, dict.fromkeys(_FIELDS, ""), ())

    async def hand_in(request: Request) -> Response:
        token = request.path_params["token"]
        body = await _body(request)
        if body is None:
            return pages.notice("handover_unknown", 413)
        typed = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        given = {name: typed.get(name, "") for name in _FIELDS}
        applicant, wrong = applicant_of(given["name"], given["phone"], given["address"])
        if typed.get("consent") != "yes":
            wrong = (*wrong, "consent")
        if wrong:
            found = await run_in_threadpool(submissions.behind, token)
            return _page(pages, found, given, wrong)
        return await _handed_in(request, token, applicant)

    async def _handed_in(request: Request, token: str, applicant: Applicant) -> Response:
        if await run_in_threadpool(submissions.submit, token, applicant) is None:
            return pages.notice("handover_unknown", 404)
        # Loading the page again must not post again.
        return RedirectResponse(request.url.path, 303)

    return [
        Route(f"{PATH}/{{token}}", show, methods=["GET"]),
        Route(f"{PATH}/{{token}}", hand_in, methods=["POST"]),
    ]


def _page(pages: Pages, found: Submission | None, given: dict[str, str], wrong: tuple[str, ...]) -> Response:
    if found is None or found.state in (SubmissionState.DEAD, SubmissionState.WITHDRAWN):
        return pages.notice("handover_unknown", 404)
    if found.state is SubmissionState.OPEN:
        status = 422 if wrong else 200
        return pages.html(
            "handover.html", status_code=status, described=found.described, given=given, wrong=wrong
        )
    if found.state is SubmissionState.SENT:
        return pages.notice("handover_sent", 200, code=found.code or "")
    if found.state is SubmissionState.REFUSED:
        return pages.notice("handover_refused", 200, reason=found.said or "")
    return pages.notice("handover_trying" if found.trying else "handover_taken", 200)


async def _body(request: Request) -> bytes | None:
    """The body, unless it is larger than any form of ours."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > _LARGEST_BODY:
            return None
    return bytes(body)
