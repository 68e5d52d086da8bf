"""What citizens lose when these fail: "how many are full online" counted twice or by the wrong scale."""

from datetime import date

from msgspec.structs import replace

from bot.catalogue.agencies import Agency, AgencyKind
from bot.catalogue.enums import Handler, LevelScheme, LevelValue, Scope
from bot.catalogue.figures import count, review
from bot.catalogue.records import LevelStatement, Procedure, Source

FULL = LevelStatement(("XA", "H49.28"), LevelScheme.S2022, LevelValue.FULL, date(2026, 10, 3), "danh sách")
PARTIAL = replace(FULL, agencies=("H49.28",), value=LevelValue.PARTIAL, trial=True)
PLAIN = Procedure("1.000000", "Tên", Source("s"), field="Nhà ở")


def test_a_procedure_counts_once_whatever_the_number_of_agencies() -> None:
    procedures = [
        PLAIN,
        replace(PLAIN, code="1.000001", levels=(FULL, FULL), handler=Handler.COMMUNE, curated=True),
        replace(PLAIN, code="1.000002", levels=(PARTIAL,)),
        replace(PLAIN, code="1.000003", levels=(FULL, PARTIAL), scope=Scope.NATIONWIDE),
    ]
    figures = count(procedures, 7)
    assert (figures.procedures, figures.full_only, figures.partial_only, figures.mixed) == (4, 1, 1, 1)
    assert (figures.without_statement, figures.statements, figures.trial) == (1, 5, 2)
    assert figures.by_agency == {"H49.28": 3, "XA": 2}
    assert figures.by_scope == {Scope.IN_FORCE: 3, Scope.NATIONWIDE: 1}
    assert (figures.curated, figures.revision, figures.by_field) == (1, 7, {"Nhà ở": 4})


def test_references_that_lead_nowhere_are_listed() -> None:
    procedure = replace(PLAIN, levels=(FULL,), related=("1.000000", "9.999999"))
    report = review([procedure], [Agency("XA", "các xã", AgencyKind.GROUP)], [], ())
    assert report.unknown_agencies == ("H49.28",)
    assert report.unknown_related == (("1.000000", "9.999999"),)
