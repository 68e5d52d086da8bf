"""Editors find the record that is wrong, and see everything that was ever said in it."""

from datetime import date, datetime, timezone
from typing import Any

import pytest
from msgspec.structs import replace

from bot.catalogue.enums import FeeKind
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.records import Fee, Source
from bot.console.catalogue_query import Wanted
from bot.staff.roles import Role
from tests.console.desk import Desk
from tests.console.small_catalogue import BIRTH, COPY, COPY_RECORD, MINES, fill

PATH = "/console/catalogue"


def editor(desk: Desk) -> Desk:
    fill(desk.engine)
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    return desk


def found(desk: Desk, query: str) -> set[str]:
    page = desk.client.get(f"{PATH}?{query}")
    assert page.status_code == 200, page.text
    return {code for code in (BIRTH, COPY, MINES) if f'href="{PATH}/{code}"' in page.text}


def test_every_filter_finds_its_records(any_desk: Desk) -> None:
    """A filter that hides a stale record lets it go on misleading citizens."""
    at = editor(any_desk)
    assert found(at, "") == {BIRTH, COPY, MINES}
    assert found(at, "field=Hộ tịch") == {BIRTH, COPY}
    assert found(at, "handler=province") == {MINES}
    assert found(at, "scope=nationwide") == {MINES}
    assert found(at, "level=full") == {COPY}
    assert found(at, "level=none") == {MINES}
    assert found(at, "curated=1") == {BIRTH}
    assert found(at, "curated=0") == {COPY, MINES}
    assert found(at, "stale=1") == {COPY, MINES}, "checked on 10/11, on 20/9, never"
    assert found(at, "contradicting=1") == {MINES}, "free, and 100.000 đồng"
    assert found(at, "amended=1") == set()
    assert found(at, "handler=none&level=x&curated=2") == {BIRTH, COPY, MINES}
    assert "Không có thủ tục nào khớp" in at.client.get(f"{PATH}?page=3").text


def test_words_find_what_citizens_would_find(desk: Desk) -> None:
    """Otherwise an editor cannot see why the assistant thinks of the wrong procedure."""
    at = editor(desk)
    page = at.client.get(f"{PATH}?q=lam giay khai sinh cho con").text
    assert page.index(f"{PATH}/{BIRTH}") < page.find(f"{PATH}/{COPY}") or COPY not in page
    assert found(at, "q=1.0044") == {MINES}
    assert MINES in found(at, "q=khai thác khoáng sản")
    assert MINES not in found(at, "q=khai thác khoáng sản&handler=commune")
    assert found(at, "q=%25") == set()


def test_a_filter_is_read_back_from_its_address() -> None:
    query = {"q": "khai sinh", "handler": "commune", "level": "full", "curated": "0", "stale": "1"}
    assert Wanted.of(query).query() == query


def test_a_record_is_shown_as_citizens_get_it(desk: Desk) -> None:
    at = editor(desk)
    page = at.client.get(f"{PATH}/{BIRTH}").text
    for said in (
        "Trẻ bị bỏ rơi → Biên bản về việc trẻ bị bỏ rơi · Nộp · 1 bản chính",
        "Miễn phí",
        "Một phần · Ủy ban nhân dân 54 xã, phường, đặc khu · công bố ngày 03/10/2026 · danh sách của tỉnh",
        "Kiểm tra ngày: 10/11/2026",
        "làm giấy khai sinh",
        f"/console/upkeep/affected/{BIRTH}",
        "Chưa có dữ liệu",
    ):
        assert said in page, said
    assert "8.000 đồng/bản · nộp khi nhận kết quả" in at.client.get(f"{PATH}/{COPY}").text
    assert "Ghi miễn phí nhưng lại nêu số tiền" in at.client.get(f"{PATH}/{MINES}").text
    for unknown in ("9.999999", "x", "1.001193/amendments"):
        assert at.client.get(f"{PATH}/{unknown}").status_code == 404


def test_versions_tell_what_changed_and_which_was_wrong(any_desk: Desk) -> None:
    """A citizen who was told 8.000 đồng in October must be told why it is 12.000 now."""
    at = editor(any_desk)
    later = Source("Cổng Dịch vụ công quốc gia", "https://example.org/2", date(2026, 11, 2))
    changed = replace(COPY_RECORD, fees=(Fee(FeeKind.AMOUNT, 12000, per="bản"),), source=later)
    run_import(at.engine, Import((changed,), "tháng 11"), datetime(2026, 11, 3, tzinfo=timezone.utc))
    page = at.client.get(f"{PATH}/{COPY}").text
    assert "Phiên bản 2" in page and "từ tháng 11 (lần nhập 2)" in page
    assert "<del>8.000 đồng/bản · nộp khi nhận kết quả</del>" in page
    assert "<ins>12.000 đồng/bản</ins>" in page
    assert "– 01/11/2026" in page and "đã đính chính" not in page


def test_a_retired_record_keeps_its_page(desk: Desk) -> None:
    at = editor(desk)
    run_import(at.engine, Import((COPY_RECORD,), "ít hơn", complete=True))
    page = at.client.get(f"{PATH}/{MINES}")
    assert page.status_code == 200 and "không còn trong danh mục hiện hành" in page.text
    assert f"{PATH}/{MINES}/edit" not in page.text
    assert at.client.get(f"{PATH}/{MINES}/edit").status_code == 404
    assert at.post(f"{PATH}/{MINES}/check", note="x").headers["location"].endswith("fault=record_gone")


def test_a_check_with_the_source_is_noted(desk: Desk) -> None:
    """Freshness is counted from this day."""
    at = editor(desk)
    here = f"{PATH}/{COPY}"
    assert at.post(f"{here}/check", note=" ").headers["location"].endswith("fault=record_note")
    assert at.post(f"{here}/check", note="Trang 2").headers["location"].endswith("done=record_checked")
    assert at.post(f"{here}/check", note="Trang 2").headers["location"].endswith("record_checked_before")
    page = at.client.get(here).text
    assert "Lần gần nhất: 22/11/2026, lan. Trang 2" in page and "Kiểm tra ngày: 22/11/2026" in page
    assert "từ kiểm tra với nguồn" in page and "đã đính chính" not in page
    assert found(at, "stale=1") == {MINES}
    assert at.log()[0].action == "record_checked"


@pytest.mark.parametrize("role", [Role.AGENT, Role.ANALYST, Role.ADMIN])
def test_others_do_not_reach_the_desk(desk: Desk, role: Role) -> None:
    fill(desk.engine)
    desk.hire("minh", role)
    desk.enter("minh")
    paths: list[Any] = [PATH, f"{PATH}/{BIRTH}", f"{PATH}/{BIRTH}/edit", f"{PATH}/amendments/1"]
    for path in (*paths, "/console/imports"):
        assert desk.client.get(path).status_code == 403, path
