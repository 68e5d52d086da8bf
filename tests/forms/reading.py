"""Reads finished files back: the text a PDF's own tables say it has, and the pictures in it."""

import io
import re
from typing import Any

import pikepdf
from PIL import Image

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)> *<([0-9A-Fa-f]+)>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]+)> *<([0-9A-Fa-f]+)> *<([0-9A-Fa-f]+)>")


def pdf_text(content: bytes) -> str:
    """The text of all pages through the embedded ``ToUnicode`` tables, as a search would find it."""
    with pikepdf.open(io.BytesIO(content)) as file:
        return "\n".join(_page_text(page) for page in file.pages)


def pdf_pictures(content: bytes) -> list[Image.Image]:
    """The pictures on all pages."""
    with pikepdf.open(io.BytesIO(content)) as file:
        return [
            pikepdf.PdfImage(image).as_pil_image().convert("L")  # type: ignore[arg-type]
            for page in file.pages
            for image in page.images.values()
        ]


def modules(picture: Image.Image, version_size: int) -> list[list[bool]]:
    """Dark modules of a QR code with a quiet zone of four, sampled at their middles."""
    step = picture.width / (version_size + 8)
    middles = [int((at + 4.5) * step) for at in range(version_size)]
    dark = picture.convert("L").point(lambda shade: 255 if shade < 128 else 0)
    return [[dark.getpixel((x, y)) == 255 for x in middles] for y in middles]


def _page_text(page: pikepdf.Page) -> str:
    fonts = {name: _table(font) for name, font in page.resources.Font.items()}
    table: dict[int, str] = {}
    found: list[str] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator == "Tf":
            table = fonts[str(instruction.operands[0])]
        elif operator == "Tj":
            found.append(_decoded(bytes(instruction.operands[0]), table))
        elif operator == "TJ":
            parts = (part for part in instruction.operands[0] if isinstance(part, pikepdf.String))
            found.append("".join(_decoded(bytes(part), table) for part in parts))
    return "\n".join(found)


def _decoded(raw: bytes, table: dict[int, str]) -> str:
    return "".join(table[int.from_bytes(raw[at : at + 2], "big")] for at in range(0, len(raw), 2))


def _table(font: Any) -> dict[int, str]:
    table: dict[int, str] = {}
    source = bytes(font.ToUnicode.read_bytes())
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", source, re.S):
        for code, text in _PAIR.findall(block):
            table[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", source, re.S):
        for first, last, text in _RANGE.findall(block):
            start = int(text, 16)
            for code in range(int(first, 16), int(last, 16) + 1):
                table[code] = chr(start + code - int(first, 16))
    return table
