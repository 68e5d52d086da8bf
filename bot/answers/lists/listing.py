"""Lists of procedures, a page at a time."""

import msgspec

from bot.answers.context import ListQuery
from bot.answers.lists.scope import level_word, scope_of
from bot.answers.lists.selection import select
from bot.answers.lists.snapshot import snapshot_line
from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Candidate, Phrase, phrase
from bot.catalogue.view import Catalogue

PAGE = 8


def compose(query: ListQuery, catalogue: Catalogue) -> Answer:
    """The page of a list that ``query.page`` (from 0) names; NO_DATA when nothing matches."""
    found = select(query, catalogue)
    scope = scope_of(query, catalogue)
    level = (level_word(query.level),) if query.level else ()
    if not found:
        return Answer(Outcome.NO_DATA, (phrase("utter_list_empty", scope=scope),))
    first = max(0, min(query.page, (len(found) - 1) // PAGE)) * PAGE
    shown = found[first : first + PAGE]
    heading = phrase(
        "utter_list_heading_level" if level else "utter_list_heading",
        count=dotted(len(found)),
        scope=scope,
        level=level[0] if level else "",
        first=first + 1,
        last=first + len(shown),
    )
    lines = tuple(
        phrase("utter_list_line", number=number, name=p.label, code=p.code)
        for number, p in enumerate(shown, start=first + 1)
    )
    phrases: list[Phrase] = [heading, *lines]
    buttons: list[Button] = []
    if first + PAGE < len(found):
        phrases.append(phrase("utter_list_more", left=dotted(len(found) - first - len(shown))))
        page = msgspec.json.encode({"page": first // PAGE + 1}).decode()
        buttons.append(Button(phrase("utter_button_more"), f"/select_option{page}"))
    phrases.extend(snapshot_line(found))
    return Answer(
        Outcome.LISTED,
        tuple(phrases),
        tuple(buttons),
        candidates=tuple(Candidate(p.code, p.label, 1.0) for p in shown),
    )


def dotted(number: int) -> str:
    """A count as Vietnamese writes it: 1.439."""
    return f"{number:,}".replace(",", ".")
