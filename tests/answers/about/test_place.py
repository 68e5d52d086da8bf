"""Where to hand in, who decides, and the same for an earlier day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from bot.answers.about import authority
from bot.answers.about.place import compose, takes_anywhere
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.catalogue.agencies import Agency
from bot.catalogue.enums import AdminLevel, Channel, Handler, LevelValue, Scope
from bot.catalogue.records import Era, LevelReading, Source
from bot.catalogue.units import Unit

if TYPE_CHECKING:
    from tests.answers.about.conftest import MakeAsked, MakeRecord, MakeStatement, Say

PLACE = Intent.ASK_PLACE
DISTRICT = Era(
    date(2025, 6, 30),
    "Nghị định 168/2025/NĐ-CP",
    authority="Phòng Tài chính – Kế hoạch huyện",
    place="Bộ phận Một cửa cấp huyện",
    admin_level=AdminLevel.DISTRICT,
)


def test_any_centre_of_the_province_takes_it(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """Without this rule people travel back to the commune they moved away from."""
    answer = compose(record(), asked(PLACE), {})
    assert answer.outcome is Outcome.ANSWERED
    assert "bất kỳ Trung tâm Phục vụ hành chính công nào trong Quảng Ninh" in say(answer)
    assert "Cơ quan giải quyết: Ủy ban nhân dân cấp xã" in say(answer)


def test_recorded_office_comes_first(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """The office that decides saves the transfer; the others are the alternative."""
    text = say(compose(record(place="Trung tâm nơi nuôi chim"), asked(PLACE), {}))
    assert "- Nộp tại: Trung tâm nơi nuôi chim\n- Hoặc nộp ở bất kỳ Trung tâm" in text


def test_unit_gets_its_own_centre_by_name(
    record: MakeRecord, asked: MakeAsked, ha_tu: Unit, say: Say
) -> None:
    """Who names the ward wants to hear the ward."""
    text = say(compose(record(), asked(PLACE, unit=ha_tu), {}))
    assert "Trung tâm Phục vụ hành chính công phường Hà Tu" in text


def test_police_and_nationwide_procedures_keep_their_own_offices(
    record: MakeRecord, asked: MakeAsked, say: Say
) -> None:
    """The centres would send the citizen on to the police."""
    police = record(handler=Handler.POLICE, authority="Công an cấp xã")
    assert not takes_anywhere(police)
    assert "- Nộp tại: Công an cấp xã\n" in say(compose(police, asked(PLACE), {}))
    assert not takes_anywhere(record(scope=Scope.NATIONWIDE))


def test_online_only_procedure_names_no_counter(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """A walk to a counter that takes nothing is the wasted day."""
    text = say(compose(record(channels=(Channel.ONLINE,)), asked(PLACE), {}))
    assert "chỉ nhận hồ sơ qua mạng" in text
    assert "Trung tâm" not in text


def test_link_post_and_steps_in_person(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, say: Say
) -> None:
    """All ways are offered, and what still has to be done in person."""
    procedure = record(
        channels=tuple(Channel),
        levels=(statement(submit_url="nop.example.vn"),),
        reading=LevelReading(LevelValue.PARTIAL, offline_steps=("Đến ký sổ",)),
    )
    text = say(compose(procedure, asked(PLACE), {}))
    assert "- Nộp qua mạng: https://nop.example.vn (đăng nhập bằng VNeID, tìm mã 1.000001)" in text
    assert "bưu chính công ích" in text
    assert "- Đến ký sổ" in text


def test_2020_is_answered_with_the_district_office(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """Old receipts name offices that no longer exist; today's follows at once."""
    procedure = record(history=(DISTRICT,), place="Trung tâm cấp xã")
    for composer in (compose, authority.compose):
        answer = composer(procedure, asked(PLACE, as_of=date(2020, 6, 1)), {})
        assert "Phòng Tài chính – Kế hoạch huyện" in say(answer)
        assert "Nay đã thay đổi" in say(answer)
        assert answer.sources[0].title == "Nghị định 168/2025/NĐ-CP"


def test_day_after_the_district_era_is_answered_with_today_s_office(
    record: MakeRecord, asked: MakeAsked, say: Say
) -> None:
    """The first day of the two-tier government belongs to the commune, with no doubt added."""
    procedure = record(history=(DISTRICT,), place="Trung tâm cấp xã")
    text = say(compose(procedure, asked(PLACE, as_of=date(2025, 7, 1)), {}))
    assert "Trung tâm cấp xã" in text
    assert "Chưa có dữ liệu về quy định" not in text


def test_earlier_day_without_history_is_marked(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """Today's office must not be taken for that of 2015."""
    text = say(compose(record(), asked(PLACE, as_of=date(2015, 1, 1)), {}))
    assert "Chưa có dữ liệu về quy định vào ngày 01/01/2015." in text


def test_authority_of_a_thin_record_comes_from_the_publication(
    record: MakeRecord, asked: MakeAsked, statement: MakeStatement, agencies: Mapping[str, Agency], say: Say
) -> None:
    """The published list knows who takes the dossier even when the record does not."""
    thin = record(authority="", issuer="Bộ Chim", levels=(statement(agencies=("H49.22",)),), curated=False)
    text = say(authority.compose(thin, asked(), agencies))
    assert "nguồn không ghi tên cơ quan giải quyết" in text
    assert "Sở Nông nghiệp và Môi trường" in text
    assert "Cơ quan giải quyết: Bộ Chim" not in text


def test_nothing_known_about_place_or_authority(record: MakeRecord, asked: MakeAsked, say: Say) -> None:
    """A ministry's procedure without details gets the link, not an invented counter."""
    bare = record(
        handler=Handler.MINISTRY,
        scope=Scope.NATIONWIDE,
        authority="",
        channels=(),
        admin_levels=(),
        source=Source("Cổng"),
    )
    for composer in (compose, authority.compose):
        answer = composer(bare, asked(), {})
        assert answer.outcome is Outcome.NO_DATA
        assert "Nguồn không ghi ngày cập nhật" in say(answer)
