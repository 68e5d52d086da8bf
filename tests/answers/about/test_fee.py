"""What it costs: nothing expired, nothing guessed, free only when the record says free."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.answers.about.fee import compose, summary
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.catalogue.enums import Channel, FeeKind
from bot.catalogue.records import Fee

if TYPE_CHECKING:
    from tests.answers.about.conftest import MakeAsked, MakeRecord, Say


FEE = Intent.ASK_FEE
HALF = Fee(FeeKind.AMOUNT, 115000, channel=Channel.ONLINE, valid_to=date(2025, 12, 31))
WHOLE = Fee(FeeKind.AMOUNT, 1350000, per="lần", relief="Hộ nghèo", legal_basis="Thông tư 1/2026")


def test_amount_in_full_dong_with_relief_and_law_last(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """ "1,35 triệu" or "1350k" is misread at the counter."""
    text = say(compose(record(fees=(WHOLE,)), asked(FEE), {}))
    assert text.startswith(
        "Cấp giấy phép nuôi chim: 1.350.000 đồng/lần\nMiễn, giảm: Hộ nghèo\nCăn cứ: Thông tư 1/2026\n"
    )


def test_channels_are_told_apart_only_when_they_differ(
    record: MakeRecord, asked: MakeAsked, say: Say
) -> None:
    """Three equal lines hide the one that is cheaper."""
    same = tuple(Fee(FeeKind.AMOUNT, 8000, channel=channel) for channel in Channel)
    assert "Nộp qua mạng" not in say(compose(record(fees=same), asked(FEE), {}))
    apart = (
        Fee(FeeKind.AMOUNT, 7000, channel=Channel.ONLINE),
        Fee(FeeKind.AMOUNT, 15000, channel=Channel.COUNTER),
    )
    text = say(compose(record(fees=apart), asked(FEE), {}))
    assert "- Nộp qua mạng: 7.000 đồng\n- Nộp tại quầy: 15.000 đồng\n" in text


def test_price_of_the_only_recorded_channel_names_it(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """The online price must not be taken for the counter's."""
    online = Fee(FeeKind.AMOUNT, 7000, channel=Channel.ONLINE)
    assert "Nộp qua mạng: 7.000 đồng" in say(compose(record(fees=(online,)), asked(FEE), {}))


def test_expired_fee_is_not_quoted_as_valid(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """The reduced price of 2025 would leave the citizen short of money in 2026."""
    text = say(compose(record(fees=(HALF, WHOLE)), asked(FEE), {}))
    assert text.startswith("Cấp giấy phép nuôi chim: 1.350.000 đồng/lần\n")
    assert "Mức đã hết áp dụng sau ngày 31/12/2025: Nộp qua mạng: 115.000 đồng" in text


def test_fee_of_the_day_asked_about_with_its_last_day(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """A dossier received in 2025 paid the price of 2025."""
    text = say(compose(record(fees=(HALF,)), asked(FEE, as_of=date(2025, 12, 31)), {}))
    assert "115.000 đồng (áp dụng đến hết ngày 31/12/2025)" in text


def test_only_expired_fees_are_no_data(record: MakeRecord, asked: MakeAsked) -> None:
    """Nothing is known about today's price then."""
    assert compose(record(fees=(HALF,)), asked(FEE), {}).outcome is Outcome.NO_DATA


def test_council_fee_has_no_amount_and_is_not_free(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """Fees of the council exist although the record does not know them."""
    text = say(compose(record(fees=(Fee(FeeKind.COUNCIL),)), asked(FEE), {}))
    assert "do Hội đồng nhân dân tỉnh quy định, chưa có số tiền trong dữ liệu" in text
    assert "không mất phí" not in text
    assert "Anh/chị hỏi tại quầy" in text


def test_free_only_when_the_record_says_free(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """An unknown fee called free costs a second trip."""
    assert "không mất phí" in say(compose(record(fees=(Fee(FeeKind.FREE),)), asked(FEE), {}))
    unknown = compose(record(fees=(Fee(FeeKind.UNKNOWN, note="Nguồn không ghi"),)), asked(FEE), {})
    assert unknown.outcome is Outcome.NO_DATA
    assert "không mất phí" not in say(unknown)
    assert compose(record(), asked(FEE), {}).outcome is Outcome.NO_DATA


def test_raw_note_of_the_portal_is_quoted_as_such(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """ "Miễn phí" cells contradict their notes; the citizen should see whose words these are."""
    fees = (Fee(FeeKind.COUNCIL, note="Miễn phí (theo Nghị quyết)."),)
    assert "Nguồn ghi: “Miễn phí (theo Nghị quyết)”" in say(
        compose(record(fees=fees, curated=False), asked(FEE), {})
    )


def test_summary_is_none_without_a_known_fee(record: MakeRecord, asked: MakeAsked) -> None:
    """The overview leaves the line out instead of printing an empty one."""
    assert summary(record(fees=(Fee(FeeKind.UNKNOWN),)), asked()) is None
