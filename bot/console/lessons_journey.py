"""Proposing a conversation as a lesson: its turns with their labels, put right before it is proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.answers.intent import Intent
from bot.console.context import Console, console_of
from bot.console.guard import Visitor, needs, visitor_of
from bot.console.lessons_words import DOUBTS, FAULTS, LESSONS, read_codes
from bot.console.listing import number_of
from bot.console.shipped import Shipped, shipped_of
from bot.conversations.erasing import hold_living
from bot.evaluation.dialogues.dataset import FEWEST_TURNS, MOST_TURNS
from bot.evaluation.dialogues.dialogue import DialogueTurn
from bot.learning.deidentified import Doubt
from bot.learning.journeys_heard import Heard, heard_in
from bot.learning.lessons import Draft, LessonError, propose
from bot.learning.lessons_drafts import LONGEST_REASON, LONGEST_TEXT
from bot.learning.lessons_sources import agreed
from bot.learning.states import LessonKind, LessonOrigin
from bot.notices.purpose import Versions
from bot.staff import audit
from bot.staff.actions import Action
from bot.staff.roles import Permission
from bot.text import mask

_JOURNEY = f"{LESSONS}/journey"


@dataclass
class Row:
    """One turn in the form. ``turn``: id of the turn it came from; ``error``: key of a text."""

    turn: str = ""
    say: str = ""
    press: str = ""
    intent: Intent | None = None
    codes: str = ""
    asks: bool = False
    error: str = ""
    hints: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, fields: Mapping[str, Any], place: int) -> "Row":
        def told(name: str) -> str:
            return str(fields.get(f"{name}_{place}", "")).strip()

        intent = next((one for one in Intent if one.value == told("intent")), None)
        asks = told("asks") == "1"
        return cls(told("turn"), told("say"), told("press"), intent, told("codes"), asks)

    @classmethod
    def heard(cls, one: Heard, may_quote: bool) -> "Row":
        """Buttons are our own words; what was typed needs the citizen's consent."""
        said = one.labels
        return cls(
            turn=str(one.turn_id),
            say=mask(said.say) if may_quote else "",
            press=said.press,
            intent=said.intent,
            codes="; ".join(said.procedure_codes),
            asks=bool(said.asked_back),
        )

    def read(self, connection: Connection) -> DialogueTurn:
        """The labelled turn; with ``error`` and ``hints`` where a procedure is not clear."""
        codes, self.hints = read_codes(connection, self.codes)
        self.error = "error_procedure" if self.hints else ""
        return DialogueTurn(self.say, self.press, self.intent, codes, asked_back=True if self.asks else None)


@dataclass
class JourneyForm:
    """``errors``: keys of texts by field."""

    rows: list[Row]
    origin: LessonOrigin
    reason: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> "JourneyForm":
        verbatim = fields.get("origin") == LessonOrigin.CITIZEN.value
        return cls(
            [Row.of(fields, place) for place in range(MOST_TURNS) if f"say_{place}" in fields],
            LessonOrigin.CITIZEN if verbatim else LessonOrigin.REWRITTEN,
            str(fields.get("reason", "")).strip(),
        )


@dataclass(frozen=True)
class Source:
    """The conversation a lesson is made from; ``start``: id of the first turn that was chosen."""

    heard: tuple[Heard, ...]
    start: int | None
    agreed: bool

    @property
    def chosen(self) -> tuple[Heard, ...]:
        places = [place for place, one in enumerate(self.heard) if one.turn_id == self.start]
        return self.heard[places[0] : places[0] + MOST_TURNS] if places else ()


def routes() -> list[Route]:
    return [Route(_JOURNEY, shown, methods=["GET"]), Route(_JOURNEY, proposed, methods=["POST"])]


@needs(Permission.EDIT)
async def shown(request: Request) -> Response:
    return await _page(request, None)


@needs(Permission.EDIT)
async def proposed(request: Request) -> Response:
    console, visitor, here = console_of(request), visitor_of(request), _conversation(request)
    form, shipped = JourneyForm.of(await request.form()), shipped_of(request)
    try:
        made = await console.run(_propose, console, visitor, form, here, shipped)
        if made is not None:
            return console.to(f"{LESSONS}/{made}", done="lesson_proposed")
    except LessonError as error:
        where, key = FAULTS[error.fault]
        form.errors["reason" if where == "reason" else "turns"], form.doubts = key, error.doubts
    return await _page(request, form)


def _propose(
    connection: Connection,
    console: Console,
    visitor: Visitor,
    form: JourneyForm,
    here: str,
    shipped: Shipped,
) -> int | None:
    turns = [row.read(connection) for row in form.rows if row.say or row.press]
    if any(row.error for row in form.rows):
        return None
    draft = Draft(LessonKind.JOURNEY, turns=tuple(turns), origin=form.origin, conversation_id=here)
    return propose(
        connection,
        visitor.actor,
        draft,
        form.reason,
        console.now(),
        versions=shipped.consents,
        taught=shipped.taught,
    )


async def _page(request: Request, form: JourneyForm | None) -> Response:
    console, visitor, here = console_of(request), visitor_of(request), _conversation(request)
    asked = number_of(request.query_params.get("from", ""))
    source = await console.run(_source, console, visitor, here, asked, shipped_of(request).consents)
    if source is None:
        raise HTTPException(404, "error_gone")
    origin = LessonOrigin.CITIZEN if source.agreed else LessonOrigin.REWRITTEN
    return console.page(
        request,
        "lesson_journey.html",
        status=422 if form else 200,
        source=source,
        form=form or JourneyForm([Row.heard(one, source.agreed) for one in source.chosen], origin),
        words={str(one.turn_id): mask(one.labels.said) for one in source.heard},
        here=here,
        enough=len(source.chosen) >= FEWEST_TURNS,
        origins=(LessonOrigin.CITIZEN, LessonOrigin.REWRITTEN),
        intents=list(Intent),
        doubt_names=DOUBTS,
        longest_text=LONGEST_TEXT,
        longest_reason=LONGEST_REASON,
    )


def _source(
    connection: Connection,
    console: Console,
    visitor: Visitor,
    here: str,
    asked: int | None,
    versions: Versions,
) -> Source | None:
    if not hold_living(connection, here):
        return None
    heard = tuple(heard_in(connection, here, visitor.account.id))
    audit.record(connection, visitor.actor, Action.CONVERSATION_SEEN, f"conversation:{here}", console.now())
    return Source(heard, _start(heard, asked), agreed(connection, here, versions))


def _start(heard: Sequence[Heard], asked: int | None) -> int | None:
    """The turn that was asked for, else one from which the last ones are left; never a button."""
    typed = [place for place, one in enumerate(heard) if not one.labels.press]
    wanted = [place for place in typed if heard[place].turn_id == asked]
    late = [place for place in typed if place >= len(heard) - MOST_TURNS]
    place = next(iter([*wanted, *late]), None)
    return None if place is None else heard[place].turn_id


def _conversation(request: Request) -> str:
    return request.query_params.get("conversation", "")[:32]
