"""The texts of the console: none missing, none left over."""

import re
from pathlib import Path

import pytest

from bot.console.navigation import PLACES
from bot.console.wording import NAMED, Texts, key_of, read_texts
from bot.staff.roles import Role
from tests.conftest import ROOT

CONSOLE = ROOT / "bot" / "console"
TEXTS = read_texts(ROOT / "data" / "console")
_FORMS = ("field", "help", "error")


def sources() -> str:
    """Code and templates of the console, without the instructions."""
    found = [path for path in CONSOLE.rglob("*") if path.suffix in (".py", ".html")]
    found.remove(CONSOLE / "__init__.py")
    return "\n".join(path.read_text(encoding="utf-8") for path in found)


def named() -> set[str]:
    return {key_of(member) for kind in NAMED for member in kind}


def told(source: str) -> set[str]:
    """What a page says after ``to(…, done="x")`` or ``fault="x"``."""
    return {f"{kind}_{name}" for kind, name in re.findall(r'\b(done|fault)="([a-z_]+)"', source)}


def used() -> set[str]:
    """Every text between quotation marks, and what follows a deed."""
    source = sources()
    quoted = set(re.findall(r"""["']([a-z][a-z0-9_]*)["']""", source))
    return quoted | told(source)


def test_no_text_is_missing() -> None:
    """A page would end in an error instead of a sentence."""
    source = sources()
    said = set(re.findall(r"""\bsay\(\s*["']([a-z0-9_]+)["']""", source))
    said |= told(source)
    kinds = "|".join(_FORMS)
    said |= set(re.findall(rf'"((?:{kinds})_[a-z0-9_]+)"', source))
    said |= {place.key for place in PLACES} | named()
    assert sorted(said - set(TEXTS)) == []


def test_no_text_is_left_over() -> None:
    """Whoever corrects texts must not work on ones that nobody reads."""
    assert sorted(set(TEXTS) - used() - named()) == []


def test_a_member_is_named_by_its_enum_and_name() -> None:
    assert {key_of(member) for member in Role} >= {"role_agent", "role_admin"}


def test_a_key_in_two_files_is_refused(tmp_path: Path) -> None:
    """One of two texts would be lost, and nobody would know which."""
    for name in ("texts.yaml", "texts_more.yaml"):
        (tmp_path / name).write_text("same: text\n", encoding="utf-8")
    with pytest.raises(ValueError, match="same"):
        read_texts(tmp_path)


def test_an_unknown_key_or_a_missing_value_is_an_error() -> None:
    texts = Texts({"hello": "Xin chào {name}"})
    assert texts.say("hello", name="Lan") == "Xin chào Lan"
    for key in ("nothing", "hello"):
        with pytest.raises(KeyError):
            texts.say(key)
