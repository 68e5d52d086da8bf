"""Buttons below an answer about a dossier. Pure."""

from bot.answers.phrase import Button, act, phrase
from bot.following.factor import NAME

MOST = 6
"""Dossiers offered at a time, so that platforms show all buttons."""
REPORT_URL = "https://pakn.dichvucong.gov.vn"
"""Where reports on officials' work are taken (NĐ 20/2008/NĐ-CP)."""


def portal(url: str) -> Button:
    """Look it up on the national portal."""
    return Button(phrase("utter_follow_button_portal"), url=url)


def report() -> Button:
    """Report that the rules were not kept."""
    return Button(phrase("utter_follow_button_report"), url=REPORT_URL)


def state(code: str) -> Button:
    """Show it again."""
    return act(phrase("utter_follow_button_again"), f"{NAME}:code:{code}")


def details(code: str) -> Button:
    """Show what needs the second factor."""
    return act(phrase("utter_follow_button_details"), f"{NAME}:details:{code}")


def pay(code: str) -> Button:
    """Pay what is due."""
    return act(phrase("utter_follow_button_pay"), f"pay:start:{code}")


def watch(code: str) -> Button:
    """Hear when it changes."""
    return act(phrase("utter_follow_button_watch"), f"{NAME}:watch:{code}")


def stop(code: str) -> Button:
    """Forget it."""
    return act(phrase("utter_follow_button_stop"), f"{NAME}:stop:{code}")


def consent(code: str) -> Button:
    """Agree to be written to; the notices explain what that means and ask."""
    return act(phrase("utter_follow_button_consent"), f"notice:ask:{code}")


def date(code: str) -> Button:
    """Compute the due day from the receipt."""
    return act(phrase("utter_follow_button_date"), f"{NAME}:date:{code}")


def others() -> Button:
    """The other dossiers of this conversation."""
    return act(phrase("utter_follow_button_list"), f"{NAME}:list")
