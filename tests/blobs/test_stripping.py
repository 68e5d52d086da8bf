"""What citizens did not mean to send is gone, what they meant to send is still there."""

import io
import zipfile
import zlib

import pikepdf
import pytest
from PIL import Image

from bot.blobs import docx as docx_module
from bot.blobs import images
from bot.blobs.jpeg_segments import without_metadata
from bot.blobs.kinds import Fault, FaultError, FileKind
from bot.blobs.sniffing import sniff
from bot.blobs.stripping import strip
from tests.blobs.making import MAIN, OFFICE, OWNER, docx, drawing, pdf, photo


def launder(name: str, data: bytes) -> tuple[FileKind, bytes]:
    kind = sniff(name, data)
    return kind, strip(data, kind)


def fault(data: bytes, name: str = "a") -> Fault:
    with pytest.raises(FaultError) as caught:
        launder(name, data)
    return caught.value.fault


def test_the_place_where_a_photo_was_taken_is_gone_and_it_stands_upright():
    """Exif orientation 6: the left edge (red) is the top of the upright picture."""
    assert Image.open(io.BytesIO(photo())).getexif().get_ifd(0x8825)
    kind, clean = launder("anh.jpg", photo() + b"appended secret")
    picture = Image.open(io.BytesIO(clean))
    assert kind is FileKind.JPEG and picture.size == (20, 40) and not picture.getexif()
    top, bottom = picture.convert("RGB").getpixel((10, 5)), picture.convert("RGB").getpixel((10, 35))
    assert isinstance(top, tuple) and isinstance(bottom, tuple)
    assert top[0] > 200 > top[2] and bottom[2] > 200 > bottom[0]
    assert OWNER.encode() not in clean and b"secret" not in clean and b"Exif" not in clean


def test_a_png_keeps_its_transparency_and_loses_its_texts():
    _, clean = launder("a.png", drawing())
    picture = Image.open(io.BytesIO(clean))
    assert picture.getpixel((1, 1)) == (0, 128, 0, 100) and picture.info == {}
    assert OWNER.encode() not in clean and b"eXIf" not in clean


def test_a_picture_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch):
    bomb = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(bomb, "PNG")
    assert len(bomb.getvalue()) < 100_000
    assert fault(bomb.getvalue()) is Fault.TOO_BIG
    monkeypatch.setattr(images, "MAX_PIXELS", 799)
    assert fault(photo(40, 20)) is Fault.TOO_BIG


def test_broken_files_are_told_as_broken():
    assert fault(photo()[:300]) is Fault.BROKEN
    assert fault(drawing()[:40]) is Fault.BROKEN
    assert fault(b"%PDF-1.7\nnothing more") is Fault.BROKEN
    assert fault(docx()[:-300]) in (Fault.BROKEN, Fault.KIND)


def test_jpeg_segments_keep_every_pixel():
    bare = without_metadata(photo())
    assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(photo())).tobytes()
    assert b"Exif" not in bare and OWNER.encode() not in bare
    with pytest.raises(ValueError, match="without an end"):
        without_metadata(photo()[:-2])


def test_a_pdf_loses_author_scripts_files_and_places_and_keeps_its_link():
    kind, clean = launder("don.pdf", pdf())
    with pikepdf.open(io.BytesIO(clean)) as document:
        flat = "\n".join(repr(item) for item in document.objects)
        notes = list(document.pages[0].Annots)
        shot = document.pages[0].Resources.XObject.Photo
        assert not document.docinfo and "/Metadata" not in document.Root and not document.attachments
        assert "/OpenAction" not in document.Root
        assert str(notes[0].A.URI) == "https://dichvucong.gov.vn" and "/A" not in notes[1]
        assert str(notes[2].Contents) == "ghi chú" and "/T" not in notes[2]
        raw = shot.read_raw_bytes()
        assert b"Exif" not in raw and Image.open(io.BytesIO(raw)).size == (40, 20)
    assert kind is FileKind.PDF
    assert not any(word in flat for word in ("JavaScript", "Launch", "EmbeddedFile", OWNER, "cmd.exe"))


def test_encrypted_pdfs_are_refused_with_and_without_a_password_to_open():
    for user in ("", "matkhau"):
        assert fault(pdf(encryption=pikepdf.Encryption(owner="chu", user=user))) is Fault.LOCKED


def test_an_embedded_script_link_does_not_survive():
    document = pikepdf.new()
    page = document.add_blank_page()
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="JavaScript:alert(1)")
    page.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action)])
    saved = io.BytesIO()
    document.save(saved)
    with pikepdf.open(io.BytesIO(launder("a", saved.getvalue())[1])) as clean:
        assert "/A" not in clean.pages[0].Annots[0]


def test_a_word_document_loses_its_authors_and_keeps_its_words():
    kind, clean = launder("don.docx", docx())
    with zipfile.ZipFile(io.BytesIO(clean)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    everything = b"".join(parts.values())
    assert kind is FileKind.DOCX and OWNER.encode() not in everything and b"NTBM" not in everything
    assert 'Đơn đề nghị, author="x"'.encode() in parts["word/document.xml"]
    assert "xin xem lại".encode() in parts["word/comments.xml"]
    assert "docProps/thumbnail.jpeg" not in parts and b"thumbnail" not in parts["_rels/.rels"]
    assert b"https://dichvucong.gov.vn" in parts["word/_rels/document.xml.rels"]
    image = Image.open(io.BytesIO(parts["word/media/image1.jpeg"]))
    assert dict(image.getexif()) == {0x0112: 6} and image.size == (40, 20)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (docx({"word/vbaProject.bin": b"macro"}), Fault.ACTIVE),
        (
            docx(main=MAIN.replace("openxmlformats-officedocument.word", "ms-word.macroEnabled.")),
            Fault.ACTIVE,
        ),
        (docx(main=MAIN.replace("wordprocessingml.document", "spreadsheetml.sheet")), Fault.KIND),
        (docx({"word/embeddings/oleObject1.bin": b"x"}), Fault.ACTIVE),
        (docx({"word/settings.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), Fault.BROKEN),
        (docx({"word/settings.xml": "<a/>".encode("utf-16")}), Fault.BROKEN),
        (docx({"word/field.xml": b"<w:instrText>DDEAUTO cmd</w:instrText>"}), Fault.ACTIVE),
        (docx({"../../etc/passwd": b"x"}), Fault.BROKEN),
        (docx({"WORD/document.xml": b"<a/>"}), Fault.BROKEN),
    ],
    # The bytes hold the time they were made: as names they would differ between processes that run tests.
    ids=["macro", "macro type", "spreadsheet", "object", "entity", "utf-16", "dde", "path", "twice"],
)
def test_documents_that_run_or_reach_out_are_refused(data: bytes, expected: Fault):
    assert fault(data) is expected


def test_a_template_from_elsewhere_is_refused_and_a_picture_from_elsewhere_is_not_fetched():
    link = '<Relationship Id="r9" Type="{}/{}" Target="http://evil.example/a" TargetMode="&#69;xternal"/>'
    assert fault(docx(links=link.format(OFFICE, "attachedTemplate"))) is Fault.ACTIVE
    _, clean = launder("a", docx(links=link.format(OFFICE, "image")))
    with zipfile.ZipFile(io.BytesIO(clean)) as package:
        assert b"evil.example" not in package.read("word/_rels/document.xml.rels")


def test_a_zip_bomb_is_refused_by_its_directory(monkeypatch: pytest.MonkeyPatch):
    assert fault(docx({"word/media/zeros.emf": b"\0" * (docx_module.MAX_UNPACKED + 1)})) is Fault.TOO_BIG
    monkeypatch.setattr(docx_module, "MAX_ENTRIES", 5)
    assert fault(docx()) is Fault.TOO_BIG


def test_a_directory_that_lies_about_sizes_unpacks_no_more_than_it_says():
    data = docx({"word/media/a.emf": b"\0" * 100_000})
    size = (100_000).to_bytes(4, "little")
    assert data.count(size) == 2
    assert fault(data.replace(size, (10).to_bytes(4, "little"))) is Fault.BROKEN


def test_an_encrypted_archive_is_told_as_locked():
    data = bytearray(docx())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert fault(bytes(data)) is Fault.LOCKED


def test_a_pdf_of_broken_streams_is_no_crash():
    packed = zlib.compress(b"0 0 obj")
    data = b"%PDF-1.5\n1 0 obj\n<</Type/ObjStm/N 9/First 4/Filter/FlateDecode/Length 9>>stream\n" + packed
    assert fault(data) is Fault.BROKEN
