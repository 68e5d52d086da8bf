"""Search over a handful of procedures with the shipped synonyms, question frames and weights."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from bot.catalogue.records import Procedure, Source
from bot.catalogue.search import RankingModel, SearchIndex
from bot.knowledge_source import tables_of

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
def tables():
    return tables_of(SEARCH)


@pytest.fixture(scope="session")
def model():
    return msgspec.json.decode((SEARCH / "weights.json").read_bytes(), type=RankingModel)


@pytest.fixture(scope="session")
def index_of(tables, model):
    """Index over given procedures."""

    def build(*procedures: Procedure) -> SearchIndex:
        return SearchIndex(procedures, tables, model)

    return build


@pytest.fixture(scope="session")
def make():
    return named


@pytest.fixture(scope="session")
def index(index_of):
    return index_of(*(named(code, name) for code, name in NAMES.items()))
