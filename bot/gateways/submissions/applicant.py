"""Who hands a dossier in: typed by the citizen on our page, kept only until it is handed over."""

import re

import msgspec

from bot.text import Kind, clean, find_identifiers

LONGEST_NAME, LONGEST_ADDRESS = 100, 250
_PHONE = re.compile(r"(?:\+?84|0)[35789]\d{8}|(?:\+?84|0)2\d{9}")


def _identifies(text: str) -> bool:
    """Whether an identity number was typed where none belongs."""
    return any(found.kind in (Kind.CITIZEN_ID, Kind.OLD_ID) for found in find_identifiers(text))


class Applicant(msgspec.Struct, frozen=True):
    """Name, telephone and address as the one-stop system needs them. Never logged."""

    name: str
    phone: str
    address: str

    def __repr__(self) -> str:
        return "Applicant(…)"


def applicant_of(name: str, phone: str, address: str) -> tuple[Applicant, tuple[str, ...]]:
    """The applicant as typed, tidied up, and the names of the fields that cannot be right."""
    number = re.sub(r"[\s.()-]", "", phone)
    given = Applicant(clean(name).strip(), number, clean(address).strip())
    wrong = []
    if not 2 <= len(given.name) <= LONGEST_NAME or any(letter.isdigit() for letter in given.name):
        wrong.append("name")
    if not _PHONE.fullmatch(number):
        wrong.append("phone")
    if not 5 <= len(given.address) <= LONGEST_ADDRESS or _identifies(given.address):
        wrong.append("address")
    return given, tuple(wrong)
