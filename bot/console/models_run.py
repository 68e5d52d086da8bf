"""A run of "train and compare": how far it is, and what it found."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.engine import Connection
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.console.context import Console, console_of
from bot.console.guard import needs, visitor_of
from bot.console.live import Drawn, live
from bot.console.models import MODELS
from bot.console.models_shown import compared, gates
from bot.evaluation.comparing import Difference
from bot.learning import training
from bot.learning.training import Run
from bot.staff import accounts
from bot.staff.roles import Permission


@dataclass(frozen=True)
class Watched:
    """What the live page looks at."""

    console: Console
    run_id: int

    def mark(self, connection: Connection) -> str | None:
        training.drop_silent(connection, self.console.now())
        run = training.find(connection, self.run_id)
        return f"{run.state.value}-{run.progress}" if run and run.under_way else None

    def draw(self, connection: Connection) -> Drawn:
        template = self.console.templates.get_template("models_progress.html")
        return {"progress": template.render(run=training.find(connection, self.run_id))}

    async def afterthought(self) -> Drawn | None:
        return None


def routes() -> list[Route]:
    one = f"{MODELS}/runs/{{run_id:int}}"
    return [
        Route(one, shown, methods=["GET"]),
        Route(f"{one}/events", events, methods=["GET"]),
        Route(f"{one}/cancel", cancelled, methods=["POST"]),
    ]


@needs(Permission.EDIT, Permission.APPROVE)
async def shown(request: Request) -> Response:
    console, visitor = console_of(request), visitor_of(request)

    def work(connection: Connection) -> tuple[Run | None, str]:
        training.drop_silent(connection, console.now())
        run = training.find(connection, request.path_params["run_id"])
        by = accounts.find(connection, run.started_by) if run else None
        return run, by.login if by else ""

    run, by = await console.run(work)
    if run is None:
        raise HTTPException(404)
    report = run.report
    return console.page(
        request,
        "models_run.html",
        run=run,
        by=by,
        report=report,
        gates=gates(console.say, report["gates"]) if report else [],
        groups=compared(console.say, [Difference(**row) for row in report["differences"]]) if report else [],
        remarks=_remarks(console, report) if report else [],
        lesson_of=_lesson_of,
        may_cancel=visitor.may(Permission.EDIT),
    )


@needs(Permission.EDIT, Permission.APPROVE)
async def events(request: Request) -> Response:
    return live(request, Watched(console_of(request), request.path_params["run_id"]))


@needs(Permission.EDIT)
async def cancelled(request: Request) -> Response:
    console, visitor, run_id = console_of(request), visitor_of(request), request.path_params["run_id"]
    reason = str((await request.form()).get("reason", "")).strip()[:300]
    path = f"{MODELS}/runs/{run_id}"
    if not await console.run(training.cancel, visitor.actor, run_id, reason, console.now()):
        return console.to(path, fault="training_ended")
    return console.to(path, done="training_cancelled")


def _remarks(console: Console, report: Mapping[str, Any]) -> list[str]:
    remarks = []
    if not report["same_questions"]:
        remarks.append(console.say("models_other_questions"))
    if not report["same_conditions"]:
        remarks.append(console.say("models_other_conditions"))
    return remarks


def _lesson_of(name: str) -> str:
    """The number in ``lesson-12``."""
    return name.rpartition("-")[2]
