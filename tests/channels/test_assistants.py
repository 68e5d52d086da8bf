"""What citizens lose here: their next answer, while machines come and go."""

from collections import Counter
from collections.abc import Sequence

from bot.channels.assistants import LOOK_EVERY_SECONDS, Assistants, look_up

PEOPLE = [f"citizen-{number}" for number in range(600)]


async def firsts(urls: Sequence[str]) -> list[str]:
    assistants = Assistants(urls)
    return [(await assistants.ranked(who))[0] for who in PEOPLE]


async def test_a_conversation_meets_the_same_assistant_from_every_gateway() -> None:
    """Two assistants could otherwise answer two messages of one citizen at the same time."""
    urls = ("http://10.0.0.1:5005", "http://10.0.0.2:5005", "http://10.0.0.3:5005")
    met = await firsts(urls)
    assert met == await firsts(urls[::-1])
    assert all(150 <= count <= 250 for count in Counter(met).values())


async def test_one_assistant_more_or_less_moves_only_its_own_share() -> None:
    """Every conversation that moves is read from the database by a machine that did not know it."""
    three = tuple(f"http://10.0.0.{n}:5005" for n in range(1, 4))
    before, after = await firsts(three), await firsts((*three, "http://10.0.0.4:5005"))
    moved = [new for old, new in zip(before, after, strict=True) if old != new]
    assert set(moved) == {"http://10.0.0.4:5005"}
    # A quarter of 600.
    assert 110 <= len(moved) <= 190


async def test_a_stand_in_is_who_takes_the_share_over() -> None:
    """Whoever stands in goes on when the other one is given up."""
    urls = [f"http://10.0.0.{n}:5005" for n in range(1, 5)]
    for who in PEOPLE[:50]:
        first, second, *_ = await Assistants(urls).ranked(who)
        rest = [url for url in urls if url != first]
        assert (await Assistants(rest).ranked(who))[0] == second


class Names:
    """Knows the machines behind ``assistant`` at a time that the test sets."""

    def __init__(self) -> None:
        self.machines: list[str] = ["10.0.0.1"]
        self.asked = 0
        self.time = 1.0

    async def find(self, host: str) -> Sequence[str]:
        assert host == "assistant"
        self.asked += 1
        if not self.machines:
            raise OSError("unknown")
        return self.machines


async def test_machines_behind_a_name_are_noticed_as_they_come_and_go() -> None:
    """A machine that was added would otherwise stand idle until the gateway is started anew."""
    names = Names()
    assistants = Assistants(["http://assistant:5005"], names.find, lambda: names.time)
    assert await assistants.all() == ["http://10.0.0.1:5005"]
    names.machines = ["10.0.0.1", "fd00::2"]
    assert await assistants.all() == ["http://10.0.0.1:5005"] and names.asked == 1
    names.time += LOOK_EVERY_SECONDS
    assert await assistants.all() == ["http://10.0.0.1:5005", "http://[fd00::2]:5005"]


async def test_who_was_known_is_still_asked_while_names_cannot_be_looked_up() -> None:
    """A hiccup of the name service must not stop every answer."""
    names = Names()
    assistants = Assistants(["http://assistant:5005"], names.find, lambda: names.time)
    names.machines = []
    assert await assistants.all() == ["http://assistant:5005"]
    names.machines, names.time = ["10.0.0.1"], 10.0
    await assistants.all()
    names.machines, names.time = [], 20.0
    assert await assistants.all() == ["http://10.0.0.1:5005"]


async def test_addresses_and_certificates_names_stay_as_they_are() -> None:
    names = Names()
    urls = ["http://127.0.0.1:5005", "http://[::1]:5005", "https://tro-ly.example.vn"]
    assert await Assistants(urls, names.find).all() == urls
    assert names.asked == 0


async def test_a_machine_of_two_kinds_of_addresses_counts_once() -> None:
    assert await look_up("localhost") == ["127.0.0.1"]
