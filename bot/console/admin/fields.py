"""Forms of plain tables, made by the library from the columns."""

from collections.abc import Sequence
from typing import Any

from sqladmin.forms import ModelConverter
from sqlalchemy import JSON, Date, Float, String
from sqlalchemy.orm import ColumnProperty
from wtforms import DateField, FloatField, StringField  # type: ignore[import-untyped]
from wtforms.fields.core import UnboundField  # type: ignore[import-untyped]
from wtforms.validators import Optional  # type: ignore[import-untyped]

from bot.console.filled import filled
from bot.console.forms import Form, TextAreaField

_EMPTY = frozenset({"as_of_text", "basis", "contradiction", "denominator_name"})
"""Texts that may say nothing."""


class Converter(ModelConverter):
    """Texts without blanks around them; nothing is NULL where the column allows it; counts as numbers."""

    def _prepare_column(
        self, prop: ColumnProperty, form_include_pk: bool, kwargs: dict[str, Any]
    ) -> dict[str, Any] | None:
        prepared = super()._prepare_column(prop, form_include_pk, kwargs)
        column = prop.columns[0]
        if prepared is None or not isinstance(column.type, (String, JSON)):
            return prepared
        if isinstance(column.type, JSON):
            return {**prepared, "validators": [Optional()]}
        nothing = None if column.nullable else ""
        if column.name in _EMPTY:
            prepared["validators"] = [Optional()]
        prepared["filters"] = [lambda text: (text or "").strip() or nothing]
        return prepared

    def get_converter(self, prop: Any) -> Any:
        if isinstance(prop, ColumnProperty) and isinstance(prop.columns[0].type, Float):
            return _floats
        if isinstance(prop, ColumnProperty) and isinstance(prop.columns[0].type, Date):
            return _days
        return super().get_converter(prop)


class WordsField(StringField):  # type: ignore[misc]
    """A list of words with blanks between."""

    def _value(self) -> str:
        return " ".join(self.data or ())

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = valuelist[0].split() if valuelist else []


class ChangeForm(Form):
    """What a change stands on."""

    change_reason = StringField("field_reason", filled(300))
    change_source = TextAreaField("field_change_source", filled(500))


def _floats(model: type, prop: ColumnProperty, kwargs: dict[str, Any]) -> UnboundField:
    return FloatField(**kwargs)


def _days(model: type, prop: ColumnProperty, kwargs: dict[str, Any]) -> UnboundField:
    """The browser's own calendar: that of the library needs its scripts."""
    return DateField(**kwargs)
