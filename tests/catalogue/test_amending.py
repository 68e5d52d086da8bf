"""What citizens lose when these fail: an editor's correction that wears off, or that nobody can trace."""

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from msgspec.structs import replace

from bot.catalogue.amending import (
    AMENDABLE,
    FACTS,
    OURS,
    Amending,
    absorbed,
    amended,
    apply_patch,
    fitting,
    patched_fields,
)
from bot.catalogue.enums import FeeKind
from bot.catalogue.records import Case, Fee, Procedure, Source

RECORD = Procedure(
    "1.004873",
    "Xác nhận tình trạng hôn nhân",
    Source("Cổng Dịch vụ công quốc gia", checked_on=date(2026, 7, 1)),
    fees=(Fee(FeeKind.AMOUNT, 8000),),
    cases=(Case("ly-hon", "Đã ly hôn"),),
    legal_basis=("Nghị định 123/2015/NĐ-CP",),
    aliases=("giấy độc thân", "xntthn"),
)
WORDS = some.text("abc ăâđ", min_size=1, max_size=6).map(str.strip).filter(bool)
LISTS = some.lists(WORDS, max_size=4, unique=True)
FEES = some.lists(
    some.one_of(
        some.just({"kind": "free"}),
        some.integers(0, 10**7).map(lambda sum_: {"kind": "amount", "amount": sum_}),
    ),
    max_size=3,
)
LISTED = some.one_of(
    LISTS.map(lambda items: {"set": items}),
    some.tuples(LISTS, LISTS).map(lambda both: {"add": both[0], "remove": both[1]}),
)
PATCHES: some.SearchStrategy[Any] = some.fixed_dictionaries(
    {},
    optional={
        "aliases": LISTED,
        "legal_basis": LISTED,
        "fees": FEES.map(lambda fees: {"set": fees}),
        "place": WORDS.map(lambda text: {"set": text}),
        "source": WORDS.map(lambda title: {"set": {"title": title}}),
    },
)
CHANGES = some.lists(some.tuples(PATCHES, WORDS), max_size=4).map(
    lambda pairs: [Amending(n, patch, title) for n, (patch, title) in enumerate(pairs)]
)
RECORDS = some.builds(
    lambda aliases, texts, fees, place: replace(
        RECORD,
        aliases=tuple(aliases),
        legal_basis=tuple(texts),
        fees=msgspec.convert(fees, tuple[Fee, ...]),
        place=place,
    ),
    LISTS,
    LISTS,
    FEES,
    WORDS,
)
QUICK = settings(max_examples=40, deadline=None)
DAYS = some.none() | some.dates(date(2026, 1, 1), date(2027, 1, 1))


@QUICK
@given(RECORDS, CHANGES, DAYS)
def test_laid_over_again_nothing_changes(item: Procedure, changes: list[Amending], day: date | None) -> None:
    """Records come back amended, from a list of levels: laid over twice they must say the same."""
    once = amended(item, changes, day)
    assert _sorted(amended(once, changes, day)) == _sorted(once)


def _sorted(item: Procedure) -> Procedure:
    return replace(item, aliases=tuple(sorted(item.aliases)), legal_basis=tuple(sorted(item.legal_basis)))


@QUICK
@given(RECORDS, CHANGES)
def test_without_the_absorbed_changes_the_record_is_the_same(
    item: Procedure, changes: list[Amending]
) -> None:
    """Ended because the source is said to have it: if not, the citizen gets the old word again."""
    gone = absorbed(item, changes)
    left = [change for change in changes if change.id not in gone]
    titled = {"source": RECORD.source}
    assert replace(amended(item, changes), **titled) == replace(amended(item, left), **titled)


@QUICK
@given(RECORDS, PATCHES)
def test_only_the_fields_of_the_patch_change(item: Procedure, patch: dict[str, Any]) -> None:
    changed = apply_patch(item, patch)
    fields = set(Procedure.__struct_fields__) - set(patched_fields(patch))
    assert all(getattr(changed, field) == getattr(item, field) for field in fields)


def test_a_changed_fact_is_cited_with_its_document() -> None:
    change = Amending(1, {"place": {"set": "Trung tâm"}}, "Quyết định 5/QĐ-UBND", date(2026, 11, 2))
    assert amended(RECORD, [change]).source.title == (
        "Cổng Dịch vụ công quốc gia; Quyết định 5/QĐ-UBND (02/11/2026)"
    )
    dated = Amending(1, change.patch, "Quyết định 5 ngày 02/11/2026", date(2026, 11, 2))
    assert dated.cited == "Quyết định 5 ngày 02/11/2026"


def test_our_own_words_change_no_source() -> None:
    change = Amending(1, {"aliases": {"add": ["giấy chưa vợ"]}}, "Câu hỏi của công dân")
    assert amended(RECORD, [change]).source == RECORD.source


def test_a_change_of_one_field_is_no_check_of_the_others() -> None:
    """An alias added today must not take away the warning that the fee was last compared in July."""
    source = {"source": {"set": {"title": "Cổng", "checked_on": "2026-12-31"}}}
    changes = [Amending(1, {"place": {"set": "Trung tâm"}}, "Quyết định 5"), Amending(2, source, "Cổng")]
    assert amended(RECORD, changes).source.checked_on == date(2026, 7, 1)
    assert amended(RECORD, changes, date(2026, 11, 22)).source.checked_on == date(2026, 11, 22)
    assert amended(RECORD, changes, date(2026, 1, 1)).source.checked_on == date(2026, 7, 1)


def test_items_are_added_and_removed_beside_what_others_put_there() -> None:
    patch = {"aliases": {"add": ["giấy chưa vợ", "xntthn"], "remove": ["giấy độc thân"]}}
    assert apply_patch(RECORD, patch).aliases == ("xntthn", "giấy chưa vợ")
    newer = replace(RECORD, aliases=("mới", "giấy độc thân"))
    assert apply_patch(newer, patch).aliases == ("mới", "giấy chưa vợ", "xntthn")


def test_a_field_is_emptied() -> None:
    assert apply_patch(RECORD, {"fees": {"set": None}}).fees == ()


def test_every_field_is_either_amended_or_left_to_imports() -> None:
    """A new field of the record must be decided on, not forgotten."""
    left = {"code", "levels", "scope", "valid_from", "curated"}
    assert set(Procedure.__struct_fields__) == AMENDABLE | left
    assert not AMENDABLE & left
    assert len(AMENDABLE) == len(FACTS) + len(OURS)


def test_one_change_that_does_not_fit_leaves_the_others() -> None:
    options = [{"id": "a", "label": "A", "cases": ["ly-hon"]}]
    asking = {"questions": {"set": [{"id": "nao", "ask": "Nào?", "options": options}]}}
    changes = [Amending(1, asking, "A"), Amending(2, {"place": {"set": "Trung tâm"}}, "B")]
    fit, unfit = fitting(replace(RECORD, cases=()), changes)
    assert fit == (changes[1],)
    assert unfit == ((changes[0], "questions: nao: no case ly-hon"),)
    assert fitting(RECORD, changes) == (tuple(changes), ())


@pytest.mark.parametrize(
    ("said", "gone"),
    [(5000, (1,)), (6000, (1, 2)), (7000, ())],
    ids=["the older change", "what holds now", "something else"],
)
def test_of_two_changes_of_a_field_those_end_that_are_not_needed(said: int, gone: tuple[int, ...]) -> None:
    """First 5 000, then 6 000: when the source says 6 000, neither may come back."""
    changes = [
        Amending(n, {"fees": {"set": [{"kind": "amount", "amount": sum_}]}}, "NQ")
        for n, sum_ in ((1, 5000), (2, 6000))
    ]
    assert absorbed(replace(RECORD, fees=(Fee(FeeKind.AMOUNT, said),)), changes) == gone
