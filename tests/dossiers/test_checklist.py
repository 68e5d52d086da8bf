"""A paper left out costs a second trip; a paper too many is one the law does not ask for."""

from bot.catalogue.enums import Need
from bot.catalogue.records import Case, Paper, Procedure
from bot.dossiers.casefile import Given
from bot.dossiers.checklist import checklist_of
from tests.dossiers.records import BIRTH, SOURCE

AT_HOME = (Given("noi-sinh", "o-nha"), Given("lam-chung", "co"), Given("qua-han", "roi"))


def test_papers_are_those_of_all_cases_and_of_the_citizens_own() -> None:
    papers = checklist_of(BIRTH, AT_HOME)
    assert [item.paper.name for item in papers.to_bring] == ["Tờ khai", "Văn bản người làm chứng"]
    assert [item.paper.name for item in papers.numbers] == ["Căn cước"]
    assert [item.paper.name for item in papers.spared] == ["Giấy tờ nơi cư trú"]
    assert papers.cases == ("Sinh ở nhà",)
    assert papers.notes == ("Cần người làm chứng", "Phải nộp lệ phí")


def test_a_paper_named_twice_is_listed_once() -> None:
    twice = Procedure(
        "1.000009",
        "Hai lần",
        SOURCE,
        papers=(Paper("Tờ khai"),),
        cases=(Case("a", "A", (Paper("tờ khai"), Paper("Ảnh", Need.SHOW))),),
    )
    papers = checklist_of(twice, (Given("truong-hop", "a"),))
    assert [item.paper.name for item in papers.items] == ["Tờ khai", "Ảnh"]


def test_of_a_paper_named_twice_the_stricter_line_counts() -> None:
    """Lost: a day, with a paper at home that was called optional, or spared, for others."""
    lax = (Paper("Sơ đồ", optional=True), Paper("Giấy cư trú", Need.DATABASE))
    strict = (Paper("Sơ đồ"), Paper("Giấy cư trú", Need.SHOW))
    for papers, case in ((lax, strict), (strict, lax)):
        record = Procedure("1.000011", "Chặt", SOURCE, papers=papers, cases=(Case("a", "A", case),))
        found = checklist_of(record, (Given("truong-hop", "a"),))
        assert [item.paper for item in found.missing(())] == list(strict)


def test_one_name_on_another_form_is_another_paper() -> None:
    """Lost: a correction, after which the old form still counts as at hand."""
    cases = (Case("a", "A", (Paper("Tờ khai", form="13"),)), Case("b", "B", (Paper("Tờ khai", form="14"),)))
    record = Procedure("1.000012", "Hai mẫu", SOURCE, cases=cases)
    (old,) = checklist_of(record, (Given("truong-hop", "a"),)).items
    assert checklist_of(record, (Given("truong-hop", "b"),)).missing((old.id,))


def test_ids_stay_when_the_record_is_reordered() -> None:
    """What was ticked off must stay ticked off."""
    first = {item.paper.name: item.id for item in checklist_of(BIRTH, AT_HOME).items}
    second = {item.paper.name: item.id for item in checklist_of(BIRTH, tuple(reversed(AT_HOME))).items}
    assert first == second
    assert all(len(id) == 8 for id in first.values())


def test_missing_is_what_is_not_ticked() -> None:
    papers = checklist_of(BIRTH, AT_HOME)
    form, witness = papers.to_bring
    assert papers.missing((form.id,)) == (witness,)


def test_a_paper_only_some_people_have_keeps_nobody_from_handing_in() -> None:
    optional = Procedure("1.000010", "Nếu có", SOURCE, papers=(Paper("Đơn"), Paper("Sơ đồ", optional=True)))
    papers = checklist_of(optional, ())
    assert [item.paper.name for item in papers.to_bring] == ["Đơn", "Sơ đồ"]
    assert [item.paper.name for item in papers.missing(())] == ["Đơn"]
