"""One paper as a line, and papers grouped by what the citizen does with them."""

from collections.abc import Sequence

from bot.answers.about.lines import bullets, inline, listing
from bot.answers.phrase import Phrase, Value, phrase
from bot.catalogue.enums import Need
from bot.catalogue.records import Paper

MOST = 25
"""Papers shown of one group; longer lists end with how many are left."""


def grouped(papers: Sequence[Paper]) -> tuple[Phrase, ...]:
    """Papers below one title for every need, in the order: hand in, show, number, database."""
    lines: list[Phrase] = []
    for need in Need:
        group = [paper for paper in papers if paper.need is need]
        if not group:
            continue
        lines.append(phrase(f"utter_about_need_{need.value}"))
        lines.extend(bullets(line(paper) for paper in group[:MOST]))
        if len(group) > MOST:
            lines.append(phrase("utter_about_more_papers", count=len(group) - MOST))
    return tuple(lines)


def line(paper: Paper, with_need: bool = False) -> Value:
    """Name, then copies, form and register in brackets, then the note.

    ``with_need`` adds what to do with the paper.
    """
    details = _details(paper)
    if with_need and paper.need is not Need.SUBMIT:
        details.insert(0, phrase(f"utter_about_brief_{paper.need.value}"))
    text: Value = inline(paper.name)
    if details:
        text = phrase("utter_about_with_note", fact=text, note=listing(details))
    return phrase("utter_about_then_note", fact=text, note=inline(paper.note)) if paper.note else text


def _details(paper: Paper) -> list[Value]:
    details: list[Value] = []
    if paper.originals:
        details.append(phrase("utter_about_originals", count=paper.originals))
    if paper.copies:
        details.append(phrase("utter_about_copies", count=paper.copies))
    if paper.form and inline(paper.form).casefold() not in paper.name.casefold():
        details.append(phrase("utter_about_on_form", form=inline(paper.form)))
    if paper.database:
        details.append(phrase("utter_about_in_database", database=inline(paper.database)))
    return details
