"""Vietnamese text as citizens write it: cleaning, folding, syllables, tokens. Pure functions."""

from bot.text.analysis import Analysis, analyse
from bot.text.fold import MAX_LENGTH, clean, fold
from bot.text.keystrokes import decode_typing
from bot.text.swaps import swaps
from bot.text.syllables import canonical, is_syllable
from bot.text.tokens import Token

__all__ = [
    "MAX_LENGTH",
    "Analysis",
    "Token",
    "analyse",
    "canonical",
    "clean",
    "decode_typing",
    "fold",
    "is_syllable",
    "swaps",
]
