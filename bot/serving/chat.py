"""A chat in the terminal with the running servers: ``python -m bot.serving.chat http://127.0.0.1:5005``."""

import sys
from typing import Any
from uuid import uuid4

from bot.serving.health import send
from bot.settings import get_settings


def main(rasa_url: str) -> None:
    """Read lines until the input ends; a number chooses a button of the last reply."""
    sender, secret = f"terminal-{uuid4().hex}", get_settings().relay_secret
    buttons: list[dict[str, Any]] = []
    while True:
        print("\n> ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            print()
            return
        message = chosen(line.strip(), buttons)
        if not message:
            continue
        try:
            replies: list[dict[str, Any]] = send(rasa_url, sender, message, secret=secret)
        except (OSError, ValueError) as error:
            print(f"! {error}")
            continue
        buttons = [button for reply in replies for button in reply.get("buttons") or []]
        print("\n\n".join(reply["text"] for reply in replies if reply.get("text")))
        for number, button in enumerate(buttons, start=1):
            print(f"  [{number}] {button['title']}")


def chosen(typed: str, buttons: list[dict[str, Any]]) -> str:
    """What to send for a typed line: a button's payload for its number, else the text.

    A leading slash is text here: Rasa would take ``/intent`` for a command.
    """
    if typed.isdecimal() and 0 < int(typed) <= len(buttons):
        return str(buttons[int(typed) - 1]["payload"])
    return typed.lstrip("/ ")


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        print()
