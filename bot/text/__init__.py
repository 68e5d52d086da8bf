"""Vietnamese text as citizens write it: cleaning, folding, syllables, tokens. Pure functions."""

from bot.text.amounts import find_amount
from bot.text.analysis import Analysis, analyse
from bot.text.dates import find_date
from bot.text.fold import MAX_LENGTH, clean, fold
from bot.text.identifiers import Identifier, Kind, find_identifiers
from bot.text.keystrokes import decode_typing
from bot.text.masking import mask
from bot.text.swaps import swaps
from bot.text.syllables import canonical, is_syllable
from bot.text.tokens import Token
from bot.text.working_time import find_working_days, is_late

__all__ = [
    "MAX_LENGTH",
    "Analysis",
    "Identifier",
    "Kind",
    "Token",
    "analyse",
    "canonical",
    "clean",
    "decode_typing",
    "find_amount",
    "find_date",
    "find_identifiers",
    "find_working_days",
    "fold",
    "is_late",
    "is_syllable",
    "mask",
    "swaps",
]
