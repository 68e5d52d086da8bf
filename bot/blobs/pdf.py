"""PDF files without metadata, programs and files inside them (ISO 32000-1:2008)."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from bot.blobs.jpeg_segments import without_metadata
from bot.blobs.kinds import Fault, FaultError

# Actions that only move within the file or open a web page when clicked (12.6.4).
_HARMLESS = frozenset({"/GoTo", "/Named", "/URI"})
_ADDRESSES = ("http://", "https://", "mailto:", "tel:")
_ACTION_KEYS = ("/A", "/OpenAction", "/Next", "/PA")
# Metadata (14.3), private data of programs (14.5), triggers (12.6.3), scripts, associated and embedded files,
# forms in XML, portfolios, rights of a signature that no longer holds.
_DROPPED = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/AA",
    "/JS",
    "/JavaScript",
    "/EmbeddedFiles",
    "/EF",
    "/AF",
    "/XFA",
    "/Collection",
    "/SpiderInfo",
    "/Perms",
    "/RichMediaContent",
)
_ACTIVE_NOTES = frozenset(
    {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D", "/TrapNet", "/PrinterMark"}
)
_AUTHOR = ("/T", "/CreationDate", "/M", "/NM")
_DEEPEST = 60


def strip_pdf(data: bytes) -> bytes:
    """Pages, links and filled-in form fields stay; document information, XMP, authors of notes, earlier
    versions of the file, scripts, triggers, embedded files and media go, as does what cameras wrote into
    photos. A digital signature stays visible but no longer verifies, for the bytes have changed.

    Raises ``FaultError``: ``LOCKED`` for any encryption, ``BROKEN``.
    """
    try:
        with Pdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise FaultError(Fault.LOCKED)
            if len(pdf.pages) == 0:
                raise FaultError(Fault.BROKEN)
            if "/Info" in pdf.trailer:
                del pdf.trailer["/Info"]
            for page in pdf.pages:
                _clean_notes(page.obj)
            for item in pdf.objects:
                for part in _parts(item):
                    _clean(part)
            saved = io.BytesIO()
            pdf.save(
                saved,
                deterministic_id=True,
                fix_metadata_version=False,
                # Streams are copied as they are: unpacking is where bombs go off.
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
            )
    except pikepdf.PasswordError:
        raise FaultError(Fault.LOCKED) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RecursionError):
        raise FaultError(Fault.BROKEN) from None
    return saved.getvalue()


def _parts(item: Any, depth: int = 0) -> Iterator[Any]:
    """The object and the direct dictionaries in it; indirect ones come by themselves."""
    if depth > _DEEPEST:
        raise FaultError(Fault.BROKEN)
    if isinstance(item, (Dictionary, Stream)):
        yield item
        children = [item[key] for key in list(item.keys()) if key != "/Parent"]
    elif isinstance(item, Array):
        children = list(item)
    else:
        return
    for child in children:
        if isinstance(child, (Dictionary, Array)) and not child.is_indirect:
            yield from _parts(child, depth + 1)


def _clean(part: Any) -> None:
    for key in _DROPPED:
        if key in part:
            del part[key]
    for key in _ACTION_KEYS:
        if key in part and _runs(part[key]):
            del part[key]
    if (
        isinstance(part, Stream)
        and part.get("/Subtype") == Name.Image
        and part.get("/Filter") == Name.DCTDecode
    ):
        _clean_photo(part)


def _runs(action: Any) -> bool:
    """Whether this is an action other than the harmless ones; destinations are arrays, names or strings."""
    if isinstance(action, Array):
        return any(_runs(each) for each in action)
    if not isinstance(action, Dictionary) or "/S" not in action:
        return False
    address = str(action.get("/URI", "")).strip().lower()
    return str(action["/S"]) not in _HARMLESS or (address != "" and not address.startswith(_ADDRESSES))


def _clean_notes(page: Any) -> None:
    notes = page.get("/Annots")
    if not isinstance(notes, Array):
        return
    kept = [note for note in notes if str(note.get("/Subtype", "")) not in _ACTIVE_NOTES]
    for note in kept:
        if note.get("/Subtype") not in (Name.Widget, Name.Link):
            for key in _AUTHOR:
                if key in note:
                    del note[key]
    page["/Annots"] = Array(kept)


def _clean_photo(picture: Any) -> None:
    raw = picture.read_raw_bytes()
    try:
        bare = without_metadata(raw)
    except ValueError:
        return
    if len(bare) < len(raw):
        picture.write(bare, filter=Name.DCTDecode, decode_parms=picture.get("/DecodeParms"))
