"""The queues: who is next, how long they waited, and whose turn it is."""

import re

from bot.handoffs import desk as handoffs
from bot.handoffs.states import Ending, Urgency
from bot.staff.roles import Role
from tests.console.citizens import claim, wait
from tests.console.desk import Desk


def listed(page: str) -> list[int]:
    """Ids of the hand-offs in the list, in order."""
    return [int(number) for number in re.findall(r'id="talk-(\d+)"', page)]


def counted(page: str) -> list[str]:
    return re.findall(r'<span class="count">(\d+)</span>', page)


def test_each_tab_shows_its_own_and_how_many(any_desk: Desk) -> None:
    """A citizen in no tab would be answered by nobody."""
    me, other = any_desk.hire("minh", Role.AGENT), any_desk.hire("other", Role.AGENT)
    waiting, mine, theirs, called, over = (wait(any_desk, name) for name in "abcde")
    claim(any_desk, mine, me)
    claim(any_desk, theirs, other)
    with any_desk.engine.begin() as connection:
        handoffs.leave_contact(connection, called.id, "sealed", any_desk.now)
        handoffs.end(connection, over.id, None, Ending.CITIZEN_LEFT, "", any_desk.now)
    any_desk.enter("minh")
    expected = {
        "waiting": [waiting.id],
        "mine": [mine.id],
        "others": [theirs.id],
        "left": [called.id],
        "ended": [over.id],
    }
    for view, ids in expected.items():
        page = any_desk.client.get(f"/console/queue?view={view}").text
        assert listed(page) == ids and counted(page) == ["1", "1", "1", "1"]
    assert "Cán bộ other" in any_desk.client.get("/console/queue?view=others").text
    assert listed(any_desk.client.get("/console/queue?view=x&page=-1").text) == [waiting.id]


def test_the_most_urgent_comes_first_and_says_so_in_words(desk: Desk) -> None:
    """Colour alone says nothing to who does not see it."""
    desk.hire("minh", Role.AGENT)
    early = wait(desk, "a")
    desk.now += 125
    danger = wait(desk, "b", "Có người <b>lừa</b> tôi", Urgency.SAFETY)
    desk.enter("minh")
    page = desk.client.get("/console/queue").text
    assert listed(page) == [danger.id, early.id]
    assert '<strong class="badge safety">Khẩn cấp</strong>' in page
    assert "Đã chờ 3 phút" in page and "Đã chờ 1 phút" in page
    assert "Có người &lt;b&gt;lừa&lt;/b&gt; tôi" in page


def test_identifiers_are_masked_in_the_list(desk: Desk) -> None:
    """What the gateway masked stays so; the procedure is named as the catalogue does."""
    desk.hire("minh", Role.AGENT)
    wait(desk, "a", "Số của tôi 022*****5", procedure_code="9.999999")
    desk.enter("minh")
    page = desk.client.get("/console/queue").text
    assert "022*****5" in page and "9.999999" in page


def test_a_long_queue_has_pages(desk: Desk) -> None:
    desk.hire("minh", Role.AGENT)
    made = [wait(desk, f"c{number}").id for number in range(27)]
    desk.enter("minh")
    first, second = (desk.client.get(f"/console/queue?page={number}").text for number in (1, 2))
    assert listed(first) + listed(second) == made
    assert "Trang sau" in first and "Trang trước" in second and "Trang sau" not in second


def test_the_page_says_what_citizens_are_told_of_office_hours(desk: Desk) -> None:
    """Staff must know whether somebody who waits was told to wait or to leave a number."""
    desk.hire("minh", Role.AGENT)
    desk.enter("minh")
    page = desk.client.get("/console/queue").text
    assert "Ngoài giờ làm việc. Mở lại lúc 23/11/2026 07:30." in page
    desk.now += 21 * 3600.0  # Monday, 9 o'clock; the session has ended
    desk.enter("minh")
    page = desk.client.get("/console/queue").text
    assert "Đang trong giờ làm việc, đến 23/11/2026 11:30." in page


def test_who_may_not_see_queues_does_not(desk: Desk) -> None:
    """Who manages accounts sees no words of citizens."""
    desk.hire("sep", Role.ADMIN)
    desk.enter("sep")
    for path in ("/console/queue", "/console/events"):
        assert desk.client.get(path).status_code == 403
