"""Rasa component: the tokens of a message as the text package reads them."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.text import analyse


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER], is_trainable=False)
class VietnameseTokenizer(Tokenizer):  # type: ignore[misc]
    """Words, numbers and codes with their places in the text as sent; lemma is the folded form."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        return [
            Token(token.text, token.start, token.end, lemma=" ".join(token.folded) or token.text)
            for token in analyse(message.get(attribute)).tokens
        ]
