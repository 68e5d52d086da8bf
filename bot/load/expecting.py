"""The right replies, from the assistant in this process."""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot.answers.card import card_of, text_beside
from bot.answers.context import Context
from bot.answers.reply import Reply
from bot.clock import today_in
from bot.database import connect
from bot.desk import Desk, Meeting
from bot.dossiers.casefile import CaseFile
from bot.knowledge_source import KnowledgeSource, wording_from
from bot.load.visit import Answers, Script, Wanted
from bot.nlu.understanding import open_understanding
from bot.privacy.opening import open_privacy
from bot.reception import open_reception
from bot.services import open_services
from bot.settings import Settings

LOCAL = "local"


def wanted_of(settings: Settings, model: Path, scripts: Iterable[Script], channel: str = LOCAL) -> Answers:
    """Each script held as a fresh conversation on ``channel``, with all flows of the installation of
    ``settings``.
    """
    engine = connect(settings.database_url, durable=True)
    wording = wording_from(Path("domain.yml"))
    source = KnowledgeSource(engine, settings.data_dir, settings.refresh_seconds)
    services = open_services(settings, engine, time.time)
    privacy = open_privacy(settings, engine, wording.say, time.time)
    reception = open_reception(source, services, settings, privacy)
    desk = Desk(reception, open_understanding(model, settings.data_dir), wording)

    def texts(reply: Reply) -> Iterator[str]:
        catalogue = reception.concierge().catalogue
        for answer in reply.answers:
            yield text_beside(card_of(answer, catalogue, wording, channel), answer, wording, channel)

    found = {script: _held(desk, settings, script, channel, texts) for script in dict.fromkeys(scripts)}
    engine.dispose()
    return found


def _held(
    desk: Desk, settings: Settings, script: Script, channel: str, texts: Callable[[Reply], Iterable[str]]
) -> tuple[Wanted, ...]:
    context, file, found = Context(), CaseFile(), []
    at = Meeting(conversation_id="expected", channel=channel)
    for text in script:
        said = desk.ask(text, context, today_in(settings.time_zone), file=file, at=at)
        context, file = said.reply.context, said.file
        found.append(Wanted(tuple(filter(None, texts(said.reply))), said.reply.procedure_code))
    return tuple(found)
