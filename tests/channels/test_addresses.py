import pytest

from bot.channels.addresses import is_local, spelled_out
from bot.channels.message import Choice, Reply


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:8080/x",
        "https://localhost/x",
        "http://192.168.1.5/x",
        "http://10.1.2.3",
        "http://[::1]:8080/",
        "http://may-chu/x",
    ],
)
def test_pages_of_ones_own_network_are_local(url: str) -> None:
    assert is_local(url)


@pytest.mark.parametrize(
    "url", ["https://dichvucong.gov.vn/x", "http://8.8.8.8/", "javascript:alert(1)", "https://[bad", ""]
)
def test_others_are_not(url: str) -> None:
    assert not is_local(url)


def test_a_reply_without_local_buttons_stays_as_it_is() -> None:
    reply = Reply("a", (Choice("Cổng", url="https://dichvucong.gov.vn"), Choice("b", "/b")))
    assert spelled_out(reply) is reply
