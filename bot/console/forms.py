"""Forms whose labels and errors are keys of texts; the templates say them."""

from collections.abc import Sequence
from enum import Enum

from wtforms import (  # type: ignore[import-untyped]
    BooleanField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms import Form as _Form
from wtforms.validators import InputRequired, Length, Optional, Regexp  # type: ignore[import-untyped]

from bot.console.wording import key_of

__all__ = [
    "BooleanField",
    "CheckboxesField",
    "Form",
    "InputRequired",
    "Length",
    "Optional",
    "PasswordField",
    "RadioField",
    "Regexp",
    "SelectField",
    "StringField",
    "TextAreaField",
    "named",
    "required",
]


class _Keys:
    """The library's own English messages, which only tampered forms cause, become one key."""

    def gettext(self, _text: str) -> str:
        return "error_field"

    def ngettext(self, _singular: str, _plural: str, _count: int) -> str:
        return "error_field"


class Form(_Form):  # type: ignore[misc]
    """Labels, choices' labels, descriptions and messages of validators are keys of texts."""

    class Meta:
        def get_translations(self, _form: "Form") -> _Keys:
            return _Keys()


class CheckboxesField(SelectMultipleField):  # type: ignore[misc]
    """Several of a list, as check boxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


def required(most: int, message: str = "error_required") -> Sequence[object]:
    """Validators of a text that must be there and have at most ``most`` characters."""
    return [InputRequired(message), Length(max=most, message="error_too_long")]


def named(members: type[Enum]) -> list[tuple[str, str]]:
    """Choices of a field: each member's value and the key of its name."""
    return [(str(member.value), key_of(member)) for member in members]
