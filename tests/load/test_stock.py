"""The stock model is the yardstick: a wrong training time would flatter us."""

from pathlib import Path

import yaml

from bot.load.stock import SHIPPED_EPOCHS, Training, config, epoch_seconds

BARS = (
    "Epochs:   0%|          | 0/3 [00:00<?, ?it/s]\r"
    "Epochs:  33%|███▎      | 1/3 [00:13<00:26, 13.00s/it, t_loss=9]\r"
    "Epochs:  67%|██████▋   | 2/3 [00:16<00:08,  8.00s/it, t_loss=9]\r"
    "Epochs: 100%|██████████| 3/3 [00:18<00:00,  6.00s/it, t_loss=8]\r"
    "Epochs: 100%|██████████| 3/3 [00:18<00:00,  6.00s/it, t_loss=8, i_acc=0.5]\n"
    "2026-11-22 10:00:00 INFO rasa.engine - Finished training component.\n"
    "Epochs:   0%|          | 0/3 [00:00<?, ?it/s]\r"
    "Epochs:  33%|###3      | 1/3 [59:59<00:26, 13.00s/it, t_loss=9]\r"
    "Epochs: 100%|##########| 3/3 [1:00:01<00:00,  4.00it/s, loss=1]\n"
)


def test_the_time_of_an_epoch_is_that_of_all_components_after_the_first() -> None:
    """(18 - 13) / 2 s of the first, (3601 - 3599) / 2 s of the second. The first epoch compiles: counted a
    hundred times it would make stock slower than it is.
    """
    assert epoch_seconds(BARS) == 3.5
    assert epoch_seconds("Epochs:   0%|  | 0/1 [00:00<\rEpochs: 100%|##| 1/1 [00:16<00:00]") == 0
    assert epoch_seconds("nothing was trained") == 0


def test_a_full_training_is_extrapolated_from_what_more_epochs_cost() -> None:
    """100 s with 2 epochs, and 98 more of 5 s: 590 s. A full one stays as measured."""
    assert Training(100, 100, 20, 2, 5).full_seconds() == 590
    assert Training(700, 700, 20, SHIPPED_EPOCHS, 5).full_seconds() == 700


def test_stock_is_what_rasa_ships() -> None:
    """Another yardstick would be no comparison."""
    import rasa

    folder = Path(rasa.__file__).parent / "engine" / "recipes" / "config_files"
    shipped = yaml.safe_load((folder / "default_config.yml").read_text(encoding="utf-8"))
    ours = config(SHIPPED_EPOCHS)
    assert ours["pipeline"] == shipped["pipeline"] and ours["policies"] == shipped["policies"]
