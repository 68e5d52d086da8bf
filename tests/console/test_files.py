"""Files of citizens: whoever holds the conversation may save them, nobody sees them in passing."""

from sqlalchemy import insert

from bot.blobs.store import open_store
from bot.channels.tables import attachment
from bot.conversations.channel import Author, Channel
from bot.conversations.log import Entry, append
from bot.conversations.said import FileRef, Said
from bot.staff.roles import Role
from tests.console.desk import Desk
from tests.console.test_talk import seated

REF = "a" * 40
DAY = 86_400.0


def send(desk: Desk, conversation_id: str) -> str:
    """The citizen sends a file; its reference."""
    file = FileRef(REF, "Tờ khai.pdf", 4, "application/pdf")
    row = {
        "ref": REF,
        "conversation_id": conversation_id,
        "name": file.name,
        "type": file.type,
        "size": file.size,
        "sha256": "0" * 64,
        "created_at": desk.now,
        "expires_at": desk.now + DAY,
    }
    with desk.engine.begin() as connection:
        connection.execute(insert(attachment).values(row))
        said = Said("", files=(file,))
        append(connection, conversation_id, Entry(0, Author.CITIZEN, Channel.WEB, said, desk.now))
    open_store(desk.settings).put(REF, b"%PDF")
    return REF


def test_the_holder_saves_a_file_and_it_is_recorded(desk: Desk) -> None:
    opened = seated(desk)
    path = f"/console/talk/{opened.id}/files/{send(desk, opened.conversation_id)}"
    assert f'href="{path}" download' in desk.client.get(f"/console/talk/{opened.id}").text
    answer = desk.client.get(path)
    assert answer.content == b"%PDF" and answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert desk.log()[0].action == "exported" and desk.log()[0].object == f"attachment:{REF}"
    desk.now += 1.5 * DAY  # it has expired; so has the session
    desk.enter("minh")
    assert desk.client.get(path).status_code == 404


def test_nobody_else_does(desk: Desk) -> None:
    opened = seated(desk)
    path = f"/console/talk/{opened.id}/files/{send(desk, opened.conversation_id)}"
    assert desk.client.get(f"/console/talk/{opened.id}/files/{'b' * 40}").status_code == 404
    assert desk.client.get(f"/console/talk/{opened.id + 9}/files/{REF}").status_code == 404
    other = desk.browser()
    desk.hire("lan", Role.SUPERVISOR)
    desk.enter("lan", other)
    assert "download" not in other.get(f"/console/talk/{opened.id}").text
    assert other.get(path).status_code == 403
    desk.hire("hoa", Role.ANALYST)
    analyst = desk.browser()
    desk.enter("hoa", analyst)
    assert analyst.get(path).status_code == 403
