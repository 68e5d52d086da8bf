"""What citizens think of an answer is kept with that answer."""

from sqlalchemy import select

from bot.conversations.tables import feedback
from tests.channels.web.site import Site


async def test_thumbs_and_grades_are_kept_and_replaced(both_sites: Site) -> None:
    site, browser = both_sites, await both_sites.visitor()
    grade = {"kind": "visit", "score": 3}
    assert (await browser.ask("POST", "/feedback", json=grade)).code == "nothing_said"
    await browser.say("lệ phí")
    await site.hub.say(await site.hub.conversation(browser.sid), "Miễn phí")
    down = {"kind": "thumb", "seq": 2, "score": -1, "reason": "outdated", "comment": "gọi 0912345678"}
    for body in (grade, down, {"kind": "thumb", "seq": 2, "score": 1}, down):
        assert (await browser.ask("POST", "/feedback", json=body)).status == 204
    rows = await site.hub.run(lambda c: c.execute(select(feedback).order_by(feedback.c.seq)).all())
    assert [(r.seq, r.kind, r.score, r.reason) for r in rows] == [
        (0, "visit", 3, None),
        (2, "thumb", -1, "outdated"),
    ]
    assert "0912345678" not in rows[1].comment


async def test_only_answers_of_this_conversation_can_be_judged(site: Site) -> None:
    browser = await site.visitor()
    await browser.say("lệ phí")
    for seq in (1, 2, 99):
        body = {"kind": "thumb", "seq": seq, "score": 1}
        assert (await browser.ask("POST", "/feedback", json=body)).code == "not_found"
    for bad in (
        {"kind": "thumb", "score": 1},
        {"kind": "thumb", "seq": 1, "score": 2},
        {"kind": "visit", "seq": 1, "score": 2},
        {"kind": "visit", "score": 0},
        {"kind": "stars", "score": 1},
        {"kind": "visit", "score": 1, "reason": "rude"},
    ):
        assert (await browser.ask("POST", "/feedback", json=bad)).code == "bad_request", bad
