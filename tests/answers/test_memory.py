"""What is remembered of a catalogue must never be said after it, nor of one question under another."""

from dataclasses import replace
from datetime import date
from threading import Thread
from typing import Any

import msgspec
import pytest

from bot.answers.about_flow import compose
from bot.answers.catalogue_flow import count_procedures, list_procedures
from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.memory import Memory
from bot.answers.phrase import Answer
from bot.answers.subject import said
from bot.answers.turn import Mention, Pressed, Turn
from bot.catalogue.search import PhraseTable
from tests.working import TODAY, source

MARRIAGE, BIRTH, LICENCE = "1.000894", "1.001193", "1.013225"
TURN = Turn("cần giấy tờ gì", ((Intent.ASK_DOCUMENTS, 1.0),), TODAY)


def told(code: str = BIRTH, kind: Intent = Intent.ASK_DOCUMENTS, **other: Any) -> Answer:
    knowledge = other.get("knowledge") or source().assistant().knowledge
    procedure = knowledge.catalogue.procedures[code]
    unit = other.get("unit")
    return compose(procedure, kind, other.get("turn", TURN), other.get("context", Context()), knowledge, unit)


def fresh(**asked: Any) -> Answer:
    """The same, by knowledge that remembers nothing."""
    return told(**asked, knowledge=replace(source().assistant().knowledge))


def cases() -> list[dict[str, Any]]:
    known = source().assistant().catalogue
    unit = next(iter(known.current_units.values()))
    cased = next(one for one in known.procedures.values() if len(one.cases) > 1 and one.papers)
    paper = f"có cần {cased.papers[0].name} không"
    levels = {"kind": Intent.ASK_LEVEL}
    return [
        {},
        {"code": MARRIAGE},
        {"kind": Intent.ASK_FEE},
        {"kind": Intent.ASK_PLACE},
        {"kind": Intent.ASK_PLACE, "unit": unit},
        {"turn": replace(TURN, today=date(2027, 6, 1))},
        {"turn": replace(TURN, as_of=date(2024, 1, 1))},
        {"turn": replace(TURN, text="hồi tháng 3 năm 2024 cần giấy tờ gì")},
        {"code": cased.code},
        {"code": cased.code, "turn": replace(TURN, text=paper)},
        {"code": cased.code, "context": Context(case=cased.cases[0].id)},
        {"code": cased.code, "turn": replace(TURN, pressed=Pressed(case=cased.cases[1].id))},
        levels,
        {**levels, "turn": replace(TURN, mentions=(Mention("level", "4"),))},
    ]


def test_each_part_of_a_question_counts() -> None:
    """Asked twice in a row and between all others, each gets what it got from nobody's memory."""
    expected = [fresh(**asked) for asked in cases()]
    assert len({repr(answer) for answer in expected}) == len(expected)
    for _ in range(2):
        assert [told(**asked) for asked in cases()] == expected


def test_a_new_revision_answers_anew() -> None:
    """The code is the same after an import, the record may be another."""
    known = source().assistant().knowledge
    before = told(kind=Intent.ASK_FEE)
    record = msgspec.structs.replace(known.catalogue.procedures[BIRTH], fees=())
    catalogue = replace(known.catalogue, procedures={**known.catalogue.procedures, BIRTH: record})
    assert told(kind=Intent.ASK_FEE, knowledge=replace(known, catalogue=catalogue)) != before
    assert told(kind=Intent.ASK_FEE) == before


def test_lists_and_counts_are_of_the_catalogue_as_it_is() -> None:
    known = source().assistant().knowledge
    fewer = dict(list(known.catalogue.procedures.items())[:100])
    smaller = replace(known, catalogue=replace(known.catalogue, procedures=fewer))
    for ask in (count_procedures, list_procedures):
        texts = ("có bao nhiêu thủ tục", "năm 2024 có bao nhiêu thủ tục", "có bao nhiêu thủ tục ở Hạ Long")
        said = [replace(TURN, text=text) for text in texts]
        said.append(replace(said[0], mentions=(Mention("level", "full"),)))
        for knowledge in (known, smaller) * 2:
            for turn in said:
                assert ask(turn, Context(), knowledge) == ask(turn, Context(), replace(knowledge))


def test_new_tables_read_texts_anew() -> None:
    known = source().assistant().knowledge
    assert said("lệ phí bao nhiêu", known).kind is Intent.ASK_FEE
    assert said("lệ phí bao nhiêu", replace(known, kinds=PhraseTable(()))).kind is None


def test_only_the_latest_are_kept() -> None:
    """A process lives for months; what everybody ever asked would not fit in it."""
    made: list[str] = []

    def make(owner: str, key: str) -> str:
        made.append(key)
        return owner + key

    memory = Memory("o")
    assert [memory.once(make, key, most=2) for key in "abab"] == ["oa", "ob"] * 2
    assert [memory.once(make, key, most=2) for key in "cba"] == ["oc", "ob", "oa"]
    assert made == ["a", "b", "c", "a"]


def test_what_fails_is_not_remembered() -> None:
    failing = [True]

    def make(_owner: str, key: str) -> str:
        if failing.pop() if failing else False:
            raise OSError("gone")
        return key

    memory = Memory("o")
    with pytest.raises(OSError, match="gone"):
        memory.once(make, "a")
    assert memory.once(make, "a") == "a"


def test_turns_at_once_get_their_own() -> None:
    memory = Memory("o")
    wrong: list[str] = []

    def turns() -> None:
        for place in range(500):
            key = str(place % 7)
            if memory.once(joined, key, most=3) != f"o{key}":
                wrong.append(key)

    threads = [Thread(target=turns) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def joined(owner: str, key: str) -> str:
    return owner + key
