"""``bot ask``: one question through the trained model and the catalogue."""

import json
from datetime import date, datetime

import click

from bot.answers.context import Context
from bot.clock import today_in
from bot.commands.opening import desk


@click.command()
@click.argument("question")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of text.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day the answer must hold for.")
def ask(question: str, as_json: bool, as_of: datetime | None) -> None:
    """Answer QUESTION without a server."""
    opened, settings = desk()
    day: date | None = as_of.date() if as_of else None
    exchange = opened.ask(question, Context(), today_in(settings.time_zone), day)
    if as_json:
        click.echo(json.dumps(exchange.as_dict(), ensure_ascii=False))
        return
    click.echo("\n\n".join(exchange.texts))
    for number, button in enumerate(exchange.buttons, start=1):
        click.echo(f"  [{number}] {button['title']}")
