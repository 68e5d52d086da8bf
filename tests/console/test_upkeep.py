"""The work lists of the editors: an entry that leads nowhere or a citizen told twice costs their trust."""

import asyncio
import dataclasses
from datetime import date, datetime, timezone
from threading import Event

import pytest
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.catalogue.contradictions import Checks
from bot.catalogue.enums import FeeKind, LevelValue
from bot.catalogue.importing.importer import Import, run_import
from bot.catalogue.records import Fee, Procedure, Source
from bot.console.upkeep_change import last_change
from bot.console.upkeep_checking import LinkDesk
from bot.conversations.channel import Channel
from bot.handoffs.desk import open_handoff
from bot.handoffs.states import Cause
from bot.notices.tables import reminder
from bot.notices.watching import watch
from bot.settings import Settings
from bot.staff.roles import Role
from bot.upkeep.links import LinkChecker, Pace
from bot.upkeep.links_kept import find
from bot.upkeep.states import LinkState
from tests.console.desk import NOON, Desk
from tests.reviews.conftest import Past
from tests.steering.records import OLD, PROCEDURES, level
from tests.upkeep.websites import website

UPKEEP = "/console/upkeep"
BORN, WED, LAND, FERRY, PASSPORT = PROCEDURES
MOMENT = datetime(2026, 11, 22, 4, tzinfo=timezone.utc)


def load(engine: Engine, *procedures: Procedure, hour: int = 4) -> None:
    moment = MOMENT.replace(hour=hour)
    run_import(engine, Import(procedures or PROCEDURES, "test", checks=Checks()), moment)


def test_stale_records_are_listed_by_how_often_they_are_asked_for(any_desk: Desk) -> None:
    load(any_desk.engine)
    any_desk.hire("lan", Role.EDITOR)
    with any_desk.engine.begin() as connection:
        Past(connection).asked(code=LAND.code)
    any_desk.enter("lan")
    page = any_desk.client.get(UPKEEP).text
    assert "3 trong 5 thủ tục" in page
    assert page.index(LAND.code) < page.index(WED.code) < page.index(FERRY.code) and BORN.code not in page
    assert f'href="/console/catalogue/{LAND.code}"' in page and "22/10/2026" in page
    assert any_desk.client.get(f"{UPKEEP}?handler=tax").text.count("Mọi thủ tục ở đây") == 1
    assert any_desk.client.get(f"{UPKEEP}?handler=x&page=9999999").status_code == 200


def test_lists_are_paged(desk: Desk) -> None:
    load(desk.engine, *(Procedure(f"1.{number:06}", f"Thủ tục {number}", OLD) for number in range(51)))
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    first = desk.client.get(UPKEEP).text
    assert "1.000049" in first and "1.000050" not in first and f'href="{UPKEEP}?page=1"' in first
    second = desk.client.get(f"{UPKEEP}?page=1").text
    assert "1.000050" in second and f'href="{UPKEEP}"' in second and "page=2" not in second


def test_others_do_not_reach_the_lists(desk: Desk) -> None:
    desk.hire("sep", Role.SUPERVISOR, Role.ADMIN, Role.ANALYST, Role.PRIVACY)
    desk.enter("sep")
    for path in ("", "/expiring", "/links", "/contradictions", f"/affected/{WED.code}"):
        assert desk.client.get(UPKEEP + path).status_code == 403
    assert desk.post(f"{UPKEEP}/links/check", url="https://a.vn").status_code == 403
    assert desk.post(f"{UPKEEP}/affected/{WED.code}/tell", revision="1").status_code == 403


def test_what_ends_soon_and_what_disagrees(desk: Desk) -> None:
    over = replace(
        WED,
        fees=(
            Fee(FeeKind.FREE, note="Miễn phí", valid_to=date(2026, 11, 21)),
            Fee(FeeKind.AMOUNT, 5_000, valid_to=date(2026, 12, 31)),
        ),
        levels=(level(LevelValue.PARTIAL, "XA"),),
    )
    load(desk.engine, BORN, over)
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    page = desk.client.get(f"{UPKEEP}/expiring").text
    assert "2 mục, trong đó 1 mục đã qua ngày" in page and page.index("Đã hết hạn") < page.index("31/12/2026")
    page = desk.client.get(f"{UPKEEP}/contradictions").text
    assert f'href="/console/catalogue/{WED.code}/edit"' in page and "mà không nêu lý do" in page
    other = desk.client.get(f"{UPKEEP}/contradictions?kind=statistic_share").text
    assert "Không còn mâu thuẫn nào" in other


def linked(address: str) -> Procedure:
    return replace(WED, source=Source("nguồn", f"{address}/missing"), steps=(f"Vào {address}/fine.",))


def test_a_link_is_asked_for_again_and_only_one_that_records_have(desk: Desk) -> None:
    """The button is no way to have the machine ask for anything else."""
    desk.hire("lan", Role.EDITOR)
    with website() as site:
        load(desk.engine, linked(site.address))
        desk.app.state.links.checker = LinkChecker(lambda ip: True, Pace(0.5, 0.5, 1.0, apart=0.0))
        desk.enter("lan")
        assert "Chưa mở thử" in desk.client.get(f"{UPKEEP}/links").text
        path, url = f"{UPKEEP}/links/check", f"{site.address}/missing"
        assert desk.post(path, url=f"{site.address}/secret").status_code == 404 and site.asked == []
        answer = desk.post(path, url=url)
        page = desk.client.get(answer.headers["location"]).text
        assert "Đã kiểm tra lại" in page and "Hỏng 1 lần liền" in page and "Kết hôn" in page
        assert "1 đường dẫn cần sửa, 1 trong 2 đường dẫn" in page
        entry = desk.log()[0]
        assert (entry.action, entry.object) == ("links_checked", f"link:{url}")
        assert entry.detail == {"state": "gone", "status": 404}
        for _ in range(5):
            desk.post(path, url=url)
        assert desk.post(path, url=url).headers["location"].endswith("fault=link_too_often")
        assert len(desk.client.get(f"{UPKEEP}/links?state=alive").text.split("<tbody>")) == 1


def test_links_are_asked_for_once_a_night(desk: Desk) -> None:
    """Half past one in Vietnam; at noon the sites are left alone."""
    links = desk.app.state.links
    assert not links.tonight()
    desk.now = NOON + 13.5 * 3600
    assert links.tonight() and not links.tonight()
    desk.now += 86_400
    with website() as site:
        load(desk.engine, linked(site.address))
        links.checker = LinkChecker(lambda ip: True, Pace(0.5, 0.5, 1.0, apart=0.0))
        links.check()
        assert sorted(set(site.requests())) == ["GET /missing", "HEAD /fine", "HEAD /missing"]
        with desk.engine.connect() as connection:
            gone = find(connection, f"{site.address}/missing")
        assert gone is not None and gone.state is LinkState.GONE
        assert desk.log()[0].detail == {"alive": 1, "gone": 1} and desk.log()[0].login == "system"
        links.check()
        assert len(site.asked) == 3
    assert not desk.settings.link_checks


@pytest.mark.parametrize("wanted", [True, False])
def test_the_console_asks_by_itself_where_it_may(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, wanted: bool
) -> None:
    desk.now = NOON + 13.5 * 3600
    settings = Settings(**{**desk.settings.dict(), "link_checks": wanted})
    console = dataclasses.replace(desk.app.state.console, settings=settings)
    links, asked = LinkDesk(console), Event()
    monkeypatch.setattr(links, "check", asked.set)

    async def running() -> None:
        async with links.nightly():
            for _ in range(100 if wanted else 2):
                await asyncio.sleep(0.01)
                if asked.is_set():
                    break

    asyncio.run(running())
    assert asked.is_set() is wanted


def test_whom_a_change_touches_and_who_is_told(any_desk: Desk) -> None:
    any_desk.hire("lan", Role.EDITOR)
    any_desk.hire("minh", Role.APPROVER, Role.AGENT)
    load(any_desk.engine)
    path = f"{UPKEEP}/affected/{WED.code}"
    any_desk.enter("lan")
    assert any_desk.client.get(f"{UPKEEP}/affected/9.999999").status_code == 404
    assert "chưa thay đổi" in any_desk.client.get(path).text
    changed = replace(WED, fees=(Fee(FeeKind.AMOUNT, 20_000),), aliases=("cưới",))
    load(any_desk.engine, changed, hour=5)
    with any_desk.engine.begin() as connection:
        past = Past(connection)
        an = past.citizen("an")
        past.asked(code=WED.code, who=an)
        watch(connection, an.conversation_id, WED.code, 1, NOON)
        opened = open_handoff(
            connection, an.conversation_id, an.id, Channel.WEB, Cause.ASKED, NOON, procedure_code=WED.code
        )
    page = any_desk.client.get(path).text
    assert "đã thay đổi: lệ phí." in page and "1 người đã hẹn" in page and "/tell" not in page
    assert any_desk.post(f"{path}/tell", revision="2").status_code == 403
    other = any_desk.browser()
    any_desk.enter("minh", other)
    page = other.get(path).text
    assert "<li>Phí, lệ phí</li>" in page
    assert f'action="{path}/tell"' in page and f"/console/talk/{opened.id}" in page
    assert any_desk.post(f"{path}/tell", other, revision="1").headers["location"].endswith("moved_on")
    assert any_desk.post(f"{path}/tell", other, revision="2").headers["location"].endswith("done=told")
    assert any_desk.post(f"{path}/tell", other, revision="2").headers["location"].endswith("told_already")
    with any_desk.engine.connect() as connection:
        assert len(connection.execute(select(reminder.c.id)).all()) == 1
    assert "đã được báo về thay đổi này" in other.get(path).text
    assert [entry.action for entry in any_desk.log()[:1]] == ["change_told"]


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        (replace(WED, levels=(level(LevelValue.FULL, "XA"),)), ("levels",)),
        (replace(WED, levels=(replace(WED.levels[0], source="danh mục mới"),)), None),
        (replace(WED, place="Trung tâm"), ("place",)),
        (WED, None),
    ],
)
def test_the_last_change_of_a_record(desk: Desk, changed: Procedure, fields: tuple[str, ...] | None) -> None:
    """A new list with the same levels is no news for anybody."""
    load(desk.engine)
    load(desk.engine, BORN, changed, LAND, FERRY, PASSPORT, hour=5)
    with desk.engine.connect() as connection:
        found = last_change(connection, WED.code)
        assert last_change(connection, "9.999999") is None
    assert (found.fields if found else None) == fields
    assert found is None or (found.revision == 2 and found.at == MOMENT.replace(hour=5).timestamp())


def test_questions_that_measure_the_record_are_named(desk: Desk) -> None:
    """Questions that name the record are those shipped and those learned."""
    load(desk.engine)
    desk.hire("lan", Role.EDITOR)
    desk.enter("lan")
    learned = desk.settings.learned_dir / "evaluation"
    learned.mkdir(parents=True)
    line = f'{{"id": "learned-1", "question": "cưới ở đâu", "procedure_codes": ["{WED.code}"]}}\n'
    (learned / "questions_learned.jsonl").write_text(line, encoding="utf-8")
    assert "cưới ở đâu" in desk.client.get(f"{UPKEEP}/affected/{WED.code}").text
