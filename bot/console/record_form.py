"""The form of a record: what editors may change, and the record that what was typed makes."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from msgspec.structs import asdict, replace
from wtforms import DateField, FieldList, FormField  # type: ignore[import-untyped]

from bot.catalogue.records import Case, Procedure, Record
from bot.console.filled import filled
from bot.console.forms import Form, Length, Optional, Regexp, StringField, TextAreaField
from bot.console.record_rows import CaseRow, FeeRow, PaperRow, ResultRow, Row, TimeRow, said, slug

TEXTS = ("name", "short_name", "field", "authority", "place")
LISTS = ("aliases", "conditions", "steps", "legal_basis", "mistakes")
GROUPS: Mapping[str, type[Row]] = {
    "fees": FeeRow,
    "times": TimeRow,
    "cases": CaseRow,
    "papers": PaperRow,
    "results": ResultRow,
}
BASIS = ("reason", "source_title", "source_url", "source_day", "first_day")
R = TypeVar("R", bound=Record)


def _text(label: str) -> StringField:
    return StringField(label, [Length(max=4000, message="error_too_long")])


def _list(label: str) -> TextAreaField:
    return TextAreaField(label, [Length(max=60000, message="error_too_long")], description="help_record_list")


class RecordForm(Form):
    """Everything that may be amended, and what the change stands on."""

    name = StringField("record_name", filled(2000))
    short_name = StringField("record_short_name", [Length(max=60, message="error_too_long")])
    field = _text("record_field")
    authority = _text("record_authority")
    place = _text("record_place")
    aliases = _list("record_aliases")
    fees = FieldList(FormField(FeeRow))
    times = FieldList(FormField(TimeRow))
    cases = FieldList(FormField(CaseRow))
    papers = FieldList(FormField(PaperRow))
    results = FieldList(FormField(ResultRow))
    steps = _list("record_steps")
    conditions = _list("record_conditions")
    legal_basis = _list("record_legal_basis")
    mistakes = _list("record_mistakes")

    reason = TextAreaField("field_reason", filled(1000))
    source_title = StringField("record_source_title", filled(500), description="help_record_source_title")
    source_url = StringField(
        "record_source_url",
        [
            Optional(),
            Length(max=1000, message="error_too_long"),
            Regexp(r"https?://\S+", message="error_record_url"),
        ],
    )
    source_day = DateField("record_source_day", [Optional()])
    first_day = DateField("record_first_day", [Optional()], description="help_record_first_day")

    def validate(self, extra_validators: Any = None) -> bool:
        self.settle_cases()
        return bool(super().validate(extra_validators))

    def settle_cases(self) -> None:
        """Give new cases an id and offer all cases to the papers; before the form is shown or read."""
        rows = [entry.form for entry in self.cases]
        for row in rows:
            if not row.key.data and said(row.label):
                row.key.data = slug(row.label.data, [other.key.data for other in rows])
        offered = [("", ""), *((row.key.data, said(row.label)) for row in rows if row.key.data)]
        for entry in self.papers:
            entry.form.case.choices = offered

    def add(self, group: str) -> None:
        """One more empty row."""
        self[group].append_entry()
        self.settle_cases()

    def blamed(self, names: Sequence[str]) -> bool:
        return any(self[name].errors for name in names)


def form_of(procedure: Procedure) -> RecordForm:
    """The record as it is."""
    papers = [PaperRow.shown(paper) for paper in procedure.papers]
    papers += [PaperRow.shown(paper, case.id) for case in procedure.cases for paper in case.papers]
    values: dict[str, Any] = {name: getattr(procedure, name) for name in TEXTS}
    values |= {name: "\n".join(getattr(procedure, name)) for name in LISTS}
    form = RecordForm(
        data=values
        | {
            "fees": [FeeRow.shown(fee) for fee in procedure.fees],
            "times": [TimeRow.shown(limit) for limit in procedure.times],
            "cases": [{"key": case.id, "label": case.label, "note": case.note} for case in procedure.cases],
            "papers": papers,
            "results": [asdict(result) for result in procedure.results],
        }
    )
    form.settle_cases()
    return form


def record_of(form: RecordForm, procedure: Procedure) -> Procedure:
    """``procedure`` with what the form says, for a form without faults. What was not touched stays as it was,
    also where a browser sends blanks and line ends differently.
    """
    texts = {name: _kept_text(said(form[name]), getattr(procedure, name)) for name in TEXTS}
    lists = {name: _kept_list(said(form[name]), getattr(procedure, name)) for name in LISTS}
    papers = _rows(form.papers)
    old_papers = (*procedure.papers, *(paper for case in procedure.cases for paper in case.papers))
    known = {case.id: case for case in procedure.cases}

    def papers_of(case: str) -> tuple[Any, ...]:
        return _kept([row.read() for row in papers if (row.case.data or "") == case], old_papers)

    cases = []
    for row in _rows(form.cases):
        old = known.get(row.key.data)
        label = _kept_text(said(row.label), old.label if old else "")
        note = _kept_text(said(row.note), old.note if old else "")
        cases.append(Case(row.key.data, label, papers_of(row.key.data), note))
    return replace(
        procedure,
        **texts,
        **lists,
        fees=_kept([row.read() for row in _rows(form.fees)], procedure.fees),
        times=_kept([row.read() for row in _rows(form.times)], procedure.times),
        results=_kept([row.read() for row in _rows(form.results)], procedure.results),
        papers=papers_of(""),
        cases=tuple(cases),
    )


def orphans(form: RecordForm, procedure: Procedure) -> bool:
    """Mark cases that are taken away though papers or questions still need them; whether there are any."""
    kept = {row.key.data for row in _rows(form.cases)}
    needed = {row.case.data for row in _rows(form.papers) if row.case.data}
    for question in procedure.questions:
        needed |= {case for option in question.options for case in option.cases}
    found = False
    for entry in form.cases:
        if entry.form.key.data in needed - kept:
            entry.form.label.errors = ["error_record_case"]
            found = True
    return found


def _rows(group: Any) -> list[Any]:
    return [entry.form for entry in group if not entry.form.left_out]


def _kept_text(new: str, old: str) -> str:
    return old if _plain(new) == _plain(old) else new


def _kept_list(text: str, old: tuple[str, ...]) -> tuple[str, ...]:
    if _plain(text) == _plain("\n".join(old)) and text.count("\n") == "\n".join(old).strip().count("\n"):
        return old
    return tuple(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))


def _kept(new: Sequence[R], old: Sequence[R]) -> tuple[R, ...]:
    same = {_key(record): record for record in old}
    # Files leave out an empty list only when it is the default itself.
    return tuple(same.get(_key(record), record) for record in new) or ()


def _key(record: Record) -> tuple[Any, ...]:
    return tuple(_plain(value) if isinstance(value, str) else value for value in asdict(record).values())


def _plain(text: str) -> str:
    return " ".join(text.split())
