"""What an operator loses here: a roll-out that stops half-way, or one that citizens notice."""

import re
import shutil
import subprocess

import kubernetes_validate
import pytest
import yaml

from bot.channels.metrics import OLDEST
from bot.settings import Settings
from tests.deploy.manifests import DEPLOY, KUBERNETES, container, files, manifests, named, pods, variables

VERSION = "1.28"
OURS = ("assistant", "gateway", "console")
PORTS = {"assistant": 5005, "gateway": 8080, "console": 8090}
ROLLED = (*OURS, "nginx")


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_every_object_is_one_that_the_cluster_takes(path) -> None:
    """By the schemas of Kubernetes itself; unknown fields, which it would drop in silence, are faults."""
    for one in yaml.safe_load_all(path.read_text()):
        kubernetes_validate.validate(one, VERSION, strict=True)


def test_a_slip_in_a_manifest_is_found() -> None:
    """The check above must be one that can fail."""
    broken = {**named("Service", "gateway"), "spec": {"ports": [{"prot": 8080}]}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, VERSION, strict=True)


def test_every_file_is_part_of_a_roll_out() -> None:
    """But the example of the secret, which would replace the real one."""
    listed = set()
    for folder in (KUBERNETES, KUBERNETES / "setup"):
        plan = yaml.safe_load((folder / "kustomization.yaml").read_text())
        listed |= {(folder / name).resolve() for name in plan["resources"]}
    assert {path.resolve() for path in files()} - listed == {KUBERNETES / "setup" / "secret.example.yaml"}
    assert (DEPLOY / "nginx").resolve() in listed


@pytest.mark.parametrize("folder", [KUBERNETES, KUBERNETES / "setup"], ids=["serving", "setup"])
def test_the_roll_out_can_be_put_together(folder) -> None:
    if shutil.which("kubectl") is None:
        pytest.skip("kubectl is not installed")
    built = subprocess.run(["kubectl", "kustomize", str(folder)], capture_output=True, text=True, check=True)
    found = [one for one in yaml.safe_load_all(built.stdout) if one["kind"] in {"Deployment", "Job"}]
    images = {each["image"] for one in found for each in one["spec"]["template"]["spec"]["containers"]}
    assert "registry.example.gov.vn/quangninh-assistant:0.1.0" in images
    assert not any(image.startswith("quangninh-assistant") for image in images)


def test_both_roll_outs_bring_the_same_version() -> None:
    """Else the schema is prepared for another program than the one that comes."""
    plans = [
        yaml.safe_load((folder / "kustomization.yaml").read_text())
        for folder in (KUBERNETES, KUBERNETES / "setup")
    ]
    assert plans[0]["images"] == plans[1]["images"]


def test_every_variable_is_a_setting() -> None:
    """A misspelt one would be without effect, and nobody would know."""
    told = set(named("ConfigMap", "settings")["data"]) | set(
        named("Secret", "assistant-secrets")["stringData"]
    )
    for name in OURS:
        told |= {variable["name"] for variable in container(name).get("env", ())}
    assert {name for name in told if name.startswith("BOT_")} <= variables()
    assert {name for name in told if not name.startswith("BOT_")} == {"FORWARDED_ALLOW_IPS"}


def test_no_secret_has_a_value_or_stands_among_the_settings() -> None:
    secret = named("Secret", "assistant-secrets")["stringData"]
    assert not any(secret.values())
    settings = named("ConfigMap", "settings")["data"]
    assert not [name for name in settings if re.search(r"SECRET|KEY|TOKEN|PASSWORD|DATABASE", name)]


def test_settings_are_values_that_the_program_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pod that refuses its settings starts again for ever."""
    told = dict(named("ConfigMap", "settings")["data"])
    for name in OURS:
        told |= {one["name"]: one["value"] for one in container(name)["env"] if "value" in one}
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("BOT_RELAY_SECRET", "s3cret")
    settings = Settings()
    assert settings.assistants == ("http://assistant:5005",)
    assert (settings.host, settings.gateway_host, settings.console_host) == ("0.0.0.0",) * 3


@pytest.mark.parametrize("name", OURS)
def test_ports_agree_from_the_process_to_the_service(name: str) -> None:
    (port,) = container(name)["ports"]
    (served,) = named("Service", name)["spec"]["ports"]
    assert port["containerPort"] == served["port"] == PORTS[name]
    assert served["targetPort"] == port["name"]
    told = {one["name"]: one.get("value") for one in container(name)["env"]}
    kinds = {"assistant": "BOT_RASA_PORT", "gateway": "BOT_GATEWAY_PORT", "console": "BOT_CONSOLE_PORT"}
    assert told[kinds[name]] == str(PORTS[name])


@pytest.mark.parametrize("name", ROLLED)
def test_a_roll_out_never_takes_away_who_answers(name: str) -> None:
    spec = named("Deployment", name)["spec"]
    assert spec["strategy"]["rollingUpdate"] == {"maxUnavailable": 0, "maxSurge": 1}
    assert {"readinessProbe", "livenessProbe"} <= container(name).keys()
    assert spec["selector"]["matchLabels"].items() <= spec["template"]["metadata"]["labels"].items()


@pytest.mark.parametrize("name", ["assistant", "gateway", "nginx"])
def test_a_drained_machine_never_takes_the_last_one(name: str) -> None:
    budget = named("PodDisruptionBudget", name)["spec"]
    assert budget["maxUnavailable"] == 1 and budget["selector"]["matchLabels"] == {"app": name}
    fewest = [one["spec"]["minReplicas"] for one in manifests() if one["kind"] == "HorizontalPodAutoscaler"]
    assert min(fewest) >= 2 and named("Deployment", "nginx")["spec"]["replicas"] >= 2


@pytest.mark.parametrize("name", ["assistant", "gateway"])
def test_turns_under_way_have_time_to_end(name: str) -> None:
    """A citizen whose turn is cut off waits for another try."""
    spec = named("Deployment", name)["spec"]["template"]["spec"]
    leaving = int(container(name)["lifecycle"]["preStop"]["exec"]["command"][1])
    turn = float(named("ConfigMap", "settings")["data"]["BOT_TURN_TIMEOUT_SECONDS"])
    assert spec["terminationGracePeriodSeconds"] >= leaving + turn + 5


def test_pods_may_do_nothing_but_their_work() -> None:
    """Whoever takes over a process must find nothing to go on with."""
    for name, pod in pods():
        assert pod["automountServiceAccountToken"] is False, name
        assert pod["securityContext"]["runAsNonRoot"] is True, name
        assert pod["securityContext"]["runAsUser"] > 0, name
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, name
        for each in pod["containers"]:
            assert each["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }, name
            assert {"cpu", "memory"} <= each["resources"]["requests"].keys(), name
            assert {"cpu", "memory"} <= each["resources"]["limits"].keys(), name
            assert re.search(r":\d+\.\d+\.\d+", each["image"]), name


def test_the_queue_that_scales_is_one_that_is_measured() -> None:
    """An autoscaler without its figure does nothing, in silence."""
    name = OLDEST._name
    metric = named("HorizontalPodAutoscaler", "gateway")["spec"]["metrics"][0]
    assert metric["external"]["metric"]["name"] == name
    (rule,) = yaml.safe_load((DEPLOY / "prometheus-adapter.yaml").read_text())["rules"]["external"]
    assert rule["name"]["as"] == name and name in rule["seriesQuery"] and name in rule["metricsQuery"]


def test_only_the_gateway_reaches_the_assistants() -> None:
    """Who reaches an assistant can write in the name of any citizen, but for the secret."""
    everything = named("NetworkPolicy", "nothing")["spec"]
    assert everything == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    (rule,) = named("NetworkPolicy", "assistant")["spec"]["ingress"]
    assert rule["from"] == [{"podSelector": {"matchLabels": {"app": "gateway"}}}]
    assert rule["ports"] == [{"protocol": "TCP", "port": PORTS["assistant"]}]
    (rule,) = named("NetworkPolicy", "console")["spec"]["ingress"]
    assert "podSelector" not in rule["from"][0]
    public = [one for one in manifests() if one["kind"] == "Service" and one["spec"].get("type")]
    assert [one["metadata"]["name"] for one in public] == ["nginx"]
