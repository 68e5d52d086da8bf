"""A file changes the catalogue only after a second person saw what it would do."""

import gzip
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import select
from starlette.testclient import TestClient

from bot.catalogue.enums import FeeKind, ImportKind, LevelValue
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.records import Fee
from bot.catalogue.repository import Repository
from bot.catalogue.tables_context import import_run
from bot.console import imports_reading
from bot.console.headers import MOST_BYTES
from bot.console.imports_reading import FileError, take_in
from bot.console.imports_store import BusyError, Uploads, UploadState
from bot.staff.roles import Role
from tests.console.desk import Desk, hidden
from tests.console.small_catalogue import BIRTH, BIRTH_RECORD, COPY, COPY_RECORD, fill

PATH = "/console/imports"
CHANGED = replace(COPY_RECORD, fees=(Fee(FeeKind.AMOUNT, 9000, per="bản"),))
ADDED = replace(
    BIRTH_RECORD, code="2.009999", name="Thủ tục mới", fees=(Fee(FeeKind.FREE, note="Miễn phí; 5.000 đồng"),)
)
LINES = (
    b"".join(msgspec.json.encode(one) + b"\n" for one in (CHANGED, ADDED))
    + b'{"code": "x"}\nkhong phai json\n'
)


def staffed(desk: Desk) -> TestClient:
    """Lan uploads in the first browser, Minh decides in the one that is given back."""
    fill(desk.engine)
    desk.hire("lan", Role.EDITOR)
    desk.hire("minh", Role.APPROVER)
    desk.enter("lan")
    other = desk.browser()
    desk.enter("minh", other)
    return other


def upload(
    desk: Desk, content: bytes = LINES, name: str = "muoi.jsonl", client: Any = None, **fields: str
) -> Any:
    browser = client or desk.client
    data = {"csrf": hidden(browser.get(PATH).text, "csrf"), "kind": "own", **fields}
    return browser.post(PATH, data=data, files={"file": (name, content)})


def sent(desk: Desk, *args: Any, **more: Any) -> str:
    """Address of the preview."""
    answer = upload(desk, *args, **more)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].endswith("?done=import_uploaded")
    return str(answer.headers["location"].split("?")[0])


def decide(desk: Desk, here: str, client: TestClient, deed: str = "approve") -> str:
    page = client.get(here).text
    fields = {"sha256": hidden(page, "sha256")} if 'name="sha256"' in page else {}
    return str(desk.post(f"{here}/{deed}", client, comment="Đã so", **fields).headers["location"])


def fee(desk: Desk) -> int | None:
    found = Repository(desk.engine).procedure(COPY)
    assert found is not None
    return found.fees[0].amount


def test_a_file_is_previewed_and_let_in_by_another(any_desk: Desk) -> None:
    """Until then citizens are told what they were told."""
    other = staffed(any_desk)
    here = sent(any_desk)
    page = any_desk.client.get(here).text
    assert "Thay đổi (1)" in page and "Thêm mới (1)" in page and "Dòng bị từ chối (2)" in page
    assert "<del>8.000 đồng/bản" in page and "<ins>9.000 đồng/bản</ins>" in page
    refused = any_desk.client.get(f"{here}?part=rejected").text
    assert "Dòng 3: <strong>Sai định dạng</strong>" in refused and "Dòng 4: <strong>Không đọc được" in refused
    assert "2.009999" in any_desk.client.get(f"{here}?part=added").text
    assert "Ghi miễn phí nhưng lại nêu số tiền" in any_desk.client.get(f"{here}?part=contradictions").text
    assert fee(any_desk) == 8000 and "phải do người khác duyệt" in page
    assert any_desk.post(f"{here}/approve").status_code == 403
    assert decide(any_desk, here, other).endswith("done=imported")
    assert fee(any_desk) == 9000
    entry = any_desk.log()[0]
    assert (entry.action, entry.object, entry.reason) == ("catalogue_imported", "import:muoi.jsonl", "Đã so")
    assert decide(any_desk, here, other).endswith("fault=import_decided")
    listed = any_desk.client.get(PATH).text
    assert "thêm 1, đổi 1, giữ 0, ngừng 0, từ chối 2 dòng" in listed and "Đã nhập" in listed
    assert not list((any_desk.settings.var_dir / "imports").glob("*.jsonl"))


def test_nobody_lets_in_their_own_file(desk: Desk) -> None:
    other = staffed(desk)
    here = sent(desk, client=other)
    assert decide(desk, here, other).endswith("fault=four_eyes")
    assert desk.post(f"{here}/withdraw").status_code == 403
    assert decide(desk, here, other, "withdraw").endswith("done=import_settled")
    assert decide(desk, here, other, "refuse").endswith("fault=import_decided")
    assert fee(desk) == 8000


def test_only_the_file_that_was_seen_is_imported(desk: Desk) -> None:
    """Whoever can write into the folder must not slip another file past the second person."""
    other = staffed(desk)
    here = sent(desk)
    assert desk.post(f"{here}/approve", other, sha256="0").headers["location"].endswith("import_other_file")
    (path,) = (desk.settings.var_dir / "imports").glob("*.jsonl")
    path.write_bytes(LINES.replace(b"9000", b"9999"))
    assert decide(desk, here, other).endswith("fault=import_other_file")
    assert fee(desk) == 8000


def test_a_preview_of_yesterdays_catalogue_is_made_again(desk: Desk) -> None:
    other = staffed(desk)
    here = sent(desk)
    run_import(desk.engine, Import((replace(COPY_RECORD, place="Nơi khác"),), "giữa chừng"))
    page = other.get(here).text
    assert "Xem trước lại" in page and "/approve" not in page
    digest = hidden(page, "sha256")
    assert desk.post(f"{here}/approve", other, sha256=digest).headers["location"].endswith("import_outdated")
    assert decide(desk, here, other, "again").endswith("done=import_tried")
    assert "Nơi khác" in other.get(here).text
    assert decide(desk, here, other).endswith("done=imported")


def test_levels_come_from_a_table_with_their_day(desk: Desk) -> None:
    other = staffed(desk)
    table = f"mã tthc,mức độ,cơ quan\n{BIRTH},Toàn trình,XA\n".encode()
    assert upload(desk, table, "muc.csv", kind="levels").status_code == 422
    assert upload(desk, table, "muc.csv", kind="levels", day="2027-01-01").status_code == 422
    here = sent(desk, table, "muc.csv", kind="levels", day="2026-11-01", source="Danh sách tháng 11")
    page = other.get(here).text
    assert "<ins>Toàn trình · Ủy ban nhân dân 54 xã, phường, đặc khu · công bố ngày 01/11/2026" in page
    assert "· Danh sách tháng 11 ·" in page
    assert decide(desk, here, other).endswith("done=imported")
    found = Repository(desk.engine).procedure(BIRTH)
    assert found is not None and [one.value for one in found.levels] == [LevelValue.FULL]


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("x.exe", "own", LINES),
        ("x.jsonl", "crawl", LINES),
        ("x.jsonl", "own", b""),
        ("x.jsonl.gz", "crawl", b"not packed"),
        ("x.xlsx", "levels", b"not packed"),
        ("", "own", LINES),
        ("x.jsonl", "none", LINES),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_reason(
    desk: Desk, name: str, kind: str, content: bytes
) -> None:
    staffed(desk)
    answer = upload(desk, content, name, kind=kind, day="2026-11-01")
    assert answer.status_code == 422 and "error" in answer.text
    assert not list((desk.settings.var_dir / "imports").glob("*"))


def test_a_file_nothing_can_be_read_of_is_kept_apart(desk: Desk) -> None:
    other = staffed(desk)
    here = sent(desk, b"khong phai\nkhong\n")
    assert "Không đọc được gì trong tệp" in other.get(here).text
    assert desk.post(f"{here}/approve", other).headers["location"].endswith("import_decided")
    assert not list((desk.settings.var_dir / "imports").glob("*.jsonl"))
    assert other.get(f"{PATH}/{'0' * 32}").status_code == 404
    assert other.get(f"{PATH}/..").status_code in (404, 303, 307)


def test_files_larger_than_a_form_may_come_here_and_nowhere_else(desk: Desk) -> None:
    staffed(desk)
    blank = b" " * (MOST_BYTES + 1000)
    assert upload(desk, LINES + blank + b"\n").status_code == 303
    assert desk.post("/console/catalogue/1.001193/check", note="x" * (MOST_BYTES + 1000)).status_code == 413


def test_a_small_file_that_unpacks_into_a_large_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would fill the disk or the memory of everybody's console."""
    monkeypatch.setattr(imports_reading, "_MOST_UNPACKED", 1000)
    packed = tmp_path / "from.gz"
    packed.write_bytes(gzip.compress(b"x" * 5000))
    with packed.open("rb") as stream, pytest.raises(FileError, match="error_413"):
        take_in(stream, tmp_path / "to.jsonl.gz")
    monkeypatch.setattr(imports_reading, "MOST_BYTES", 10)
    with packed.open("rb") as stream, pytest.raises(FileError, match="error_413"):
        take_in(stream, tmp_path / "to.jsonl")
    assert list(tmp_path.iterdir()) == [packed]


def test_two_cannot_decide_at_once(desk: Desk) -> None:
    """The catalogue would be imported twice, by two who each think they did it."""
    other = staffed(desk)
    here = sent(desk)
    uploads = Uploads(desk.settings.var_dir / "imports")
    one = uploads.find(here.split("/")[-1])
    assert one is not None and one.kind is ImportKind.OWN and one.state is UploadState.WAITING
    with uploads.alone(one):
        with pytest.raises(BusyError), uploads.alone(one):
            pass
        assert decide(desk, here, other).endswith("fault=import_busy")
    with desk.engine.connect() as connection:
        assert connection.execute(select(import_run.c.source)).scalars().all() == ["small"]
