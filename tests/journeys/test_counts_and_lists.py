"""Lists and counts agree with the published list, counted here from the records, not with our code."""

import json
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from bot.answers.outcome import Outcome
from tests.journeys.conversation import Conversation, text_of
from tests.working import ROOT

LEVELS = {"full": "toàn trình", "partial": "một phần"}


def records() -> Iterator[dict[str, Any]]:
    for path in (ROOT / "data" / "catalogue" / "index").glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


@cache
def published(agency: str | None) -> Counter[frozenset[str]]:
    """Procedures by the set of levels published for them: anywhere, or at one agency."""
    counts: Counter[frozenset[str]] = Counter()
    for record in records():
        stated = (s for s in record.get("levels", ()) if agency is None or agency in s["agencies"])
        values = frozenset(s["value"] for s in stated)
        if values:
            counts[values] += 1
    return counts


def codes_of_field(field: str) -> set[str]:
    """Codes of a field; a curated record may name the field of its index record anew."""
    fields = {record["code"]: record.get("field") for record in records()}
    for path in (ROOT / "data" / "catalogue" / "curated").glob("*.yaml"):
        for record in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            fields[record["code"]] = record.get("field") or fields.get(record["code"])
    return {code for code, own in fields.items() if own == field}


def dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def test_the_province_has_the_published_numbers() -> None:
    """The snapshot of 3/10/2026: everything below rests on it."""
    counts = published(None)
    assert counts[frozenset({"full"})] == 1439
    assert counts[frozenset({"partial"})] == 402
    assert counts[frozenset({"full", "partial"})] == 7


@pytest.mark.parametrize(
    "question",
    [
        "toàn Quảng Ninh có bao nhiêu thủ tục toàn trình",
        "bao nhieu thu tuc truc tuyen mot phan trong tinh",
        "Tỉnh mình có mấy thủ tục làm trực tuyến toàn trình?",
    ],
)
def test_a_count_of_the_province_names_number_denominator_and_date(
    citizen: Conversation, question: str
) -> None:
    """A share without its denominator would be quoted wrongly in the newspaper."""
    exchange = citizen.says(question)
    text = text_of(exchange)
    assert exchange.reply.outcome is Outcome.COUNTED
    assert all(number in text for number in ("1.439", "402", "7 thủ tục", "1.848", "03/10/2026"))


def test_how_many_procedures_of_the_department_are_partial(citizen: Conversation) -> None:
    """The issue's question; the true number is counted here from the published list."""
    counts = published("H49.28")
    partial, stated = counts[frozenset({"partial"})], sum(counts.values())
    exchange = citizen.says("bao nhiêu thủ tục của Sở Xây dựng là một phần?")
    text = text_of(exchange)
    assert exchange.reply.outcome is Outcome.COUNTED
    assert f"Có {dotted(partial)} thủ tục" in text
    assert f"{dotted(stated)} thủ tục có công bố" in text
    assert "Sở Xây dựng" in text


@pytest.mark.parametrize(
    ("question", "agency"),
    [
        ("Sở Tư pháp có bao nhiêu thủ tục một phần", "H49.26"),
        ("dem giup so thu tuc toan trinh cua So Nong nghiep va Moi truong", "H49.22"),
    ],
)
def test_counts_of_other_departments(citizen: Conversation, question: str, agency: str) -> None:
    level = "full" if "toan trinh" in question else "partial"
    text = text_of(citizen.says(question))
    assert f"Có {dotted(published(agency)[frozenset({level})])} thủ tục" in text


def test_which_procedures_are_full_in_my_ward(citizen: Conversation) -> None:
    """The issue's question: without a commune named, the list of all communes answers it."""
    counts = published("XA")
    exchange = citizen.says("Thủ tục nào toàn trình ở phường tôi?")
    assert exchange.reply.outcome is Outcome.LISTED
    assert f"Có {dotted(counts[frozenset({'full'})])} thủ tục" in text_of(exchange)
    assert len(exchange.reply.candidates) == 8


@pytest.mark.parametrize(
    "question",
    ["Ở phường Hồng Gai thủ tục nào làm toàn trình được?", "liệt kê thủ tục toàn trình ở phường Hồng Gai"],
)
def test_which_procedures_are_full_in_a_named_ward(citizen: Conversation, question: str) -> None:
    exchange = citizen.says(question)
    text = text_of(exchange)
    assert exchange.reply.outcome is Outcome.LISTED
    assert "hồng gai" in text.lower()
    assert f"Có {dotted(published('XA')[frozenset({'full'})])} thủ tục" in text


@pytest.mark.parametrize(
    "question",
    [
        "1.013962 nộp ở xã với nộp ở văn phòng đất đai khác nhau thế nào?",
        "thủ tục 1.013962 mức độ trực tuyến ở xã và ở văn phòng đăng ký đất đai khác gì nhau",
    ],
)
def test_one_procedure_with_two_levels_tells_which_office_has_which(
    citizen: Conversation, question: str
) -> None:
    """Somebody who files with the commune would believe nothing has to be done on paper."""
    exchange = citizen.says(question)
    lines = text_of(exchange).lower().splitlines()
    assert exchange.reply.procedure_code == "1.013962"
    assert any("xã, phường" in line and "một phần" in line for line in lines)
    assert any("đất đai" in line and "toàn trình" in line for line in lines)


def test_a_list_can_be_paged_to_its_end(citizen: Conversation) -> None:
    """Whoever looks for the ninth procedure would never see it."""
    exchange = citizen.says("liệt kê thủ tục lĩnh vực Hộ tịch")
    assert exchange.reply.outcome is Outcome.LISTED
    total = len(codes_of_field("Hộ tịch"))
    assert f"Có {dotted(total)} thủ tục" in text_of(exchange)
    seen = [candidate.code for candidate in exchange.reply.candidates]
    while any(button["title"] == "Xem tiếp" for button in exchange.buttons):
        exchange = citizen.presses("Xem tiếp")
        seen += [candidate.code for candidate in exchange.reply.candidates]
    assert len(seen) == len(set(seen)) == total


@pytest.mark.parametrize("word", ["cái thứ hai", "số 2", "2"])
def test_a_line_of_a_list_can_be_picked_in_words(citizen: Conversation, word: str) -> None:
    second = citizen.says("liệt kê thủ tục lĩnh vực Hộ tịch").reply.candidates[1].code
    exchange = citizen.says(word)
    assert exchange.reply.procedure_code == second


@pytest.mark.parametrize(
    "question", ["có những thủ tục nào ngồi nhà làm qua mạng được", "danh sách thủ tục làm tại nhà qua mạng"]
)
def test_what_can_be_done_at_home_is_a_list_of_full_procedures(citizen: Conversation, question: str) -> None:
    exchange = citizen.says(question)
    assert exchange.reply.outcome is Outcome.LISTED
    assert dotted(published(None)[frozenset({"full"})]) in text_of(exchange) or "1.446" in text_of(exchange)
