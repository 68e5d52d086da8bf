"""A citizen goes on where they left off on another channel; nobody else gets into their conversation."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Connection, Engine

from bot.channels.erasing import erase
from bot.conversations.channel import Channel
from bot.conversations.linking import (
    ALPHABET,
    LIFETIME,
    MOST_WRONG,
    Linked,
    Refused,
    is_linked,
    issue,
    redeem,
    unlink,
)
from bot.conversations.people import Person, meet, person
from bot.conversations.tables import conversation, identity, link_attempt, link_code
from bot.text import mask

NOW = 1_800_000_000.0


def on_web(connection: Connection, number: int = 1) -> Person:
    return meet(connection, Channel.WEB, f"sid-{number}", NOW)


def on_telegram(connection: Connection, number: int = 1) -> Person:
    return meet(connection, Channel.TELEGRAM, str(number), NOW)


def test_a_code_joins_the_address_that_tells_it_once(engine: Engine):
    with engine.begin() as connection:
        web, phone, other = on_web(connection), on_telegram(connection), on_telegram(connection, 2)
        code = issue(connection, web.conversation_id, NOW)
        told = code.lower().replace("-", " ")
        moved = redeem(connection, told, phone.id, NOW + LIFETIME - 1)
        assert moved == Linked(web.conversation_id, phone.conversation_id)
        assert person(connection, phone.id).conversation_id == web.conversation_id
        assert is_linked(connection, web.id) and not is_linked(connection, other.id)
        assert redeem(connection, code, other.id, NOW) is Refused.USED
        assert redeem(connection, code, phone.id, NOW) is Refused.SAME
        assert person(connection, other.id).conversation_id == other.conversation_id
        assert connection.execute(select(func.count()).select_from(conversation)).scalar_one() == 3


def test_a_code_is_easy_to_tell_and_only_its_hash_is_kept(sqlite_engine: Engine):
    """Whoever reads the database, a log or a backup cannot use what they find there."""
    with sqlite_engine.begin() as connection:
        web = on_web(connection)
        for _ in range(200):
            code = issue(connection, web.conversation_id, NOW)
            assert code[:3] == "LK-" and len(code) == 12 and set(code[3:].replace("-", "")) <= set(ALPHABET)
            assert mask(f"mã {code}") == f"mã {code}"
        stored = str(connection.execute(select(link_code)).all())
    assert code not in stored and code[3:7] + code[8:] not in stored


def test_a_code_ends_after_ten_minutes(sqlite_engine: Engine):
    with sqlite_engine.begin() as connection:
        web, phone = on_web(connection), on_telegram(connection)
        code = issue(connection, web.conversation_id, NOW)
        assert redeem(connection, code, phone.id, NOW + LIFETIME) is Refused.EXPIRED
        assert person(connection, phone.id).conversation_id == phone.conversation_id


def test_only_three_codes_are_open_at_a_time(sqlite_engine: Engine):
    with sqlite_engine.begin() as connection:
        web, phone = on_web(connection), on_telegram(connection)
        codes = [issue(connection, web.conversation_id, NOW + second) for second in range(4)]
        assert redeem(connection, codes[0], phone.id, NOW + 5) is Refused.UNKNOWN
        assert isinstance(redeem(connection, codes[1], phone.id, NOW + 5), Linked)
        assert isinstance(redeem(connection, codes[3], on_telegram(connection, 2).id, NOW + 5), Linked)


def test_guessing_ends_after_five_wrong_codes_and_starts_anew_after_ten_minutes(engine: Engine):
    """The right code is refused as well then, or guessing would only be slower by one word."""
    with engine.begin() as connection:
        web, phone, other = on_web(connection), on_telegram(connection), on_telegram(connection, 2)
        late = issue(connection, web.conversation_id, NOW)
        for second in range(MOST_WRONG):
            assert redeem(connection, "LK-BBBB-BBBB", phone.id, NOW + second) is Refused.UNKNOWN
        assert redeem(connection, late, phone.id, NOW + 9) is Refused.THROTTLED
        assert isinstance(redeem(connection, late, other.id, NOW + 9), Linked)
        again = issue(connection, web.conversation_id, NOW + LIFETIME)
        assert redeem(connection, again, phone.id, NOW + LIFETIME - 1) is Refused.THROTTLED
        assert isinstance(redeem(connection, again, phone.id, NOW + LIFETIME), Linked)


@pytest.mark.parametrize(
    "code", ["", "LK-", "LK-BCFG-3479" * 9, "'; DROP TABLE link_code; --", "LK-ĐĐĐĐ-ĐĐĐĐ"]
)
def test_nothing_else_links(sqlite_engine: Engine, code: str):
    with sqlite_engine.begin() as connection:
        web, phone = on_web(connection), on_telegram(connection)
        issue(connection, web.conversation_id, NOW)
        assert redeem(connection, code, phone.id, NOW) is Refused.UNKNOWN
        assert not is_linked(connection, web.id)


def test_of_twenty_who_tell_one_code_at_once_one_gets_in(engine: Engine):
    with engine.begin() as connection:
        web = on_web(connection)
        phones = [on_telegram(connection, number) for number in range(20)]
        code = issue(connection, web.conversation_id, NOW)

    def tell(phone: Person) -> Linked | Refused:
        with engine.begin() as connection:
            return redeem(connection, code, phone.id, NOW)

    with ThreadPoolExecutor(20) as threads:
        found = list(threads.map(tell, phones))
    assert sum(isinstance(each, Linked) for each in found) == 1 and found.count(Refused.USED) == 19
    with engine.connect() as connection:
        here = identity.c.conversation_id == web.conversation_id
        assert connection.execute(select(func.count()).where(here)).scalar_one() == 2


def test_twenty_wrong_codes_at_once_are_all_counted(engine: Engine):
    with engine.begin() as connection:
        phone = on_telegram(connection)

    def guess(number: int) -> Linked | Refused:
        with engine.begin() as connection:
            return redeem(connection, f"LK-BBBB-{number:04d}", phone.id, NOW)

    with ThreadPoolExecutor(20) as threads:
        found = list(threads.map(guess, range(20)))
    assert found.count(Refused.UNKNOWN) == MOST_WRONG and found.count(Refused.THROTTLED) == 15


def test_unlinking_gives_a_fresh_conversation_and_ends_open_codes(engine: Engine):
    with engine.begin() as connection:
        web, phone = on_web(connection), on_telegram(connection)
        redeem(connection, issue(connection, web.conversation_id, NOW), phone.id, NOW)
        still_open = issue(connection, web.conversation_id, NOW)
        left = unlink(connection, phone.id, NOW + 1)
        assert left.former_id == web.conversation_id
        assert person(connection, phone.id).conversation_id == left.conversation_id
        assert left.conversation_id not in (web.conversation_id, phone.conversation_id)
        assert person(connection, web.id).conversation_id == web.conversation_id
        assert not is_linked(connection, web.id) and not is_linked(connection, phone.id)
        assert redeem(connection, still_open, phone.id, NOW + 2) is Refused.UNKNOWN


def test_an_erased_conversation_gives_no_codes_and_lets_nobody_in(engine: Engine):
    with engine.begin() as connection:
        web, phone = on_web(connection), on_telegram(connection)
        code = issue(connection, web.conversation_id, NOW)
        redeem(connection, "LK-BBBB-BBBB", web.id, NOW)
        erase(connection, web.conversation_id, NOW, b"key")
        assert redeem(connection, code, phone.id, NOW) is Refused.UNKNOWN
        with pytest.raises(LookupError):
            issue(connection, web.conversation_id, NOW)


def test_old_codes_and_attempts_do_not_pile_up(sqlite_engine: Engine):
    with sqlite_engine.begin() as connection:
        web, phone = on_web(connection), on_telegram(connection)
        issue(connection, web.conversation_id, NOW)
        redeem(connection, "LK-BBBB-BBBB", phone.id, NOW)
        issue(connection, phone.conversation_id, NOW + 90_000)
        redeem(connection, "LK-BBBB-BBBB", phone.id, NOW + 90_000)
        for table in (link_code, link_attempt):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 1
