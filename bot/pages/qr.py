"""QR codes as inline drawings."""

import segno
from markupsafe import Markup


def qr_code(text: str) -> segno.QRCode:
    """The QR code of a text: error correction M or better, never a micro code (few cameras read those)."""
    return segno.make(text, error="m", micro=False)


def qr_svg(text: str, title: str) -> Markup:
    """The code as ``<svg class="qr">`` with a quiet zone; ``title`` is read out. The style sheet sizes it."""
    drawing = qr_code(text).svg_inline(omitsize=True, title=title, svgclass="qr", lineclass=None)
    return Markup(drawing.replace("<svg ", '<svg role="img" ', 1))
