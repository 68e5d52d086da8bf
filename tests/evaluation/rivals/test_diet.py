"""Rasa's own pipeline as a rival. One that differs from what Rasa ships would be a straw man."""

from pathlib import Path

import rasa.engine.recipes
import yaml
from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from bot.evaluation.rivals.diet import SHIPPED_EPOCHS, config, guess_of, key
from bot.evaluation.rivals.guess import Guess

SHIPPED = Path(next(iter(rasa.engine.recipes.__path__))) / "config_files" / "default_config.yml"


def test_the_pipeline_is_what_rasa_ships_but_for_the_response_selector():
    shipped = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["pipeline"]
    assert config()["pipeline"] == [part for part in shipped if part["name"] != "ResponseSelector"]


def test_rasa_accepts_the_configuration():
    assert DefaultV1Recipe().graph_config_for_recipe(config(), {}).language == "vi"


def test_fewer_epochs_change_nothing_else():
    parts = {part["name"]: part for part in config(epochs=3)["pipeline"]}
    assert parts["DIETClassifier"]["epochs"] == 3
    assert {**parts["DIETClassifier"], "epochs": SHIPPED_EPOCHS} in config()["pipeline"]


def test_the_key_changes_with_examples_and_epochs(tmp_path: Path):
    examples = tmp_path / "nlu"
    examples.mkdir()
    (examples / "a.yml").write_text("- xin chào", encoding="utf-8")
    first = key(examples, 100)
    assert first == key(examples, 100) != key(examples, 5)
    (examples / "a.yml").write_text("- chào bạn", encoding="utf-8")
    assert key(examples, 100) != first


def test_the_fallback_hides_no_first_choice():
    ranking = [{"name": "ask_fee", "confidence": 0.25}, {"name": "greet", "confidence": 0.2}]
    sure = {"intent": ranking[0], "intent_ranking": ranking}
    fallback = {"name": "nlu_fallback", "confidence": 0.7}
    unsure = {"intent": fallback, "intent_ranking": [fallback, *ranking]}
    nothing = {"intent": {"name": None, "confidence": 0.0}, "intent_ranking": []}
    assert guess_of(sure) == Guess(intent="ask_fee")
    assert guess_of(unsure) == Guess(intent="ask_fee", unsure=True)
    assert guess_of(nothing) == Guess()
