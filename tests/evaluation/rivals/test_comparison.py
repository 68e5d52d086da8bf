"""All contenders over the same questions, and the tables of it. Whoever reads a table has to trust that
every line was asked the same.
"""

import json
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.answers.intent import Intent
from bot.catalogue.records import Procedure, Source
from bot.cli import main
from bot.evaluation.dataset import Row
from bot.evaluation.rivals.bm25 import Bm25
from bot.evaluation.rivals.comparison import compare, questions_of
from bot.evaluation.rivals.comparison_table import markdown, plain
from bot.evaluation.rivals.contenders import Contender
from bot.evaluation.rivals.guess import Guess, Guesser
from bot.evaluation.rivals.keeping import Kept, Training
from bot.settings import get_settings
from tests.working import catalogue_url

CATALOGUE = [
    Procedure(code=code, name=name, source=Source("Nguồn", checked_on=date(2026, 11, 1)))
    for code, name in (("1.000001", "Đăng ký khai sinh"), ("1.000002", "Cấp giấy phép xây dựng"))
]
SETS = {
    "tiny": [
        Row("1", "khai sinh ở đâu", Intent.ASK_PLACE, ("1.000001",)),
        Row("2", "xây nhà, khai sinh đăng ký", Intent.ASK_PROCEDURE, ("1.000002",)),
    ]
}


def places_only(question: str) -> Guess:
    return Guess(intent="ask_place", unsure="nhà" in question)


def sorter() -> Guesser:
    return places_only


CONTENDERS = [
    Contender("bm25", "BM25", "tên", partial(Bm25, CATALOGUE), finds=True),
    Contender("stub", "Stub", "câu", sorter, sorts=True, trained=Kept(Path("m"), Training(90.0, 60.5, 2.5))),
]


def test_all_get_the_same_words():
    asked = questions_of(SETS, ["unaccented"], str.upper)
    assert list(asked) == ["tiny/as_written", "tiny/unaccented"]
    assert asked["tiny/as_written"][0] == "KHAI SINH Ở ĐÂU"
    assert asked["tiny/unaccented"][0] == "KHAI SINH O DAU"


@pytest.fixture(scope="module")
def report():
    asked = questions_of(SETS, [], str)
    found = compare(CONTENDERS, SETS, asked, {"1.000001", "1.000002"})
    machine = {"cpu": "CPU X", "cores": 2, "ram_gb": 8.2, "python": "3.10"}
    return {"machine": machine, "load": (0.5, 1.0), "procedures": 2, **found}


def test_each_is_counted_by_hand_in_a_process_of_its_own(report):
    """The second question shares one word with its own procedure and four with the other."""
    (bm25,), (stub,) = report["finders"], report["sorters"]
    run = bm25["runs"]["tiny/as_written"]
    assert (run["n"], run["top1"], run["top3"], run["mrr"]) == (2, 0.5, 1.0, 0.75)
    run = stub["runs"]["tiny/as_written"]
    assert (run["n"], run["accuracy"], run["unsure"]) == (2, 0.5, 0.5)
    assert (stub["training_s"], stub["training_cpu_s"], stub["model_mb"]) == (90.0, 60.5, 2.5)
    assert bm25["training_s"] is None and bm25["build_s"] >= 0


def test_the_tables_show_every_line(report):
    shown = plain(report)
    assert "CPU X · 2 nhân" in shown and "Tải của máy: 0,5 lúc đầu, 1 lúc cuối" in shown
    assert "tiny/as_written  BM25  2       50,0 %     100,0 %  0,750" in shown
    paper = markdown(report)
    assert "### Nhận ra ý định" in paper
    assert "| tiny/as_written | Stub | 2 | 50,0 % | 33,3 % | 50,0 % |" in paper


def test_the_command_compares_over_the_shipped_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("BOT_DATABASE_URL", catalogue_url())
    get_settings.cache_clear()
    try:
        out = tmp_path / "compared.json"
        done = CliRunner().invoke(main, ["compare", "--only", "bm25", "--limit", "5", "--json", str(out)])
        assert done.exit_code == 0, done.output
        found = json.loads(out.read_text(encoding="utf-8"))
        assert list(found["finders"][0]["runs"]) == ["own/as_written", "own/unaccented"]
        assert found["procedures"] > 4000 and found["sorters"] == []
        assert "BM25 (SQLite FTS5)" in done.output
    finally:
        get_settings.cache_clear()
