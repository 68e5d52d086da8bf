"""A catalogue of three procedures, as an import left it."""

from datetime import date, datetime, timezone

from sqlalchemy.engine import Engine

from bot.catalogue.enums import Channel, FeeKind, Handler, LevelScheme, LevelValue, Scope, TimeUnit
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.records import (
    Case,
    Fee,
    LevelStatement,
    Option,
    Paper,
    Procedure,
    Question,
    Result,
    Source,
    TimeLimit,
)

BIRTH, COPY, MINES = "1.001193", "2.000635", "1.004433"
STATED = date(2026, 10, 3)
WHEN = datetime(2026, 10, 5, 3, 0, tzinfo=timezone.utc)


def level(value: LevelValue) -> LevelStatement:
    return LevelStatement(
        ("XA",), LevelScheme.S2022, value, STATED, "danh sách của tỉnh", reason="phải ký sổ"
    )


BIRTH_RECORD = Procedure(
    code=BIRTH,
    name="Đăng ký khai sinh",
    source=Source(
        "Cổng Dịch vụ công quốc gia", "https://example.org/1", date(2026, 9, 1), date(2026, 11, 10)
    ),
    field="Hộ tịch",
    handler=Handler.COMMUNE,
    authority="Ủy ban nhân dân cấp xã",
    channels=(Channel.ONLINE, Channel.COUNTER),
    times=(TimeLimit(TimeUnit.SAME_DAY),),
    fees=(Fee(FeeKind.FREE),),
    papers=(Paper("Tờ khai đăng ký khai sinh", originals=1), Paper("Giấy chứng sinh", originals=1)),
    cases=(Case("tre-bi-bo-roi", "Trẻ bị bỏ rơi", (Paper("Biên bản về việc trẻ bị bỏ rơi", originals=1),)),),
    questions=(
        Question(
            "tre",
            "Trẻ thuộc trường hợp nào?",
            (Option("a", "Bị bỏ rơi", ("tre-bi-bo-roi",)), Option("b", "Khác")),
        ),
    ),
    steps=("Nộp hồ sơ", "Nhận giấy khai sinh"),
    results=(Result("Giấy khai sinh"),),
    aliases=("làm giấy khai sinh",),
    levels=(level(LevelValue.PARTIAL),),
    curated=True,
)
COPY_RECORD = Procedure(
    code=COPY,
    name="Cấp bản sao trích lục hộ tịch",
    source=Source("Cổng Dịch vụ công quốc gia", "https://example.org/2", date(2026, 9, 1), date(2026, 9, 20)),
    field="Hộ tịch",
    handler=Handler.COMMUNE,
    authority="Ủy ban nhân dân cấp xã",
    fees=(Fee(FeeKind.AMOUNT, 8000, per="bản", note="nộp khi nhận kết quả"),),
    times=(TimeLimit(TimeUnit.WORKING_DAY, 1.0, Channel.COUNTER),),
    aliases=("xin trích lục khai sinh",),
    levels=(level(LevelValue.FULL),),
)
MINES_RECORD = Procedure(
    code=MINES,
    name="Cấp giấy phép khai thác khoáng sản",
    source=Source("Cổng Dịch vụ công quốc gia", None, date(2026, 9, 1)),
    field="Khoáng sản",
    handler=Handler.PROVINCE,
    scope=Scope.NATIONWIDE,
    fees=(Fee(FeeKind.FREE, note="Miễn phí; lệ phí 100.000 đồng"),),
)


def fill(engine: Engine) -> None:
    run_import(engine, Import((BIRTH_RECORD, COPY_RECORD, MINES_RECORD), "small"), WHEN)
