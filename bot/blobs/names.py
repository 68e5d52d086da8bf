"""File names of citizens made safe to show and to save under."""

import re
import unicodedata

from bot.blobs.kinds import FileKind
from bot.text import mask

MAX_STEM = 80
_LONGEST_READ = 400
_NAMELESS = "tep-dinh-kem"
# Control, format (bidirectional marks, joiners), private and unassigned characters.
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_RESERVED = re.compile(r'[<>:"|?*&\'`$;]')
_SPACES = re.compile(r"\s+")
_KNOWN = (".pdf", ".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".docx", ".heic", ".heif")
_PROGRAMS = frozenset(
    """ade adp apk app appx bat chm cmd com cpl dll dmg docm dotm exe hlp hta htm html img inf ins iso jar js
    jse lnk mht mhtml msc msi msix msp php pif pl potm ppam pptm ps1 psm1 py rb reg scf scr sct sh sldm svg
    swf sys url vb vbe vbs vhd ws wsc wsf wsh xhtml xlam xlsm xltm xml""".split()
)


def visible(name: str) -> str:
    """The last piece of a path, composed, without hidden characters, spaces collapsed."""
    shown = "".join(
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", name[-_LONGEST_READ:])
        if character.isspace() or unicodedata.category(character) not in _HIDDEN
    )
    last = re.split(r"[/\\\u2044\u2215\uff0f\uff3c]", shown)[-1]
    return _SPACES.sub(" ", last).strip(" .")


def names_a_program(name: str) -> bool:
    """Whether any extension of the name is one that systems run or open as a program ("a.exe.pdf")."""
    pieces = re.split(r"[.\u2024\u3002\uff0e\uff61]", visible(name).lower())
    return any(piece.strip() in _PROGRAMS for piece in pieces[1:])


def display_name(name: str, kind: FileKind) -> str:
    """A name to show: no path, nothing invisible, personal numbers masked, at most MAX_STEM characters and
    the extension that the content has.
    """
    stem = visible(name)
    while stem.lower().endswith(_KNOWN):
        stem = stem.rpartition(".")[0].rstrip(" .")
    stem = _RESERVED.sub("", mask(stem).replace("*", "x")).strip(" .")
    stem = stem[:MAX_STEM].rstrip(" .") or _NAMELESS
    return stem + kind.extension
