"""``GET /thanh-toan/{token}``: the VietQR code of one transfer, and everything needed to type it by hand."""

import re
from collections.abc import Callable

from sqlalchemy.engine import Engine
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.answers.about.figures import money
from bot.pages.render import Pages
from bot.payments import store
from bot.payments.bill import Bill
from bot.payments.sayings import items_of, moment_of
from bot.payments.states import PaymentState
from bot.payments.transfer import Account, code_of, content_of

PATH = "/thanh-toan/{token}"
GONE = 410
_TOKEN = re.compile(r"[0-9A-Za-z_-]{1,40}")


class TransferPage:
    """Only where an account is set up. An unknown token and one whose time is over look alike."""

    def __init__(self, engine: Engine, pages: Pages, account: Account, now: Callable[[], float]) -> None:
        self._engine, self._pages, self._account, self._now = engine, pages, account, now

    def routes(self) -> list[Route]:
        """The one route."""
        return [Route(PATH, self._get, methods=["GET"])]

    async def _get(self, request: Request) -> Response:
        token = request.path_params["token"]
        bill = await run_in_threadpool(self._find, token) if _TOKEN.fullmatch(token) else None
        if bill is None or bill.state is not PaymentState.STARTED or bill.expires_at <= self._now():
            return self._pages.notice("transfer_over", GONE)
        return self._pages.html(
            "transfer.html",
            code=code_of(bill, self._account),
            amount=money(bill.amount),
            dossier=bill.dossier,
            purpose="\n".join(self._pages.text(item) for item in items_of(bill.items)),
            account=self._account,
            content=content_of(bill),
            until=self._pages.text(moment_of(bill.expires_at)),
        )

    def _find(self, token: str) -> Bill | None:
        with self._engine.connect() as connection:
            return store.find_page(connection, token, "")
