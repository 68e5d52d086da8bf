"""The review list, kept filters and the exported file."""

import re

from bot.answers.outcome import Outcome
from bot.staff.actions import Action
from bot.staff.roles import Role
from tests.console.desk import NOON, Desk, hidden
from tests.reviews.conftest import Past

REVIEW = "/console/review"


def asked(desk: Desk, count: int = 1, **how: object) -> list[int]:
    with desk.engine.begin() as connection:
        past = Past(connection)
        who = [past.citizen(f"{desk.now}-{number}") for number in range(count)]
        return [past.asked(who=one, **how) for one in who]  # type: ignore[arg-type]


def listed(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'<td class="asked"><a href="/console/turns/(\d+)', page)]


def test_only_reviewers_see_the_list_and_every_look_is_recorded(any_desk: Desk) -> None:
    """Words of citizens, though masked, are not for everybody with an account."""
    any_desk.hire("lan", Role.EDITOR)
    any_desk.hire("minh", Role.ADMIN)
    turns = asked(any_desk, words="lệ phí <b>kết hôn</b>", code="1.1")
    any_desk.enter("minh")
    assert any_desk.client.get(REVIEW).status_code == 403
    other = any_desk.browser()
    any_desk.enter("lan", other)
    page = other.get(f"{REVIEW}?outcome=answered").text
    assert listed(page) == turns and "lệ phí &lt;b&gt;kết hôn" in page
    entry = any_desk.log()[0]
    assert (entry.action, entry.login, entry.object) == ("conversation_seen", "lan", "review:list")
    assert entry.detail == {"rows": 1, "outcome": "answered"}


def test_a_filter_finds_counts_and_pages(any_desk: Desk) -> None:
    any_desk.hire("lan", Role.EDITOR)
    wanted = asked(any_desk, 60, outcome=Outcome.NO_DATA)
    asked(any_desk, 2, at=NOON - 1)
    any_desk.enter("lan")
    page = any_desk.client.get(f"{REVIEW}?outcome=no_data").text
    assert "60 lượt" in page and listed(page) == sorted(wanted, reverse=True)[:50]
    older = re.search(r'href="([^"]+)"[^>]*>Các lượt cũ hơn', page)
    assert older is not None
    last = any_desk.client.get(older[1].replace("&amp;", "&")).text
    assert listed(last) == sorted(wanted, reverse=True)[50:] and "Về đầu danh sách" in last
    assert any_desk.client.get(f"{REVIEW}?after=nonsense_x&since=x").status_code == 200


def test_filters_are_kept_under_a_name_and_dropped(desk: Desk) -> None:
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    kept = desk.post("/console/filters", name="Việc tuần này", thumbs_down="1", below_score="0,5")
    assert kept.headers["location"] == f"{REVIEW}?below_score=0.5&thumbs_down=1&done=filter"
    assert "Việc tuần này" in desk.client.get(REVIEW).text
    assert desk.log()[1].action == Action.FILTER_SAVED.value
    page = desk.client.get("/console/filters").text
    drop = re.search(r'action="(/console/filters/\d+/drop)"', page)
    assert drop is not None
    assert desk.post(drop[1]).headers["location"] == "/console/filters?done=filter_dropped"
    assert desk.post(drop[1]).status_code == 404
    assert desk.post("/console/filters", name="").headers["location"].endswith("fault=filter")


def test_the_file_holds_the_filtered_list_under_the_name_of_who_took_it(any_desk: Desk) -> None:
    any_desk.hire("lan", Role.EDITOR)
    asked(any_desk, words="=1+1 số 022089001235", code="1.1", outcome=Outcome.NO_DATA, accented=None)
    asked(any_desk, 1, at=NOON - 1)
    any_desk.enter("lan")
    answer = any_desk.post(f"{REVIEW}/export", outcome="no_data")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 3 and lines[0].startswith("lan · 22/11/2026")
    assert "'=1+1 số" in lines[2] and lines[2].endswith(lines[0])
    entry = any_desk.log()[1] if any_desk.log()[0].action != "exported" else any_desk.log()[0]
    assert entry.detail == {"rows": 1, "outcome": "no_data"} and entry.object == "review:csv"


def test_a_form_from_elsewhere_exports_nothing(desk: Desk) -> None:
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    assert hidden(desk.client.get(REVIEW).text, "csrf")
    assert desk.client.post(f"{REVIEW}/export", data={"csrf": "x"}).status_code == 403
