"""Word documents without properties, authors and anything that runs (ECMA-376 parts 1 and 2)."""

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

from bot.blobs.images import strip_part
from bot.blobs.kinds import Fault, FaultError

MAX_ENTRIES = 2000
MAX_UNPACKED = 60 * 1024 * 1024
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_NEEDED = frozenset({"[Content_Types].xml", "_rels/.rels", "word/document.xml"})
_TYPES_OF_PROGRAMS = ("macroenabled", "vbaproject", "activex", "oleobject")
_PROGRAMS = re.compile(
    r"(^|/)(vba|activex)|oleobject|\.(bin|exe|dll|js|vbs|bat|cmd|ps1|jar|html?|hta|swf|docm|xlsm|pptm)$", re.I
)
_ODD_NAME = re.compile(r"^/|\\|(^|/)\.\.(/|$)|[\x00-\x1f:]")
_DOCTYPE = re.compile(rb"<!\s*(doctype|entity)", re.I)
_MARK = b"\xef\xbb\xbf"
_COMMANDS = re.compile(rb"\bDDE(?:AUTO)?\b(?=[^<>]*</w:instrText>)")
_LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HARMLESS_OUTSIDE = ("/hyperlink", "/image")
_TAG = re.compile(rb"<[^<>!?/][^<>]*>")
_AUTHOR = re.compile(
    rb"(\s(?:\w+:)?(?:author|initials|userId|providerId|lastEditor)\s*=\s*)(?:\"[^\"]*\"|'[^']*')"
)
_THUMBNAIL = "docprops/thumbnail"
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_BLANK = {
    "docprops/core.xml": _HEAD
    + b"<cp:coreProperties xmlns:cp="
    + b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>',
    "docprops/app.xml": _HEAD
    + b"<Properties xmlns="
    + b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docprops/custom.xml": _HEAD
    + b"<Properties xmlns="
    + b'"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
}
_EPOCH = (1980, 1, 1, 0, 0, 0)


def strip_docx(data: bytes) -> bytes:
    """The document without core, application and custom properties, thumbnail and the Exif data of its
    pictures. Comments and tracked changes stay, for they are part of what the citizen wrote, but the names,
    initials and accounts of their authors are emptied.

    Raises ``FaultError``: ``TOO_BIG`` for a bomb, ``LOCKED``, ``ACTIVE`` (macros, controls, embedded
    objects, templates fetched from elsewhere, DDE), ``KIND`` (another Office file), ``BROKEN``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = [entry for entry in package.infolist() if not entry.is_dir()]
            _check_entries(entries)
            parts = {entry.filename: package.read(entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError, zlib.error):
        raise FaultError(Fault.BROKEN) from None
    _check_types(parts)
    return _pack({name: _clean(name, body) for name, body in parts.items() if not _is_thumbnail(name)})


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """What the directory alone tells; ``ZipFile.read`` never unpacks more than is declared here."""
    names = [entry.filename.lower() for entry in entries]
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise FaultError(Fault.TOO_BIG)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise FaultError(Fault.LOCKED)
    if min((entry.header_offset for entry in entries), default=1) != 0:
        raise FaultError(Fault.KIND)
    if len(set(names)) < len(names) or any(_ODD_NAME.search(name) for name in names):
        raise FaultError(Fault.BROKEN)
    if any(_PROGRAMS.search(name) for name in names):
        raise FaultError(Fault.ACTIVE)


def _check_types(parts: dict[str, bytes]) -> None:
    if not parts.keys() >= _NEEDED:
        raise FaultError(Fault.KIND)
    _check_form(parts["[Content_Types].xml"])
    types = {each.get("ContentType", "") for each in _parse(parts["[Content_Types].xml"])}
    if any(word in kind.lower() for kind in types for word in _TYPES_OF_PROGRAMS):
        raise FaultError(Fault.ACTIVE)
    if _MAIN not in types:
        raise FaultError(Fault.KIND)


def _clean(name: str, body: bytes) -> bytes:
    lower = name.lower()
    if lower in _BLANK:
        return _BLANK[lower]
    if not lower.endswith((".xml", ".rels")):
        return strip_part(body)
    _check_form(body)
    if lower.endswith(".rels"):
        return _clean_links(body)
    if _COMMANDS.search(body):
        raise FaultError(Fault.ACTIVE)
    return _TAG.sub(lambda tag: _AUTHOR.sub(rb'\1""', tag.group()), body)


def _clean_links(body: bytes) -> bytes:
    root = _parse(body)
    for link in list(root):
        kind, outside = link.get("Type", ""), link.get("TargetMode") == "External"
        if outside and not kind.endswith(_HARMLESS_OUTSIDE):
            raise FaultError(Fault.ACTIVE)
        if outside and kind.endswith("/image"):
            # Opening the document must not call home; Word itself writes this for a picture it lost.
            link.set("Target", "NULL")
        if _THUMBNAIL in link.get("Target", "").lower():
            root.remove(link)
    ElementTree.register_namespace("", _LINKS)
    return _HEAD + bytes(ElementTree.tostring(root, "utf-8"))


def _parse(body: bytes) -> ElementTree.Element:
    """The root of a part that has been searched for entities."""
    try:
        return ElementTree.fromstring(body)
    except ElementTree.ParseError:
        raise FaultError(Fault.BROKEN) from None


def _check_form(body: bytes) -> None:
    """No entities, and no encoding that would hide them and the words looked for."""
    if b"\0" in body or not body.removeprefix(_MARK).lstrip().startswith(b"<") or _DOCTYPE.search(body):
        raise FaultError(Fault.BROKEN)


def _is_thumbnail(name: str) -> bool:
    return name.lower().startswith(_THUMBNAIL)


def _pack(parts: dict[str, bytes]) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: name != "[Content_Types].xml"):
            package.writestr(zipfile.ZipInfo(name, _EPOCH), parts[name], zipfile.ZIP_DEFLATED)
    return saved.getvalue()
