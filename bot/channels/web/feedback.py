"""``/feedback``: thumbs for an answer, three grades for the visit."""

from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from bot.channels.web.body import read_json
from bot.channels.web.context import Web
from bot.channels.web.errors import ApiError, Code
from bot.conversations import feedback
from bot.conversations.feedback import Kind, Reason


class Judged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body of ``POST /feedback``. ``seq`` names the answer a thumb is for."""

    kind: Kind
    score: int
    seq: Annotated[int, msgspec.Meta(ge=1, le=2**31 - 1)] | None = None
    reason: Reason | None = None
    comment: Annotated[str, msgspec.Meta(max_length=2000)] = ""


async def post_feedback(web: Web, request: Request) -> Response:
    """Keeps a judgement; a new one takes the place of the old."""
    session = web.writing(request)
    judged = await read_json(request, Judged)
    if judged.score not in judged.kind.scores or (judged.kind is Kind.THUMB) != (judged.seq is not None):
        raise ApiError(Code.BAD_REQUEST)
    conversation_id = await web.conversation(session)
    seq = judged.seq or feedback.VISIT
    if judged.seq is not None and not await web.hub.run(feedback.can_be_judged, conversation_id, seq):
        raise ApiError(Code.NOT_FOUND)
    await web.hub.run(
        feedback.record,
        conversation_id,
        judged.kind,
        judged.score,
        web.hub.now(),
        seq,
        judged.reason,
        judged.comment,
    )
    return Response(status_code=204)
