"""A filled form as PDF with embedded letters, so that it prints the same everywhere and can be searched."""

import importlib.util
import io
import logging
from datetime import datetime, timezone
from functools import lru_cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import FontFace

from bot.forms.definition import Signature
from bot.forms.sheet import Grid, Place, Sheet
from bot.pages.qr import qr_png

_FAMILY = "DejaVu Serif"
_SIZE = 11.5
_LEFT, _WIDTH = 28, 162
"""Millimetres: left margin, and between the margins."""
_STEP = 7
_QR = 26
_SIGNING = 20
_UNDATED = datetime(2000, 1, 1, tzinfo=timezone.utc)

# Below this level it tells which letters a document uses: what somebody typed is not to be in any log.
logging.getLogger("fontTools").setLevel(logging.WARNING)


def render_pdf(sheet: Sheet) -> bytes:
    """The sheet as a file. Equal sheets give equal bytes; its metadata names nobody and no moment."""
    paper = _Paper(sheet.title)
    for text in (sheet.origin, sheet.caution):
        if text:
            paper.text(text, "I", 9, Align.R, 5)
    paper.ln(2)
    paper.text(sheet.motto[0], "B", 12, Align.C, 6)
    paper.text(sheet.motto[1], "B", 11.5, Align.C, 6)
    paper.rule()
    paper.text(sheet.title, "B", 14, Align.C, 8)
    paper.ln(2)
    paper.places((sheet.addressee,))
    for block in sheet.blocks:
        if block.title:
            paper.heading(block.title)
        if block.intro:
            paper.text(block.intro, "", _SIZE, Align.L, _STEP)
        for line in block.lines:
            paper.places(line)
        if block.grid:
            paper.grid(block.grid)
    paper.ln(2)
    paper.text(sheet.closing, "", _SIZE, Align.J, 6.2)
    paper.signatures(sheet)
    return bytes(paper.output())


class _Paper(FPDF):
    """A4 with the form's letters."""

    def __init__(self, title: str) -> None:
        super().__init__(orientation="portrait", unit="mm", format="A4")
        self.set_margins(_LEFT, 18, 210 - _LEFT - _WIDTH)
        self.set_auto_page_break(True, 14)
        for style, name in (("", ""), ("B", "-Bold"), ("I", "-Italic")):
            self.add_font(_FAMILY, style, _fonts() / f"DejaVuSerif{name}.ttf")
        self.set_title(title)
        self.set_lang("vi-VN")
        self.set_creation_date(_UNDATED)
        self.set_font(_FAMILY, "", _SIZE)
        self.add_page()

    def text(  # type: ignore[override]
        self, text: str, style: str, size: float, align: Align, step: float, width: float = 0
    ) -> None:
        """A paragraph."""
        self.set_font(_FAMILY, style, size)
        self.multi_cell(width, step, drawable(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def rule(self) -> None:
        """The short line below the motto (underlining would hide the dots below its letters)."""
        half, middle = 25, _LEFT + _WIDTH / 2
        self.line(middle - half, self.get_y() + 1, middle + half, self.get_y() + 1)
        self.ln(6)

    def heading(self, text: str) -> None:
        """The title of a section, with room for a line below it on the same page."""
        self.ln(2)
        if self.will_page_break(3 * _STEP):
            self.add_page()
        self.text(text, "B", _SIZE, Align.L, _STEP)

    def places(self, line: tuple[Place, ...]) -> None:
        """Places side by side; a blank one is dots up to where the next begins."""
        share = _WIDTH / len(line)
        if self.will_page_break(_STEP):
            self.add_page()
        for number, place in enumerate(line):
            self.set_x(_LEFT + number * share)
            self._written("", f"{place.label}: ")
            if place.value is None:
                self._dots(_LEFT + (number + 1) * share - (0 if number + 1 == len(line) else 3))
            else:
                self._written("B", place.value)
        self.ln(_STEP)
        for _ in range(max((place.lines for place in line if place.value is None), default=1) - 1):
            self._dots(_LEFT + _WIDTH)
            self.ln(_STEP)

    def grid(self, grid: Grid) -> None:
        """A table; empty cells are high enough to write in."""
        self.set_font(_FAMILY, "", 9.5)
        with self.table(
            headings_style=FontFace(emphasis="BOLD"),
            line_height=5,
            padding=1.5,
            text_align=Align.L,
            width=_WIDTH,
            align=Align.L,
        ) as table:
            for texts in (grid.headings, *grid.rows):
                row = table.row()
                for text in texts:
                    row.cell(drawable(text) or " ")
        self.ln(2)

    def signatures(self, sheet: Sheet) -> None:
        """Two beside each other; beside a lone one, else below, the code of the checklist."""
        signatures = sheet.signatures
        lone = len(signatures) % 2
        if self.will_page_break(_STEP + 13 + _SIGNING):
            self.add_page()
        self.ln(3)
        self.text(sheet.place_and_date, "I", _SIZE, Align.R, _STEP)
        for first in range(-lone, len(signatures), 2):
            if self.will_page_break(12 + _SIGNING):
                self.add_page()
            top = lowest = self.get_y()
            if first < 0:
                self._scan(sheet, top + 4, _WIDTH / 2)
            for column in range(2):
                if first + column >= 0:
                    lowest = max(lowest, self._signature(signatures[first + column], column, top))
            self.set_y(max(lowest, top + 12) + _SIGNING)
        if not lone:
            if self.will_page_break(_QR):
                self.add_page()
            self._scan(sheet, self.get_y(), _WIDTH)

    def _signature(self, signature: Signature, column: int, top: float) -> float:
        left, share = _LEFT + column * _WIDTH / 2, _WIDTH / 2 - 4
        self.set_y(top)
        for style, size, text in (("B", _SIZE, signature.title), ("I", 9, f"({signature.note})")):
            self.set_x(left)
            self.text(text, style, size, Align.C, 5, share)
        return float(self.get_y())

    def _scan(self, sheet: Sheet, top: float, width: float) -> None:
        """The code of the checklist, with what it is for."""
        self.image(io.BytesIO(qr_png(sheet.checklist_url)), _LEFT, top, _QR, alt_text=sheet.scan)
        self.set_y(top + 2)
        for text in (sheet.scan, sheet.made):
            self.set_x(_LEFT + _QR + 3)
            self.text(text, "I", 8.5, Align.L, 4.2, width - _QR - 6)

    def _written(self, style: str, text: str) -> None:
        self.set_font(_FAMILY, style, _SIZE)
        self.write(_STEP, drawable(text))

    def _dots(self, end: float) -> None:
        self.set_font(_FAMILY, "", _SIZE)
        dot = self.get_string_width(".")
        if end - self.get_x() < 20 * dot:
            self.ln(_STEP)
        count = int((end - self.get_x() - 2 * self.c_margin) / dot)
        self.cell(end - self.get_x(), _STEP, "." * count)


def drawable(text: str) -> str:
    """Without what the letters at hand cannot show (emoji, scripts of elsewhere)."""
    return "".join(c for c in text if c == "\n" or ord(c) in _letters())


def _fonts() -> Path:
    """DejaVu comes with matplotlib, which Rasa brings along; looking where it is does not load it."""
    found = importlib.util.find_spec("matplotlib")
    if found is None or found.origin is None:
        raise FileNotFoundError("DejaVu Serif: matplotlib is not installed")
    return Path(found.origin).parent / "mpl-data" / "fonts" / "ttf"


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    with TTFont(_fonts() / "DejaVuSerif.ttf", lazy=True) as font:
        return frozenset(font.getBestCmap())
