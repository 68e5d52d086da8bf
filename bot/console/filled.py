"""Validators of texts in which something must be said."""

from collections.abc import Sequence

from wtforms.validators import DataRequired, Length  # type: ignore[import-untyped]


def filled(most: int) -> Sequence[object]:
    """At most ``most`` characters, and blanks alone are nothing."""
    return [DataRequired("error_required"), Length(max=most, message="error_too_long")]
