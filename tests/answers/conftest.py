"""A small city: a dozen procedures, three communes, a few agencies, and citizens who ask about them.

Search, question words, glossary and texts are the shipped ones; only the catalogue is made by hand.
"""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answers.assistant import Assistant
from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.knowledge import Knowledge
from bot.answers.reply import Reply
from bot.answers.turn import Mention, Pressed, Turn
from bot.answers.wording import Wording
from bot.catalogue.agencies import Agency, AgencyKind
from bot.catalogue.enums import (
    AdminLevel,
    Channel,
    FeeKind,
    Handler,
    LevelScheme,
    LevelValue,
    Need,
    Scope,
    TimeUnit,
)
from bot.catalogue.records import Case, Era, Fee, Form, LevelStatement, Paper, Procedure, Source, TimeLimit
from bot.catalogue.statistics import CountedUnit, Statistic
from bot.catalogue.units import Extent, OldUnit, Unit, UnitType
from bot.catalogue.view import Catalogue
from bot.knowledge_source import knowledge_over, wording_from
from bot.text import Kind, find_identifiers
from tests.answers.tuning import FIXED

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
STATED = date(2026, 10, 3)
LIST = "Danh sách dịch vụ công của Quảng Ninh"
XA, LAND = ("XA",), ("CN-VPDKDD",)
FREE, UNPUBLISHED = (Fee(FeeKind.FREE),), ()


def at_level(value: LevelValue, agencies: tuple[str, ...], code: str) -> LevelStatement:
    """One line of the published list."""
    return LevelStatement(agencies, LevelScheme.S2022, value, STATED, LIST, service_code=f"{code}.01")


def make(code: str, name: str, field: str, *levels: LevelStatement, **more: Any) -> Procedure:
    """A commune procedure that is free and takes three working days unless told otherwise."""
    basics: dict[str, Any] = {
        "source": Source("Cổng Dịch vụ công quốc gia", f"https://example.vn/{code}", checked_on=STATED),
        "handler": Handler.COMMUNE,
        "admin_levels": (AdminLevel.COMMUNE,),
        "authority": "Ủy ban nhân dân cấp xã",
        "channels": (Channel.ONLINE, Channel.COUNTER),
        "times": (TimeLimit(TimeUnit.WORKING_DAY, 3),),
        "fees": FREE,
        "papers": (Paper("Tờ khai theo mẫu"),),
        "legal_basis": ("Luật 60/2014/QH13",),
        "curated": True,
        "popularity": 2,
    }
    return Procedure(code=code, name=name, field=field, levels=levels, **{**basics, **more})


FULL, PARTIAL = LevelValue.FULL, LevelValue.PARTIAL

BIRTH = make(
    "1.001193", "Đăng ký khai sinh", "Hộ tịch",
    at_level(FULL, XA, "1.001193"),
    times=(TimeLimit(TimeUnit.SAME_DAY),),
    papers=(Paper("Tờ khai đăng ký khai sinh"), Paper("Giấy chứng sinh", Need.DATABASE, database="BHXH")),
    cases=(
        Case("bo-roi", "Trẻ bị bỏ rơi", (Paper("Biên bản trẻ bị bỏ rơi"),)),
        Case("o-nha", "Trẻ sinh ở nhà", (Paper("Văn bản của người làm chứng"),)),
        Case("mang-thai-ho", "Trẻ do mang thai hộ", (Paper("Xác nhận của cơ sở y tế"),)),
        Case("uy-quyen", "Nhờ người làm thay", (Paper("Văn bản ủy quyền"),)),
    ),
    forms=(Form("Tờ khai đăng ký khai sinh", "TP/HT-2015-TKKS.1"),),
    aliases=("làm giấy khai sinh", "khai sinh cho con"),
    popularity=3,
)  # fmt: skip
EXTRACT = make(
    "2.000635", "Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh", "Hộ tịch",
    at_level(FULL, XA, "2.000635"),
    short_name="Cấp bản sao trích lục hộ tịch",
    fees=(Fee(FeeKind.AMOUNT, 8000, per="bản"),),
)  # fmt: skip
MARITAL = make(
    "1.004873", "Cấp Giấy xác nhận tình trạng hôn nhân", "Hộ tịch",
    at_level(PARTIAL, XA, "1.004873"),
    aliases=("giấy độc thân",),
)  # fmt: skip
RESIDENCE = make(
    "1.004222", "Đăng ký thường trú", "Cư trú",
    handler=Handler.POLICE, scope=Scope.NATIONWIDE, authority="Công an cấp xã",
    fees=(Fee(FeeKind.AMOUNT, 20000, per="lần"),),
    aliases=("nhập khẩu", "nhập hộ khẩu"),
)  # fmt: skip
LAND_TRANSFER = make(
    "1.012781", "Đăng ký biến động chuyển nhượng quyền sử dụng đất", "Đất đai",
    handler=Handler.LAND_REGISTRY, admin_levels=(AdminLevel.PROVINCE,), authority="Văn phòng đăng ký đất đai",
    scope=Scope.NATIONWIDE, fees=UNPUBLISHED,
)  # fmt: skip
LAND_TRANSFER_HERE = make(
    "3.000111", "Đăng ký biến động chuyển nhượng quyền sử dụng đất tại Quảng Ninh", "Đất đai",
    at_level(PARTIAL, LAND, "3.000111"),
    handler=Handler.LAND_REGISTRY, admin_levels=(AdminLevel.PROVINCE,), authority="Văn phòng đăng ký đất đai",
)  # fmt: skip
LICENCE = make(
    "3.000333", "Cấp đổi giấy phép lái xe", "Đăng ký, quản lý phương tiện",
    handler=Handler.POLICE, scope=Scope.NATIONWIDE, authority="Phòng Cảnh sát giao thông",
    admin_levels=(AdminLevel.PROVINCE,), fees=(Fee(FeeKind.AMOUNT, 135000, per="lần"),),
)  # fmt: skip
BUSINESS = make(
    "1.001612", "Đăng ký thành lập hộ kinh doanh", "Hộ kinh doanh",
    at_level(FULL, XA, "1.001612"),
    place="Trung tâm Phục vụ hành chính công cấp xã",
    history=(
        Era(
            valid_to=date(2025, 6, 30), source="Danh mục năm 2019", authority="Phòng Tài chính - Kế hoạch",
            place="Ủy ban nhân dân cấp huyện", admin_level=AdminLevel.DISTRICT,
            scheme=LevelScheme.S2011, level=LevelValue.THREE,
        ),
    ),
)  # fmt: skip
LAND_FIX = make(
    "1.013962", "Đính chính Giấy chứng nhận đã cấp", "Đất đai",
    at_level(PARTIAL, XA, "1.013962"), at_level(FULL, LAND, "1.013962"),
)  # fmt: skip
TREE = make("1.000047", "Phê duyệt phương án khai thác gỗ rừng trồng", "Lâm nghiệp", curated=False)
STREET = make(
    "1.009794", "Cấp giấy phép xây dựng nhà ở riêng lẻ", "Xây dựng",
    at_level(PARTIAL, ("H49.18",), "1.009794"),
    handler=Handler.PROVINCE, admin_levels=(AdminLevel.PROVINCE,), authority="Sở Xây dựng",
)  # fmt: skip
CERTIFY = make(
    "2.000815", "Chứng thực bản sao từ bản chính", "Chứng thực",
    at_level(PARTIAL, XA, "2.000815"),
    aliases=("sao y", "công chứng giấy tờ"),
)  # fmt: skip
PIERS = tuple(
    make(code, f"Công bố hoạt động bến thủy nội địa {level}", "Đường thủy", scope=Scope.NATIONWIDE)
    for code, level in (("1.003658", "vùng xanh"), ("1.003659", "vùng đỏ"))
)
"""Two records no question can tell apart without the last word."""
EVERYTHING = (
    BIRTH, EXTRACT, MARITAL, RESIDENCE, LAND_TRANSFER, LAND_TRANSFER_HERE, LICENCE, BUSINESS, LAND_FIX,
    TREE, STREET, CERTIFY, *PIERS,
)  # fmt: skip

BASIS = "1679/NQ-UBTVQH15"
PLAIN = OldUnit("Phường Hà Lầm", "06670", "Thành phố Hạ Long", Extent.FULL)
AMBIGUOUS_A = OldUnit("Xã Hồng Phong", "07030", "Thị xã Đông Triều", Extent.FULL)
AMBIGUOUS_B = OldUnit("Phường Hồng Phong", "06990", "Huyện Vân Đồn", Extent.FULL)
HA_LAM = Unit(
    "06673", "Phường Hà Lầm Mới", UnitType.PHUONG, "Hà Lầm Mới", parent="22", basis=BASIS,
    formed_from=(PLAIN, OldUnit("Phường Cao Thắng", "06671", "Thành phố Hạ Long", Extent.PART)),
)  # fmt: skip
VAN_DON = Unit(
    "06994", "Đặc khu Vân Đồn", UnitType.DAC_KHU, "Vân Đồn", parent="22", basis=BASIS,
    formed_from=(AMBIGUOUS_B, OldUnit("Xã Đông Xá", "06991", "Huyện Vân Đồn", Extent.FULL)),
)  # fmt: skip
CAO_XANH = Unit(
    "06676", "Phường Cao Xanh", UnitType.PHUONG, "Cao Xanh", parent="22", basis=BASIS,
    formed_from=(OldUnit("Phường Cao Thắng", "06671", "Thành phố Hạ Long", Extent.PART), AMBIGUOUS_A),
)  # fmt: skip

AGENCIES = (
    Agency("XA", "UBND các xã, phường, đặc khu", AgencyKind.GROUP),
    Agency("CN-VPDKDD", "Các Chi nhánh Văn phòng Đăng ký đất đai", AgencyKind.GROUP),
    Agency("H49.18", "Sở Xây dựng", AgencyKind.DEPARTMENT),
    Agency("H49.94", "UBND đặc khu Vân Đồn", AgencyKind.COMMUNE, unit="06994", groups=XA),
    Agency("H49.73", "UBND phường Hà Lầm Mới", AgencyKind.COMMUNE, unit="06673", groups=XA),
    Agency("H49.50", "Chi nhánh Đăng ký đất đai Vân Đồn", AgencyKind.LAND_REGISTRY, groups=LAND),
)

PRESS = "Báo năm 2020"
STATISTICS = (
    Statistic(
        "level-4", "Thủ tục ở mức 4", CountedUnit.PROCEDURE, "Quảng Ninh", PRESS, "621 thủ tục, đạt 35,6%",
        numerator=621, denominator=1742, denominator_name="tổng số thủ tục", as_of_text="năm 2020",
    ),
    Statistic(
        "integrated", "Dịch vụ đã tích hợp", CountedUnit.SERVICE, "Quảng Ninh", PRESS, "529 dịch vụ, 35,6%",
        numerator=529, denominator=1484, denominator_name="dịch vụ mức 3 và 4", as_of_text="năm 2020",
    ),
    Statistic(
        "total", "Tổng số thủ tục", CountedUnit.PROCEDURE, "ba cấp", PRESS, "1.742 thủ tục",
        numerator=1742, as_of=date(2020, 12, 31), contradiction="1.509 + 282 + 100 = 1.891, hơn tổng 149.",
    ),
    Statistic(
        "before", "Mức 4 trước đợt nâng", CountedUnit.PROCEDURE, "Quảng Ninh", PRESS, "xấp xỉ 19%",
        numerator=105, denominator=1742, as_of_text="trước đợt nâng năm 2020", usable=False,
    ),
)  # fmt: skip


def mention_in(text: str, kind: str, value: str) -> Mention:
    """A mention with its place in the text, where the name stands there."""
    unit = next((u for u in (HA_LAM, VAN_DON, CAO_XANH) if kind == "unit" and u.code == value), None)
    for said in (unit.name, unit.short_name) if unit else (value,):
        start = text.lower().find(said.lower())
        if start >= 0:
            return Mention(kind, value, start, start + len(said))
    return Mention(kind, value)


MakeTurn = Callable[..., Turn]
Ask = Callable[..., Reply]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Fourteen procedures: three full, four partial, one that differs by agency, six without a level."""
    return Catalogue(
        procedures={p.code: p for p in EVERYTHING},
        agencies={a.code: a for a in AGENCIES},
        units=(HA_LAM, VAN_DON, CAO_XANH),
        statistics=STATISTICS,
        revision=1,
    )


@pytest.fixture(scope="session")
def knowledge(catalogue: Catalogue) -> Knowledge:
    """The hand-made catalogue with the shipped tables and fixed numbers."""
    return knowledge_over(catalogue, ROOT / "data", FIXED)


@pytest.fixture(scope="session")
def assistant(knowledge: Knowledge) -> Assistant:
    return Assistant(knowledge)


@pytest.fixture(scope="session")
def wording() -> Wording:
    """The real texts, so that a test sees what a citizen reads."""
    return wording_from(ROOT / "domain.yml")


@pytest.fixture(scope="session")
def turn() -> MakeTurn:
    """A message as the understanding hands it on; ``unit="06994"`` and the like become mentions."""

    def build(
        text: str,
        intent: Intent = Intent.ASK_PROCEDURE,
        confidence: float = 0.9,
        pressed: Pressed | None = None,
        as_of: date | None = None,
        **mentions: str,
    ) -> Turn:
        codes = [
            Mention("procedure", i.value, i.start, i.end)
            for i in find_identifiers(text)
            if i.kind is Kind.PROCEDURE
        ]
        named = [mention_in(text, kind, value) for kind, value in mentions.items()]
        return Turn(text, ((intent, confidence),), TODAY, (*codes, *named), pressed, as_of)

    return build


@pytest.fixture(scope="session")
def ask(assistant: Assistant, turn: MakeTurn, wording: Wording) -> Ask:
    """Ask and get the reply; every answer is said aloud in the real texts on the way."""

    def asking(
        text: str, intent: Intent = Intent.ASK_PROCEDURE, context: Context | None = None, **more: Any
    ) -> Reply:
        reply = assistant.respond(turn(text, intent, **more), context or Context())
        said = "\n".join(wording.text(answer) for answer in reply.answers)
        buttons = [wording.value(button.title) for button in reply.buttons]
        assert said.strip(), "the citizen would see silence"
        for words in (said, *buttons):
            assert "{" not in words and "None" not in words, words
        assert all(button.payload.startswith("/") for button in reply.buttons)
        assert len(reply.buttons) <= 4
        return reply

    return asking


@pytest.fixture(scope="session")
def ask_raw(assistant: Assistant, turn: MakeTurn, wording: Wording) -> Ask:
    """Like ``ask``, for text that may itself hold braces."""

    def asking(text: str, intent: Intent = Intent.ASK_PROCEDURE, context: Context | None = None, **more: Any):
        reply = assistant.respond(turn(text, intent, **more), context or Context())
        assert all(wording.text(answer).strip() for answer in reply.answers)
        return reply

    return asking


@pytest.fixture(scope="session")
def read(wording: Wording) -> Callable[[Reply], str]:
    """The whole reply as the citizen reads it."""

    def reading(reply: Reply) -> str:
        return "\n".join(wording.text(answer) for answer in reply.answers)

    return reading


@pytest.fixture(scope="session")
def press(turn: MakeTurn, ask: Ask) -> Callable[[str, Context], Reply]:
    """Press a button: its payload comes back as the understanding reads it."""
    import msgspec

    def pressing(payload: str, context: Context) -> Reply:
        name, _, values = payload.partition("{")
        assert name == "/select_option"
        pressed = msgspec.convert(msgspec.json.decode("{" + values), Pressed)
        return ask(payload, Intent.SELECT_OPTION, context, pressed=pressed)

    return pressing
