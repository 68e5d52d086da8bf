"""What the measurements under load begin with: the messages, and an orderly end."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.commands.evaluate import read_files, read_held
from bot.learning.releasing_sets import DIALOGUES, QUESTIONS
from bot.load.ground import Ground, open_ground
from bot.load.postgres import NoPostgresError
from bot.load.running import StartError
from bot.load.traffic import TooFewError
from bot.load.visit import Script
from bot.settings import Settings
from bot.training import TrainingError

_FOLLOWED = 2
_EVALUATION = "evaluation"


@contextmanager
def measuring(settings: Settings) -> Iterator[Ground]:
    """What contenders stand on. Failures end in a plain sentence; SIGTERM ends like Ctrl-C: everything that
    was started goes, too.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with open_ground(settings) as ground:
            yield ground
    except (TrainingError, StartError, NoPostgresError, TooFewError) as problem:
        raise click.ClickException(str(problem)) from problem


def scripts(settings: Settings) -> list[Script]:
    """The labelled questions, and of labelled conversations the first two messages where both are words."""
    folder = settings.data_dir / _EVALUATION
    questions = [(row.question,) for row in read_files(sorted(folder.glob(QUESTIONS)))]
    held = [dialogue.turns[:_FOLLOWED] for dialogue in read_held(sorted(folder.glob(DIALOGUES)))]
    followed = [tuple(turn.say for turn in turns) for turns in held if all(turn.say for turn in turns)]
    return list(dict.fromkeys([*questions, *followed]))


def about_procedures(settings: Settings) -> list[Script]:
    """The labelled questions that mean a procedure: none of them calls for a person."""
    rows = read_files(sorted((settings.data_dir / _EVALUATION).glob(QUESTIONS)))
    return list(dict.fromkeys((row.question,) for row in rows if row.procedure_codes))


def greetings(settings: Settings) -> list[Script]:
    """What is asked before anything counts: the last messages of longer labelled conversations."""
    held = read_held(sorted((settings.data_dir / _EVALUATION).glob(DIALOGUES)))
    last = [dialogue.turns[-1].say for dialogue in held if len(dialogue.turns) > _FOLLOWED]
    return list(dict.fromkeys((text,) for text in last if text))


def note(line: str) -> None:
    """To whoever waits."""
    click.echo(f"… {line}", err=True)


def write(path: Path | None, text: Callable[[], str]) -> None:
    """Where it is wanted."""
    if path:
        path.write_text(text(), encoding="utf-8")
