import re
from pathlib import Path

import jinja2
import pytest
import yaml
from starlette.applications import Starlette
from starlette.testclient import TestClient

from bot.answers.phrase import phrase
from bot.knowledge_source import wording_from
from bot.pages import render as pages_package
from bot.pages.qr import qr_code, qr_svg
from bot.pages.render import Pages
from bot.pages.routes import routes

DOMAIN = Path(__file__).parents[2] / "domain.yml"


@pytest.fixture(scope="module")
def pages() -> Pages:
    return Pages(wording_from(DOMAIN))


def test_what_somebody_typed_never_becomes_markup(pages: Pages) -> None:
    page = str(
        bytes(pages.html("notice.html", title="<script>alert(1)</script>", message="A & B").body), "utf-8"
    )
    assert "<script" not in page
    assert "&lt;script&gt;" in page and "A &amp; B" in page


def test_a_page_is_neither_kept_nor_framed_nor_indexed_and_runs_nothing(pages: Pages) -> None:
    response = pages.html("notice.html", status_code=410, title="Hết hạn", message="…")
    assert response.status_code == 410
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["x-robots-tag"] == "noindex, nofollow"
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "form-action 'self'" in policy
    assert "script-src" not in policy and "unsafe" not in policy
    page = str(bytes(response.body), "utf-8")
    assert '<html lang="vi">' in page and "<script" not in page and "style=" not in page


def test_a_forgotten_value_is_an_error_not_a_gap_in_the_page(pages: Pages) -> None:
    with pytest.raises(jinja2.UndefinedError):
        pages.html("notice.html", title="Thiếu")


def test_every_text_a_template_says_is_there(pages: Pages) -> None:
    """A missing one would be an error page in place of a receipt."""
    responses = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))["responses"]
    folder = Path(pages_package.__file__).with_name("templates")
    named = {
        name
        for path in folder.glob("*.html")
        for name in re.findall(r'\bsay\("([a-z_0-9]+)"[,)]', path.read_text(encoding="utf-8"))
    }
    assert len(named) > 20
    assert [name for name in sorted(named) if f"utter_page_{name}" not in responses] == []


def test_phrases_of_other_parts_are_said(pages: Pages) -> None:
    assert pages.text(phrase("utter_page_site")) == pages.say("site")


def test_the_drawn_code_is_the_code_of_the_text() -> None:
    """A citizen who scans the page must land on its address."""
    drawing = qr_svg("https://example.vn/danh-muc/abc", "Mã <QR>")
    assert drawing.startswith("<svg role=") and "Mã &lt;QR&gt;" in drawing
    assert 'style="' not in drawing
    assert not qr_code("1").is_micro


def test_the_style_sheet_is_served_and_loads_nothing_from_elsewhere() -> None:
    response = TestClient(Starlette(routes=list(routes()))).get("/pages/style.css")
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/css")
    assert "url(" not in response.text and "@import" not in response.text
