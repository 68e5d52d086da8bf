"""What is lost when these fail: the guide or its buttons for everybody who writes."""

import re
from dataclasses import replace
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.answers.assistant import Assistant
from bot.answers.context import Context
from bot.answers.incoming import pressed
from bot.answers.intent import Intent
from bot.answers.knowledge import Knowledge
from bot.answers.turn import Turn
from bot.dossiers.casefile import CaseFile
from bot.knowledge_source import KnowledgeSource
from bot.reception import NoExtras, Reception, new_draft_id, open_reception, plain_reception, read_words
from bot.services import open_services
from bot.settings import Settings
from tests.working import TODAY, source

BEGIN = '/select_option{"act":"guide:start:1.001193"}'


class Importing(KnowledgeSource):
    """Has a new revision whenever it is told to."""

    def __init__(self) -> None:
        self._now = source().assistant()

    def assistant(self) -> Assistant:
        return self._now

    def bring(self) -> None:
        known = source().assistant().knowledge
        self._now = Assistant(replace(known, catalogue=replace(known.catalogue)))


def turn(text: str = "xin chào") -> Turn:
    button = pressed(text)
    intents = ((Intent.SELECT_OPTION if button else Intent.GREET, 1.0),)
    said = "" if button else text
    return Turn(said, intents, TODAY, pressed=button, channel="web", conversation_id="c" * 32)


def test_draft_ids_cannot_be_guessed() -> None:
    """Half of an address of a page: two of one kind would show one citizen the dossier of another."""
    found = {new_draft_id() for _ in range(1000)}
    assert len(found) == 1000 and all(re.fullmatch("[0-9a-f]{12}", one) for one in found)


def test_the_guide_answers_without_anything_else() -> None:
    reception = plain_reception(source())
    spoken = reception.concierge().respond(turn(BEGIN), Context(), CaseFile())
    assert [one.procedure for one in spoken.file.drafts] == ["1.001193"]


def test_flows_are_made_anew_over_the_newest_catalogue() -> None:
    """After an import the counter must not offer procedures that are gone."""
    newest, asked = Importing(), list[Knowledge]()

    def flows(knowledge: Knowledge) -> tuple[()]:
        asked.append(knowledge)
        return ()

    reception = Reception(newest, read_words(source()), NoExtras(), flows)
    for revision in range(1, 4):
        newest.bring()
        for _ in range(2):
            assert reception.concierge().catalogue is newest.assistant().catalogue
        assert len(asked) == revision and asked[-1] is newest.assistant().knowledge


def test_everything_an_installation_can_do_is_asked(sqlite_engine: Engine, tmp_path: Path) -> None:
    settings = Settings(var_dir=tmp_path)
    services = open_services(settings, sqlite_engine, lambda: 1.8e9)
    concierge = open_reception(source(), services, settings).concierge()
    for press, outcome in (("notice:off", "utter_notice"), ("follow:list", "utter_follow")):
        spoken = concierge.respond(turn(f'/select_option{{"act":"{press}"}}'), Context(), CaseFile())
        said = [one.id for answer in spoken.reply.answers for one in answer.phrases]
        assert any(name.startswith(outcome) for name in said), (press, said)
