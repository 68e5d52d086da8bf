"""A filled form as DOCX."""

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from bot.forms.definition import Signature
from bot.forms.sheet import Grid, Place, Sheet
from bot.pages.qr import qr_png

_FONT = "Times New Roman"
_WIDTH = 160
"""Millimetres between the margins (left 30, right 20)."""
_QR = 26
_UNDATED = datetime(2000, 1, 1)


def render_docx(sheet: Sheet) -> bytes:
    """The sheet as a file. Equal sheets give equal bytes; its metadata names nobody and no moment."""
    document = Document()
    _set_up(document, sheet.title)
    for text in (sheet.origin, sheet.caution):
        if text:
            _paragraph(document, text, WD_ALIGN_PARAGRAPH.RIGHT, size=10, italic=True)
    _paragraph(document, sheet.motto[0], WD_ALIGN_PARAGRAPH.CENTER, bold=True)
    _paragraph(document, sheet.motto[1], WD_ALIGN_PARAGRAPH.CENTER, bold=True, after=0)
    # Underlining would hide the dots below its letters.
    _paragraph(document, "_" * 22, WD_ALIGN_PARAGRAPH.CENTER, size=8, after=10)
    _paragraph(document, sheet.title, WD_ALIGN_PARAGRAPH.CENTER, bold=True, size=15, after=10)
    _line(document, (sheet.addressee,))
    for block in sheet.blocks:
        if block.title:
            _paragraph(document, block.title, bold=True, before=8, with_next=True)
        if block.intro:
            _paragraph(document, block.intro, with_next=True)
        for line in block.lines:
            _line(document, line)
        if block.grid:
            _grid(document, block.grid)
    _paragraph(document, sheet.closing, WD_ALIGN_PARAGRAPH.JUSTIFY, before=8)
    _signatures(document, sheet)
    raw = io.BytesIO()
    document.save(raw)
    return _undated(raw.getvalue())


def _set_up(document: DocxDocument, title: str) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin, page.right_margin = Mm(30), Mm(20)
    page.top_margin, page.bottom_margin = Mm(20), Mm(20)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN")
    style.element.rPr.append(language)
    told = document.core_properties
    told.title, told.language = title, "vi-VN"
    told.author = told.comments = told.last_modified_by = ""
    told.created = told.modified = _UNDATED


def _paragraph(
    document: DocxDocument,
    text: str,
    alignment: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT,
    *,
    bold: bool = False,
    italic: bool = False,
    size: int = 13,
    before: int = 0,
    after: int = 3,
    with_next: bool = False,
) -> Paragraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic
    run.font.size = Pt(size)
    paragraph.alignment = alignment
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(after)
    paragraph.paragraph_format.keep_with_next = with_next
    return paragraph


def _line(document: DocxDocument, places: tuple[Place, ...]) -> None:
    """Places side by side; a blank one is dots up to where the next begins."""
    paragraph = _paragraph(document, "")
    for number, place in enumerate(places, start=1):
        end = Mm(_WIDTH * number / len(places) - (0 if number == len(places) else 3))
        start = Mm(_WIDTH * number / len(places))
        paragraph.add_run(f"{place.label}: ")
        if place.value is None:
            paragraph.add_run("\t")
            _stop(paragraph, end, dotted=True)
        else:
            for at, text in enumerate(place.value.split("\n")):
                run = paragraph.add_run(text)
                run.bold = True
                if at < place.value.count("\n"):
                    run.add_break()
        if number < len(places):
            paragraph.add_run("\t")
            _stop(paragraph, start, dotted=False)
    extra = max((place.lines for place in places if place.value is None), default=1) - 1
    for _ in range(extra):
        _stop(_paragraph(document, "\t"), Mm(_WIDTH), dotted=True)


def _stop(paragraph: Paragraph, position: Mm, dotted: bool) -> None:
    leader = WD_TAB_LEADER.DOTS if dotted else WD_TAB_LEADER.SPACES
    paragraph.paragraph_format.tab_stops.add_tab_stop(
        position, WD_TAB_ALIGNMENT.RIGHT if dotted else WD_TAB_ALIGNMENT.LEFT, leader
    )


def _grid(document: DocxDocument, grid: Grid) -> None:
    table = document.add_table(rows=1 + len(grid.rows), cols=len(grid.headings), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for row, texts in zip(table.rows, (grid.headings, *grid.rows), strict=True):
        row.height = Mm(9)
        for cell, text in zip(row.cells, texts, strict=True):
            run = cell.paragraphs[0].add_run(text)
            run.font.size = Pt(11)
            run.bold = texts is grid.headings


def _signatures(document: DocxDocument, sheet: Sheet) -> None:
    """Two beside each other; beside a lone one, else below, the code of the checklist."""
    _paragraph(document, sheet.place_and_date, WD_ALIGN_PARAGRAPH.RIGHT, italic=True, before=10)
    lone = len(sheet.signatures) % 2
    table = document.add_table(rows=0, cols=2)
    for first in range(-lone, len(sheet.signatures), 2):
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for column, cell in enumerate(row.cells):
            if first + column < 0:
                _scan(cell, sheet)
            else:
                _signature(cell, sheet.signatures[first + column])
    if not lone:
        _scan(table.add_row().cells[0].merge(table.rows[-1].cells[1]), sheet)


def _signature(cell: _Cell, signature: Signature) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(signature.title).bold = True
    run = paragraph.add_run(f"\n({signature.note})")
    run.italic, run.font.size = True, Pt(11)
    paragraph.paragraph_format.space_after = Pt(58)


def _scan(cell: _Cell, sheet: Sheet) -> None:
    cell.paragraphs[0].add_run().add_picture(io.BytesIO(qr_png(sheet.checklist_url)), width=Mm(_QR))
    for line in (sheet.scan, sheet.made):
        run = cell.add_paragraph().add_run(line)
        run.italic, run.font.size = True, Pt(9)


def _undated(raw: bytes) -> bytes:
    """The same package without the moment each part was written at."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return packed.getvalue()
