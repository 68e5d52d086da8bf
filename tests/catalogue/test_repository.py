"""What citizens lose when these fail: today's answer for a question about an earlier day, or the reverse."""

from datetime import date, datetime, timezone

from msgspec.structs import replace
from sqlalchemy.engine import Engine

from bot.catalogue.enums import (
    AdminLevel,
    Channel,
    FeeKind,
    Handler,
    LevelScheme,
    LevelValue,
    Need,
    TimeUnit,
)
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.importing.report import ImportReport
from bot.catalogue.records import (
    Case,
    Era,
    Fee,
    Form,
    LevelReading,
    LevelStatement,
    Paper,
    Procedure,
    Result,
    Source,
    TimeLimit,
)
from bot.catalogue.repository import Repository

FULL = LevelStatement(
    ("H49.22.17", "CN-VPDKDD"),
    LevelScheme.S2022,
    LevelValue.FULL,
    date(2026, 10, 3),
    "danh sách",
    "1.000001.01",
)
PARTIAL = replace(
    FULL, agencies=("XA",), value=LevelValue.PARTIAL, service_code="1.000001.02", reason="ký trực tiếp"
)
EVERYTHING = Procedure(
    code="1.000001",
    name="Đăng ký biến động",
    source=Source("Cổng Dịch vụ công quốc gia", "https://example.vn", date(2026, 7, 15), date(2026, 11, 1)),
    field="Đất đai",
    short_name="Biến động đất",
    issuer="Bộ Nông nghiệp và Môi trường",
    decision="3380/QĐ-BNNMT",
    handler=Handler.LAND_REGISTRY,
    admin_levels=(AdminLevel.PROVINCE, AdminLevel.COMMUNE),
    authority="Văn phòng đăng ký đất đai",
    place="Trung tâm Phục vụ hành chính công",
    applicants=("Công dân Việt Nam",),
    channels=(Channel.ONLINE, Channel.COUNTER),
    times=(TimeLimit(TimeUnit.WORKING_DAY, 8, Channel.ONLINE, "vùng khó khăn 18 ngày"),),
    fees=(Fee(FeeKind.AMOUNT, 3_000_000_000, per="lần", valid_to=date(2026, 12, 31)), Fee(FeeKind.COUNCIL)),
    papers=(Paper("Đơn", originals=1, form="Mẫu 18"),),
    cases=(
        Case("mat", "Bị mất", (Paper("Giấy xác nhận", Need.DATABASE, database="Đất đai"),)),
        Case("doi", "Đổi"),
    ),
    forms=(Form("Đơn đăng ký", "Mẫu 18", "QĐ 60/2026"),),
    steps=("Nộp", "Nhận"),
    conditions=("Có đất",),
    results=(Result("Giấy chứng nhận", "lâu dài"),),
    legal_basis=("31/2024/QH15",),
    mistakes=("Thiếu chữ ký",),
    aliases=("sang tên sổ đỏ", "biến động"),
    related=("1.000002",),
    levels=(FULL, PARTIAL),
    reading=LevelReading(LevelValue.PARTIAL, "nộp bản gốc", "31/2024/QH15", ("nộp sổ",)),
    history=(Era(date(2025, 6, 30), "NĐ 43/2014", authority="UBND huyện", admin_level=AdminLevel.DISTRICT),),
    valid_from=date(2025, 7, 1),
    curated=True,
    popularity=3,
)


def _load(engine: Engine, *procedures: Procedure, day: int = 22, complete: bool = False) -> ImportReport:
    now = datetime(2026, 11, day, tzinfo=timezone.utc)
    return run_import(engine, Import(procedures, "test", complete=complete), now)


def test_a_record_comes_back_whole(engine: Engine) -> None:
    plain = Procedure("1.000000", "Tên", Source("nguồn"))
    _load(engine, EVERYTHING, plain)
    assert Repository(engine).procedures() == [plain, EVERYTHING]
    assert Repository(engine).procedure("1.000001") == EVERYTHING
    assert Repository(engine).procedure("9.999999") is None


def test_all_of_many_records_come_back(engine: Engine) -> None:
    """They are read a few at a time; a citizen may ask for the last."""
    many = [replace(EVERYTHING, code=f"1.{number:06}", name=f"Thủ tục {number}") for number in range(250)]
    _load(engine, *many)
    assert Repository(engine).procedures() == many


def test_a_day_before_the_first_version_gives_its_history_without_later_levels(engine: Engine) -> None:
    _load(engine, EVERYTHING)
    then = Repository(engine).procedure("1.000001", date(2020, 6, 1))
    assert then is not None
    assert then.history == EVERYTHING.history
    assert then.levels == ()


def test_the_fee_of_a_dossier_received_before_a_change_is_the_old_one(engine: Engine) -> None:
    _load(engine, EVERYTHING)
    dearer = replace(EVERYTHING, fees=(Fee(FeeKind.AMOUNT, 5_000_000),), valid_from=date(2026, 9, 1))
    _load(engine, dearer)
    repository = Repository(engine)
    assert repository.procedure("1.000001") == dearer
    before = repository.procedure("1.000001", date(2026, 8, 31))
    assert before is not None
    assert before.fees == EVERYTHING.fees
    after = repository.procedure("1.000001", date(2026, 9, 1))
    assert after is not None
    assert after.fees == dearer.fees


def test_a_corrected_slip_never_answers_again(engine: Engine) -> None:
    _load(engine, replace(EVERYTHING, authority="UBND huyện"))
    _load(engine, EVERYTHING)
    for day in (None, date(2026, 8, 1), date(2020, 1, 1)):
        procedure = Repository(engine).procedure("1.000001", day)
        assert procedure is not None
        assert procedure.authority == EVERYTHING.authority


def test_a_new_snapshot_closes_the_older_levels_and_keeps_them_for_their_time(engine: Engine) -> None:
    _load(engine, EVERYTHING)
    now_full = replace(FULL, stated_on=date(2026, 11, 15))
    _load(engine, replace(EVERYTHING, levels=(now_full,)))
    repository = Repository(engine)
    today, october = repository.procedure("1.000001"), repository.procedure("1.000001", date(2026, 11, 14))
    assert today is not None
    assert october is not None
    assert today.levels == (now_full,)
    assert october.levels == (FULL, PARTIAL)


def test_a_withdrawn_procedure_is_gone_today_and_there_for_its_time(engine: Engine) -> None:
    other = Procedure("1.000002", "Khác", Source("nguồn"))
    _load(engine, EVERYTHING, other, complete=True)
    report = _load(engine, other, complete=True)
    assert report.retired == ("1.000001",)
    repository = Repository(engine)
    assert [p.code for p in repository.procedures()] == ["1.000002"]
    assert [p.code for p in repository.procedures(date(2026, 11, 22))] == ["1.000002"]
    assert [p.code for p in repository.procedures(date(2026, 11, 21))] == ["1.000001", "1.000002"]


def test_a_withdrawn_procedure_can_return(engine: Engine) -> None:
    other = Procedure("1.000002", "Khác", Source("nguồn"))
    _load(engine, EVERYTHING, other, complete=True, day=20)
    _load(engine, other, complete=True, day=21)
    report = _load(engine, EVERYTHING, other, complete=True, day=22)
    assert report.added == ("1.000001",)
    assert Repository(engine).procedure("1.000001") == EVERYTHING
    assert Repository(engine).procedure("1.000001", date(2026, 11, 21)) is None


def test_an_empty_catalogue_has_revision_zero(engine: Engine) -> None:
    assert Repository(engine).revision() == 0
    assert Repository(engine).procedures() == []


def test_a_text_of_many_records_is_in_memory_once(engine: Engine) -> None:
    """Every process of a server would hold thousands of copies of the same words."""
    _load(engine, EVERYTHING, replace(EVERYTHING, code="1.000002"))
    first, second = Repository(engine).procedures()
    assert first.papers[0].name is second.papers[0].name
    assert first.authority is second.authority and first.source.title is second.source.title
