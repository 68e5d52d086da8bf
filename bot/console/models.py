"""The bank of models: which one serves, training another one, choosing and going back."""

import logging

from sqlalchemy.engine import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.bank.activation import Act
from bot.bank.entry import Refusal, refusal
from bot.console.context import console_of
from bot.console.guard import needs, visitor_of
from bot.console.models_bank import Shelf, bank_of, shelf_of
from bot.console.models_launcher import launcher_of
from bot.console.models_shown import MAIN, main_figures
from bot.evaluation.table import TITLES
from bot.learning import training
from bot.learning.training import Run, TrainingProblem, Unlearned
from bot.staff import accounts, audit
from bot.staff.actions import Action
from bot.staff.roles import Permission

logger = logging.getLogger(__name__)

MODELS = "/console/models"
_LONGEST_REASON = 300
_RUNS, _STEPS = 10, 10
_MB = 1_000_000
_FAULTS = {
    Refusal.NOT_MEASURED: "fault_model_not_measured",
    Refusal.NOT_RELEASED: "fault_model_not_released",
    Refusal.NO_REASON: "fault_model_no_reason",
    Refusal.ALREADY_ACTIVE: "fault_model_already_active",
}


def routes() -> list[Route]:
    return [
        Route(MODELS, listed, methods=["GET"]),
        Route(f"{MODELS}/train", trained, methods=["POST"]),
        Route(f"{MODELS}/rollback", rolled_back, methods=["POST"]),
        Route(f"{MODELS}/{{name}}/activate", activated, methods=["POST"]),
    ]


@needs(Permission.EDIT, Permission.APPROVE)
async def listed(request: Request) -> Response:
    console, visitor, shelf = console_of(request), visitor_of(request), await shelf_of(request)

    def work(connection: Connection) -> tuple[list[Run], Unlearned, dict[int, str]]:
        training.drop_silent(connection, console.now())
        logins = {account.id: account.login for account in accounts.everyone(connection)}
        return training.listed(connection, _RUNS), _unlearned(connection, shelf), logins

    runs, unlearned, logins = await console.run(work)
    return console.page(
        request,
        "models.html",
        shelf=shelf,
        steps=shelf.history[:_STEPS],
        runs=runs,
        current=next((run for run in runs if run.under_way), None),
        unlearned=unlearned,
        logins=logins,
        figures=[TITLES[name] for name in MAIN],
        main_figures=main_figures,
        megabytes=lambda size: f"{size / _MB:.1f}".replace(".", ","),
        may_train=visitor.may(Permission.EDIT),
        may_choose=visitor.may(Permission.APPROVE),
    )


@needs(Permission.EDIT)
async def trained(request: Request) -> Response:
    console, visitor, reason = console_of(request), visitor_of(request), await _reason(request)
    if not reason:
        return console.to(MODELS, fault="reason")
    run_id = await console.run(training.start, visitor.actor, reason, console.now())
    if run_id is None:
        return console.to(MODELS, fault="training_under_way")
    path = f"{MODELS}/runs/{run_id}"
    try:
        await run_in_threadpool(launcher_of(request).launch, run_id)
    except OSError as problem:
        logger.exception("no process for a training run")
        told = (TrainingProblem.NOT_STARTED, console.now(), str(problem.strerror))
        await console.run(training.fail, run_id, *told)
        return console.to(path, fault="training_not_started")
    return console.to(path, done="training_started")


@needs(Permission.APPROVE)
async def activated(request: Request) -> Response:
    console, visitor, shelf = console_of(request), visitor_of(request), await shelf_of(request)
    entry, why = shelf.find(str(request.path_params["name"])), await _reason(request)
    forced, path, bank = "force" in await request.form(), f"{MODELS}/{entry.id}", bank_of(request)
    refused = refusal(entry, forced, why)
    if refused is not None:
        return console.to(path, fault=_FAULTS[refused].removeprefix("fault_"))
    if not await run_in_threadpool(bank.opens, entry.id):
        return console.to(path, fault="model_damaged")

    def work(connection: Connection) -> None:
        detail = {"before": shelf.served, "forced": not entry.released}
        told = (visitor.actor, Action.MODEL_ACTIVATED, f"model:{entry.id}", console.now())
        audit.record(connection, *told, why, detail)
        # Last, and not twice when the transaction is tried again.
        if bank.active() != entry.id:
            by = visitor.account.login
            bank.record(Act.ACTIVATED, entry.id, why, served=shelf.served, by=by, forced=not entry.released)

    await console.run(work)
    return console.to(path, done="model_activated")


@needs(Permission.APPROVE)
async def rolled_back(request: Request) -> Response:
    console, visitor, why = console_of(request), visitor_of(request), await _reason(request)
    bank = bank_of(request)
    before = await run_in_threadpool(bank.predecessor)
    if not why:
        return console.to(MODELS, fault="reason")
    if before is None:
        return console.to(MODELS, fault="model_no_predecessor")
    left = await run_in_threadpool(bank.active)

    def work(connection: Connection) -> None:
        told = (visitor.actor, Action.MODEL_ROLLED_BACK, f"model:{before}", console.now())
        audit.record(connection, *told, why, {"before": left})
        if bank.active() != before:
            bank.record(Act.ROLLED_BACK, before, why, served=None, by=visitor.account.login)

    await console.run(work)
    return console.to(MODELS, done="model_rolled_back")


def _unlearned(connection: Connection, shelf: Shelf) -> Unlearned:
    """What the model that serves does not know yet."""
    served = next((entry for entry in shelf.entries if entry.id == shelf.served), None)
    if served is None:
        return training.unlearned(connection, 0.0)
    made = training.learned_at(connection, served.id)
    return training.unlearned(connection, served.made.timestamp() if made is None else made)


async def _reason(request: Request) -> str:
    return str((await request.form()).get("reason", "")).strip()[:_LONGEST_REASON]
