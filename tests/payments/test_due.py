"""What it costs by the channel chosen: no sum out of its time, no total that may be wrong."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answers.wording import Wording
from bot.catalogue.enums import Channel, FeeKind, Handler
from bot.catalogue.records import Fee, Procedure, Source
from bot.knowledge_source import wording_from
from bot.payments.due import due, lines

TODAY = date(2026, 11, 22)
AMOUNT, FREE, COUNCIL, UNKNOWN = FeeKind.AMOUNT, FeeKind.FREE, FeeKind.COUNCIL, FeeKind.UNKNOWN


@pytest.fixture(scope="module")
def wording() -> Wording:
    return wording_from(Path(__file__).parents[2] / "domain.yml")


def record(*fees: Fee, **fields: Any) -> Procedure:
    basics: dict[str, Any] = {"handler": Handler.COMMUNE, "curated": True, **fields}
    return Procedure("1.000001", "Cấp giấy nuôi chim", Source("Cổng"), fees=fees, **basics)


def said(wording: Wording, procedure: Procedure, way: Channel | None = None, on: date = TODAY) -> str:
    return "\n".join(wording.say(line) for line in lines(due(procedure, way, on)))


def test_only_the_chosen_channel_counts(wording: Wording) -> None:
    """The online discount must not be expected at the counter."""
    procedure = record(Fee(AMOUNT, 7000, channel=Channel.ONLINE), Fee(AMOUNT, 15000, channel=Channel.COUNTER))
    online, counter = (due(procedure, way, TODAY) for way in (Channel.ONLINE, Channel.COUNTER))
    assert (online.total, counter.total) == (7000, 15000)
    assert due(procedure, None, TODAY).total is None
    text = said(wording, procedure, Channel.COUNTER)
    assert text.startswith("Cấp giấy nuôi chim, nộp trực tiếp tại quầy: phí, lệ phí như sau\n- 15.000 đồng\n")
    assert "7.000" not in text


def test_a_fee_for_all_channels_counts_everywhere() -> None:
    procedure = record(Fee(AMOUNT, 8000))
    assert [due(procedure, way, TODAY).total for way in (None, *Channel)] == [8000] * 4


def test_the_other_channels_price_is_not_passed_off_as_this_ones(wording: Wording) -> None:
    procedure = record(Fee(AMOUNT, 7000, channel=Channel.ONLINE))
    found = due(procedure, Channel.POST, TODAY)
    assert not found.has_data and found.total is None and found.other_ways == (Channel.ONLINE,)
    text = said(wording, procedure, Channel.POST)
    assert text.startswith("Cấp giấy nuôi chim: chưa có dữ liệu về mức phí, lệ phí khi nộp qua bưu chính")
    assert "7.000" not in text and "qua mạng" in text and "hỏi tại quầy" in text


@pytest.mark.parametrize(
    ("on", "total"),
    [
        (date(2025, 6, 30), None),
        (date(2025, 7, 1), 25000),
        (date(2026, 12, 31), 25000),
        (date(2027, 1, 1), 50000),
    ],
)
def test_a_sum_counts_on_its_first_and_last_day_and_never_outside(on: date, total: int | None) -> None:
    procedure = record(
        Fee(AMOUNT, 25000, valid_from=date(2025, 7, 1), valid_to=date(2026, 12, 31)),
        Fee(AMOUNT, 50000, valid_from=date(2027, 1, 1)),
    )
    assert due(procedure, Channel.ONLINE, on).total == total


def test_what_ended_and_what_comes_is_named_with_its_date(wording: Wording) -> None:
    procedure = record(
        Fee(AMOUNT, 115000, channel=Channel.ONLINE, valid_to=date(2025, 12, 31)),
        Fee(AMOUNT, 135000, valid_to=date(2026, 12, 31)),
        Fee(AMOUNT, 140000, valid_from=date(2027, 1, 1)),
    )
    text = said(wording, procedure, Channel.ONLINE)
    assert "- 135.000 đồng (áp dụng đến hết ngày 31/12/2026)" in text
    assert "Mức đã hết áp dụng sau ngày 31/12/2025: Nộp qua mạng: 115.000 đồng" in text
    assert "Mức áp dụng từ ngày 01/01/2027: 140.000 đồng" in text
    assert "115.000" not in said(wording, procedure, Channel.COUNTER)


@pytest.mark.parametrize(
    "fee",
    [
        Fee(AMOUNT, 2000, per="trang"),
        Fee(AMOUNT, 2000, label="Trang 1 và 2"),
        Fee(AMOUNT, 2000, note="Tối đa 200.000 đồng"),
        Fee(AMOUNT, 2000, relief="Hộ nghèo"),
        Fee(COUNCIL),
        Fee(FeeKind.REGULATION, legal_basis="Thông tư 1/2026"),
        Fee(FREE, label="Đúng hạn"),
        Fee(UNKNOWN),
    ],
)
def test_no_total_while_anything_hangs_on_the_case(fee: Fee, wording: Wording) -> None:
    """A citizen who brings the sum we told must not be sent home for more."""
    assert due(record(fee), None, TODAY).total is None
    assert due(record(fee, Fee(AMOUNT, 8000)), None, TODAY).total is None
    assert "khi không được miễn" not in said(wording, record(fee))


def test_two_sums_are_not_added_up() -> None:
    """They may be alternatives."""
    assert due(record(Fee(AMOUNT, 8000), Fee(AMOUNT, 9000)), None, TODAY).total is None


def test_free_is_a_total_of_nothing_and_needs_no_relief(wording: Wording) -> None:
    procedure = record(Fee(FREE))
    assert due(procedure, Channel.COUNTER, TODAY).total == 0
    text = said(wording, procedure, Channel.COUNTER)
    assert "không mất phí" in text and "66.22" not in text and "0 đồng" not in text


def test_a_fee_of_the_council_is_no_sum_and_leads_to_the_counter(wording: Wording) -> None:
    text = said(wording, record(Fee(COUNCIL, relief="Hộ nghèo")), Channel.COUNTER)
    assert "do Hội đồng nhân dân tỉnh quy định, chưa có số tiền trong dữ liệu" in text
    assert "Miễn, giảm: Hộ nghèo" in text and "hỏi tại quầy" in text


def test_a_silent_record_is_said_to_be_silent(wording: Wording) -> None:
    for procedure in (record(), record(Fee(UNKNOWN, note="Nguồn không ghi"))):
        text = said(wording, procedure)
        assert "chưa có dữ liệu về mức phí, lệ phí" in text and "không mất phí" not in text
    partly = said(wording, record(Fee(UNKNOWN), Fee(AMOUNT, 8000)))
    assert "8.000 đồng" in partly and "Một phần mức phí của thủ tục này chưa có dữ liệu" in partly


@pytest.mark.parametrize(
    ("on", "told"),
    [
        (date(2026, 8, 14), False),
        (date(2026, 8, 15), True),
        (date(2027, 2, 28), True),
        (date(2027, 3, 1), False),
    ],
)
def test_the_temporary_relief_is_named_from_its_first_to_its_last_day(
    on: date, told: bool, wording: Wording
) -> None:
    text = said(wording, record(Fee(AMOUNT, 8000)), on=on)
    assert ("Nghị quyết 66.22/2026/NQ-CP" in text) == told
