"""Reads ``data/dossiers/notices.yaml``: what citizens type about reminders, versions of the texts."""

from pathlib import Path
from typing import Any

import yaml

from bot.notices.change_wish import ChangeWords
from bot.notices.purpose import Purpose
from bot.notices.reading import Words, folded
from bot.notices.when import Times

FILE = Path("dossiers") / "notices.yaml"


class NoticeWords:
    """``said``: phrases by what they mean; ``changes``: those of a wish to hear of changes; ``times``: for
    days and hours; ``versions``: of the texts in force; ``prints``: the digests they were released with.
    """

    def __init__(self, told: dict[str, Any]) -> None:
        self.versions = {Purpose(name): str(text["version"]) for name, text in told["texts"].items()}
        self.prints = {Purpose(name): str(text["print"]) for name, text in told["texts"].items()}
        self.said = Words(
            stop=_phrases(told["stop"]),
            stop_whole=_phrases(told["stop_whole"]),
            withdraw=_phrases(told["withdraw"]),
            list=_phrases(told["list"]),
            remind=_phrases(told["remind"]),
            remind_sometime=_phrases(told["remind_sometime"]),
            agree=_phrases(told["agree"]),
            decline=_phrases(told["decline"]),
            politeness=_phrases(told["politeness"]),
            opening=_phrases(told["opening"]),
            only={Purpose(name): _phrases(said) for name, said in told["only"].items()},
            stop_improve=_phrases(told["stop_improve"]),
            stop_changes=_phrases(told["stop_changes"]),
            improve=_phrases(told["improve"]),
        )
        self.changes = ChangeWords(
            tell=_phrases(told["change_tell"]),
            when=_phrases(told["change_when"]),
            changes=_phrases(told["change_said"]),
            parts=_phrases(told["change_parts"]),
            others=_phrases(told["change_others"]),
            politeness=_phrases(told["politeness"]),
            opening=_phrases(told["opening"]),
        )
        self.times = Times(
            days=_numbers(told["days"]),
            weekdays=_numbers(told["weekdays"]),
            next_week=_phrases(told["next_week"]),
            units=_numbers(told["units"]),
            from_now=_phrases(told["from_now"]),
            after=_phrases(told["after"]),
            numbers=_numbers(told["numbers"]),
            parts_of_day={part: int(hour) for part, hour in told["parts_of_day"].items()},
            afternoon=frozenset(told["afternoon"]),
        )


def read_words(data_dir: Path) -> NoticeWords:
    """The table of ``data_dir``. Raises ``OSError``, ``KeyError`` or ``ValueError`` for a broken one."""
    return NoticeWords(yaml.safe_load((data_dir / FILE).read_text(encoding="utf-8")))


def _phrases(texts: list[str]) -> frozenset[str]:
    return frozenset(folded(text) for text in texts)


def _numbers(texts: dict[str, int]) -> dict[str, int]:
    return {folded(text): int(number) for text, number in texts.items()}
