"""Bodies of the events, all ids and numbers as strings."""

import hashlib
import json
from typing import Any

Body = dict[str, Any]


def message(
    name: str, app_id: str, sender: str, recipient: str, content: Body, stamp: int, by_app: str
) -> Body:
    """The envelope of everything said by either side; ``stamp`` in milliseconds."""
    return {
        "event_name": name,
        "app_id": app_id,
        "sender": {"id": sender},
        "recipient": {"id": recipient},
        "message": content,
        "timestamp": str(stamp),
        "user_id_by_app": by_app,
    }


def follow(name: str, app_id: str, oa_id: str, follower: str, stamp: int, by_app: str) -> Body:
    """``follow`` and ``unfollow`` have neither sender nor message."""
    return {
        "oa_id": oa_id,
        "follower": {"id": follower},
        "user_id_by_app": by_app,
        "event_name": name,
        "source": "oa_profile",
        "app_id": app_id,
        "timestamp": str(stamp),
    }


def attachment(kind: str, **payload: Any) -> Body:
    return {"attachments": [{"type": kind, "payload": payload}]}


def file(url: str, name: str, data: bytes) -> Body:
    """The size is a string; the checksum's kind is assumed."""
    ending = name.rpartition(".")[2]
    checksum = hashlib.md5(data, usedforsecurity=False).hexdigest()
    return attachment("file", url=url, name=name, size=str(len(data)), type=ending, checksum=checksum)


def location(latitude: float, longitude: float) -> Body:
    return attachment("location", coordinates={"latitude": str(latitude), "longitude": str(longitude)})


def business_card(phone: str, qr: str, avatar: str) -> Body:
    description = json.dumps({"phone": phone, "qrCodeUrl": qr}, separators=(",", ":"))
    return attachment("link", thumbnail=avatar, description=description, url=qr)


def info(name: str, phone: str, ward: str, address: str, flat: bool) -> Body:
    """What a citizen fills in; ``flat``: the older shape."""
    if flat:
        return {
            "address": address,
            "phone": phone,
            "city": "Quảng Ninh",
            "district": "",
            "ward": ward,
            "name": name,
        }
    place = {"user_city": "Quảng Ninh", "user_ward": ward, "user_address": address}
    return {"name": name, "phone": phone, "user_dob": "30/10/1999", "gender": "female", "full_address": place}
