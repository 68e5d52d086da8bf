"""Turns phrases into Vietnamese with the responses of ``domain.yml`` (the only place for texts)."""

from collections.abc import Mapping

from bot.answers.phrase import Answer, Phrase, Value


class Wording:
    """Renders phrases. ``responses`` maps a response name to its variations as in a Rasa domain:
    ``[{"text": …}, {"text": …, "channel": "zalo"}]``.
    """

    def __init__(self, responses: Mapping[str, list[dict[str, str]]]) -> None:
        self._common = {name: _common(variations) for name, variations in responses.items()}
        self._of_channels = {
            (name, variation["channel"]): variation["text"]
            for name, variations in responses.items()
            for variation in reversed(variations)
            if variation.get("channel")
        }
        self._changed: Mapping[str, str] = {}

    @property
    def shipped(self) -> Mapping[str, str]:
        """The texts as they come with the program, those of single channels left out."""
        return self._common

    def use(self, changed: Mapping[str, str]) -> None:
        """From now on say these texts in place of the shipped ones; names that are none are not asked for."""
        self._changed = changed

    def say(self, phrase: Phrase, channel: str = "") -> str:
        """One phrase as text; raises ``KeyError`` for an unknown response or a missing value."""
        values = {name: self.value(value, channel) for name, value in phrase.values.items()}
        return self._template(phrase.id, channel).format_map(values).rstrip("\n")

    def value(self, value: Value, channel: str = "") -> str:
        """A value as text: phrases are rendered, several of them one below the other."""
        if isinstance(value, Phrase):
            return self.say(value, channel)
        if isinstance(value, tuple):
            return "\n".join(self.say(part, channel) for part in value)
        return str(value)

    def text(self, answer: Answer, channel: str = "") -> str:
        """The whole answer, one paragraph per phrase."""
        return "\n".join(self.say(phrase, channel) for phrase in answer.phrases)

    def _template(self, name: str, channel: str) -> str:
        own = self._of_channels.get((name, channel))
        return own if own is not None else self._changed.get(name) or self._common[name]


def _common(variations: list[dict[str, str]]) -> str:
    return next(variation["text"] for variation in variations if "channel" not in variation)
