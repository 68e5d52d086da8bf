"""A slip in a form file would print a wrong form for everybody who downloads it."""

import re

import pytest

from bot.catalogue.records import Procedure
from bot.dossiers.branching import questions_of
from bot.forms.answers import ADDRESSEE
from bot.forms.definition import (
    Field,
    FormDefinition,
    Kind,
    Section,
    Shape,
    Signature,
    initial_answers,
)
from bot.forms.offer import Forms, read_forms
from tests.conftest import ROOT

FORMS = read_forms(ROOT / "data" / "forms").all()
every_form = pytest.mark.parametrize("form", FORMS, ids=[form.id for form in FORMS])


def facts_known(procedure: Procedure) -> set[str]:
    """Every fact a citizen with this procedure can bring along."""
    questions = questions_of(procedure)
    answers = {f"{question.id}={option.id}" for question in questions for option in question.options}
    return {procedure.code, *(case.id for case in procedure.cases), *answers}


def test_the_eight_promised_forms_and_marriage_are_there(forms: Forms) -> None:
    promised = "1.001193 1.000656 1.004873 1.004222 1.004194 1.001612 2.000635 1.013225 1.014027 1.000894"
    assert [code for code in promised.split() if forms.of(code) is None] == []
    assert len(forms.all()) >= 9
    assert forms.of("1.999999") is None


@every_form
def test_a_form_is_whole(form: FormDefinition) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", form.id)  # becomes a file name
    assert "{unit}" in form.addressee
    assert form.closing and form.signatures and form.issued_by
    keys = [key for key, _ in form.fields()]
    assert len(keys) == len(set(keys))
    assert ADDRESSEE not in keys and "tep" not in keys
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*(_\d)?", key) for key in keys)


@every_form
def test_fields_make_sense(form: FormDefinition) -> None:
    for _, field in form.fields():
        assert bool(field.options) == (field.kind is Kind.CHOICE)
        assert not field.past or field.kind is Kind.DATE
        assert field.shape is None or field.kind is Kind.TEXT
        assert 1 <= field.most <= 1000
        for value in field.prefill.values():
            assert len(value) <= field.most
            assert field.kind is not Kind.CHOICE or value in field.options


@every_form
def test_a_form_names_only_procedures_and_facts_of_the_catalogue(
    form: FormDefinition, records: dict[str, Procedure]
) -> None:
    """A misspelt fact would ask a single mother for the father, silently."""
    assert set(form.procedures) <= records.keys()
    known = set().union(*(facts_known(records[code]) for code in form.procedures))
    for key, field in form.fields():
        assert {*field.when, *field.unless, *field.prefill} <= known, key


@every_form
def test_a_form_has_the_name_and_code_of_the_record(
    form: FormDefinition, records: dict[str, Procedure]
) -> None:
    for code in form.procedures:
        named = {(official.name, official.code or "") for official in records[code].forms}
        assert (form.name, form.code) in named


def test_unchecked_forms_say_so(forms: Forms) -> None:
    """No form was compared with the text that issued it yet."""
    assert not any(form.confirmed for form in forms.all())


FATHER = Field("cha", "Cha", unless=("me-don-than",))
DIVORCED = Field("an", "Bản án", when=("hon-nhan=ly-hon",), prefill={"hon-nhan=ly-hon": "Bản án số …"})


def test_what_does_not_apply_is_not_asked() -> None:
    assert FATHER.applies(()) and not FATHER.applies({"me-don-than"})
    assert DIVORCED.applies({"hon-nhan=ly-hon"}) and not DIVORCED.applies(())


def test_answers_that_follow_from_the_branch_questions_are_there_at_once() -> None:
    form = FormDefinition(
        "a",
        "A",
        ("1.000001",),
        "{unit}",
        (Section((FATHER, DIVORCED)), Section((Field("ten", "Tên", shape=Shape.YEAR),), rows=2)),
        "Tôi cam đoan.",
        (Signature("Người khai", "Ký"),),
    )
    assert initial_answers(form, {"hon-nhan=ly-hon"}) == {"an": "Bản án số …"}
    assert initial_answers(form, ()) == {}
    assert [key for key, _ in form.fields()] == ["cha", "an", "ten_1", "ten_2"]


def test_two_forms_for_one_procedure_are_refused() -> None:
    with pytest.raises(ValueError, match=r"two forms are for procedure"):
        Forms((*FORMS, FormDefinition("b", "B", FORMS[0].procedures, "{unit}", (), "", ())))
    with pytest.raises(ValueError, match="two forms are called"):
        Forms((FORMS[0], FORMS[0]))
