"""Reads what a journey through the guide has come to."""

from bot.desk import Exchange
from bot.dossiers.casefile import Draft
from tests.journeys.conversation import Conversation, text_of

BEGIN = "Chuẩn bị hồ sơ"


def begins(citizen: Conversation, wish: str) -> Exchange:
    """Ask about something and press the button that begins its dossier."""
    citizen.says(wish)
    return citizen.presses(BEGIN)


def answers(citizen: Conversation, *messages: str) -> Exchange:
    """Several typed answers in a row, and what the last one got."""
    return [citizen.says(message) for message in messages][-1]


def draft_of(citizen: Conversation) -> Draft:
    """The draft being prepared."""
    draft = citizen.file.current
    assert draft is not None, "no dossier is being prepared"
    return draft


def given(draft: Draft) -> dict[str, str]:
    """Questions answered and options chosen."""
    return {answer.question: answer.option for answer in draft.answers}


def checked(draft: Draft) -> dict[str, str]:
    """Readiness questions answered."""
    return {answer.question: answer.option for answer in draft.checks}


def titles(exchange: Exchange) -> tuple[str, ...]:
    """What the buttons say."""
    return tuple(button["title"] for button in exchange.buttons)


def section(exchange: Exchange, title: str) -> str:
    """The lines below a heading of the list of papers, up to the next heading."""
    lines = text_of(exchange).split("\n")
    start = next(number for number, line in enumerate(lines) if line.startswith(title)) + 1
    taken = []
    for line in lines[start:]:
        if not (line.startswith("- ") or line[:1].isdecimal()):
            break
        taken.append(line)
    return "\n".join(taken)


TO_BRING = "Cần nộp hoặc xuất trình"
BY_NUMBER = "Chỉ cần cung cấp số"
