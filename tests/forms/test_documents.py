"""What the citizen holds in hand: the whole form, every letter of their name, room for what is missing."""

import io
import zipfile
from collections.abc import Mapping

import docx as python_docx
import msgspec
import pikepdf
import pytest
from PIL import Image

from bot.answers.wording import Wording
from bot.forms.answers import ADDRESSEE
from bot.forms.definition import FormDefinition, Kind
from bot.forms.docx import render_docx
from bot.forms.offer import Forms
from bot.forms.pdf import drawable, render_pdf
from bot.forms.sheet import Sheet, lay_out
from bot.pages.qr import qr_code
from tests.forms.reading import modules, pdf_pictures, pdf_text

URL = "https://tro-ly.example.vn/danh-muc/WyIxLjAwMTE5MyJd.abc.def"
EVERY_LETTER = (
    "aàáảãạăằắẳẵặâầấẩẫậ bcdđ eèéẻẽẹêềếểễệ iìíỉĩị oòóỏõọôồốổỗộơờớởỡợ uùúủũụưừứửữự yỳýỷỹỵ "
    "AÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬ Đ EÈÉẺẼẸÊỀẾỂỄỆ IÌÍỈĨỊ OÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢ UÙÚỦŨỤƯỪỨỬỮỰ YỲÝỶỸỴ"
)


def sheet_of(form: FormDefinition, answers: Mapping[str, str], wording: Wording) -> Sheet:
    return lay_out(form, answers, URL, wording)


def all_answers(form: FormDefinition) -> dict[str, str]:
    return {
        key: field.options[0] if field.kind is Kind.CHOICE else f"Trị {number}"
        for number, (key, field) in enumerate(form.fields())
    }


def docx_text(content: bytes) -> str:
    body = python_docx.Document(io.BytesIO(content)).element.body
    parts = (node.text or "" if node.tag.endswith("}t") else "\n" for node in body.iter())
    return "".join(parts)


def squeezed(text: str) -> str:
    """Without the places where lines end."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def birth(forms: Forms) -> FormDefinition:
    found = forms.named("khai-sinh")
    assert found is not None
    return found


def test_every_form_holds_its_title_lines_and_answers_in_both_files(forms: Forms, wording: Wording) -> None:
    for form in forms.all():
        answers = {**all_answers(form), ADDRESSEE: "Ủy ban nhân dân phường Hồng Gai"}
        sheet = sheet_of(form, answers, wording)
        for text in (docx_text(render_docx(sheet)), pdf_text(render_pdf(sheet))):
            found = squeezed(text)
            expected = [
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Độc lập - Tự do - Hạnh phúc",
                form.name.upper(),
                form.closing,
                *answers.values(),
                *(signature.title for signature in form.signatures),
                *(field.label for _, field in form.fields()),
            ]
            missing = [part for part in expected if squeezed(part) not in found]
            assert missing == [], form.id


def test_vietnamese_letters_come_out_exactly(birth: FormDefinition, wording: Wording) -> None:
    sheet = sheet_of(birth, {"ho-ten-con": EVERY_LETTER}, wording)
    assert squeezed(EVERY_LETTER) in squeezed(pdf_text(render_pdf(sheet)))
    assert EVERY_LETTER in docx_text(render_docx(sheet))


def test_what_is_not_answered_stays_as_dots_to_fill_in_by_hand(
    birth: FormDefinition, wording: Wording
) -> None:
    sheet = sheet_of(birth, {}, wording)
    document = python_docx.Document(io.BytesIO(render_docx(sheet)))
    lines = [p for p in document.paragraphs if p.text.startswith("Họ, chữ đệm, tên người mẹ")]
    (stop,) = lines[0].paragraph_format.tab_stops
    assert lines[0].text.endswith("\t") and "DOTS" in str(stop.leader)
    assert "Họ, chữ đệm, tên người mẹ: \n" + "." * 60 in pdf_text(render_pdf(sheet))


def test_answered_lines_have_no_dots(birth: FormDefinition, wording: Wording) -> None:
    sheet = sheet_of(birth, {**all_answers(birth), ADDRESSEE: "UBND"}, wording)
    assert "....." not in pdf_text(render_pdf(sheet))


def test_a_form_nobody_compared_says_so_and_a_confirmed_one_does_not(
    birth: FormDefinition, wording: Wording
) -> None:
    caution = "Mẫu tham khảo, hãy đối chiếu mẫu trên Cổng"
    confirmed = msgspec.structs.replace(birth, confirmed=True)
    for render, text in ((render_docx, docx_text), (render_pdf, pdf_text)):
        assert squeezed(caution) in squeezed(text(render(sheet_of(birth, {}, wording))))
        assert squeezed(caution) not in squeezed(text(render(sheet_of(confirmed, {}, wording))))


def test_the_code_leads_to_the_checklist(birth: FormDefinition, wording: Wording) -> None:
    sheet = sheet_of(birth, {}, wording)
    drawn = [list(map(bool, row)) for row in qr_code(URL).matrix]
    (picture,) = pdf_pictures(render_pdf(sheet))
    assert modules(picture, len(drawn)) == drawn
    with zipfile.ZipFile(io.BytesIO(render_docx(sheet))) as package:
        (name,) = [name for name in package.namelist() if name.startswith("word/media/")]
        assert modules(Image.open(io.BytesIO(package.read(name))), len(drawn)) == drawn


def test_a_file_names_nobody_and_tells_no_moment(birth: FormDefinition, wording: Wording) -> None:
    sheet = sheet_of(birth, {"ho-ten-con": "Nguyễn Bí Mật"}, wording)
    told = python_docx.Document(io.BytesIO(render_docx(sheet))).core_properties
    assert (told.author, told.last_modified_by, told.comments) == ("", "", "")
    assert told.title == "TỜ KHAI ĐĂNG KÝ KHAI SINH" and told.created is not None
    assert told.created.year == 2000
    with pikepdf.open(io.BytesIO(render_pdf(sheet))) as file:
        meta = {str(name): str(value) for name, value in file.docinfo.items()}
        assert file.Root.Lang == "vi-VN"
    assert "/Author" not in meta and meta["/CreationDate"].startswith("D:2000")
    assert "Bí Mật" not in " ".join(meta.values())


def test_equal_answers_give_equal_files(birth: FormDefinition, wording: Wording) -> None:
    sheet = sheet_of(birth, {"ho-ten-con": "An"}, wording)
    assert render_docx(sheet) == render_docx(sheet)
    assert render_pdf(sheet) == render_pdf(sheet)


def test_signs_the_letters_do_not_have_are_left_out_and_nothing_breaks(
    birth: FormDefinition, wording: Wording, caplog: pytest.LogCaptureFixture
) -> None:
    """A warning about missing letters would put what was typed into a log."""
    assert drawable("An 😀 中 Ẩn\nb") == "An   Ẩn\nb"
    long = "W" * 200
    sheet = sheet_of(birth, {"ho-ten-con": "An 😀", "que-quan": long}, wording)
    with caplog.at_level("INFO"):
        text = pdf_text(render_pdf(sheet))
    assert squeezed(long) in squeezed(text)
    assert caplog.text == ""
    assert "😀" in docx_text(render_docx(sheet))


def test_short_lines_stand_side_by_side_only_as_long_as_they_fit(
    birth: FormDefinition, wording: Wording
) -> None:
    def beside(answers: dict[str, str]) -> list[int]:
        child = sheet_of(birth, answers, wording).blocks[1]
        return [len(line) for line in child.lines]

    assert 3 in beside({"dan-toc-con": "Kinh", "quoc-tich-con": "Việt Nam", "gioi-tinh-con": "Nữ"})
    assert 3 not in beside({"quoc-tich-con": "Cộng hòa Dân chủ Nhân dân Lào"})
