"""How long it takes: the unit of the source, never a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.answers.about.time import compose
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.catalogue.enums import Channel, TimeUnit
from bot.catalogue.records import TimeLimit

if TYPE_CHECKING:
    from tests.answers.about.conftest import MakeAsked, MakeRecord, Say


TIME = Intent.ASK_TIME


def test_one_limit_and_the_receipt_rule(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """The date on the receipt binds the agency, our number does not."""
    text = say(compose(record(times=(TimeLimit(TimeUnit.WORKING_DAY, 3.0),)), asked(TIME), {}))
    assert text.startswith("Cấp giấy phép nuôi chim: thời hạn giải quyết là 3 ngày làm việc\n")
    assert "Ngày hẹn trên giấy tiếp nhận là ngày chính thức." in text


def test_equal_channels_are_one_line_and_different_ones_two(
    record: MakeRecord, asked: MakeAsked, say: Say
) -> None:
    """A citizen compares channels only where it pays to."""
    equal = tuple(TimeLimit(TimeUnit.DAY, 5, channel) for channel in Channel)
    assert "giải quyết là 5 ngày\n" in say(compose(record(times=equal), asked(TIME), {}))
    different = (TimeLimit(TimeUnit.DAY, 5, Channel.ONLINE), TimeLimit(TimeUnit.DAY, 7.5, Channel.COUNTER))
    text = say(compose(record(times=different), asked(TIME), {}))
    assert "- Nộp qua mạng: 5 ngày\n- Nộp tại quầy: 7,5 ngày\n" in text


def test_missing_unit_is_said_openly(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """ "3" may be days or working days; choosing one would set a wrong alarm."""
    text = say(compose(record(times=(TimeLimit(TimeUnit.UNKNOWN, 3),)), asked(TIME), {}))
    assert "3 (nguồn không ghi đơn vị ngày)" in text
    assert "3 ngày" not in text


def test_same_day_with_its_condition(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """ "Same day" ends at 15:00; without the note people come at four."""
    limit = TimeLimit(TimeUnit.SAME_DAY, note="Sau 15 giờ thì trả vào ngày làm việc tiếp theo")
    text = say(compose(record(times=(limit,)), asked(TIME), {}))
    assert "ngay trong ngày. Sau 15 giờ thì trả" in text


def test_no_limit_recorded_is_no_data(record: MakeRecord, asked: MakeAsked) -> None:
    """No number means unknown, not immediately."""
    assert compose(record(), asked(TIME), {}).outcome is Outcome.NO_DATA
    assert compose(record(times=(TimeLimit(TimeUnit.UNKNOWN),)), asked(TIME), {}).outcome is Outcome.NO_DATA
