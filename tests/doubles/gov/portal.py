"""The national portal's own JSON gateway for procedures."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.doubles.gov import pages
from tests.doubles.gov.places import PROCEDURES, UNITS, Procedure
from tests.doubles.gov.routing import body_of
from tests.doubles.gov.world import World

PATH = "/jsp/rest.jsp"


class Portal:
    """A call without ``X-Requested-With`` or ``Referer`` gets the error page, with 200."""

    def __init__(self, world: World) -> None:
        self._world = world

    def routes(self) -> list[Route]:
        return [Route(PATH, self.take, methods=["POST"])]

    async def take(self, request: Request) -> Response:
        if request.headers.get("x-requested-with") != "XMLHttpRequest" or "referer" not in request.headers:
            return pages.error()
        form = body_of(request.headers.get("content-type", ""), await request.body())
        try:
            params = json.loads(form.get("params", ""))
        except ValueError:
            return pages.error()
        if not isinstance(params, dict):
            return pages.error()
        found = _full_text(params) if params.get("type") == "fts" else _rows(params)
        return pages.error() if found is None else JSONResponse(found)


def _row(number: int, each: Procedure, total: int) -> dict[str, str]:
    return {
        "ID": str(400000 + PROCEDURES.index(each)),
        "PROCEDURE_CODE": each.code,
        "PROCEDURE_NAME": each.name,
        "PUBLISHED_AGENCY": "UBND tỉnh Quảng Ninh",
        "IMPLEMENTATION_AGENCY": "UBND cấp xã" if each.level == "3" else "Cơ quan cấp tỉnh",
        "QDCBID": str(123000 + PROCEDURES.index(each)),
        "FIELD_NAME": each.field_name,
        "AMOUNT": str(total),
        "ROW_STT": str(number),
    }


def _matching(word: str) -> list[Procedure]:
    word = word.lower()
    return [each for each in PROCEDURES if word in each.code or word in each.name.lower()]


def _rows(params: dict[str, Any]) -> list[dict[str, str]] | None:
    """None: there is no such service."""
    service = params.get("service")
    if service == "procedure_advanced_search_service_v2":
        found = _matching(str(params.get("keyword", "")))
        size, page = int(params.get("recordPerPage", 10)), int(params.get("pageIndex", 1))
        first = (page - 1) * size
        chosen = found[first : first + size]
        return [_row(first + n, each, len(found)) for n, each in enumerate(chosen, 1)]
    if service == "procedure_get_new_procs_service_v2":
        newest = PROCEDURES[: int(params.get("records", 5))]
        return [_row(n, each, len(newest)) for n, each in enumerate(newest, 1)]
    if service == "procedure_get_list_agency_by_type_service_v2":
        return [{"ID": unit.number, "AGENCY_NAME": unit.name} for unit in UNITS]
    if service == "procedure_get_list_field_service_v2":
        fields = {each.field: each.field_name for each in PROCEDURES}
        return [{"ID": code, "FIELD_NAME": name} for code, name in fields.items()]
    if service == "procedure_get_list_object_service_v2":
        return [{"ID": "1", "OBJECT_NAME": "Công dân Việt Nam"}, {"ID": "2", "OBJECT_NAME": "Doanh nghiệp"}]
    return None


def _full_text(params: dict[str, Any]) -> dict[str, Any]:
    """``key_search``: ``"kw"^8 OR "kw"~5``; the first quoted words count."""
    parts = str(params.get("key_search", "")).split('"')
    found = _matching(parts[1] if len(parts) > 1 else parts[0])
    first = int(params.get("start_row", 0))
    chosen = found[first : first + int(params.get("page_size", 20))]
    docs = [{"ma_thu_tuc": each.code, "ten_thu_tuc": each.name} for each in chosen]
    return {"response": {"numFound": len(found), "start": first, "docs": docs}}
