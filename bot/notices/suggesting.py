"""What is offered below an answer of the assistant: news of a procedure, and a say in improving. Pure."""

from dataclasses import replace

import msgspec

from bot.answers.intent import ABOUT_A_PROCEDURE, Intent
from bot.answers.outcome import Outcome
from bot.answers.reply import Reply
from bot.answers.turn import Turn
from bot.conversations.channel import Channel
from bot.dossiers.casefile import OPEN, CaseFile
from bot.notices import telling
from bot.notices.changes_talk import ChangesTalk
from bot.notices.ports import Book
from bot.notices.purpose import Purpose, Versions
from bot.notices.quiet import QuietHours

ROOM = 4
"""Buttons below an answer up to which one more fits everywhere: Zalo shows five."""
_PAUSES = frozenset({Intent.THANKS, Intent.GOODBYE, Intent.FEEDBACK})
"""When somebody is through with what they came for, or says what they think of us."""
_CALM = frozenset({Outcome.ANSWERED, Outcome.COUNTED, Outcome.LISTED, Outcome.GUIDED, Outcome.COURTESY})
_CHANNELS = frozenset(channel.value for channel in Channel)


class Suggesting:
    """See ``bot.dossiers.flow.Epilogue``."""

    def __init__(self, book: Book, talk: ChangesTalk, versions: Versions, hours: QuietHours) -> None:
        self._book, self._talk, self._versions, self._hours = book, talk, versions, hours

    def added(self, turn: Turn, reply: Reply, file: CaseFile) -> tuple[Reply, CaseFile]:
        """To be told of changes of the procedure answered about; once in a conversation, when the citizen is
        through or has judged us, whether it may be used to improve the assistant.
        """
        if turn.channel not in _CHANNELS or not turn.conversation_id or not turn.message_id:
            return reply, file
        if not reply.buttons and self._may_ask(turn, reply, file):
            return self._asking(reply, file)
        if reply.intent not in ABOUT_A_PROCEDURE or reply.outcome is not Outcome.ANSWERED or turn.as_of:
            return reply, file
        *before, last = reply.answers
        code = last.procedure_code
        # Only the buttons of one answer are shown: those of an earlier one must not give way to this.
        if not code or last.buttons != reply.buttons or len(last.buttons) >= ROOM:
            return reply, file
        if code in self._book.watched(turn.conversation_id):
            return reply, file
        last = replace(last, buttons=(*last.buttons, self._talk.offer(code)))
        return replace(reply, answers=(*before, last)), file

    def _may_ask(self, turn: Turn, reply: Reply, file: CaseFile) -> bool:
        busy = file.waiting is not None or any(draft.phase in OPEN for draft in file.drafts)
        if busy or reply.outcome not in _CALM or Purpose.IMPROVE.value in file.asked:
            return False
        if reply.intent not in _PAUSES and not self._book.judged(turn.conversation_id):
            return False
        standing = self._book.standing(turn.conversation_id)
        return all(one.purpose is not Purpose.IMPROVE for one in standing)

    def _asking(self, reply: Reply, file: CaseFile) -> tuple[Reply, CaseFile]:
        improve = Purpose.IMPROVE.value
        asked = telling.ask(Purpose.IMPROVE, f"{improve}:{self._versions[Purpose.IMPROVE]}", self._hours)
        # Only its buttons answer: words that follow a farewell are not taken for consent.
        file = msgspec.structs.replace(file, asked=(*file.asked, improve))
        return replace(reply, answers=(*reply.answers, replace(asked, outcome=reply.outcome))), file
