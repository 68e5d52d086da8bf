"""Who is compared, and what each is given."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from bot.catalogue.records import Procedure
from bot.evaluation.rivals import diet
from bot.evaluation.rivals.bm25 import Bm25
from bot.evaluation.rivals.fuzzy import Fuzzy
from bot.evaluation.rivals.guess import Guesser
from bot.evaluation.rivals.keeping import Kept, kept
from bot.evaluation.rivals.ours import OurClassifier, OurSearch, OurTurn
from bot.settings import Settings
from bot.training import current_model, train_if_needed


@dataclass(frozen=True)
class Contender:
    """``opening`` makes it ready in another process; ``finds`` procedures, ``sorts`` questions into intents.

    ``given``: what it was made of, in Vietnamese for the table.
    """

    name: str
    title: str
    given: str
    opening: Callable[[], Guesser]
    finds: bool = False
    sorts: bool = False
    trained: Kept | None = None


NAMES = ("ours", "bm25", "rapidfuzz", "diet")


def contenders(
    chosen: Sequence[str],
    settings: Settings,
    procedures: Sequence[Procedure],
    today: date,
    epochs: int,
) -> Iterator[Contender]:
    """The contenders of ``chosen`` names, models trained first where there are none of today's data.

    Raises ``TrainingError``.
    """
    if "ours" in chosen:
        yield from _ours(settings, procedures, today)
    if "bm25" in chosen:
        yield Contender(
            "bm25",
            "BM25 (SQLite FTS5)",
            "tên chính thức, tên ngắn, tên gọi khác; bỏ dấu kiểu SQLite; câu hỏi là các từ nối bằng OR",
            partial(Bm25, procedures),
            finds=True,
        )
    if "rapidfuzz" in chosen:
        yield Contender(
            "rapidfuzz",
            "rapidfuzz (token_set_ratio)",
            "tên chính thức, tên ngắn, tên gọi khác; cả hai phía bỏ dấu; so từng tên một",
            partial(Fuzzy, procedures),
            finds=True,
        )
    if "diet" in chosen:
        yield _diet(settings, epochs)


def _ours(settings: Settings, procedures: Sequence[Procedure], today: date) -> Iterator[Contender]:
    model = kept(rivals_dir(settings), "ours", current_model(settings).name.split(".")[0], _train(settings))
    yield Contender(
        "our_search",
        "Của ta: chỉ bộ tìm kiếm",
        "cùng các tên ấy, lĩnh vực, từ điển data/search và trọng số đã học",
        partial(OurSearch, procedures, settings.data_dir / "search"),
        finds=True,
    )
    yield Contender(
        "our_classifier",
        "Của ta: chỉ bộ phân loại",
        "câu mẫu data/nlu và các biến thể sinh từ chúng",
        partial(OurClassifier, model.path, settings.data_dir),
        sorts=True,
        trained=model,
    )
    yield Contender(
        "our_turn",
        "Của ta: cả lượt hỏi đáp",
        "tất cả những thứ trên, nhận ra nơi chốn; thời gian gồm cả soạn câu trả lời",
        partial(OurTurn, settings, model.path, today),
        finds=True,
        sorts=True,
        trained=model,
    )


def _diet(settings: Settings, epochs: int) -> Contender:
    examples = settings.data_dir / "nlu"
    model = kept(
        rivals_dir(settings),
        "diet",
        diet.key(examples, epochs),
        lambda folder: diet.train(folder, examples, epochs, settings.process_environment()),
    )
    return Contender(
        "diet",
        f"Rasa nguyên bản (DIET, {epochs} vòng)",
        "câu mẫu data/nlu như đã viết; bảng tra cứu qua RegexFeaturizer",
        partial(diet.Diet, model.path),
        sorts=True,
        trained=model,
    )


def rivals_dir(settings: Settings) -> Path:
    """Where models trained for comparison are kept."""
    return settings.models_dir / "rivals"


def _train(settings: Settings) -> Callable[[Path], Path]:
    def train(folder: Path) -> Path:
        elsewhere = settings.copy(update={"models_dir": folder, "var_dir": folder})
        return train_if_needed(elsewhere, lambda line: None)

    return train
