"""``bot chat``: a conversation in the terminal."""

import sys

import click

from bot.answers.context import Context
from bot.answers.phrase import phrase
from bot.clock import today_in
from bot.commands.opening import desk
from bot.dossiers.casefile import CaseFile


@click.command()
def chat() -> None:
    """Talk to the assistant; an empty line or Ctrl-D ends."""
    opened, settings = desk()
    context, file = Context(), CaseFile()
    buttons: tuple[dict[str, str], ...] = ()
    click.echo(opened.say(phrase("utter_greet")))
    while True:
        click.echo("\n> ", nl=False)
        line = sys.stdin.readline()
        if not line.strip():
            return
        message = line.strip()
        if message.isdigit() and 0 < int(message) <= len(buttons):
            message = buttons[int(message) - 1]["payload"]
        exchange = opened.ask(message, context, today_in(settings.time_zone), file=file)
        context, buttons, file = exchange.reply.context, exchange.buttons, exchange.file
        click.echo("\n\n".join(exchange.texts))
        for number, button in enumerate(buttons, start=1):
            click.echo(f"  [{number}] {button['title']}")
