"""What citizens lose when these fail: knowing what to look at again."""

from bot.answers.phrase import phrase
from bot.catalogue.records import Procedure
from bot.knowledge_source import wording_from
from bot.notices import changed
from bot.notices.changed import Part, mark_of, parts_in, parts_of
from bot.notices.kinds import Kind
from bot.notices.telling import notice, way_to
from tests.conftest import ROOT

SAY = wording_from(ROOT / "domain.yml")


def test_parts_are_those_of_fields_there_are() -> None:
    assert set(changed._PARTS) <= set(Procedure.__struct_fields__)
    assert set(changed._PARTS.values()) == set(Part)


def test_what_only_we_care_about_is_no_change_for_citizens() -> None:
    assert parts_of(["source", "aliases", "popularity", "curated", "mistakes"]) == ()
    assert parts_of(["questions", "papers", "fees", "source"]) == (Part.FEE, Part.PAPERS)


def test_all_parts_fit_into_a_mark() -> None:
    mark = mark_of(9_999_999, Part)
    assert len(mark) <= 80 and parts_in(mark) == tuple(Part)
    assert parts_in("r7:fee,later_version") == (Part.FEE,)
    assert parts_in("") == ()


def test_a_notice_names_what_changed_and_leads_there() -> None:
    told = SAY.say(notice(Kind.PROCEDURE_CHANGED, "1.001193", mark_of(7, (Part.FEE, Part.TIME))))
    assert told == "Thủ tục anh/chị nhờ báo tin đã thay đổi: lệ phí, thời hạn. Bấm nút để xem."
    (button,) = way_to(Kind.PROCEDURE_CHANGED, "1.001193")
    assert button.payload == '/select_option{"code":"1.001193","intent":"ask_procedure"}'


def test_a_notice_about_everything_is_still_short() -> None:
    told = SAY.say(notice(Kind.PROCEDURE_CHANGED, "1.001193", mark_of(7, Part)))
    assert told.count(",") == 4 and len(told) <= 160
    assert SAY.say(phrase("utter_notice_part_more")) in told
