"""The shipped manifests as data."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from bot.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
KUBERNETES = DEPLOY / "kubernetes"
COMPOSE = DEPLOY / "compose.yml"
OUR_IMAGE = "quangninh-assistant"

Manifest = Mapping[str, Any]


def files() -> list[Path]:
    """Files with objects of the cluster, kustomizations left out."""
    return [path for path in sorted(KUBERNETES.rglob("*.yaml")) if path.name != "kustomization.yaml"]


def manifests() -> list[Manifest]:
    """All objects of all files."""
    return [found for path in files() for found in yaml.safe_load_all(path.read_text())]


def named(kind: str, name: str) -> Manifest:
    """The one object of a kind with a name."""
    (found,) = (one for one in manifests() if one["kind"] == kind and one["metadata"]["name"] == name)
    return found


def pods() -> Iterator[tuple[str, Manifest]]:
    """Name and pod specification of everything that runs."""
    for one in manifests():
        if one["kind"] in {"Deployment", "Job"}:
            yield one["metadata"]["name"], one["spec"]["template"]["spec"]


def container(name: str) -> Manifest:
    """The container of the pod with this name."""
    found: Manifest = dict(pods())[name]["containers"][0]
    return found


def services() -> Mapping[str, Manifest]:
    """Of the compose file, by name."""
    found: Mapping[str, Manifest] = yaml.safe_load(COMPOSE.read_text())["services"]
    return found


def variables() -> frozenset[str]:
    """Every variable that the program reads."""
    return frozenset(Settings().environment())


def seconds(text: str) -> float:
    """``40s`` as a number."""
    assert text.endswith("s") and text[:-1].isdigit()
    return float(text[:-1])
