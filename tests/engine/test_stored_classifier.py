"""The classifier held small: citizens must be understood exactly as the trained model understands them."""

import tarfile
from pathlib import Path

import numpy as np
import pytest

from bot.engine.stored_classifier import StoredClassifier, read_small
from bot.engine.stored_model import read_model
from bot.nlu.features import extract
from bot.nlu.model_file import load
from tests.working import trained_model

TEXTS = (
    "Đăng ký kết hôn cần giấy tờ gì?",
    "dang ky ket hon can giay to gi",
    "làm lại căn cước mất bao nhiêu tiền, nộp ở phường Hạ Long được không",
    "H01.002.003-241122-0001",
    "😀",
    "",
)


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    with tarfile.open(trained_model()) as archive:
        member = next(member for member in archive if member.name.endswith("/questions.npz"))
        member.name = "questions.npz"
        archive.extract(member, tmp_path)
    return tmp_path / "questions.npz"


def test_every_probability_is_the_same_bit_for_bit(stored: Path) -> None:
    whole, small = load(stored), read_small(stored)
    assert (small.labels, small.sharpness) == (whole.labels, whole.sharpness)
    for text in TEXTS:
        groups = extract(text)
        assert small.probabilities(groups).tobytes() == whole.probabilities(groups).tobytes()


def test_a_file_of_another_format_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "questions.npz", format=np.array(2))
    with pytest.raises(ValueError, match="format 2"):
        read_small(tmp_path / "questions.npz")


def test_the_model_that_serves_has_it() -> None:
    _, metadata, _ = read_model(trained_model())
    assert [node.uses for node in metadata.predict_schema.nodes.values()].count(StoredClassifier) == 1
