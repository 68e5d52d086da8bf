"""QR codes as inline drawings."""

import io

import segno
from markupsafe import Markup


def qr_code(text: str) -> segno.QRCode:
    """The QR code of a text: error correction M or better, never a micro code (few cameras read those)."""
    return segno.make(text, error="m", micro=False)


def qr_svg(text: str, title: str) -> Markup:
    """The code as ``<svg class="qr">`` with a quiet zone; ``title`` is read out. The style sheet sizes it."""
    drawing = qr_code(text).svg_inline(omitsize=True, title=title, svgclass="qr", lineclass=None)
    return Markup(drawing.replace("<svg ", '<svg role="img" ', 1))


def qr_png(text: str) -> bytes:
    """The code as a black and white PNG with a quiet zone, eight pixels to a module."""
    drawing = io.BytesIO()
    qr_code(text).save(drawing, kind="png", scale=8, border=4)
    return drawing.getvalue()
