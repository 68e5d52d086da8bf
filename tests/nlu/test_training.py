"""Fitting, probabilities and the stored form of the classifier."""

from pathlib import Path

import numpy as np
import pytest

from bot.nlu.crossval import cross_validate, evaluate
from bot.nlu.features import extract
from bot.nlu.linear_model import GROUP_WEIGHTS, LinearModel, rows_of, softmax, vectors
from bot.nlu.model_file import load, save
from bot.nlu.training import fit
from bot.nlu.variation import Example, Phrases

_NONE: list[tuple[int, ...]] = [()] * 5
FEE = ("mất bao nhiêu tiền", "lệ phí bao nhiêu", "phí bao nhiêu", "có mất tiền không")
PLACE = ("nộp ở đâu", "làm ở chỗ nào", "đến đâu để nộp", "nộp hồ sơ chỗ nào")
TOPICS = ("khai sinh", "hộ chiếu", "căn cước", "tách thửa")
EXAMPLES = [
    *(Example(f"{topic} {end}", "ask_fee") for topic in TOPICS for end in FEE),
    *(Example(f"{topic} {end}", "ask_place") for topic in TOPICS for end in PLACE),
]


@pytest.fixture(scope="module")
def model() -> LinearModel:
    return fit(EXAMPLES, Phrases([["khai sinh", "hộ chiếu", "kết hôn"]], ["Nhà em ở xa."]))


def best(model: LinearModel, text: str) -> str:
    return model.labels[int(model.probabilities(extract(text)).argmax())]


def test_a_new_subject_is_asked_about_in_the_same_way(model: LinearModel) -> None:
    assert best(model, "giấy phép karaoke lệ phí bao nhiêu") == "ask_fee"
    assert best(model, "giay phep karaoke nop o dau") == "ask_place"


def test_probabilities_add_up_to_one(model: LinearModel) -> None:
    assert model.probabilities(extract("abc xyz")).sum() == pytest.approx(1.0, abs=1e-5)


def test_stored_model_gives_the_same_probabilities(model: LinearModel, tmp_path: Path) -> None:
    save(model, tmp_path / "m.npz")
    again = load(tmp_path / "m.npz")
    for example in EXAMPLES:
        groups = extract(example.text)
        assert np.allclose(model.probabilities(groups), again.probabilities(groups), atol=0.01)
    assert again.labels == model.labels


def test_file_of_another_format_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "m.npz", format=np.array(99))
    with pytest.raises(ValueError, match="format 99"):
        load(tmp_path / "m.npz")


def test_training_twice_gives_the_same_model(model: LinearModel) -> None:
    again = fit(EXAMPLES, Phrases([["khai sinh", "hộ chiếu", "kết hôn"]], ["Nhà em ở xa."]))
    assert np.array_equal(model.weights, again.weights)


def test_one_label_cannot_be_trained() -> None:
    with pytest.raises(ValueError, match="two labels"):
        fit([Example("xin chào", "greet")])


def test_vector_weighs_groups_by_hand_counted_lengths() -> None:
    """Two known features of equal rarity share the length of their group: each 1/sqrt(2) of it."""
    rows, rarity = rows_of(np.array([3, 7, 9])), np.ones(3, dtype=np.float32)
    known, values, ends = vectors([[(3, 7, 8), *_NONE]], rows, rarity)
    assert known.tolist() == [0, 1] and list(ends) == [2]
    assert values.tolist() == pytest.approx([GROUP_WEIGHTS[0] * 2**-0.5] * 2)
    assert vectors([[(8,), *_NONE]], rows, rarity)[0].size == 0


def test_messages_taken_together_keep_to_themselves() -> None:
    """The first has three known features in two groups, the second none, the third one."""
    rows, rarity = rows_of(np.array([3, 7, 9])), np.ones(3, dtype=np.float32)
    said = [[(7, 3), (9,), *_NONE[1:]], [(8,), *_NONE], [(), (7,), *_NONE[1:]]]
    known, values, ends = vectors(said, rows, rarity)
    assert known.tolist() == [0, 1, 2, 1] and list(ends) == [3, 3, 4]
    assert values.tolist() == pytest.approx(
        [GROUP_WEIGHTS[0] * 2**-0.5] * 2 + [GROUP_WEIGHTS[1]] + [GROUP_WEIGHTS[1]]
    )


def test_a_clause_gets_the_same_chances_as_by_itself(model: LinearModel) -> None:
    """Danger told in passing would else be heard or not heard by what stands around it."""
    said = [extract(text) for text in ("hộ chiếu lệ phí bao nhiêu, nộp ở đâu", "", "nộp ở đâu", "xyz")]
    together = model.probabilities_of(said)
    assert [one.tobytes() for one in together] == [model.probabilities(one).tobytes() for one in said]


def test_vector_is_the_same_in_whatever_order_features_come() -> None:
    """The same words must get the very same chances in every process."""
    rows, rarity = rows_of(np.array([3, 7, 9])), np.array([1.5, 2.5, 3.5], dtype=np.float32)
    known, values, _ = vectors([[(9, 3, 7), (7, 3), *_NONE[1:]]], rows, rarity)
    again, same, _ = vectors([[(3, 7, 9), (3, 7), *_NONE[1:]]], rows, rarity)
    assert known.tolist() == again.tolist() == [0, 1, 2, 0, 1]
    assert values.tolist() == same.tolist()


def test_softmax_by_hand() -> None:
    assert softmax(np.log(np.array([1.0, 3.0], dtype=np.float32))).tolist() == pytest.approx([0.25, 0.75])


class _Fixed(LinearModel):
    """Says ask_fee with 0.8 whatever it is asked."""

    def probabilities(self, groups: object) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
        return np.array([0.8, 0.2], dtype=np.float32)


def test_report_counts_by_hand() -> None:
    """Three of four right, said with 0.8: accuracy 0.75, calibration error 0.05, one confusion."""
    empty = np.empty(0, dtype=np.float32)
    fixed = _Fixed(("ask_fee", "ask_place"), np.empty(0, dtype=np.int32), empty, empty, empty, 1.0)
    report = evaluate(fixed, [Example("a", "ask_fee")] * 3 + [Example("b", "ask_place")])
    assert report.accuracy == 0.75
    assert report.accuracy_unaccented == 0.75
    assert report.calibration_error == pytest.approx(0.05, abs=1e-6)
    assert report.confusions == ((("ask_place", "ask_fee"), 1),)


def test_cross_validation_judges_every_example_and_refuses_thin_labels() -> None:
    report = cross_validate(EXAMPLES, folds=2)
    assert report.accuracy > 0.9
    with pytest.raises(ValueError, match="fewer than"):
        cross_validate([*EXAMPLES, Example("xin chào", "greet")])
