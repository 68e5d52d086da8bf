"""What citizens lose when these fail: wrong rows that nobody is told to look at."""

from datetime import date

import pytest
from msgspec.structs import replace

from bot.catalogue.contradictions import (
    Abolished,
    Checks,
    ContradictionKind,
    Repealed,
    find,
    find_in_statistics,
)
from bot.catalogue.enums import Channel, FeeKind, LevelScheme, LevelValue, TimeUnit
from bot.catalogue.records import (
    Era,
    Fee,
    LevelReading,
    LevelStatement,
    Paper,
    Procedure,
    Result,
    Source,
    TimeLimit,
)
from bot.catalogue.statistics import CountedUnit, Part, Statistic

PLAIN = Procedure("1.000001", "Cấp giấy phép", Source("nguồn"), field="Hoạt động xây dựng")
CHECKS = Checks(
    repealed=(
        Repealed("175/2024/NĐ-CP", date(2026, 7, 1), "217/2026/NĐ-CP", ("Hoạt động xây dựng",)),
        Repealed("61/2018/NĐ-CP", date(2025, 7, 1), "118/2025/NĐ-CP"),
    ),
    abolished=(
        Abolished(r"\bcấp huyện\b", False, date(2025, 7, 1), "cấp xã"),
        Abolished("sổ hộ khẩu", True, date(2023, 1, 1), "dữ liệu dân cư"),
    ),
)
PARTIAL = LevelStatement(("XA",), LevelScheme.S2022, LevelValue.PARTIAL, date(2026, 10, 3), "danh sách")
FULL = replace(PARTIAL, value=LevelValue.FULL)
KINDS = ContradictionKind


@pytest.mark.parametrize(
    ("procedure", "kinds"),
    [
        (PLAIN, []),
        (replace(PLAIN, fees=(Fee(FeeKind.FREE, note="lệ phí 135.000 đồng/lần"),)), [KINDS.FREE_BUT_SUM]),
        (
            replace(PLAIN, fees=(Fee(FeeKind.AMOUNT, 9000, note="Miễn phí(9.000đ/bản)"),)),
            [KINDS.FREE_BUT_SUM],
        ),
        (replace(PLAIN, fees=(Fee(FeeKind.COUNCIL, note="Miễn phí (HĐND tỉnh)"),)), [KINDS.FREE_BUT_COUNCIL]),
        (replace(PLAIN, fees=(Fee(FeeKind.COUNCIL, note="HĐND tỉnh quyết định"),)), []),
        (
            replace(
                PLAIN,
                fees=(
                    Fee(FeeKind.AMOUNT, 150000, channel=Channel.ONLINE),
                    Fee(FeeKind.AMOUNT, 50000, channel=Channel.COUNTER),
                ),
            ),
            [KINDS.ONLINE_FEE_ABOVE_COUNTER],
        ),
        (replace(PLAIN, times=(TimeLimit(TimeUnit.UNKNOWN, 120),)), [KINDS.TIME_WITHOUT_UNIT]),
        (replace(PLAIN, times=(TimeLimit(TimeUnit.UNKNOWN, note="xem ghi chú"),)), []),
        (
            replace(
                PLAIN,
                times=(
                    TimeLimit(TimeUnit.WORKING_DAY, 18, Channel.ONLINE),
                    TimeLimit(TimeUnit.WORKING_DAY, 4, Channel.POST),
                ),
            ),
            [KINDS.TIME_DIFFERS_BY_CHANNEL],
        ),
        (replace(PLAIN, legal_basis=("175/2024/NĐ-CP",)), [KINDS.REPEALED_TEXT]),
        (replace(PLAIN, field="Nhà ở", legal_basis=("175/2024/NĐ-CP", "161/2018/NĐ-CP")), []),
        (replace(PLAIN, authority="UBND cấp huyện"), [KINDS.ABOLISHED_AGENCY]),
        (replace(PLAIN, history=(Era(date(2025, 6, 30), "luật", authority="UBND cấp huyện"),)), []),
        (replace(PLAIN, papers=(Paper("Sổ hộ khẩu"),)), [KINDS.ABOLISHED_PAPER]),
        (replace(PLAIN, results=(Result("Giấy phép của tỉnh Quảng Ninhh"),)), [KINDS.MISSPELT_PROVINCE]),
        (replace(PLAIN, levels=(PARTIAL,)), [KINDS.PARTIAL_WITHOUT_REASON]),
        (replace(PLAIN, levels=(replace(PARTIAL, reason="ký trực tiếp"),)), []),
        (replace(PLAIN, levels=(PARTIAL,), reading=LevelReading(LevelValue.PARTIAL, "ký trực tiếp")), []),
        (
            replace(PLAIN, levels=(FULL,), reading=LevelReading(LevelValue.PARTIAL, "hai bên cùng ký")),
            [KINDS.LEVEL_AGAINST_READING],
        ),
        (
            replace(PLAIN, levels=(FULL, replace(PARTIAL, reason="x"))),
            [KINDS.LEVEL_DIFFERS_BY_AGENCY],
        ),
    ],
)
def test_each_kind_is_found_and_nothing_else(procedure: Procedure, kinds: list[ContradictionKind]) -> None:
    assert [item.kind for item in find(procedure, CHECKS)] == kinds


def test_figures_that_do_not_add_up() -> None:
    total = Statistic(
        "tong",
        "Tổng",
        CountedUnit.PROCEDURE,
        "Quảng Ninh",
        "báo",
        "1.742",
        numerator=1742,
        parts=(Part("tỉnh", 1509), Part("huyện", 282), Part("xã", 100)),
    )
    share = replace(total, key="ty-le", parts=(), numerator=621, denominator=1742, percent=35.6)
    wrong = replace(share, key="sai", numerator=105, percent=19.0)
    (parts, wrong_share) = find_in_statistics([total, share, wrong])
    assert (parts.kind, parts.evidence) == (KINDS.STATISTIC_PARTS, "1509 + 282 + 100 = 1891 ≠ 1742")
    assert (wrong_share.kind, wrong_share.subject) == (KINDS.STATISTIC_SHARE, "sai")
