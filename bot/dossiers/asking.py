"""The questions of the guide as answers with buttons. Pure."""

from collections.abc import Sequence
from typing import Protocol

from bot.answers.about import paper
from bot.answers.about.lines import bullets, heading, inline
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Phrase, Value, act, phrase
from bot.catalogue.enums import Channel
from bot.catalogue.records import Procedure
from bot.dossiers.casefile import Draft
from bot.dossiers.checklist import Checklist, Item
from bot.dossiers.checks import OPTIONS, Check
from bot.dossiers.step import Kind, Step

MOST_NOTES = 4


class Composer(Protocol):
    """Says one kind of step."""

    def __call__(self, procedure: Procedure, draft: Draft, step: Step) -> Answer: ...


def question(procedure: Procedure, draft: Draft, step: Step) -> Answer:
    """A branch question."""
    asked = step.question
    assert asked is not None
    text: Value = inline_question(asked.ask) if asked.ask else phrase("utter_guide_which_case")
    why = (phrase("utter_guide_why", why=inline(asked.why)),) if asked.why else ()
    options = tuple(
        act(
            inline(o.label) if o.label else phrase("utter_guide_no_case"),
            f"guide:a:{draft.id}:{asked.id}={o.id}",
        )
        for o in asked.options
    )
    return _ask((phrase("utter_guide_question", question=text), *why), (*options, *_back(draft)))


def inline_question(text: str) -> str:
    """A question of the catalogue on one line, with its question mark."""
    return " ".join(text.split())


def checklist(procedure: Procedure, draft: Draft, step: Step) -> Answer:
    """The papers of the case: what to bring (numbered), what needs a number only, what is not needed."""
    papers = step.checklist
    head = "utter_guide_list_changed" if step.changed else "utter_guide_list"
    of = phrase("utter_guide_list_case", cases="; ".join(papers.cases)) if papers.cases else ""
    lines: list[Phrase] = [phrase(head, name=heading(procedure), of=of)]
    lines += _group("utter_guide_bring", numbered(papers.to_bring))
    lines += _group("utter_guide_numbers", bullets(paper.line(item.paper) for item in papers.numbers))
    lines += _group("utter_guide_spared", bullets(paper.line(item.paper) for item in papers.spared))
    lines += _group("utter_guide_notes", bullets(inline(note) for note in papers.notes[:MOST_NOTES]))
    if not papers.to_bring:
        go_on = act(phrase("utter_guide_button_go_on"), f"guide:have:{draft.id}:all")
        return _ask(tuple(lines), (go_on, *_back(draft)))
    one = len(papers.to_bring) == 1
    lines.append(phrase("utter_guide_have_it" if one else "utter_guide_have_all"))
    buttons = (
        *(_has(draft, papers.to_bring[0]) if one else _has_all(draft)),
        *_back(draft),
        act(phrase("utter_guide_button_later"), f"guide:later:{draft.id}"),
    )
    return _ask(tuple(lines), buttons)


def one_paper(procedure: Procedure, draft: Draft, step: Step) -> Answer:
    """Whether one paper is at hand."""
    item = step.item
    assert item is not None
    whole = step.checklist.to_bring
    text = phrase(
        "utter_guide_paper",
        number=whole.index(item) + 1,
        count=len(whole),
        paper=paper.line(item.paper, True),
    )
    return _ask(
        (text,), (*_has(draft, item), act(phrase("utter_guide_button_later"), f"guide:later:{draft.id}"))
    )


def way(procedure: Procedure, draft: Draft, step: Step) -> Answer:
    """How to hand in."""
    named = tuple(phrase(f"utter_guide_way_{way.value}") for way in step.ways)
    buttons = tuple(act(_way_title(way), f"guide:way:{draft.id}:{way.value}") for way in step.ways)
    return _ask((phrase("utter_guide_which_way"), *bullets(named)), (*buttons, *_back(draft)))


def check(procedure: Procedure, draft: Draft, step: Step) -> Answer:
    """A readiness question."""
    wanted = step.check
    assert wanted is not None
    buttons = tuple(
        act(
            phrase(f"utter_guide_{wanted.value}_{said.value}"),
            f"guide:check:{draft.id}:{wanted.value}:{said.value}",
        )
        for said in OPTIONS[wanted]
    )
    why = (phrase("utter_guide_unit_why"),) if wanted is Check.UNIT else ()
    return _ask((phrase(f"utter_guide_{wanted.value}"), *why), (*buttons, *_back(draft)))


def stop(procedure: Procedure, draft: Draft, step: Step) -> Answer:
    """Nothing can be filed in this case, and why."""
    assert step.option is not None
    buttons = (*_back(draft), act(phrase("utter_guide_button_cancel"), f"guide:cancel-yes:{draft.id}"))
    text = phrase("utter_guide_stop", name=heading(procedure), why=inline(step.option.stop))
    return _ask((text,), buttons)


ASKING: dict[Kind, Composer] = {
    Kind.QUESTION: question,
    Kind.CHECKLIST: checklist,
    Kind.PAPER: one_paper,
    Kind.WAY: way,
    Kind.CHECK: check,
    Kind.STOP: stop,
}


def numbered(items: Sequence[Item]) -> tuple[Phrase, ...]:
    """Papers with the numbers a citizen can answer with."""
    return tuple(
        phrase("utter_guide_item", number=number, paper=paper.line(item.paper, with_need=True))
        for number, item in enumerate(items, start=1)
    )


def listed(papers: Checklist) -> tuple[Value, ...]:
    """The same papers one by one, for a card that can be ticked off."""
    return tuple(paper.line(item.paper, with_need=True) for item in papers.items)


def _has_all(draft: Draft) -> tuple[Button, ...]:
    return (
        act(phrase("utter_guide_button_all"), f"guide:have:{draft.id}:all"),
        act(phrase("utter_guide_button_missing"), f"guide:have:{draft.id}:walk"),
    )


def _has(draft: Draft, item: Item) -> tuple[Button, ...]:
    return (
        act(phrase("utter_guide_button_have"), f"guide:paper:{draft.id}:{item.id}:yes"),
        act(phrase("utter_guide_button_have_not"), f"guide:paper:{draft.id}:{item.id}:no"),
    )


def _way_title(way: Channel) -> Phrase:
    return phrase(f"utter_guide_button_{way.value}")


def _group(title: str, lines: Sequence[Phrase]) -> list[Phrase]:
    return [phrase(title), *lines] if lines else []


def _back(draft: Draft) -> tuple[Button, ...]:
    begun = draft.answers or draft.ticked or draft.lacking or draft.checks
    return (act(phrase("utter_guide_button_back"), f"guide:back:{draft.id}"),) if begun else ()


def _ask(phrases: tuple[Phrase, ...], buttons: tuple[Button, ...]) -> Answer:
    return Answer(Outcome.GUIDED, phrases, buttons)
