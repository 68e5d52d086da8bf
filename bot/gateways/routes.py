"""Pages of the gateways."""

from starlette.routing import Route

from bot.gateways.register import pages as receipts
from bot.gateways.register.store import Registrations
from bot.gateways.submissions import pages as handovers
from bot.gateways.submissions.store import Submissions
from bot.pages.render import Pages


def routes(registrations: Registrations, submissions: Submissions, pages: Pages) -> list[Route]:
    """Receipts of announcements, and the page that completes a submission. Both are served as long as there
    are rows behind them, also where no new ones are made.
    """
    return [*receipts.routes(registrations, pages), *handovers.routes(submissions, pages)]
