"""Records are changed by two people, on the word of a document, and nothing typed is lost on the way."""

from typing import Any

import pytest
from msgspec.structs import replace
from starlette.testclient import TestClient

from bot.amendments import proposals
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.records import Fee, Paper, Procedure
from bot.catalogue.repository import Repository
from bot.console.record_form import form_of, record_of
from bot.console.record_patch import patch_of
from bot.staff.roles import Role
from tests.console.desk import Desk
from tests.console.form_fields import fields_of
from tests.console.small_catalogue import BIRTH, BIRTH_RECORD, COPY, COPY_RECORD, MINES_RECORD, fill

PATH = "/console/catalogue"
BASIS = {
    "reason": "Nghị quyết mới của Hội đồng nhân dân tỉnh",
    "source_title": "Nghị quyết 62/2026/NQ-HĐND",
    "source_url": "https://example.org/nq62",
    "source_day": "2026-11-20",
}


@pytest.fixture
def at(desk: Desk) -> Desk:
    """Lan edits in the first browser."""
    return staffed(desk)


def staffed(desk: Desk) -> Desk:
    fill(desk.engine)
    desk.hire("lan", Role.EDITOR)
    desk.hire("minh", Role.APPROVER)
    desk.enter("lan")
    return desk


def opened(desk: Desk, code: str = COPY, client: TestClient | None = None) -> dict[str, str]:
    here = f"{PATH}/{code}/edit"
    page = (client or desk.client).get(here)
    assert page.status_code == 200, page.text
    return fields_of(page.text, here)


def send(desk: Desk, fields: dict[str, str], code: str = COPY, **more: str) -> Any:
    return desk.client.post(f"{PATH}/{code}/edit", data={**fields, **more})


def proposed(desk: Desk, fields: dict[str, str], code: str = COPY) -> int:
    """By way of the preview."""
    shown = send(desk, fields, code, preview="1")
    assert shown.status_code == 200, shown.text
    again = fields_of(shown.text, f"{PATH}/{code}/edit")
    answer = send(desk, again, code, propose="1")
    assert answer.status_code == 303, answer.text
    return int(answer.headers["location"].split("/")[-1].split("?")[0])


def record(desk: Desk, code: str = COPY) -> Procedure:
    found = Repository(desk.engine).procedure(code)
    assert found is not None
    return found


@pytest.mark.parametrize("procedure", [BIRTH_RECORD, COPY_RECORD, MINES_RECORD])
def test_an_untouched_form_changes_nothing(procedure: Procedure) -> None:
    """Otherwise every small correction would rewrite the whole record."""
    odd = replace(
        procedure,
        steps=("Bước 1:  nộp", "Bước 2"),
        fees=(*procedure.fees, Fee(procedure.fees[0].kind, note="dòng một\ndòng hai ")),
        papers=(*procedure.papers, Paper("Tờ khai ")),
    )
    assert patch_of(odd, record_of(form_of(odd), odd)) == {}


def test_lists_of_words_are_changed_by_what_comes_and_goes() -> None:
    """What an import adds to the list meanwhile must stay."""
    changed = replace(
        BIRTH_RECORD, aliases=("làm giấy khai sinh", "khai sinh cho con"), steps=("Nhận", "Nộp hồ sơ")
    )
    assert patch_of(BIRTH_RECORD, changed) == {
        "steps": {"set": ["Nhận", "Nộp hồ sơ"]},
        "aliases": {"add": ["khai sinh cho con"]},
    }


def test_a_fee_is_changed_by_two(any_desk: Desk) -> None:
    """From the form to what citizens are told."""
    at = staffed(any_desk)
    fields = {**opened(at), **BASIS, "fees-0-amount": "12.000", "fees-0-legal_basis": "NQ 62/2026/NQ-HĐND"}
    shown = send(at, fields, preview="1")
    assert shown.status_code == 200
    assert "<del>8.000 đồng/bản · nộp khi nhận kết quả</del>" in shown.text
    assert "<ins>12.000 đồng/bản · Căn cứ: NQ 62/2026/NQ-HĐND · nộp khi nhận kết quả</ins>" in shown.text
    assert "Không phát sinh mâu thuẫn mới" in shown.text
    made = proposed(at, fields)
    here = f"{PATH}/amendments/{made}"
    page = at.client.get(here).text
    assert "<ins>12.000 đồng/bản" in page and "Nghị quyết 62/2026/NQ-HĐND" in page and "20/11/2026" in page
    assert "phải do người khác duyệt" in page and f"{here}/approve" not in page
    assert at.post(f"{here}/approve").status_code == 403
    assert f'href="{here}"' in at.client.get(PATH).text
    assert f'href="{PATH}/{COPY}"' in at.client.get(f"{PATH}?amended=1").text
    other = at.browser()
    at.enter("minh", other)
    assert at.post(f"{here}/withdraw", other).headers["location"].endswith("fault=record_decided")
    assert at.post(f"{here}/approve", other, comment="Đúng").headers["location"].endswith("record_approved")
    assert at.post(f"{here}/approve", other).headers["location"].endswith("fault=record_decided")
    assert record(at).fees[0].amount == 12000
    assert "Nghị quyết 62/2026/NQ-HĐND (20/11/2026)" in record(at).source.title
    assert "Đang áp dụng" in at.client.get(f"{PATH}/{COPY}").text
    # What the source says goes beneath what was decided.
    run_import(at.engine, Import((COPY_RECORD,), "lại"))
    assert record(at).fees[0].amount == 12000
    assert at.post(f"{here}/revert", other, reason="").headers["location"].endswith("fault=reason")
    assert at.post(f"{here}/revert", other, reason="Nhầm").headers["location"].endswith("record_reverted")
    assert record(at).fees[0].amount == 8000


def test_a_change_waits_for_its_first_day(at: Desk) -> None:
    """Nobody may be told next month's fee today."""
    made = proposed(at, {**opened(at), **BASIS, "first_day": "2026-12-01", "fees-0-amount": "12000"})
    other = at.browser()
    at.enter("minh", other)
    at.post(f"{PATH}/amendments/{made}/approve", other)
    assert record(at).fees[0].amount == 8000
    page = at.client.get(f"{PATH}/amendments/{made}").text
    assert "chờ ngày hiệu lực" in page and "01/12/2026" in page


def test_faults_stand_beside_their_fields_and_nothing_is_lost(at: Desk) -> None:
    fields = {
        **opened(at),
        **BASIS,
        "name": " ",
        "short_name": "x" * 61,
        "fees-0-amount": "mười nghìn",
        "fees-0-valid_from": "2026-12-01",
        "fees-0-valid_to": "2026-11-01",
        "times-0-value": "một",
        "source_url": "example.org",
        "first_day": "mai",
        "reason": "",
    }
    shown = send(at, fields, propose="1")
    assert shown.status_code == 422
    for fault in (
        "Xin nhập mục này.",
        "Nội dung quá dài.",
        "Xin nhập số tiền bằng chữ số",
        "Ngày kết thúc không được trước",
        "Xin nhập một số không âm.",
        "Địa chỉ phải bắt đầu bằng",
        "Giá trị này không hợp lệ.",
    ):
        assert fault in shown.text, fault
    kept = fields_of(shown.text, f"{PATH}/{COPY}/edit")
    lost = {name for name, value in fields.items() if kept.get(name, "").strip() != value.strip()}
    assert lost == set()


def test_rows_come_and_go_without_scripts(at: Desk) -> None:
    """A tablet in an office may run no scripts at all."""
    fields = {**opened(at, BIRTH), **BASIS}
    shown = send(at, fields, BIRTH, add="fees")
    assert shown.status_code == 200 and 'name="fees-1-kind"' in shown.text
    assert "Xin chọn cách thu" not in shown.text
    more = fields_of(shown.text, f"{PATH}/{BIRTH}/edit")
    more |= {"fees-1-kind": "amount", "fees-1-amount": "5 000", "fees-0-drop": "y"}
    more |= {"papers-2-case": "", "cases-0-drop": "y"}
    refused = send(at, more, BIRTH, preview="1")
    assert refused.status_code == 422 and "Không bỏ được trường hợp này" in refused.text
    del more["cases-0-drop"]
    made = proposed(at, {**more, "aliases": "làm giấy khai sinh\r\nkhai sinh cho con"}, BIRTH)
    with at.engine.connect() as connection:
        found = proposals.find(connection, made)
    assert found is not None
    assert found.patch["fees"] == {"set": [{"kind": "amount", "amount": 5000}]}
    assert found.patch["aliases"] == {"add": ["khai sinh cho con"]}
    assert [paper["name"] for paper in found.patch["papers"]["set"]][-1].startswith("Biên bản")
    assert found.patch["cases"]["set"] == [{"id": "tre-bi-bo-roi", "label": "Trẻ bị bỏ rơi"}]


def test_a_new_case_gets_an_id_and_can_be_given_papers(at: Desk) -> None:
    fields = {**opened(at), **BASIS}
    fields |= {"cases-0-label": "Ủy quyền", "cases-0-key": "", "cases-0-note": ""}
    fields |= {"papers-0-name": "Văn bản ủy quyền", "papers-0-case": "uy-quyen", "papers-0-need": "submit"}
    made = proposed(at, fields)
    with at.engine.connect() as connection:
        found = proposals.find(connection, made)
    assert found is not None
    case = {"id": "uy-quyen", "label": "Ủy quyền", "papers": [{"name": "Văn bản ủy quyền"}]}
    assert found.patch == {"cases": {"set": [case]}}


def test_contradictions_of_the_new_record_are_told_before_it_is_sent(at: Desk) -> None:
    fields = {**opened(at, BIRTH), **BASIS, "fees-0-note": "Miễn phí; lệ phí 8.000 đồng"}
    shown = send(at, fields, BIRTH, preview="1")
    assert shown.status_code == 200 and "Mâu thuẫn sẽ phát sinh" in shown.text
    assert "Ghi miễn phí nhưng lại nêu số tiền" in shown.text


def test_what_was_not_seen_is_not_sent(at: Desk) -> None:
    """Neither a record that changed meanwhile, nor a change that differs from its preview, nor none."""
    fields = {**opened(at), **BASIS}
    assert "Chưa có gì thay đổi" in send(at, fields, propose="1").text
    changed = {**fields, "fees-0-amount": "9000"}
    skipped = send(at, changed, propose="1")
    assert skipped.status_code == 200 and "Gửi đề xuất" in skipped.text
    run_import(at.engine, Import((replace(COPY_RECORD, place="Nơi khác"),), "mới"))
    late = send(at, changed, propose="1")
    assert late.status_code == 422 and "vừa thay đổi ở nơi khác" in late.text
    with at.engine.connect() as connection:
        assert proposals.waiting(connection) == []


def test_one_takes_back_ones_own_proposal(at: Desk) -> None:
    made = proposed(at, {**opened(at), **BASIS, "fees-0-amount": "9000", "turn": "77"})
    here = f"{PATH}/amendments/{made}"
    assert at.post(f"{here}/withdraw").headers["location"].endswith("done=record_withdrawn")
    assert "Đã rút" in at.client.get(here).text
    for unknown in ("99", "x"):
        assert at.client.get(f"{PATH}/amendments/{unknown}").status_code == 404
