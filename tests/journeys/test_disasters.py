"""Citizens whose house a storm has taken: what is theirs is not in the catalogue, and must not be guessed."""

import pytest

from tests.journeys.conversation import Conversation, reaches

LESS_INCOME_TAX = "3.000083"


@pytest.mark.parametrize(
    "question",
    [
        "nha toi bi ngap muon xin ho tro thien tai thi nop o dau",
        "nhà tôi bị ngập, muốn xin hỗ trợ thiên tai thì nộp ở đâu",
    ],
)
def test_help_after_a_disaster_is_not_taken_for_less_tax(citizen: Conversation, question: str) -> None:
    """Somebody without a roof would be sent to the tax office: they are asked back instead."""
    assert citizen.says(question).reply.procedure_code is None


def test_less_tax_after_a_disaster_is_found_by_its_name(citizen: Conversation) -> None:
    assert reaches(citizen.says("hộ kinh doanh bị thiên tai xin giảm thuế"), LESS_INCOME_TAX)
