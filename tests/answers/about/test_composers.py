"""Every composer on real curated records and on the thinnest one: nothing breaks, nothing leaks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
import yaml

from bot.answers.about import COMPOSERS
from bot.answers.asked import Asked
from bot.answers.intent import ABOUT_A_PROCEDURE, Intent
from bot.answers.outcome import Outcome
from bot.answers.wording import Wording
from bot.catalogue.records import Procedure, Source
from bot.catalogue.units import Unit

if TYPE_CHECKING:
    from tests.answers.about.conftest import MakeAsked, MakeRecord, MakeStatement, Say

CURATED = Path(__file__).parents[3] / "data" / "catalogue" / "curated"
MOST_CHARACTERS = 3_500


def curated_rows() -> list[Any]:
    """Rows of all curated files, one test each."""
    rows: list[Any] = []
    for path in sorted(CURATED.glob("*.yaml")):
        records = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader) or []
        rows.extend(pytest.param(row, id=f"{path.stem}:{row['code']}") for row in records)
    return rows


def check(procedure: Procedure, asked: Asked, wording: Wording) -> None:
    """What every answer owes the reader."""
    answer = COMPOSERS[asked.intent](procedure, asked, {})
    text = wording.text(answer)
    assert answer.outcome in (Outcome.ANSWERED, Outcome.NO_DATA)
    assert answer.procedure_code == procedure.code
    assert answer.sources
    assert f"Mã thủ tục: {procedure.code}" in text
    assert text.splitlines()[-1].startswith("Nguồn: ")
    assert all(line.strip() for line in text.split("\n"))
    assert "{" not in text
    assert "None" not in text
    assert len(text) < MOST_CHARACTERS
    assert all(str(wording.value(button.title)).strip() for button in answer.buttons)


def test_every_kind_of_question_has_a_composer() -> None:
    """A kind without one would end in an apology."""
    assert set(COMPOSERS) == ABOUT_A_PROCEDURE


@pytest.mark.parametrize("row", curated_rows())
def test_curated_record_reads_well(
    row: dict[str, Any], asked: MakeAsked, statement: MakeStatement, ha_tu: Unit, wording: Wording
) -> None:
    """Broken texts show up here and not on a citizen's screen."""
    plain = msgspec.structs.replace(msgspec.convert(row, Procedure, strict=False), curated=True)
    published = msgspec.structs.replace(plain, levels=(statement(),))
    for intent in COMPOSERS:
        check(plain, asked(intent), wording)
        check(plain, asked(intent, as_of=date(2020, 6, 1)), wording)
        check(published, asked(intent, unit=ha_tu, old_scale=True), wording)
        for case in plain.cases:
            check(plain, asked(intent, case_id=case.id), wording)


@pytest.mark.parametrize("intent", COMPOSERS)
def test_thinnest_record_still_answers(intent: Intent, asked: MakeAsked, wording: Wording) -> None:
    """Many procedures of the index are a code, a name and a link."""
    bare = Procedure("1.000002", "Thủ tục không ai biết", Source("Cổng Dịch vụ công quốc gia"))
    check(bare, asked(intent), wording)


def test_old_check_is_warned_about(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """After ninety days rules may have changed; ninety itself still counts as fresh."""
    warning = "đã hơn 90 ngày"
    compose = COMPOSERS[Intent.ASK_TIME]
    fresh = record(source=Source("Cổng", checked_on=date(2026, 8, 24)))
    old = record(source=Source("Cổng", checked_on=date(2026, 8, 23)))
    assert warning not in say(compose(fresh, asked(), {}))
    assert warning in say(compose(old, asked(), {}))


def test_overview_offers_only_questions_the_record_can_answer(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, say: Say
) -> None:
    """A button that ends in "chưa có dữ liệu" is a broken promise."""
    answer = COMPOSERS[Intent.ASK_PROCEDURE](record(levels=(statement(),)), asked(), {})
    assert [button.payload for button in answer.buttons] == ["/ask_level", "/ask_place", "/ask_authority"]
    assert say(answer).startswith(
        "Cấp giấy phép nuôi chim\nTên chính thức: Thủ tục cấp giấy phép nuôi chim\nMức độ: "
    )


def test_question_about_a_future_day_is_answered_with_a_caution(
    record: MakeRecord, asked: MakeAsked, say: Say
) -> None:
    """Laws already passed change rules on known days."""
    answer = COMPOSERS[Intent.ASK_ELIGIBILITY](
        record(conditions=("Có chim.",)), asked(as_of=date(2027, 3, 1)), {}
    )
    assert "Đến ngày 01/03/2027 quy định có thể đã thay đổi." in say(answer)


def test_overview_admits_what_is_missing(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """A summary without a fee line must not read as "no fee"."""
    text = say(COMPOSERS[Intent.ASK_PROCEDURE](record(), asked(), {}))
    assert "Chưa có dữ liệu về giấy tờ phải nộp, thời hạn giải quyết và mức phí, lệ phí" in text
