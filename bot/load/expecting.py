"""The right replies, from the assistant in this process."""

import time
from collections.abc import Iterable
from pathlib import Path

from bot.answers.context import Context
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

_CHANNEL = "local"


def wanted_of(settings: Settings, model: Path, scripts: Iterable[Script]) -> Answers:
    """Each script held as a fresh conversation, with all flows of the installation of ``settings``."""
    engine = connect(settings.database_url, durable=True)
    wording = wording_from(Path("domain.yml"))
    source = KnowledgeSource(engine, settings.data_dir, settings.refresh_seconds)
    services = open_services(settings, engine, time.time)
    privacy = open_privacy(settings, engine, wording.say, time.time)
    reception = open_reception(source, services, settings, privacy)
    desk = Desk(reception, open_understanding(model, settings.data_dir), wording)
    found = {script: _held(desk, settings, script) for script in dict.fromkeys(scripts)}
    engine.dispose()
    return found


def _held(desk: Desk, settings: Settings, script: Script) -> tuple[Wanted, ...]:
    context, file, found = Context(), CaseFile(), []
    at = Meeting(conversation_id="expected", channel=_CHANNEL)
    for text in script:
        said = desk.ask(text, context, today_in(settings.time_zone), file=file, at=at)
        context, file = said.reply.context, said.file
        found.append(Wanted(tuple(text for text in said.texts if text), said.reply.procedure_code))
    return tuple(found)
