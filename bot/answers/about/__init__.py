"""Answers about one procedure: a pure composer for every kind of question (decision D5)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.answers.about import (
    authority,
    documents,
    eligibility,
    fee,
    form,
    legal_basis,
    level,
    overview,
    place,
    result,
    time,
)
from bot.answers.asked import Asked
from bot.answers.intent import Intent
from bot.answers.phrase import Answer
from bot.catalogue.agencies import Agency
from bot.catalogue.records import Procedure

Composer = Callable[[Procedure, Asked, Mapping[str, Agency]], Answer]

COMPOSERS: Mapping[Intent, Composer] = MappingProxyType(
    {
        Intent.ASK_PROCEDURE: overview.compose,
        Intent.ASK_LEVEL: level.compose,
        Intent.ASK_DOCUMENTS: documents.compose,
        Intent.ASK_FEE: fee.compose,
        Intent.ASK_TIME: time.compose,
        Intent.ASK_PLACE: place.compose,
        Intent.ASK_AUTHORITY: authority.compose,
        Intent.ASK_FORM: form.compose,
        Intent.ASK_LEGAL_BASIS: legal_basis.compose,
        Intent.ASK_ELIGIBILITY: eligibility.compose,
        Intent.ASK_RESULT: result.compose,
    }
)
"""The composer of every kind of question about a procedure."""
