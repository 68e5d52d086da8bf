"""The library's queries and forms inside our pages."""

import logging
from typing import Any
from urllib.parse import urlencode

from sqladmin import Admin
from sqladmin.models import ModelView
from starlette.applications import Starlette
from starlette.datastructures import URL, FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.amendments.shared_rows import TableError, TableFault
from bot.console.admin.views import PlainView
from bot.console.context import Console

TABLES = "/console/tables"


class _Expected(logging.Filter):
    """What the page itself tells whoever typed it is no fault of the program."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not (record.exc_info and isinstance(record.exc_info[1], TableError))


logging.getLogger("sqladmin.application").addFilter(_Expected())


class Pages:
    """Draws what the library wants to show with the console's own templates."""

    def __init__(self, console: Console) -> None:
        self._console = console

    async def TemplateResponse(  # noqa: N802  the library's name
        self, request: Request, name: str, context: dict[str, Any] | None = None, status_code: int = 200
    ) -> Response:
        values = {"problem": "", **(context or {}), **getattr(request.state, "more", {})}
        if error := values.pop("error", None):
            if error not in set(TableFault):
                raise HTTPException(500)
            values["problem"] = self._console.texts.name(TableFault(error))
        shown = dict(request.query_params)

        def address(**changed: Any) -> str:
            return f"{request.url.path}?{urlencode({**shown, **changed})}"

        status = 422 if status_code == 400 else status_code
        return self._console.page(request, name, status=status, address=address, shown=shown, **values)


class Library(Admin):
    """The library without an application of its own: it answers where our routes call it."""

    def __init__(self, console: Console) -> None:
        self._console = console
        super().__init__(Starlette(), engine=console.work.engine, base_url=TABLES)

    def init_templating_engine(self) -> Any:
        return Pages(self._console)

    def get_save_redirect_url(
        self, request: Request, form: FormData, model_view: ModelView, obj: Any
    ) -> str | URL:
        assert isinstance(model_view, PlainView)
        here = f"{TABLES}/{model_view.identity}/{obj.id}"
        return f"{here}?done={model_view.done.removeprefix('done_')}"
