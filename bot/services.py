"""The services behind the flows of a dossier, put together once per process from the settings."""

import hashlib
import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.engine import Engine

from bot.answers.knowledge import Knowledge
from bot.answers.turn import Turn
from bot.dossiers.flow import Flow
from bot.following import whispers
from bot.following.audit import Audit
from bot.following.factor import HIDDEN
from bot.following.opening import Following, read_tables
from bot.following.ports import Absence
from bot.following.state import DossierState
from bot.gateways.onestop.source import DossierSource
from bot.gateways.opening import Gateways, open_gateways
from bot.keys import web_secret
from bot.notices.desk import NoticeDesk
from bot.notices.flow import NoticeFlow
from bot.notices.procedures import KnownProcedures
from bot.notices.quiet import QuietHours, quiet_hours
from bot.notices.words import NoticeWords, read_words
from bot.payments.cashier import Cashier
from bot.payments.dues import RecordDues, opened_by_factor
from bot.payments.flow import PayFlow
from bot.payments.opening import open_cashier
from bot.payments.opening import read_words as read_pay_words
from bot.payments.words import Words as PayWords
from bot.settings import Settings

Now = Callable[[], float]


class Disconnected:
    """A ``bot.following.ports.Source`` where no system that knows dossiers is configured."""

    def find(self, code: str) -> DossierState | Absence:
        """Nothing can be said about any dossier."""
        return Absence.UNAVAILABLE


@dataclass(frozen=True)
class Services:
    """What flows stand on. ``secret`` signs the addresses of pages."""

    gateways: Gateways
    following: Following
    notices: NoticeDesk
    notice_words: NoticeWords
    hours: QuietHours
    cashier: Cashier
    dues: RecordDues
    pay_words: PayWords
    secret: str
    engine: Engine
    now: Now

    def flows(self, knowledge: Knowledge) -> Sequence[Flow]:
        """The flows over one revision of the catalogue, in the order they are asked."""
        return (
            self._notice_flow(knowledge),
            PayFlow(knowledge.catalogue, self.dues, self.cashier, self.pay_words),
            self.gateways.flow(knowledge.catalogue, knowledge.holidays),
            self.following.flow(knowledge),
        )

    def reveal(self, turn: Turn) -> Turn:
        """The turn with the second factor that was taken out of its message before it was stored."""
        if HIDDEN not in turn.text:
            return turn
        with self.engine.connect() as connection:
            sealed = whispers.find(connection, turn.conversation_id, turn.message_id, self.now())
        said = self.gateways.vault.open(sealed) if sealed else None
        return replace(turn, text=said.decode()) if said else turn

    def _notice_flow(self, knowledge: Knowledge) -> NoticeFlow:
        words = self.notice_words
        return NoticeFlow(
            self.notices,
            words.said,
            words.changes,
            words.times,
            words.versions,
            self.hours,
            self.following.mirror.watch,
            KnownProcedures(knowledge),
            self.now,
        )


def open_services(settings: Settings, engine: Engine, now: Now) -> Services:
    """Raises ``ValueError`` for settings that make no sense. The schema must be there already."""
    gateways, secret = open_gateways(settings, engine, now), web_secret(settings)
    source = DossierSource(gateways.onestop) if gateways.onestop else None
    key = audit_key(secret)
    words = read_words(settings.data_dir)
    hours = quiet_hours(settings.quiet_from, settings.quiet_to, ZoneInfo(settings.time_zone))
    pay_words = read_pay_words(Path(settings.data_dir) / "dossiers" / "payments.yaml")
    return Services(
        gateways=gateways,
        following=Following(engine, source, key, read_tables(settings.data_dir), settings.portal_url, now),
        notices=NoticeDesk(engine, words.versions, hours, now),
        notice_words=words,
        hours=hours,
        cashier=open_cashier(settings, engine, now),
        dues=RecordDues(source or Disconnected(), opened_by_factor(engine, Audit(key))),
        pay_words=pay_words,
        secret=secret,
        engine=engine,
        now=now,
    )


def audit_key(secret: str) -> bytes:
    """What dossier codes are hashed with in the audit log."""
    return hmac.new(secret.encode(), b"dossier look-ups", hashlib.sha256).digest()
