"""What is said about hearing of changes of procedures. Pure."""

from collections.abc import Sequence

from bot.answers.outcome import Outcome
from bot.answers.phrase import Answer, Button, Phrase, act, phrase
from bot.notices.ports import Procedures
from bot.notices.subject import changes_of

_MOST_OFFERED = 4


class ChangesTalk:
    """Answers that name procedures by their codes."""

    def __init__(self, procedures: Procedures) -> None:
        self._procedures = procedures

    def about(self, code: str) -> tuple[Phrase, ...]:
        """Which procedure it is about; nothing when the catalogue does not have it."""
        return self._named("utter_notice_about_procedure", code)

    def lines(self, codes: Sequence[str]) -> tuple[Phrase, ...]:
        """Procedures one below the other."""
        return tuple(line for code in codes for line in self._named("utter_notice_list_procedure", code))

    def watching(self, code: str) -> Answer:
        """Its changes are told from now on."""
        off = act(phrase("utter_notice_button_off"), "notice:off")
        buttons = (act(phrase("utter_notice_button_unwatch"), f"notice:unwatch:{code}"), off)
        return Answer(Outcome.GUIDED, self._named("utter_notice_watching", code), buttons)

    def unwatched(self, code: str) -> Answer:
        """They are told no more."""
        said = self._named("utter_notice_unwatched", code) or (phrase("utter_notice_nothing_on"),)
        return Answer(Outcome.GUIDED, said)

    def which(self, codes: Sequence[str] = ()) -> Answer:
        """No procedure was named surely; ``codes``: what may have been meant."""
        buttons = tuple(
            Button(name, act("", f"notice:ask:{changes_of(code)}").payload)
            for code in codes[:_MOST_OFFERED]
            if (name := self._procedures.name(code))
        )
        said = "utter_notice_watch_choose" if buttons else "utter_notice_watch_which"
        return Answer(Outcome.ASKED_BACK, (phrase(said),), buttons)

    def too_many(self, codes: Sequence[str]) -> Answer:
        """No more procedures can be watched; the ones asked for first can be let go."""
        buttons = tuple(
            act(phrase("utter_notice_button_let_go", name=name), f"notice:unwatch:{code}")
            for code in codes[:_MOST_OFFERED]
            if (name := self._procedures.name(code))
        )
        return Answer(Outcome.GUIDED, (phrase("utter_notice_watch_too_many", count=len(codes)),), buttons)

    def offer(self, code: str) -> Button:
        """Below an answer about a procedure."""
        return act(phrase("utter_notice_button_changes"), f"notice:ask:{changes_of(code)}")

    def _named(self, response: str, code: str) -> tuple[Phrase, ...]:
        name = self._procedures.name(code)
        return (phrase(response, name=name, code=code),) if name else ()
