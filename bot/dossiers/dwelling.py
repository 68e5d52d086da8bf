"""Reads a bare place name as an answer to where somebody lives: "hong gai", "em ở Cái Rồng". Pure."""

from dataclasses import replace

from bot.answers.lists import units
from bot.answers.places import read_place
from bot.answers.turn import Mention, Turn
from bot.catalogue.view import Catalogue
from bot.dossiers.casefile import CaseFile
from bot.dossiers.checks import Check
from bot.dossiers.orders import NAME
from bot.dossiers.step import Kind, step_of
from bot.dossiers.vocabulary import Vocabulary, words_of

MOST_WORDS = 8


def located(turn: Turn, file: CaseFile, catalogue: Catalogue, vocabulary: Vocabulary) -> Turn:
    """The same turn with the place its text names, where a place was asked for and none was found in it."""
    if turn.pressed is not None or turn.mentions or not _asked_where(turn, file, catalogue):
        return turn
    words = words_of(turn.text)[:MOST_WORDS]
    while words:
        place = _known(" ".join(words), catalogue)
        if place:
            return replace(turn, mentions=(place,))
        if words[0] not in vocabulary.dwelling and words[0] not in vocabulary.fillers:
            return turn
        words = words[1:]
    return turn


def _asked_where(turn: Turn, file: CaseFile, catalogue: Catalogue) -> bool:
    waiting = file.waiting
    if waiting is None or (waiting.flow, waiting.topic) != (NAME, Kind.CHECK.value):
        return False
    draft = file.draft(waiting.subject)
    procedure = catalogue.procedures.get(draft.procedure) if draft else None
    if draft is None or procedure is None:
        return False
    return step_of(procedure, draft, turn.today).check is Check.UNIT


def _known(name: str, catalogue: Catalogue) -> Mention | None:
    """A place of this name, if there is or was one."""
    place = read_place(name, catalogue)
    if place is not None and place.kind == "old_unit" and not units.successors(name, catalogue):
        return None
    return place
