"""Which tables there are, and what may be done with each."""

from collections.abc import Sequence
from enum import Enum
from typing import Any, ClassVar

from sqladmin.models import ModelView
from sqladmin.pagination import Pagination
from sqlalchemy import select, update
from sqlalchemy.engine import Connection
from sqlalchemy.sql import Select
from starlette.exceptions import HTTPException
from starlette.requests import Request
from wtforms import SelectField  # type: ignore[import-untyped]

from bot.amendments import shared_rows
from bot.catalogue.agencies import AgencyKind
from bot.catalogue.shared_tables import FIELDS, SharedTable, key_of, plain
from bot.catalogue.statistics import CountedUnit
from bot.catalogue.units import Extent, UnitType
from bot.console.admin import models
from bot.console.admin.fields import ChangeForm, Converter, WordsField
from bot.console.admin.labels import LABELS
from bot.console.context import Console
from bot.console.forms import Form
from bot.console.guard import visitor_of
from bot.handoffs.tables import canned_reply
from bot.staff import audit
from bot.staff.actions import Action
from bot.text import fold

_LARGEST_PAGE = 10_000
_MOST_FOUND = 900


class PlainView(ModelView):
    """A table to be read. ``title``: key of its name; ``searched``: columns that are looked through without
    regard to marks and capitals; ``done``: key of what a page says once something was sent.
    """

    console: ClassVar[Console]
    model: ClassVar[Any]
    title: ClassVar[str]
    searched: ClassVar[Sequence[str]] = ()
    done: ClassVar[str] = ""
    four_eyes: ClassVar[bool] = False
    can_create = can_delete = can_edit = can_export = False
    list_template, details_template, edit_template = "table.html", "table_row.html", "table_edit.html"
    page_size, page_size_options = 50, [50]
    column_labels = LABELS
    form_base_class = Form
    form_converter = Converter

    def validate_page_number(self, number: str | None, default: int) -> int:
        page = super().validate_page_number(number, default)
        if not 0 <= page <= _LARGEST_PAGE:
            raise HTTPException(404)
        return max(page, default)

    def sort_query(self, stmt: Select, request: Request) -> Select:
        asked = request.query_params.get("sortBy")
        if asked and asked not in self.column_sortable_list:
            raise HTTPException(404)
        return super().sort_query(stmt, request)

    async def list(self, request: Request) -> Pagination:
        term = request.query_params.get("q", "").strip()[:100]
        request.state.matching = await self.console.run(self._matching, fold(term)) if term else None
        return await super().list(request)

    def list_query(self, request: Request) -> Select:
        query = select(self.model)
        if "superseded_at" in self._prop_names:
            query = query.where(self.model.superseded_at.is_(None))
        if request.state.matching is not None:
            query = query.where(self.model.id.in_(request.state.matching))
        return query

    def _matching(self, connection: Connection, term: str) -> Sequence[int]:
        columns = [getattr(self.model, name) for name in self.searched]
        rows = connection.execute(select(self.model.id, *columns).order_by(self.model.id.desc()))
        found = [row[0] for row in rows if term in fold(" ".join(str(cell or "") for cell in row[1:]))]
        return found[:_MOST_FOUND]


class SharedView(PlainView):
    """A table that ships with the project: what is changed here waits for a second account."""

    table: ClassVar[SharedTable]
    four_eyes = True
    can_edit = True
    done = "done_table_proposed"
    form_base_class = ChangeForm

    async def update_model(self, request: Request, pk: str, data: dict[str, Any]) -> Any:
        row = await self.get_object_for_edit(request)
        key = key_of(self.table, {name: getattr(row, name) for name in self._prop_names})
        patch = {name: plain(data[name]) for name in FIELDS[self.table]}
        founded = data["change_reason"], data["change_source"]
        actor, now = visitor_of(request).actor, self.console.now()
        await self.console.run(shared_rows.propose, actor, self.table, key, patch, *founded, now)
        return row


class CannedView(PlainView):
    """Only the titles: the texts have a page with a preview of their own."""

    title = "table_canned"
    can_edit = True
    done = "done_table_saved"
    searched = ("shortcut", "title", "text")
    column_list = column_sortable_list = ["shortcut", "title", "active"]
    column_details_list = ["shortcut", "title", "text", "active"]
    form_columns = ["title"]

    async def update_model(self, request: Request, pk: str, data: dict[str, Any]) -> Any:
        actor, now = visitor_of(request).actor, self.console.now()

        def work(connection: Connection) -> None:
            here = update(canned_reply).where(canned_reply.c.id == int(pk))
            values = {"title": data["title"], "changed_by": actor.account_id, "changed_at": now}
            connection.execute(here.values(values))
            detail = {"field": "title"}
            audit.record(connection, actor, Action.TABLE_CHANGED, f"table:canned_reply:{pk}", now, "", detail)

        await self.console.run(work)
        return await self.get_object_for_edit(request)


class ContradictionView(PlainView):
    """What disagrees in the catalogue; somebody may say what is to be thought of it."""

    title = "table_contradiction"
    searched = ("kind", "subject", "evidence")
    column_list = ["found_at", "subject", "kind", "evidence"]
    column_sortable_list = ["found_at", "subject", "kind"]
    column_default_sort = ("found_at", True)
    column_details_list = ["subject", "kind", "evidence", "found_at", "resolved_at"]

    def list_query(self, request: Request) -> Select:
        return super().list_query(request).where(self.model.resolved_at.is_(None))


class OrderView(PlainView):
    """What reviewers asked the editors for; its own page settles them."""

    title = "table_orders"
    searched = ("title", "code")
    column_list = ["made_at", "state", "need", "title", "code", "asked", "citizens"]
    column_sortable_list = ["made_at", "state", "need", "code", "asked", "citizens"]
    column_default_sort = ("made_at", True)
    column_details_list = [*column_list, "questions", "comment", "settled_at"]


def views(console: Console) -> list[type[PlainView]]:
    """Classes of this console alone: the library keeps what it reads from in the class."""

    def choices(kind: type[Enum]) -> dict[str, Any]:
        return {"choices": [(member.value, console.texts.name(member)) for member in kind]}

    def shared(model: type, title: str, listed: Sequence[str], searched: Sequence[str], **more: Any) -> Any:
        table = models.SHARED[model]
        fields = {
            "table": table,
            "title": title,
            "searched": searched,
            "column_list": listed,
            "column_sortable_list": listed,
            "column_details_exclude_list": ["id", "position"],
            "form_columns": FIELDS[table],
            **more,
        }
        return _made(model, SharedView, console, fields)

    named: dict[str, type[Enum]] = {
        "kind": AgencyKind,
        "type": UnitType,
        "share": Extent,
        "unit": CountedUnit,
    }
    options = {name: choices(kind) for name, kind in named.items()}
    choice = dict.fromkeys(named, SelectField)
    return [
        shared(
            models.Agency,
            "table_agency",
            ["code", "name", "kind", "valid_from", "valid_to"],
            ["code", "name"],
            form_overrides={"kind": SelectField, "groups": WordsField},
            form_args={"kind": options["kind"]},
        ),
        shared(
            models.AdminUnit,
            "table_unit",
            ["code", "name", "type", "valid_from", "valid_to", "basis"],
            ["code", "name"],
            form_overrides=choice,
            form_args={"type": options["type"]},
        ),
        shared(
            models.UnitSuccession,
            "table_succession",
            ["old_code", "old_name", "old_district", "new_code", "share", "area_only"],
            ["old_code", "old_name", "old_district", "new_code"],
            form_overrides=choice,
            form_args={"share": options["share"]},
        ),
        shared(
            models.Statistic,
            "table_statistic",
            ["key", "label", "numerator", "denominator", "percent", "as_of", "usable"],
            ["key", "label", "source", "claim"],
            form_overrides=choice,
            form_args={"unit": options["unit"]},
        ),
        _made(models.Contradiction, ContradictionView, console, {}),
        _made(models.EditorOrder, OrderView, console, {}),
        _made(models.CannedReply, CannedView, console, {}),
    ]


def _made(model: type, base: type[PlainView], console: Console, fields: dict[str, Any]) -> Any:
    kind: Any = type(base)
    return kind(f"{model.__name__}View", (base,), {"console": console, **fields}, model=model)
