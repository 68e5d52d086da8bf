"""Models kept between comparisons. An outdated one would be measured as if it knew today's examples."""

from pathlib import Path

import pytest

from bot.evaluation.rivals.keeping import kept


class Trainer:
    """Writes a small file in place of a model and counts how often it had to."""

    def __init__(self, fails: bool = False) -> None:
        self.times, self.fails = 0, fails

    def __call__(self, folder: Path) -> Path:
        self.times += 1
        (folder / "half.txt").write_text("unfinished")
        if self.fails:
            raise RuntimeError("out of memory")
        made = folder / "made.tar.gz"
        made.write_bytes(b"x" * 20_000)
        return made


def test_trained_once_for_the_same_data(tmp_path: Path):
    train = Trainer()
    first = kept(tmp_path / "rivals", "diet", "abc", train)
    again = kept(tmp_path / "rivals", "diet", "abc", train)
    assert train.times == 1 and first == again
    assert first.path.read_bytes() == b"x" * 20_000
    assert first.training.size_mb == 0.02 and first.training.seconds >= 0


def test_changed_data_train_anew_and_the_old_model_goes(tmp_path: Path):
    train = Trainer()
    other = kept(tmp_path, "ours", "abc", train)
    old = kept(tmp_path, "diet", "abc", train)
    new = kept(tmp_path, "diet", "def", train)
    assert train.times == 3
    assert new.path.exists() and not old.path.exists() and other.path.exists()
    assert len(list(tmp_path.iterdir())) == 4


def test_a_failed_training_leaves_nothing_and_keeps_the_old_model(tmp_path: Path):
    old = kept(tmp_path, "diet", "abc", Trainer())
    with pytest.raises(RuntimeError, match="out of memory"):
        kept(tmp_path, "diet", "def", Trainer(fails=True))
    assert old.path.exists() and len(list(tmp_path.iterdir())) == 2


def test_a_model_without_its_record_is_not_trusted(tmp_path: Path):
    train = Trainer()
    model = kept(tmp_path, "diet", "abc", train)
    (tmp_path / "diet-abc.json").unlink()
    assert kept(tmp_path, "diet", "abc", train).path == model.path
    assert train.times == 2
