"""What the province loses here: an image with somebody's keys in it, or one that runs as root."""

import re
from pathlib import Path

import pytest
from starlette.routing import Route

from bot.channels.health import health_routes
from bot.console import health as console_health
from bot.engine.server import Server
from tests.deploy.manifests import DEPLOY, ROOT, container

DOCKERFILE = (DEPLOY / "Dockerfile").read_text()


def test_everything_stays_out_of_the_image_that_is_not_named() -> None:
    lines = [line for line in (ROOT / ".dockerignore").read_text().splitlines() if line[:1] not in ("", "#")]
    assert lines[0] == "*"
    named = [line[1:] for line in lines if line.startswith("!")]
    assert all((ROOT / name).exists() for name in named)
    assert not {"var", "models", "deploy", "tests", ".git", ".venv"} & set(named)
    assert {"**/*.env", "**/*.key", "**/*.secret", "**/*.db"} <= set(lines)


def test_no_layer_holds_a_secret() -> None:
    """Whoever pulls an image reads every layer, also what a later one deleted."""
    assert not re.search(r"^\s*(ARG|ENV)\b.*(SECRET|PASSWORD|TOKEN|_KEY)", DOCKERFILE, re.MULTILINE)
    assert not re.search(r"--mount=type=bind|\.env\b", DOCKERFILE)


def test_the_process_is_nobody_on_a_pinned_system() -> None:
    stages = set(re.findall(r"^FROM \S+ AS (\S+)$", DOCKERFILE, re.MULTILINE))
    bases = [base for base in re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) if base not in stages]
    assert len(set(bases)) == 1 and re.fullmatch(r"python:3\.10\.\d+-slim-\w+", bases[0])
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last and "uv sync --frozen --no-dev" in DOCKERFILE
    pinned = (ROOT / ".python-version").read_text().strip()
    assert bases[0].startswith(f"python:{pinned}.")


def test_our_code_is_compiled_where_the_image_is_built() -> None:
    """A container writes no bytecode: each start would compile 380 modules before anybody is answered."""
    built, last = DOCKERFILE.rsplit("\nFROM ", 1)
    assert "PYTHONDONTWRITEBYTECODE=1" in last
    sources, compiled = (
        built.index("COPY . ."),
        built.index("RUN .venv/bin/python -m compileall -q bot actions"),
    )
    assert sources < compiled


def test_a_model_can_be_trained_where_the_program_cannot_be_changed() -> None:
    """Rasa keeps a cache beside the program if nobody says otherwise, and fails where that is read-only."""
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    assert "RASA_CACHE_DIRECTORY=/tmp/" in last


def test_a_new_version_brings_its_own_files_alone() -> None:
    """Two gigabytes for each machine and version would otherwise be sent and kept anew."""
    last = DOCKERFILE.rsplit("\nFROM ", 1)[1]
    packages, ours = (
        last.index("COPY --from=packages /app/.venv /app/.venv"),
        last.index("COPY --from=build /ours /app"),
    )
    assert packages < ours and last.count("COPY") == 2
    assert DOCKERFILE.index("--no-install-project") < DOCKERFILE.index("FROM packages AS build")


def test_the_job_that_prepares_is_in_the_image() -> None:
    script = DEPLOY / "prepare.sh"
    assert "!deploy/prepare.sh" in (ROOT / ".dockerignore").read_text()
    assert script.stat().st_mode & 0o111
    assert container("prepare")["command"] == ["deploy/prepare.sh"]


def _paths(routes: list[Route]) -> set[str]:
    return {route.path for route in routes}


@pytest.mark.parametrize("name", ["assistant", "gateway", "console"])
def test_probes_ask_for_what_is_there(name: str) -> None:
    """A pod whose probe gets 404 is killed again and again."""
    engine = Server(lambda: None, "").app()
    there = {
        "assistant": {route.path for route in engine.routes if isinstance(route, Route)},
        "gateway": _paths(health_routes(None, None)),  # type: ignore[arg-type]
        "console": _paths(console_health.routes()),
    }[name]
    probes = [container(name)[kind] for kind in ("startupProbe", "readinessProbe", "livenessProbe")]
    assert {probe["httpGet"]["path"] for probe in probes} <= there
    ports = {port["name"] for port in container(name)["ports"]}
    assert {probe["httpGet"]["port"] for probe in probes} <= ports


def test_what_is_run_is_a_module_that_is_there() -> None:
    for name, module in {"assistant": "engine", "gateway": "channels", "console": "console"}.items():
        assert container(name)["command"][:3] == ["python", "-m", f"bot.{module}"]
        assert (Path(ROOT) / "bot" / module / "__main__.py").exists()
