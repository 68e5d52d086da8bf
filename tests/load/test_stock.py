"""The stock model is the yardstick: a wrong training time would flatter us."""

from pathlib import Path

import yaml

from bot.load.stock import SHIPPED_EPOCHS, Training, config, epoch_seconds

BARS = (
    "Epochs:   0%|          | 0/2 [00:00<?, ?it/s]\r"
    "Epochs:  50%|█████     | 1/2 [00:03<00:03,  3.00s/it, t_loss=9]\r"
    "Epochs: 100%|██████████| 2/2 [00:05<00:00,  2.80s/it, t_loss=9]\r"
    "Epochs: 100%|██████████| 2/2 [00:05<00:00,  2.50s/it, t_loss=8, i_acc=0.5]\n"
    "2026-11-22 10:00:00 INFO rasa.engine - Finished training component.\n"
    "Epochs:   0%|          | 0/2 [00:00<?, ?it/s]\r"
    "Epochs: 100%|##########| 2/2 [00:01<00:00,  4.00it/s, loss=1]\n"
)


def test_the_time_of_an_epoch_is_that_of_all_components() -> None:
    """2.5 s of the first, 1 / 4 s of the second."""
    assert epoch_seconds(BARS) == 2.75
    assert epoch_seconds("nothing was trained") == 0


def test_a_full_training_is_extrapolated_from_what_epochs_cost() -> None:
    """100 s with 2 epochs of 5 s: 90 s are fixed, so 100 epochs take 590 s. A full one stays as measured."""
    assert Training(100, 100, 20, 2, 5).full_seconds() == 590
    assert Training(700, 700, 20, SHIPPED_EPOCHS, 5).full_seconds() == 700


def test_stock_is_what_rasa_ships() -> None:
    """Another yardstick would be no comparison."""
    import rasa

    folder = Path(rasa.__file__).parent / "engine" / "recipes" / "config_files"
    shipped = yaml.safe_load((folder / "default_config.yml").read_text(encoding="utf-8"))
    ours = config(SHIPPED_EPOCHS)
    assert ours["pipeline"] == shipped["pipeline"] and ours["policies"] == shipped["policies"]
