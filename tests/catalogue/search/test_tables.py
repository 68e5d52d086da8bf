"""The shipped synonyms and question frames: a rule that names no word of the catalogue helps nobody."""

import json
from pathlib import Path

import pytest

from bot.catalogue.search.lexicon import Synonym, agrees, frame_table, syllables_of, synonym_table
from bot.knowledge_source import read_yaml
from bot.text import fold

ROOT = Path(__file__).parents[3]
RULES = read_yaml(ROOT / "data" / "search" / "synonyms.yaml")


@pytest.fixture(scope="module")
def known():
    """Folded syllables of all shipped names and fields."""
    words: set[str] = set()
    for path in (ROOT / "data" / "catalogue" / "index").glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            text = f"{record['name']} {record.get('field', '')}"
            words.update(fold(text).replace(",", " ").replace("(", " ").replace(")", " ").split())
    return words


def test_every_meaning_names_a_word_of_the_catalogue(known):
    assert len(known) > 1000
    lost = [
        phrase
        for rule in RULES
        for phrase in rule["mean"]
        if not known & {fold(s) for s in syllables_of(phrase)}
    ]
    assert lost == []


def test_every_rule_has_words_to_hear_and_a_weight_between_0_and_1():
    for rule in RULES:
        assert set(rule) <= {"say", "mean", "weight"}, rule
        assert rule["say"] and rule["mean"], rule
        assert 0 < rule.get("weight", 0.6) <= 1, rule
        for phrase in (*rule["say"], *rule["mean"]):
            assert isinstance(phrase, str) and syllables_of(phrase), rule


def test_frames_load_and_never_hide_a_whole_procedure_name(tables):
    frames = tables.frames
    for phrase in read_yaml(ROOT / "data" / "search" / "frames.yaml"):
        assert syllables_of(phrase), phrase
    for name in ("đăng ký khai sinh", "đăng ký thường trú", "cấp hộ chiếu"):
        syllables = syllables_of(name)
        covered = {
            i for s, e, _ in frames.matches(syllables, [fold(x) for x in syllables]) for i in range(s, e)
        }
        assert len(covered) < len(syllables), name


def test_a_phrase_cut_off_by_the_end_is_not_heard():
    """ "Giấy phép" at the end of a message is not yet "giấy phép lái xe"."""
    table = frame_table(["giấy phép lái xe", "giấy phép"])
    assert list(table.matches(("xin", "giấy", "phép"), ("xin", "giay", "phep"))) == [(1, 3, None)]
    assert list(table.matches(["giấy"], ["giay"])) == []


def test_longest_phrase_comes_first_at_a_place():
    table = frame_table(["cho", "cho hỏi", "hỏi"])
    syllables = ("cho", "hỏi")
    assert [(s, e) for s, e, _ in table.matches(syllables, ("cho", "hoi"))] == [(0, 2), (0, 1), (1, 2)]


def test_a_phrase_agrees_with_text_without_accents_but_not_with_other_accents():
    assert agrees("sinh", "sinh") and agrees("ket", "kết")
    assert not agrees("kệt", "kết") and not agrees("kết", "ket")


def test_a_synonym_keeps_its_meanings_and_weight():
    table = synonym_table([{"say": ["bìa đỏ"], "mean": ["giấy chứng nhận", "đất"], "weight": 1}])
    (found,) = table.matches(("bìa", "đỏ"), ("bia", "do"))
    assert found[2] == Synonym((("giấy", "chứng", "nhận"), ("đất",)), 1.0)


def test_a_phrase_is_not_found_past_the_end():
    table = frame_table(["cho em hỏi"])
    assert list(table.matches(("cho", "em"), ("cho", "em"))) == []
