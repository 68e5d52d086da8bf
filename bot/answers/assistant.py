"""The story of an answer: a message and the memory of the conversation in, a reply out. Pure."""

from dataclasses import replace

import msgspec

from bot.answers import (
    about_flow,
    asking_back,
    catalogue_flow,
    correction,
    deadline,
    follow_up,
    joining,
    picks,
)
from bot.answers.about_flow import Told
from bot.answers.context import Context
from bot.answers.guides import DANGER, GUIDES, HELD, NEAR_A_PROCEDURE
from bot.answers.intent import ABOUT_A_PROCEDURE, Intent
from bot.answers.knowledge import Knowledge
from bot.answers.ordinal import only_a_pick, picked, points
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, phrase
from bot.answers.remarks import remarks
from bot.answers.reply import Reply
from bot.answers.resolve import Band, certain, without_places
from bot.answers.turn import Turn
from bot.answers.wants import kinds_asked, kinds_named
from bot.catalogue.view import Catalogue
from bot.text import analyse, find_date, find_working_days, fold, is_late

UNSURE_INTENT = 0.3
SURE_REFUSAL = 0.6
POSSIBLE_REFUSAL = 0.1
SURE_REMARK = 0.95
ALARM = 0.3
"""Chance at which danger is answered beside the question: 2 of 1,700 everyday questions reach it."""
PLAINLY_ONE = 0.8
LONGEST_PICK = 4
FACTS = ABOUT_A_PROCEDURE - {Intent.ASK_PROCEDURE}
NAMED_LIKE = {Intent.ASK_AUTHORISATION: "uy quyen", Intent.ACCOUNT_PROBLEM: "tai khoan"}
"""Kinds of trouble with the folded word by which a procedure's own name is taken for one."""
REMARKS = frozenset({Intent.DENY, Intent.AFFIRM, Intent.SELECT_OPTION})
TURNED_AWAY = frozenset({Intent.OUT_OF_SCOPE, Intent.AFFIRM, Intent.DENY})


class Assistant:
    """Answers messages from one bundle of knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    @property
    def knowledge(self) -> Knowledge:
        """Everything answers come from."""
        return self._knowledge

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue answers come from."""
        return self._knowledge.catalogue

    def respond(self, turn: Turn, context: Context) -> Reply:
        """Buttons and picks first, then the question itself."""
        if turn.pressed:
            return picks.press(turn.pressed, turn, context, self._knowledge)
        if not any(character.isalnum() for character in turn.text) or _only_a_number(turn):
            return Reply((asking_back.unreadable(),), context, Intent.OUT_OF_SCOPE)
        folded = self._knowledge.memory.once(_folded, turn.text)
        choice = None if turn.mentioned("level") else picked(folded, len(context.options))
        if choice is not None and (turn.intent is Intent.SELECT_OPTION or only_a_pick(folded)):
            return picks.choose(context.options[choice], context.pending, turn, context, self._knowledge)
        if choice is None and points(folded) and turn.intent not in HELD and not turn.mentions:
            return Reply((asking_back.gone(),), context, Intent.SELECT_OPTION)
        called = picks.called(turn, context, self._knowledge)
        if called is not None:
            kind = turn.intent if turn.intent in FACTS else context.pending
            return picks.choose(called, kind, turn, context, self._knowledge)
        if turn.intent is Intent.AFFIRM and len(context.options) == 1:
            return picks.choose(context.options[0], context.pending, turn, context, self._knowledge)
        meant = self._put_right(turn, context)
        if meant is not None:
            return meant
        intent = self._settled(turn, context)
        answers, kept = self._question(turn, intent, context)
        return Reply((*self._alarm(turn), *answers, *remarks(turn, intent)), kept, intent)

    def _put_right(self, turn: Turn, context: Context) -> Reply | None:
        """ "À nhầm, Y chứ không phải X": Y is answered, with the kind of question asked about X."""
        corrects = context.procedure or context.options
        meant = correction.asserted(turn) if corrects and turn.intent not in HELD else None
        if meant is None:
            return None
        kind = follow_up.kind_put_right(meant, context, self._knowledge)
        if kind not in ABOUT_A_PROCEDURE:
            return None
        resolution = follow_up.put_right(meant, context, self._knowledge)
        answers, kept = about_flow.answer(resolution, (kind,), meant, context, self._knowledge)
        return Reply((*self._alarm(turn), *answers, *remarks(turn, kind)), kept, kind)

    def _alarm(self, turn: Turn) -> tuple[Answer, ...]:
        """Danger told in passing is answered first; the question itself is answered after it."""
        told = (kind for kind, chance in turn.intents[1:] if kind in DANGER and chance >= ALARM)
        return tuple(self._guide(kind) for kind in told)

    def _question(self, turn: Turn, intent: Intent, context: Context) -> Told:
        if intent in ABOUT_A_PROCEDURE:
            return self._about(turn, intent, context)
        if intent in NEAR_A_PROCEDURE:
            return self._guided(turn, intent, context)
        if intent is Intent.LIST_PROCEDURES:
            return catalogue_flow.list_procedures(turn, context, self._knowledge)
        if intent is Intent.COUNT_PROCEDURES:
            return catalogue_flow.count_procedures(turn, context, self._knowledge)
        if intent is Intent.ASK_DEADLINE:
            return self._deadline(turn, context), context
        if intent is Intent.RESTART:
            return (self._guide(intent),), Context()
        return (self._told(turn, intent),), context

    def _deadline(self, turn: Turn, context: Context) -> tuple[Answer, ...]:
        """When a result is due; the days are those of the procedure spoken of when none are said."""
        received, days = find_date(turn.text, turn.today), find_working_days(turn.text)
        procedure = self.catalogue.procedures.get(context.procedure or "")
        about: tuple[Answer, ...] = ()
        if procedure is not None and received is not None and not days and deadline.hands_in(turn.text):
            days = deadline.days_of(procedure)
            about = (about_flow.compose(procedure, Intent.ASK_TIME, turn, context, self._knowledge, None),)
        due = deadline.compose(received, days, self._knowledge.holidays, late=is_late(turn.text))
        return (*about, due)

    def _told(self, turn: Turn, intent: Intent) -> Answer:
        """Kinds that need neither a procedure nor memory."""
        knowledge = self._knowledge
        if intent is Intent.SELECT_OPTION:
            return asking_back.gone()
        if intent is Intent.ASK_UNIT:
            return catalogue_flow.ask_unit(turn, knowledge)
        if intent is Intent.EXPLAIN_TERM:
            return catalogue_flow.explain_term(turn, knowledge)
        if intent is Intent.EXPLAIN_STATUS:
            return catalogue_flow.explain_status(turn, knowledge)
        if intent is Intent.EXPLAIN_LEVEL:
            return catalogue_flow.explain_level(turn, knowledge)
        if intent is Intent.ASK_HOURS:
            return knowledge.contact.hours_answer()
        return self._guide(intent)

    def _settled(self, turn: Turn, context: Context) -> Intent:
        """The kind to answer: an unsure refusal gives way to a procedure that is plainly named."""
        intent = turn.intent
        if turn.mentioned("procedure") and intent not in ABOUT_A_PROCEDURE | NEAR_A_PROCEDURE | HELD:
            return Intent.ASK_PROCEDURE
        meant = follow_up.kind_meant(turn, context, self._knowledge)
        if meant is not None:
            return meant
        if intent is Intent.ASK_UNIT and turn.confidence < SURE_REFUSAL and context.procedure:
            return (context.intent or Intent.ASK_PROCEDURE) if self._only_a_place(turn) else intent
        sure = PLAINLY_ONE if intent is Intent.RESTART and self._names_one(turn) else SURE_REFUSAL
        if intent is Intent.RESTART and turn.confidence < sure:
            return Intent.ASK_PROCEDURE
        if intent in TURNED_AWAY and context.procedure and self._only_a_place(turn):
            return context.intent or Intent.ASK_PROCEDURE
        if intent is Intent.EXPLAIN_STATUS and turn.confidence < SURE_REFUSAL and self._names_one(turn):
            return Intent.ASK_PROCEDURE
        if intent is Intent.OUT_OF_SCOPE and turn.confidence < SURE_REFUSAL:
            follows_up = context.procedure and self._knowledge.resolver.wordless(turn)
            if follows_up or self._names_one(turn):
                return Intent.ASK_PROCEDURE
        fact = self._fact_of_a_name(turn)
        if fact is not None:
            return fact
        if intent in REMARKS and turn.confidence < SURE_REMARK and self._names_one(turn):
            return context.pending or context.intent or Intent.ASK_PROCEDURE
        if intent in ABOUT_A_PROCEDURE and not context.procedure and self._is_beside_the_point(turn):
            return Intent.OUT_OF_SCOPE
        if turn.confidence < UNSURE_INTENT and intent not in ABOUT_A_PROCEDURE:
            return intent if intent in HELD and not self._names_one(turn) else Intent.ASK_PROCEDURE
        return intent

    def _fact_of_a_name(self, turn: Turn) -> Intent | None:
        """The fact asked about a procedure whose own name reads like a trouble: "tài khoản VNeID cần gì"."""
        word = NAMED_LIKE.get(turn.intent)
        if word is None:
            return None
        best = self._knowledge.resolver.find(without_places(turn)).procedure
        if best is None or word not in fold(best.label):
            return None
        return next(iter(self._kinds(turn)), None)

    def _is_beside_the_point(self, turn: Turn) -> bool:
        """Asked as if about a procedure, while nothing fits and a refusal is not unlikely."""
        chance = dict(turn.intents).get(Intent.OUT_OF_SCOPE, 0.0)
        if chance < POSSIBLE_REFUSAL or self._knowledge.resolver.wordless(turn):
            return False
        return self._knowledge.resolver.find(without_places(turn)).band is Band.NOTHING

    def _names_one(self, turn: Turn) -> bool:
        """Whether the words alone, without the conversation, name one procedure."""
        return self._knowledge.resolver.find(without_places(turn)).band is Band.CERTAIN

    def _about(self, turn: Turn, intent: Intent, context: Context) -> Told:
        knowledge = self._knowledge
        kinds = kinds_asked(turn, self._kinds(turn)) if turn.intent is intent else (intent,)
        two = self._two_procedures(turn)
        if two:
            answers: list[Answer] = [_heading(len(two))]
            for code in two:
                resolution = certain(knowledge.catalogue.procedures[code])
                found, context = about_flow.answer(resolution, kinds, turn, context, knowledge)
                answers.extend(answer for answer in found if answer not in answers)
            return tuple(answers), msgspec.structs.replace(context, options=two, pending=kinds[0])
        resolution = follow_up.resolved(turn, kinds[0], context, knowledge)
        spoken_of = context.procedure in knowledge.catalogue.procedures
        if resolution.band is Band.NOTHING and not spoken_of and knowledge.resolver.wordless(turn):
            return (asking_back.need_procedure(),), context
        if self._only_a_place(turn) and spoken_of:
            resolution = certain(knowledge.catalogue.procedures[context.procedure or ""])
            kinds = (context.intent,) if context.intent in ABOUT_A_PROCEDURE else kinds
        found, context = about_flow.answer(resolution, kinds, turn, context, knowledge)
        heading = (_heading(len(kinds)),) if len(kinds) > 1 and resolution.procedure else ()
        return (*heading, *found), context

    def _two_procedures(self, turn: Turn) -> tuple[str, ...]:
        """Codes of two procedures wanted in one message, when both are plain and different."""
        named = tuple(c for c in dict.fromkeys(turn.mentioned("procedure")) if c in self.catalogue.procedures)
        if len(named) > 1:
            return named[:2]
        if turn.mentioned("procedure"):
            return ()
        return joining.two_named(without_places(turn), self._knowledge)

    def _only_a_place(self, turn: Turn) -> bool:
        """ "Ở Vân Đồn thì sao": a place and nothing else to search for."""
        return bool(
            turn.mentioned("unit") or turn.mentioned("old_unit")
        ) and self._knowledge.resolver.wordless(turn)

    def _guided(self, turn: Turn, intent: Intent, context: Context) -> Told:
        """A guide, with the procedure's own answer when a dossier is started for a named one."""
        resolution = self._knowledge.resolver.resolve(turn, context)
        guide = self._guide(intent)
        if intent is not Intent.START_DOSSIER:
            return (replace(guide, candidates=resolution.candidates),), context
        if resolution.band is Band.NOTHING:
            return (guide, Answer(Outcome.GUIDED, (phrase("utter_start_dossier_which"),))), context
        found, kept = about_flow.answer(resolution, (Intent.ASK_PROCEDURE,), turn, context, self._knowledge)
        return ((*found, guide) if resolution.procedure else found), kept

    def _kinds(self, turn: Turn) -> tuple[Intent, ...]:
        """Kinds of fact that words of the message ask for."""
        return self._knowledge.memory.once(_kinds_named, turn.text)

    def _guide(self, intent: Intent) -> Answer:
        outcome, response = GUIDES[intent]
        return Answer(outcome, (phrase(response, contact=self._knowledge.contact.line()),))


def _only_a_number(turn: Turn) -> bool:
    """Digits that are no pick, no emergency number and name nothing: nobody can tell what for."""
    digits = turn.text.strip()
    return digits.isdecimal() and len(digits) >= LONGEST_PICK and not turn.mentions


def _folded(_knowledge: Knowledge, text: str) -> tuple[str, ...]:
    return analyse(text).folded


def _kinds_named(knowledge: Knowledge, text: str) -> tuple[Intent, ...]:
    return kinds_named(text, knowledge.kinds)


def _heading(count: int) -> Answer:
    return Answer(Outcome.COURTESY, (phrase("utter_both", count=count),))
