"""The level programme: what is offered online, what was promised, and what citizens wait for."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.engine import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.catalogue.repository import Repository
from bot.catalogue.statistics import Statistic
from bot.console import numbers
from bot.console.context import console_of
from bot.console.figures import Panel, file_of, measured, panels, shared
from bot.console.guard import needs
from bot.console.period_choice import chosen
from bot.staff.roles import Permission
from bot.steering.levels_kept import levels_now
from bot.steering.report import Group, Report
from bot.steering.targets import Progress, progress, read_targets

PATH = "/console/level-programme"


@dataclass(frozen=True)
class Programme:
    """``stated_on``: the day of the newest published statement of a level."""

    report: Report
    before: Report | None
    panels: list[Panel]
    targets: list[Progress]
    published: list[Statistic]
    stated_on: date | None


def routes() -> list[Route]:
    return [Route(PATH, level_programme, methods=["GET"])]


@needs(Permission.ANALYSE)
async def level_programme(request: Request) -> Response:
    console = console_of(request)
    choice, file = chosen(request.query_params, console), file_of(console)
    targets = read_targets(console.settings.data_dir / "steering" / "targets.yaml")

    def work(connection: Connection) -> Programme:
        report, before = measured(connection, [Group.LEVELS], choice, file, console.now())
        known = levels_now(connection)
        statistics = Repository(console.work.engine).statistics()
        published = [one for one in statistics if one.usable and one.share is not None]
        return Programme(
            report,
            before,
            panels(console, report, before, Group.LEVELS),
            progress(targets, known.stated, choice.today),
            published,
            known.stated_on,
        )

    found = await console.run(work)
    return console.page(
        request,
        "level_programme.html",
        programme=found,
        panels=found.panels,
        percent=numbers.percent,
        count=numbers.count,
        names=file.dimensions["level"].values,
        **shared(choice, found.report, found.before, PATH),
    )
