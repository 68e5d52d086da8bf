"""Thresholds decide between a wrong answer and a question too many."""

import pytest

from bot.answers.resolve import Thresholds
from bot.evaluation.calibration import Sample, choose_thresholds, reliability, samples_of

CURRENT = Thresholds(certain=0.5, lead=2.0, lead_floor=0.35, possible=0.25, follow_up=0.3)


def sample(probabilities: tuple[float, ...], right: int | None) -> Sample:
    return Sample(probabilities, tuple(place == right for place in range(len(probabilities))))


def test_reliability_by_hand():
    bins = reliability(
        [
            sample((0.92,), 0),
            sample((0.98, 0.01), 1),
            sample((0.15,), None),
            sample((), None),
            sample((1.0,), 0),
        ]
    )
    assert [(b.low, b.n, round(b.stated, 4), round(b.right, 4)) for b in bins] == [
        (0.0, 1, 0.0, 0.0),
        (0.1, 1, 0.15, 0.0),
        (0.9, 3, 0.9667, 0.6667),
    ]


def test_samples_are_what_search_was_asked_and_could_know(judged):
    """Turns without a search, or about what the catalogue lacks, say nothing of its probabilities."""
    turns = [
        judged(("1.000001",), candidates=("1.000002", "1.000001")),
        judged((), candidates=("1.000001",)),
        judged(("9.999999",), candidates=("1.000001",)),
        judged(("1.000001",)),
    ]
    assert samples_of(turns) == [Sample((0.5, 0.5), (False, True)), Sample((0.5,), (False,))]


def test_wrong_answers_stay_under_the_target_and_right_ones_are_kept():
    right = [sample((0.8, 0.05), 0)] * 8
    close = [sample((0.6, 0.55), 1)] * 2
    choice = choose_thresholds(right + close, 0.0, CURRENT)
    assert (choice.answered_right, choice.answered_wrong, choice.asked_back) == (0.8, 0.0, 0.2)
    assert choice.thresholds.certain > 0.6
    assert choice.thresholds.follow_up == CURRENT.follow_up


def test_a_looser_target_answers_more():
    samples = [sample((0.8, 0.05), 0)] * 6 + [sample((0.5, 0.1), 0)] * 3 + [sample((0.55, 0.1), 1)]
    strict = choose_thresholds(samples, 0.0, CURRENT)
    loose = choose_thresholds(samples, 0.1, CURRENT)
    assert (strict.answered_right, strict.answered_wrong) == (0.6, 0.0)
    assert (loose.answered_right, loose.answered_wrong) == (0.9, 0.1)


def test_useless_buttons_are_not_offered():
    right = [sample((0.9,), 0)] * 5
    noise = [sample((0.2, 0.1), None)] * 4
    choice = choose_thresholds(right + noise, 0.0, CURRENT)
    assert choice.asked_back == 0.0


def test_no_samples_no_thresholds():
    with pytest.raises(ValueError, match="no samples"):
        choose_thresholds([], 0.02, CURRENT)
