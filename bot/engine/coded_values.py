"""Numbers that return often, each kept once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


class CodedValues:
    """Gives what ``values`` gives: which of its different numbers stands at a place."""

    def __init__(self, values: NDArray[Any]) -> None:
        self._different, codes = np.unique(values, return_inverse=True)
        self._codes = codes.astype(np.min_scalar_type(max(len(self._different) - 1, 0)))

    def __getitem__(self, places: NDArray[Any]) -> NDArray[Any]:
        """The numbers at these places."""
        found: NDArray[Any] = self._different[self._codes[places]]
        return found
