"""Whether a password is easy to guess. Pure."""

import re

from bot.text import fold

SHORTEST = 12
LONGEST = 256
_DIFFERENT = 5
_RUN = 3

# What passwords are built from here; the rest of a password must be enough on its own. Longest first.
_COMMON = sorted(
    "password matkhau quangninh halong dichvucong hanhchinh tructuyen chuyenvien canbo admin administrator "
    "welcome letmein iloveyou anhyeuem emyeuanh vietnam trolyao trungtam changeme secret login qwertyuiop "
    "qwerty asdfghjkl asdfgh zxcvbnm zxcvbn 1qaz 2wsx 3edc 4rfv 1q2w3e4r5t 1q2w3e4r 1q2w3e".split(),
    key=len,
    reverse=True,
)
_YEARS = re.compile(r"(?:19|20)\d\d")
_LOOKALIKES = str.maketrans("04@135$7", "oaaiesst")


def is_weak(password: str, login: str) -> bool:
    """Shorter than 12 or longer than 256 characters, or little besides the login, common words, years and
    runs such as ``1234`` or ``aaaa``, also with 0 for o and the like.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        return True
    folded = fold(password)
    return any(_own(text, login) < _DIFFERENT for text in (folded, folded.translate(_LOOKALIKES)))


def _own(folded: str, login: str) -> int:
    """How many different letters and digits are left once everything guessable is taken out."""
    rest = _bare(folded)
    for word in (_bare(fold(login)), *_COMMON):
        rest = rest.replace(word, " ") if len(word) > 2 else rest
    return len(set(_without_runs(_YEARS.sub(" ", rest))) - {" "})


def _bare(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _without_runs(text: str) -> str:
    """Without letters that repeat or count up or down for three or more."""
    kept: list[str] = []
    start = 0
    while start < len(text):
        end = start + 1
        if end < len(text) and (step := ord(text[end]) - ord(text[start])) in (-1, 0, 1):
            while end < len(text) and ord(text[end]) - ord(text[end - 1]) == step:
                end += 1
        # Two neighbours happen by chance.
        kept.append(" " if end - start >= _RUN else text[start : start + 1])
        start = end if end - start >= _RUN else start + 1
    return "".join(kept)
