"""Rows of the form of a record: one fee, time, paper, case or result each, and back into records."""

import re
from collections.abc import Sequence
from typing import Any

from wtforms import DateField, HiddenField, IntegerField  # type: ignore[import-untyped]
from wtforms.validators import ValidationError  # type: ignore[import-untyped]

from bot.catalogue.enums import Channel, FeeKind, Need, TimeUnit
from bot.catalogue.records import Fee, Paper, Result, TimeLimit
from bot.console.forms import BooleanField, Form, Length, Optional, SelectField, StringField, named
from bot.console.record_words import number, thousands
from bot.text import fold

_LINE, _TEXT = 500, 4000
_SUM = re.compile(r"\d{1,3}(?:[.\s]\d{3})+|\d{1,15}")
_VALUE = re.compile(r"\d{1,5}(?:[.,]\d{1,3})?")
ANY = ("", "record_any")


def _line(label: str, most: int = _LINE) -> StringField:
    return StringField(label, [Length(max=most, message="error_too_long")])


def _day(label: str) -> DateField:
    return DateField(label, [Optional()])


class Row(Form):
    """A row that is empty or ticked away is left out, whatever stands in it."""

    drop = BooleanField("record_drop")
    _COUNTED: Sequence[str] = ()

    @property
    def left_out(self) -> bool:
        return bool(self.drop.data) or not any(self._said(name) for name in self._COUNTED)

    def validate(self, extra_validators: Any = None) -> bool:
        return self.left_out or bool(super().validate(extra_validators))

    def _said(self, name: str) -> bool:
        field = self[name]
        return bool(field.data) or bool(field.raw_data and str(field.raw_data[0]).strip())


class FeeRow(Row):
    """``amount`` in đồng, with or without points between thousands."""

    label = _line("record_fee_label")
    kind = SelectField("record_fee_kind", choices=[ANY, *named(FeeKind)])
    amount = _line("record_fee_amount", 30)
    per = _line("record_fee_per")
    channel = SelectField("record_fee_channel", choices=[ANY, *named(Channel)])
    valid_from = _day("record_fee_from")
    valid_to = _day("record_fee_to")
    legal_basis = _line("record_fee_basis", _TEXT)
    relief = _line("record_relief", _TEXT)
    note = _line("record_note", _TEXT)
    _COUNTED = ("label", "kind", "amount", "per", "legal_basis", "relief", "note", "valid_from", "valid_to")

    def validate_kind(self, field: Any) -> None:
        if not field.data:
            raise ValidationError("error_record_kind")

    def validate_amount(self, field: Any) -> None:
        text = (field.data or "").strip()
        wanted = self.kind.data == FeeKind.AMOUNT.value
        if wanted != bool(text) or (text and not _SUM.fullmatch(text)):
            raise ValidationError("error_record_amount")

    def validate_valid_to(self, field: Any) -> None:
        if field.data and self.valid_from.data and field.data < self.valid_from.data:
            raise ValidationError("error_record_order")

    def read(self) -> Fee:
        """Of a row that is right."""
        digits = re.sub(r"\D", "", self.amount.data or "")
        return Fee(
            kind=FeeKind(self.kind.data),
            amount=int(digits) if digits else None,
            per=said(self.per),
            label=said(self.label),
            channel=Channel(self.channel.data) if self.channel.data else None,
            note=said(self.note),
            relief=said(self.relief),
            legal_basis=said(self.legal_basis),
            valid_from=self.valid_from.data,
            valid_to=self.valid_to.data,
        )

    @staticmethod
    def shown(fee: Fee) -> dict[str, Any]:
        names = ("per", "label", "note", "relief", "legal_basis", "valid_from", "valid_to")
        return {
            **{name: getattr(fee, name) for name in names},
            "kind": fee.kind.value,
            "amount": thousands(fee.amount) if fee.amount is not None else "",
            "channel": fee.channel.value if fee.channel else "",
        }


class TimeRow(Row):
    """``value`` with a comma or a point; empty where the source gives no number."""

    value = _line("record_time_value", 12)
    unit = SelectField("record_time_unit", choices=[ANY, *named(TimeUnit)])
    channel = SelectField("record_fee_channel", choices=[ANY, *named(Channel)])
    note = _line("record_note", _TEXT)
    _COUNTED = ("value", "unit", "note")

    def validate_value(self, field: Any) -> None:
        text = (field.data or "").strip()
        if text and not _VALUE.fullmatch(text):
            raise ValidationError("error_record_number")

    def validate_unit(self, field: Any) -> None:
        if not field.data:
            raise ValidationError("error_record_unit")

    def read(self) -> TimeLimit:
        """Of a row that is right."""
        text = said(self.value).replace(",", ".")
        channel = Channel(self.channel.data) if self.channel.data else None
        return TimeLimit(TimeUnit(self.unit.data), float(text) if text else None, channel, said(self.note))

    @staticmethod
    def shown(limit: TimeLimit) -> dict[str, Any]:
        return {
            "unit": limit.unit.value,
            "value": number(limit.value) if limit.value is not None else "",
            "channel": limit.channel.value if limit.channel else "",
            "note": limit.note,
        }


class PaperRow(Row):
    """``case``: id of the case that needs it; empty: every case."""

    name = _line("record_paper_name", _TEXT)
    case = SelectField("record_paper_case", choices=[("", "record_every_case")])
    need = SelectField("record_paper_need", choices=named(Need), default=Need.SUBMIT.value)
    originals = IntegerField("record_paper_originals", [Optional()])
    copies = IntegerField("record_paper_copies", [Optional()])
    form = _line("record_form")
    database = _line("record_database")
    note = _line("record_note", _TEXT)
    optional = BooleanField("record_optional")
    _COUNTED = ("name", "form", "database", "note", "originals", "copies")

    def validate_name(self, field: Any) -> None:
        if not (field.data or "").strip():
            raise ValidationError("error_required")

    def validate_originals(self, field: Any) -> None:
        if field.data is not None and not 0 <= field.data <= 99:
            raise ValidationError("error_record_number")

    validate_copies = validate_originals

    def read(self) -> Paper:
        """Of a row that is right."""
        return Paper(
            name=said(self.name),
            need=Need(self.need.data),
            originals=self.originals.data or 0,
            copies=self.copies.data or 0,
            form=said(self.form) or None,
            database=said(self.database) or None,
            note=said(self.note),
            optional=bool(self.optional.data),
        )

    @staticmethod
    def shown(paper: Paper, case: str = "") -> dict[str, Any]:
        names = ("name", "form", "database", "note", "optional")
        counts = {"originals": paper.originals or None, "copies": paper.copies or None}
        return {
            **{name: getattr(paper, name) or "" for name in names},
            **counts,
            "need": paper.need.value,
            "case": case,
        }


class CaseRow(Row):
    """``key``: the id of the case, made from its label when it is new."""

    key = HiddenField()
    label = _line("record_case_label")
    note = _line("record_note", _TEXT)
    _COUNTED = ("key", "label", "note")

    def validate_label(self, field: Any) -> None:
        if not (field.data or "").strip():
            raise ValidationError("error_required")


class ResultRow(Row):
    name = _line("record_result_name", _TEXT)
    validity = _line("record_validity")
    _COUNTED = ("name", "validity")

    def validate_name(self, field: Any) -> None:
        if not (field.data or "").strip():
            raise ValidationError("error_required")

    def read(self) -> Result:
        """Of a row that is right."""
        return Result(said(self.name), said(self.validity))


def said(field: Any) -> str:
    """What was typed, without blanks around it."""
    return (field.data or "").replace("\r\n", "\n").strip()


def slug(label: str, taken: Sequence[str]) -> str:
    """An id for a new case that no other case has: folded words with hyphens, at most 60 characters."""
    made = "-".join(re.findall(r"[a-z0-9]+", fold(label)))[:60].strip("-") or "truong-hop"
    free = made
    for place in range(2, 1000):
        if free not in taken:
            break
        free = f"{made}-{place}"
    return free
