"""Search over a handful of procedures with the shipped synonyms, question frames and weights."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from bot.catalogue.records import Procedure, Source
from bot.catalogue.search import RankingModel, SearchIndex, frame_table, synonym_table
from bot.knowledge_source import read_yaml

ROOT = Path(__file__).parents[3]
SEARCH = ROOT / "data" / "search"
NAMES = {
    "1.000001": "Đăng ký khai sinh",
    "1.000002": "Đăng ký kết hôn",
    "1.000003": "Cấp Giấy xác nhận tình trạng hôn nhân",
    "1.000004": "Đăng ký thường trú",
    "1.000005": "Cấp đổi giấy phép lái xe",
    "1.000006": "Cấp giấy phép lao động cho người nước ngoài",
    "1.000007": "Chứng thực bản sao từ bản chính",
    "1.000008": "Cấp lại thẻ căn cước",
}


def named(code: str, name: str, **more) -> Procedure:
    return Procedure(code=code, name=name, source=Source("Nguồn", checked_on=date(2026, 11, 1)), **more)


@pytest.fixture(scope="session")
def synonyms():
    return synonym_table(read_yaml(SEARCH / "synonyms.yaml"))


@pytest.fixture(scope="session")
def frames():
    return frame_table(read_yaml(SEARCH / "frames.yaml"))


@pytest.fixture(scope="session")
def model():
    return msgspec.json.decode((SEARCH / "weights.json").read_bytes(), type=RankingModel)


@pytest.fixture(scope="session")
def index_of(synonyms, frames, model):
    """Index over given procedures."""

    def build(*procedures: Procedure) -> SearchIndex:
        return SearchIndex(procedures, synonyms, frames, model)

    return build


@pytest.fixture(scope="session")
def make():
    return named


@pytest.fixture(scope="session")
def index(index_of):
    return index_of(*(named(code, name) for code, name in NAMES.items()))
