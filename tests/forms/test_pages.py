"""The pages over real HTTP: what a citizen sees, and that nothing they type stays anywhere."""

import io
import logging
import tempfile
from pathlib import Path

import docx as python_docx
import pytest
from sqlalchemy import MetaData, select
from sqlalchemy.engine import Engine
from starlette.testclient import TestClient

from bot.dossiers.casefile import Given
from bot.forms.routes import BODY_BYTES, READS, WRITES
from bot.forms.tokens import checklist_url, form_url
from bot.pages.qr import qr_svg
from tests.forms.conftest import BASE, HONG_GAI, SECRET, Clock, path_of
from tests.forms.reading import pdf_text

SINGLE_MOTHER = (
    Given("viec", "chi-khai-sinh"),
    Given("noi-sinh", "benh-vien"),
    Given("cha-me", "me-don-than"),
)
NAME = "Nguyễn Thị Bí Mật"
TYPED = {"nguoi-yeu-cau": NAME, "ho-ten-con": "Trần Bảo An", "ngay-sinh-con": "1/9/2026", "tep": "docx"}


@pytest.fixture
def form(clock: Clock) -> str:
    return path_of(form_url(BASE, SECRET, "khai-sinh", "1.001193", SINGLE_MOTHER, HONG_GAI, clock))


@pytest.fixture
def checklist(clock: Clock) -> str:
    return path_of(checklist_url(BASE, SECRET, "1.001193", SINGLE_MOTHER, HONG_GAI, clock))


def test_the_form_asks_what_the_case_needs_and_says_what_happens_to_it(client: TestClient, form: str) -> None:
    response = client.get(form)
    assert response.status_code == 200
    page = response.text
    assert "Tờ khai đăng ký khai sinh" in page
    assert 'value="Ủy ban nhân dân phường Hồng Gai"' in page
    assert "không được lưu lại ở đâu cả" in page and "máy chung" in page
    assert "Mẫu tham khảo, hãy đối chiếu mẫu trên Cổng" in page
    assert 'name="ho-ten-me"' in page and 'name="ho-ten-cha"' not in page
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "form-action 'self'" in response.headers["content-security-policy"]
    assert "<script" not in page and "style=" not in page


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_filled_form_comes_as_a_file_with_a_plain_name(client: TestClient, form: str, kind: str) -> None:
    response = client.post(form, data={**TYPED, "tep": kind})
    assert response.status_code == 200
    assert response.headers["content-disposition"] == f'attachment; filename="khai-sinh.{kind}"'
    assert response.headers["cache-control"] == "no-store"
    if kind == "pdf":
        text = pdf_text(response.content)
    else:
        text = "\n".join(p.text for p in python_docx.Document(io.BytesIO(response.content)).paragraphs)
    assert NAME in text and "01/09/2026" in text


def test_a_wrong_date_is_told_beside_the_field_and_nothing_typed_is_lost(
    client: TestClient, form: str
) -> None:
    response = client.post(form, data={**TYPED, "ngay-sinh-con": "31/2/2026", "nam-sinh-me": "90"})
    assert response.status_code == 422
    page = response.text
    assert f'value="{NAME}"' in page and 'value="31/2/2026"' in page
    assert 'id="error-ngay-sinh-con"' in page and "Ngày này không có" in page
    assert 'href="#f-ngay-sinh-con"' in page and 'href="#f-nam-sinh-me"' in page
    assert 'aria-describedby="help-ngay-sinh-con error-ngay-sinh-con" aria-invalid="true"' in page


def test_a_script_that_is_typed_is_only_text(client: TestClient, form: str) -> None:
    attack = '"><script>alert(1)</script>'
    response = client.post(form, data={**TYPED, "nguoi-yeu-cau": attack, "ngay-sinh-con": "x"})
    assert response.status_code == 422
    assert "<script" not in response.text
    assert "&#34;&gt;&lt;script&gt;" in response.text


@pytest.mark.parametrize("path", ["/to-khai/abc", "/danh-muc/abc", f"/to-khai/{'x' * 3000}"])
def test_an_address_nobody_was_given_leads_nowhere(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "Không tìm thấy trang" in response.text
    assert response.headers["cache-control"] == "no-store"


def test_after_seven_days_the_address_says_where_to_get_a_new_one(
    client: TestClient, clock: Clock, form: str, checklist: str
) -> None:
    clock.now += 8 * 24 * 3600
    for response in (client.get(form), client.post(form, data=TYPED), client.get(checklist)):
        assert response.status_code == 410
        assert "hết hạn" in response.text and NAME not in response.text


def test_a_form_or_procedure_that_is_gone_is_not_an_error(client: TestClient, clock: Clock) -> None:
    gone = form_url(BASE, SECRET, "khong-co", "1.001193", (), None, clock)
    unknown = checklist_url(BASE, SECRET, "9.999999", (), None, clock)
    assert [client.get(path_of(url)).status_code for url in (gone, unknown)] == [404, 404]


def test_bodies_that_are_too_big_or_no_form_are_refused(client: TestClient, form: str) -> None:
    big = client.post(form, data={**TYPED, "noi-sinh": "x" * BODY_BYTES})
    assert big.status_code == 413 and "quá lớn" in big.text
    headers = {"content-type": "application/x-www-form-urlencoded"}
    bodies = (b"tep=\xff", b"", b"&".join(b"a%d=1" % n for n in range(400)), b"tep=exe", b"ho-ten=%ff")
    answers = [client.post(form, content=body, headers=headers).status_code for body in bodies]
    assert answers == [400] * len(bodies)
    assert client.post(form, json=TYPED).status_code == 400


def test_one_address_that_asks_without_end_has_to_wait(client: TestClient, form: str) -> None:
    wrong = {**TYPED, "ngay-sinh-con": "x"}
    writes = [client.post(form, data=wrong).status_code for _ in range(WRITES[0][0] + 1)]
    assert writes == [422] * WRITES[0][0] + [429]
    reads = [client.get(form).status_code for _ in range(READS[0][0] + 1)]
    assert reads == [200] * READS[0][0] + [429]


def test_nothing_that_is_typed_is_kept_anywhere(
    client: TestClient,
    form: str,
    catalogue: Engine,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    made: list[object] = []
    monkeypatch.setattr(tempfile, "_mkstemp_inner", lambda *given: made.append(given))
    before = _rows(catalogue)
    with caplog.at_level(logging.DEBUG):
        for kind in ("docx", "pdf"):
            assert client.post(form, data={**TYPED, "tep": kind}).status_code == 200
        assert client.post(form, data={**TYPED, "ngay-sinh-con": "x"}).status_code == 422
    assert _rows(catalogue) == before
    told = " ".join(str(record.__dict__) for record in caplog.records)
    assert not any(part in told for part in ("Bí Mật", "Bảo An", "%E1%BB%8B"))
    assert made == [] and list(folder.iterdir()) == []
    assert not any("Bí Mật".encode() in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


def test_a_failure_is_told_politely_and_logged_without_what_was_typed(
    client: TestClient, form: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_given: object) -> None:
        raise RuntimeError(NAME)

    monkeypatch.setattr("bot.forms.routes.lay_out", failing)
    response = client.post(form, data=TYPED)
    assert response.status_code == 500 and "không bị lưu lại" in response.text
    assert "RuntimeError" in caplog.text and NAME not in caplog.text


def test_the_checklist_is_that_of_the_case_with_its_source(client: TestClient, checklist: str) -> None:
    response = client.get(checklist)
    assert response.status_code == 200
    page = response.text
    assert "Mẹ đơn thân, chưa xác định được cha" in page
    for part in ("Giấy tờ phải nộp", "Chỉ cần cung cấp số", "Phí, lệ phí", "Thời gian", "Nơi nộp"):
        assert part in page
    assert "8.000 đồng" in page and "Nguồn: " in page and "phường Hồng Gai" in page
    assert page.count("Mã thủ tục") == 1


def test_a_checklist_with_open_questions_says_that_papers_may_be_missing(
    client: TestClient, clock: Clock, checklist: str
) -> None:
    """The record may have got new questions since; a list that looks whole would cost a day."""
    warning = "Danh mục này có thể chưa đủ"
    assert warning in client.get(checklist).text
    finished = (*SINGLE_MOTHER, Given("thoi-han", "dung-han"), Given("nguoi-nop", "cha-me"))
    url = checklist_url(BASE, SECRET, "1.001193", finished, HONG_GAI, clock)
    assert warning not in client.get(path_of(url)).text


def test_the_checklist_leads_back_to_itself(client: TestClient, clock: Clock, checklist: str) -> None:
    """Somebody who printed it opens it on the telephone."""
    clock.now += 60
    again = checklist_url(BASE, SECRET, "1.001193", SINGLE_MOTHER, HONG_GAI, clock)
    title = "Mã QR mở lại danh mục này trên điện thoại"
    assert qr_svg(again, title) in client.get(checklist).text
    assert client.get(path_of(again)).status_code == 200


def test_every_form_has_a_page_and_a_checklist(client: TestClient, clock: Clock, forms) -> None:
    for known in forms.all():
        code = known.procedures[0]
        for url in (
            form_url(BASE, SECRET, known.id, code, (), None, clock),
            checklist_url(BASE, SECRET, code, (), None, clock),
        ):
            assert client.get(path_of(url)).status_code == 200, known.id


def test_what_follows_from_the_branch_answers_is_filled_in(client: TestClient, clock: Clock) -> None:
    given = (Given("muc-dich", "viec-khac"), Given("hon-nhan", "ly-hon"))
    url = form_url(BASE, SECRET, "tinh-trang-hon-nhan", "1.004873", given, None, clock)
    assert "nhưng đã ly hôn theo Bản án" in client.get(path_of(url)).text


def _rows(engine: Engine) -> dict[str, int]:
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        return {name: len(connection.execute(select(t)).all()) for name, t in tables.tables.items()}
