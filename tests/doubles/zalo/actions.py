"""What citizens do. Each act is announced to the hook and answered with its ``msg_id``."""

import base64
from typing import Any

from tests.doubles.zalo import events
from tests.doubles.zalo.outgoing import Outgoing
from tests.doubles.zalo.people import Person
from tests.doubles.zalo.records import Event, Sent
from tests.doubles.zalo.world import World

Done = dict[str, Any]
PICTURE = b"\xff\xd8\xff\xe0" + b"\0" * 60
"""What stands in for a picture where its content does not matter."""


class Actions:
    """Public methods are the verbs of ``POST /_ctl/user/<id>/<verb>``; bytes go as base64 text."""

    def __init__(self, world: World, outgoing: Outgoing) -> None:
        self._world = world
        self._outgoing = outgoing

    def say(self, user: str, text: str, quote: str = "") -> Done:
        content: dict[str, Any] = {"text": text}
        if quote:
            content["quote_msg_id"] = quote
        return self._send(user, "user_send_text", content)

    def tap(self, user: str, title: str, message_id: str = "") -> Done:
        """The newest button of that title (or that of ``message_id``). ``LookupError`` when there is none.

        A query button answers ``msg_id``, ``payload`` and ``shown`` (whether a bubble appears); the others
        open something on the phone and announce nothing.
        """
        button = self._button(user, title, message_id)
        payload = button["payload"]
        if not str(button["type"]).startswith("oa.query."):
            self._person(user).interacts(self._world.clock.now())
            return {"msg_id": "", "opens": payload, "type": button["type"]}
        done = self._send(user, "user_send_text", {"text": payload})
        return {**done, "payload": payload, "shown": button["type"] == "oa.query.show"}

    def image(self, user: str, data: str, name: str = "anh.jpg", text: str = "") -> Done:
        return self._picture(user, "image", data, name, text)

    def gif(self, user: str, data: str, name: str = "anh.gif", text: str = "") -> Done:
        return self._picture(user, "gif", data, name, text)

    def file(self, user: str, data: str, name: str) -> Done:
        raw = base64.b64decode(data)
        url = self._world.files.keep(name, raw)
        return self._send(user, "user_send_file", events.file(url, name, raw), url)

    def audio(self, user: str, data: str = "") -> Done:
        url = self._world.files.keep("ghi-am.aac", base64.b64decode(data))
        return self._send(user, "user_send_audio", events.attachment("audio", url=url), url)

    def video(self, user: str, data: str = "") -> Done:
        url = self._world.files.keep("phim.mp4", base64.b64decode(data))
        thumbnail = self._world.files.keep("phim.jpg", PICTURE)
        content = events.attachment("video", url=url, thumbnail=thumbnail, description="")
        return self._send(user, "user_send_video", content, url)

    def sticker(self, user: str, sticker_id: str = "bfe458bf64fa8da4d4eb") -> Done:
        url = self._world.files.keep("nhan-dan.png", PICTURE)
        return self._send(user, "user_send_sticker", events.attachment("sticker", id=sticker_id, url=url))

    def location(self, user: str, latitude: float = 20.95, longitude: float = 107.08) -> Done:
        return self._send(user, "user_send_location", events.location(latitude, longitude))

    def link(self, user: str, url: str, description: str = "") -> Done:
        content = events.attachment("link", thumbnail="", description=description, url=url)
        return self._send(user, "user_send_link", content)

    def business_card(self, user: str, phone: str) -> Done:
        url = self._world.files.keep("danh-thiep.jpg", PICTURE)
        return self._send(user, "user_send_business_card", events.business_card(phone, url, url))

    def follow(self, user: str) -> Done:
        person = self._person(user)
        person.follows = True
        person.blocked = False
        person.interacts(self._world.clock.now())
        return self._follower(person, "follow")

    def unfollow(self, user: str) -> Done:
        person = self._person(user)
        person.follows = False
        person.gone = True
        return self._follower(person, "unfollow")

    def block(self, user: str, on: bool = True) -> Done:
        """Nothing is announced: the account only learns by -217."""
        self._person(user).blocked = on
        return {"msg_id": ""}

    def submit_info(
        self,
        user: str,
        name: str,
        phone: str,
        ward: str = "Hạ Long",
        address: str = "Số 1",
        flat: bool = False,
    ) -> Done:
        """The form of ``request_user_info``."""
        person = self._person(user)
        person.interacts(self._world.clock.now())
        body = self._envelope(person, "user_submit_info", {})
        del body["message"]
        body["info"] = events.info(name, phone, ward, address, flat)
        return self._told(person, body)

    def see(self, user: str, message_ids: list[str]) -> Done:
        person = self._person(user)
        return self._told(person, self._envelope(person, "user_seen_message", {"msg_ids": message_ids}))

    def react(self, user: str, message_id: str, icon: str = "/-heart") -> Done:
        person = self._person(user)
        content = {"msg_id": message_id, "react_icon": icon}
        return self._told(person, self._envelope(person, "user_reacted_message", content))

    def anonymous_say(self, user: str, text: str, conversation_id: str) -> Done:
        """Somebody not logged in writes through the website's box; ``user`` is the anonymous id."""
        self._outgoing.meets_anonymous(user, conversation_id)
        return self._send(user, "anonymous_send_text", {"text": text, "conversation_id": conversation_id})

    def group_say(self, user: str, text: str, group_id: str = "9000000000000000001") -> Done:
        person = self._person(user)
        msg_id = self._world.message_id("heard", user)
        body = self._envelope(person, "user_send_group_text", {"text": text, "msg_id": msg_id})
        body["group_id"] = group_id
        return self._told(person, body, msg_id)

    def event(self, user: str, body: dict[str, Any]) -> Done:
        """Anything at all, signed; what is missing of the envelope is added."""
        person = self._person(user)
        return self._told(person, {**self._envelope(person, "unknown", {}), **body})

    def operator_says(self, user: str, text: str, admin_id: str = "7000000000000000001") -> Done:
        sent = self._outgoing.by_operator(user, text, admin_id)
        return {"msg_id": sent.message_id}

    def _button(self, user: str, title: str, message_id: str) -> dict[str, Any]:
        messages: list[Sent] = self._world.sent_to.get(user, [])
        for sent in reversed(messages):
            if message_id not in ("", sent.message_id):
                continue
            for button in sent.buttons:
                if button["title"] == title:
                    return button
        raise LookupError(f"no button {title!r} on the phone")

    def _picture(self, user: str, kind: str, data: str, name: str, text: str) -> Done:
        url = self._world.files.keep(name, base64.b64decode(data))
        content = events.attachment(kind, thumbnail=url, url=url)
        if text:
            content["text"] = text
        return self._send(user, f"user_send_{kind}", content, url)

    def _send(self, user: str, name: str, content: dict[str, Any], url: str = "") -> Done:
        person = self._person(user)
        person.interacts(self._world.clock.now())
        msg_id = self._world.message_id("heard", user)
        self._outgoing.knows(msg_id, user)
        done = self._told(person, self._envelope(person, name, {**content, "msg_id": msg_id}), msg_id)
        return {**done, "url": url} if url else done

    def _follower(self, person: Person, name: str) -> Done:
        settings = self._world.settings
        stamp = person.stamp(self._world.clock.now())
        body = events.follow(name, settings.app_id, settings.oa_id, person.user_id, stamp, person.by_app)
        return self._told(person, body)

    def _envelope(self, person: Person, name: str, content: dict[str, Any]) -> dict[str, Any]:
        settings = self._world.settings
        stamp = person.stamp(self._world.clock.now())
        return events.message(
            name, settings.app_id, person.user_id, settings.oa_id, content, stamp, person.by_app
        )

    def _told(self, person: Person, body: dict[str, Any], msg_id: str = "") -> Done:
        event: Event = self._world.announce(person, body, msg_id)
        return {"msg_id": msg_id, "event": event.seq}

    def _person(self, user: str) -> Person:
        return self._world.people.meet(self._world.settings, user)
