"""What the pages of reviews share: the filter in an address, places in the list, words for totals."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.console.context import Console
from bot.reviews.agreement import Share
from bot.reviews.conditions import Key
from bot.reviews.filters import Filter
from bot.reviews.finding import Total

REVIEW, TURNS = "/console/review", "/console/turns"
LARGEST_ID = 2**31 - 1


def zone_of(console: Console) -> ZoneInfo:
    return ZoneInfo(console.settings.time_zone)


def address(path: str, wanted: Filter, **more: Any) -> str:
    """Of a page that keeps the filter."""
    query = {**wanted.query(), **{name: value for name, value in more.items() if value not in (None, "")}}
    return f"{path}?{urlencode(query)}" if query else path


def place_in(query: Mapping[str, str]) -> Key | None:
    """Where the list goes on: ``after=<seconds>_<id>``; None for what is no such place."""
    at, _, number = query.get("after", "").partition("_")
    try:
        return Key(float(at), int(number)) if number_of(number) is not None and float(at) < 1e12 else None
    except ValueError:
        return None


def place_text(key: Key) -> str:
    return f"{key.at!r}_{key.id}"


def number_of(text: str) -> int | None:
    """An id in an address; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and int(text) <= LARGEST_ID else None


def told(console: Console, total: Total) -> str:
    """How many turns there are, no more exact than is known."""
    number = f"{total.number:,}".replace(",", ".")
    if total.more:
        return console.say("review_total_more", number=number)
    return console.say("review_total_least" if total.at_least else "review_total", number=number)


def wording(console: Console) -> dict[str, Any]:
    """What templates of reviews say values with: a stored intent or outcome, a share, an ISO day."""

    def share(one: Share) -> str:
        if one.value is None or one.low is None or one.high is None:
            return console.say("audits_no_share")
        value, low, high = (_per_cent(part) for part in (one.value, one.low, one.high))
        return console.say("audits_share", value=value, count=one.count, of=one.of, low=low, high=high)

    return {
        "intent_called": lambda value: _called(console, Intent, value),
        "outcome_called": lambda value: _called(console, Outcome, value),
        "share": share,
        "dated": _dated,
    }


def _called(console: Console, kind: type[Enum], value: str) -> str:
    """Its name; as stored what another version of the assistant knew."""
    member = next((one for one in kind if one.value == value), None)
    return console.texts.name(member) if member else value


def _per_cent(part: float) -> str:
    return f"{part * 100:.1f}".replace(".", ",")


def _dated(iso: str) -> str:
    try:
        return date.fromisoformat(iso).strftime("%d/%m/%Y")
    except ValueError:
        return iso
