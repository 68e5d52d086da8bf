"""Assistant, gateway and staff console as services of the supervisor."""

import sys
from collections.abc import Callable
from pathlib import Path

from bot.bank.bank import Bank
from bot.serving.child import Service
from bot.serving.health import port_is_free, replies_to_a_greeting
from bot.serving.supervisor import Replacement, Supervisor
from bot.serving.switching import ModelSwitch
from bot.settings import Settings
from bot.staff.first_run import LOGIN


def run(
    settings: Settings,
    model: Path,
    chat: bool,
    say: Callable[[str], None] = print,
    first_password: Callable[[], str | None] = lambda: None,
) -> int:
    """Serve ``model`` until stopped; exit code 0 after a signal or the end of the chat, 1 after a failure.

    A model activated meanwhile takes its place without the others stopping. The schema, the catalogue and
    the model must be there already. ``first_password``: asked once everything answers, so that a start that
    failed does not lose it; what it gives is said once and kept nowhere.
    """
    for name, host, port in _ports(settings):
        if not port_is_free(host, port):
            say(f"Port {port} on {host} is taken. Free it or set {name}.")
            return 1
    supervisor = Supervisor(services(settings, model), settings.start_timeout_seconds, say)
    say("Starting assistant, gateway and staff console …")
    return supervisor.run(
        check=lambda: None if _greets(settings) else "A greeting got no reply.",
        ready=lambda: say(_open_where(settings, chat, first_password())),
        foreground=[sys.executable, "-m", "bot.serving.chat", settings.rasa_url] if chat else None,
        changes=_changes(settings, model, say),
    )


def services(settings: Settings, model: Path) -> list[Service]:
    """What answers, bound to ``settings.host``, the gateway that citizens reach and the console of staff."""
    environment = settings.process_environment()
    return [
        *(_rasa(settings, model) if settings.engine == "rasa" else _engines(settings, model)),
        Service(
            name="gateway",
            command=[sys.executable, "-m", "bot.channels"],
            health_url=f"http://{settings.gateway_host}:{settings.gateway_port}/health/live",
            log=settings.log_dir / "gateway.log",
            environment=environment,
        ),
        Service(
            name="staff console",
            command=[sys.executable, "-m", "bot.console"],
            health_url=f"http://{settings.console_host}:{settings.console_port}/health/live",
            log=settings.log_dir / "console.log",
            environment=environment,
        ),
    ]


def _engines(settings: Settings, model: Path) -> list[Service]:
    return [
        Service(
            name="assistant" if number == 0 else f"assistant {number + 1}",
            command=[sys.executable, "-m", "bot.engine", str(model), str(settings.rasa_port + number)],
            health_url=f"{url}/health",
            log=settings.log_dir / ("assistant.log" if number == 0 else f"assistant-{number + 1}.log"),
            environment=settings.process_environment(),
        )
        for number, url in enumerate(settings.rasa_urls)
    ]


def _rasa(settings: Settings, model: Path) -> list[Service]:
    actions = Service(
        name="action server",
        command=[sys.executable, "-m", "rasa_sdk", "-p", str(settings.action_port), "--actions", "actions"],
        health_url=f"{settings.action_url}/health",
        log=settings.log_dir / "actions.log",
        # Its command line has no option for the address; this variable is what it reads.
        environment={**settings.process_environment(), "SANIC_HOST": settings.host},
    )
    return [actions, rasa_service(settings, model)]


def _changes(settings: Settings, model: Path, say: Callable[[str], None]) -> Callable[[], Replacement | None]:
    """What to run in the place of something: Rasa keeps its model until it ends, the engine changes it."""
    if settings.engine == "short":
        return lambda: None
    return ModelSwitch(
        Bank(settings.models_dir), model, lambda other: rasa_service(settings, other), say
    ).wanted


def _ports(settings: Settings) -> list[tuple[str, str, int]]:
    """Variable, address and port of everything that will listen."""
    answering = [
        ("BOT_RASA_PORT", settings.host, settings.rasa_port + n) for n in range(len(settings.rasa_urls))
    ]
    if settings.engine == "rasa":
        answering.append(("BOT_ACTION_PORT", settings.host, settings.action_port))
    return [
        *answering,
        ("BOT_GATEWAY_PORT", settings.gateway_host, settings.gateway_port),
        ("BOT_CONSOLE_PORT", settings.console_host, settings.console_port),
    ]


def rasa_service(settings: Settings, model: Path) -> Service:
    """Rasa with one model, which it keeps until it ends."""
    return Service(
        name="Rasa",
        command=[sys.executable, "-m", "rasa", "run", "-i", settings.host, "-p", str(settings.rasa_port)]
        + ["-m", str(model), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"],
        health_url=f"{settings.rasa_url}/",
        log=settings.log_dir / "rasa.log",
        environment=settings.process_environment(),
    )


def _greets(settings: Settings) -> bool:
    return replies_to_a_greeting(settings.rasa_url, settings.relay_secret)


def _open_where(settings: Settings, chat: bool, first_password: str | None) -> str:
    entry = [
        f"    First entry: {LOGIN} with the one-time password {first_password}",
        "    It is shown only now and must be changed at once; `bot staff reset-password` gives another.",
    ]
    return "\n".join(
        [
            "The assistant is running.",
            f"  Website with the chat  {settings.gateway_url}/",
            f"  Staff console          {settings.console_url}/console/",
            *(entry if first_password else []),
            f"  Local channel          {settings.rasa_url}/webhooks/local/webhook",
            f"  Logs                   {settings.log_dir}/",
            "Ctrl-D leaves the chat and stops everything." if chat else "Ctrl-C stops everything.",
        ]
    )
