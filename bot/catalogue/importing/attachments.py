"""File names of forms, which the sources glue to the names of papers and cut in two (pure)."""

import re
import unicodedata

_LETTERS = [char for char in map(chr, range(0x41, 0x1EFA)) if unicodedata.name(char, "").startswith("LATIN ")]
_SMALL = "".join(char for char in _LETTERS if char.islower())
_CAPITAL = "".join(char for char in _LETTERS if char.isupper())
_FILE = re.compile(r"\.(?:docx?|DOCX?|pdf|PDF|xlsx?|rtf|rar|zip|jpe?g|png)(?![a-z])")
# "Đơn đề nghị;..Mauso02", "theo mẫu)Mẫu số 3", "cảng;1.004682_1.004674_ Cấp": here a file name begins.
_SEAM = re.compile(
    r"(?<=[^\s(“\"/-])(?=(?:[Mm][aẫ]u|Mus|Phlc|Biểu|Phụ l|PL|BM|Đơn_|Don_|DC_).{0,120}$)"
    r"|(?<=[^\s\d])(?=\d\.\d{6}_)|(?<=\S)\.\.(?=\w)"
)
# "hàng khôngMẫu": two small letters and a capital never meet inside a word.
_CAMEL = re.compile(rf"(?<=[{_SMALL}]{{2}})(?=[{_CAPITAL}])")
# "Mauso02Nghidinh132": words run together.
_GLUED = re.compile(rf"\d[{_SMALL}]{{3,}}|[a-z]{{12,}}")
_COPY = re.compile(r"\s*\(\d{1,2}\)$")
_UNACCENTED = re.compile(r"mau\s*so\s*(\d{1,3}[a-z]?)", re.IGNORECASE)
# A name that says which form it is, such as "Mẫu số 01" or "Tờ khai CT01", not "15" or "Bankhai".
_LABEL = re.compile(
    r"(?:mẫu|phụ lục|biểu mẫu|biểu|tờ khai|đơn|phiếu|giấy|bản|văn bản|báo cáo|danh sách|thông báo)"
    r"(?: [\w./()&-]+){1,16}",
    re.IGNORECASE,
)


def detach(name: str, form: str) -> tuple[str, str | None]:
    """Name of a paper and what its form is called, ``None`` when the file name tells nothing.

    ``form``: the file name as the source has it; its beginning may still hang on ``name``
    ("Đơn đề nghịMẫu s", "ố 39.docx"). A paper without a form is left as it is.
    """
    if not form:
        return name, None
    whole = unicodedata.normalize("NFC", name) + unicodedata.normalize("NFC", form)
    end = len(whole) - len(unicodedata.normalize("NFC", form))
    # Only a form that begins inside a word can still hold the end of the name.
    torn = whole[end].islower() and not whole[end].isascii()
    seam = _seam(whole, len(whole) if torn else end)
    if _FILE.search(whole[:seam]):
        seam = end
    return whole[:seam].rstrip(" .;:,") or name, label_of(whole[seam:])


def label_of(files: str) -> str | None:
    """Readable names among file names, each once, divided by "; "."""
    found: dict[str, None] = {}
    for file in _FILE.split(files):
        stem = _COPY.sub("", " ".join(file.replace("_", " ").split()).strip(" ;,.-")).strip(" ;,.-")
        if number := _UNACCENTED.fullmatch(stem):
            stem = f"Mẫu số {number[1]}"
        if _LABEL.fullmatch(stem) and not _GLUED.search(stem):
            found.setdefault(stem)
    return "; ".join(found) or None


def _seam(whole: str, end: int) -> int:
    """Where a file name begins in ``whole``, ``end`` when that is not before it."""
    places = [found.start() for found in (_CAMEL.search(whole), _SEAM.search(whole)) if found]
    return min([*places, end])
