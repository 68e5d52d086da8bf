"""``bot …``: the command line of the assistant."""

import click

from bot.commands.ask import ask
from bot.commands.bench import bench
from bot.commands.catalogue import catalogue
from bot.commands.channels import channels
from bot.commands.chat import chat
from bot.commands.clusters import clusters_command
from bot.commands.compare import compare
from bot.commands.evaluate import evaluate
from bot.commands.figures import figures
from bot.commands.links import links
from bot.commands.model import release, train
from bot.commands.models import models
from bot.commands.privacy import privacy
from bot.commands.register import register
from bot.commands.serve import serve
from bot.commands.staff import staff
from bot.settings import get_settings
from bot.staff.sealing import Sealing, sealing_with


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Trợ lý dịch vụ công Quảng Ninh."""
    context.with_resource(sealing_with(Sealing(get_settings())))


for command in (
    ask,
    chat,
    catalogue,
    channels,
    register,
    evaluate,
    compare,
    clusters_command,
    bench,
    train,
    release,
    models,
    serve,
    staff,
    privacy,
    figures,
):
    main.add_command(command)
catalogue.add_command(links)
