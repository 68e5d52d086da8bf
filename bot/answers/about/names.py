"""Vietnamese names of the catalogue's enum values, as responses."""

from bot.answers.phrase import Phrase, phrase
from bot.catalogue.enums import AdminLevel, Channel, Handler, LevelScheme, LevelValue, TimeUnit


def channel(value: Channel) -> Phrase:
    """How a dossier is handed in: "qua mạng"."""
    return phrase(f"utter_about_channel_{value.value}")


def channel_handed_in(value: Channel) -> Phrase:
    """The same at the start of a line: "Nộp qua mạng"."""
    return phrase(f"utter_about_by_{value.value}")


def admin_level(value: AdminLevel) -> Phrase:
    """Level of government: "cấp xã"."""
    return phrase(f"utter_about_admin_{value.value}")


def handler(value: Handler) -> Phrase:
    """The service that runs the counter: "cơ quan công an"."""
    return phrase(f"utter_about_handler_{value.value}")


def level(scheme: LevelScheme, value: LevelValue) -> Phrase:
    """A level in words; the 2011 scale always names itself, a bare "mức 4" never appears."""
    return phrase(f"utter_about_level_{scheme.value}_{value.value}")


def duration(unit: TimeUnit, amount: str) -> Phrase:
    """A number of days, hours or months with its unit."""
    return phrase(f"utter_about_unit_{unit.value}", amount=amount)
