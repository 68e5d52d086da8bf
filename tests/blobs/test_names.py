"""A file name shown to staff hides nothing and leads nowhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.blobs.kinds import FileKind
from bot.blobs.names import MAX_STEM, display_name, names_a_program


@pytest.mark.parametrize(
    ("name", "kind", "shown"),
    [
        ("Đơn xin.docx", FileKind.DOCX, "Đơn xin.docx"),
        ("../../etc/passwd", FileKind.PDF, "passwd.pdf"),
        ("C:\\Users\\Bí\\don.PDF", FileKind.PDF, "don.pdf"),
        ("IMG_1.HEIC", FileKind.JPEG, "IMG_1.jpg"),
        ("don.docx.pdf", FileKind.PDF, "don.pdf"),
        ("tờ khai v1.2", FileKind.PDF, "tờ khai v1.2.pdf"),
        ("a\u202egpj.\u200bb\x00c\n d.pdf", FileKind.PDF, "agpj.bc d.pdf"),
        ("cccd 022123456789.jpg", FileKind.JPEG, "cccd 022xxxxxxxx9.jpg"),
        ('<img src="x">.png', FileKind.PNG, "img src=x.png"),
        ("...", FileKind.PDF, "tep-dinh-kem.pdf"),
        ("", FileKind.PNG, "tep-dinh-kem.png"),
        ("đ" * 300 + ".pdf", FileKind.PDF, "đ" * MAX_STEM + ".pdf"),
    ],
)
def test_names(name: str, kind: FileKind, shown: str):
    assert display_name(name, kind) == shown


@given(st.text(max_size=200))
def test_no_name_holds_a_path_or_a_hidden_character(name: str):
    shown = display_name(name, FileKind.PDF)
    assert shown.endswith(".pdf") and shown.isprintable() and not set(shown) & set('/\\:*?"<>|')
    assert 5 <= len(shown) <= MAX_STEM + 4


def test_ordinary_dots_name_no_program():
    """Citizens date their files; none of that may cost them the upload."""
    assert not names_a_program("Don 22.11.2026 ban 2.pdf") and not names_a_program("exe.pdf")
