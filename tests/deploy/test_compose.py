"""What an operator loses here: a machine that starts half of it, or shows the inside to everybody."""

import re

import pytest

from bot.settings import Settings
from tests.deploy.manifests import COMPOSE, DEPLOY, OUR_IMAGE, seconds, services, variables

ASKED = re.compile(r"\$\{(\w+)")
OURS = ("prepare", "assistant", "gateway-1", "gateway-2", "console")
PORTS = {"assistant": 5005, "gateway-1": 8080, "gateway-2": 8080, "console": 8090}


def test_every_variable_is_a_setting() -> None:
    """A misspelt one would be without effect, and nobody would know."""
    for name in OURS:
        told = services()[name]["environment"]
        assert {each for each in told if each.startswith("BOT_")} <= variables(), name
        assert {each for each in told if not each.startswith("BOT_")} <= {"FORWARDED_ALLOW_IPS"}, name


def test_the_example_names_all_that_is_asked_for_and_no_secret() -> None:
    lines = (DEPLOY / "example.env").read_text().splitlines()
    example = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    text = re.sub(r"^#.*", "", COMPOSE.read_text(), flags=re.MULTILINE)
    assert set(ASKED.findall(text)) == example.keys()
    secrets = {name for name in example if re.search(r"SECRET|KEY|TOKEN|PASSWORD", name)}
    assert len(secrets) >= 6 and not any(example[name] for name in secrets)
    # Without these nothing starts: no installation may go on with an empty one.
    must = {"POSTGRES_PASSWORD", "BOT_RELAY_SECRET", "BOT_WEB_SECRET", "BOT_VAULT_KEY"}
    assert must <= set(re.findall(r"\$\{(\w+):\?\}", text)) & secrets


def test_the_gateways_find_the_assistants_and_the_proxy_finds_the_gateways() -> None:
    for name in ("gateway-1", "gateway-2"):
        told = services()[name]["environment"]
        settings = Settings(assistant_urls=told["BOT_ASSISTANT_URLS"])
        assert settings.assistants == (f"http://assistant:{PORTS['assistant']}",)
        assert told["BOT_GATEWAY_NAME"] == name
        assert services()[name]["networks"]["inside"]["aliases"] == ["gateway"]
    assert services()["nginx"]["environment"]["GATEWAY_HOST"] == "gateway"
    assert f"${{GATEWAY_HOST}}:{PORTS['gateway-1']} " in (DEPLOY / "nginx/upstream.conf.template").read_text()


@pytest.mark.parametrize("name", PORTS)
def test_health_is_asked_where_the_process_listens(name: str) -> None:
    path = "/health" if name == "assistant" else "/health/ready"
    assert f"http://127.0.0.1:{PORTS[name]}{path}'" in services()[name]["healthcheck"]["test"][-1]
    kind = {"assistant": "BOT_RASA_PORT", "console": "BOT_CONSOLE_PORT"}.get(name, "BOT_GATEWAY_PORT")
    assert services()[name]["environment"][kind] == str(PORTS[name])


def test_only_the_proxy_is_open() -> None:
    """The console is for the office network, the assistants for the gateway, the database for us."""
    opened = {name: one["ports"] for name, one in services().items() if "ports" in one}
    assert opened == {"nginx": ["80:8000", "443:8443"], "console": ["127.0.0.1:8090:8090"]}


def test_every_container_has_limits_and_a_pinned_image() -> None:
    for name, one in services().items():
        assert {"cpus", "memory"} <= one["deploy"]["resources"]["limits"].keys(), name
        image = one["image"].removeprefix("${IMAGE:-").removesuffix("}")
        assert re.search(r":\d+\.\d+", image), name
        assert one["restart"] == ("no" if name == "prepare" else "unless-stopped"), name
        assert one["healthcheck"], name
        if OUR_IMAGE in image or name == "nginx":
            assert one["read_only"] is True and one["cap_drop"] == ["ALL"], name
            assert one["security_opt"] == ["no-new-privileges:true"], name


def test_turns_under_way_have_time_to_end() -> None:
    turn = Settings().turn_timeout_seconds
    for name in ("assistant", "gateway-1", "gateway-2"):
        assert seconds(services()[name]["stop_grace_period"]) > turn + 5, name


def test_nothing_serves_before_the_schema_is_there() -> None:
    for name in ("assistant", "gateway-1", "gateway-2", "console"):
        assert services()[name]["depends_on"]["prepare"] == {"condition": "service_completed_successfully"}
