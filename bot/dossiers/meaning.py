"""Which button a typed answer stands for. Pure."""

from bot.dossiers.casefile import Draft
from bot.dossiers.checks import OPTIONS, Check, CheckAnswer
from bot.dossiers.hearing import Heard, Sense
from bot.dossiers.orders import Order, Verb
from bot.dossiers.step import Kind, Step
from bot.dossiers.vocabulary import Word

_ANYWHERE = {
    Word.BACK: Verb.BACK,
    Word.LATER: Verb.LATER,
    Word.CANCEL: Verb.CANCEL,
    Word.REVIEW: Verb.REVIEW,
    Word.SENT: Verb.SENT,
    Word.NO_CODE: Verb.NO_CODE,
    Word.DOWN: Verb.DOWN,
    Word.RECHECK: Verb.RECHECK,
}


def meant(heard: Heard, kind: Kind, draft: Draft, step: Step) -> Order:
    """The order behind an option, a position or a word that was understood at a step of ``kind``."""
    if heard.option is not None and step.question is not None:
        return Order(Verb.ANSWER, draft.id, (f"{step.question.id}={heard.option.id}",))
    if heard.sense is Sense.POSITION:
        return _at(heard.position, draft, step)
    assert heard.word is not None
    return _said(heard.word, kind, draft, step)


def _at(position: int, draft: Draft, step: Step) -> Order:
    if step.ways:
        return Order(Verb.WAY, draft.id, (step.ways[position].value,))
    if step.check is not None:
        return Order(Verb.CHECK, draft.id, (step.check.value, OPTIONS[step.check][position].value))
    if step.item is not None:
        return Order(Verb.PAPER, draft.id, (step.item.id, "no" if position else "yes"))
    return _switched(draft, step, bool(position == 0))


def _said(word: Word, kind: Kind, draft: Draft, step: Step) -> Order:
    if word in _ANYWHERE:
        return Order(_ANYWHERE[word], draft.id)
    if kind is Kind.INSTEAD:
        return _switched(draft, step, word is not Word.NO)
    if kind is Kind.CHECKLIST:
        return Order(Verb.HAVE, draft.id, ("all" if word in (Word.ALL, Word.YES) else "walk",))
    if kind is Kind.PAPER and step.item is not None:
        return Order(Verb.PAPER, draft.id, (step.item.id, word.value))
    if kind is Kind.WAY:
        return Order(Verb.WAY, draft.id, (word.value,))
    if kind is Kind.CHECK and step.check is not None:
        return Order(Verb.CHECK, draft.id, (step.check.value, _as_answer(word, step.check).value))
    if kind is Kind.CODE:
        return Order(Verb.NO_CODE, draft.id)
    # "Đủ rồi" once something was missing: what it was is asked for again, paper by paper.
    return Order(Verb.RECHECK, draft.id)


def _switched(draft: Draft, step: Step, wanted: bool) -> Order:
    """To the procedure that is right instead, or back to the question that led there."""
    instead = step.option.instead if step.option else None
    return Order(Verb.START, instead) if wanted and instead else Order(Verb.BACK, draft.id)


_AS_ANSWER = {
    Word.MYSELF: CheckAnswer.MYSELF,
    Word.OTHER: CheckAnswer.OTHER,
    Word.SKIP: CheckAnswer.SKIP,
    Word.YES: CheckAnswer.YES,
}


def _as_answer(word: Word, check: Check) -> CheckAnswer:
    """A bare "không" where a place is asked for leaves it out."""
    no = CheckAnswer.SKIP if check is Check.UNIT else CheckAnswer.NO
    return _AS_ANSWER.get(word, no)
