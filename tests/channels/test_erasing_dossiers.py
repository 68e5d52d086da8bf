"""What a citizen loses when these fail: dossiers that outlive the wish to be forgotten."""

from sqlalchemy import select
from sqlalchemy.engine import Connection, Engine

from bot.channels.erasing import erase, expire
from bot.conversations.channel import Channel
from bot.conversations.erasing import subject_hash
from bot.dossiers.casefile import CaseFile
from bot.dossiers.store import Cabinet
from bot.dossiers.tables import case_file, milestone
from bot.following.tables import follow_lookup
from bot.gateways.register.store import Registrations
from bot.gateways.tables import registration
from bot.notices.tables import consent_proof
from bot.payments.tables import payment
from tests.channels.dossier_rows import OWNED, citizen, count, draft, owners, settle_in, turn
from tests.gateways.counter import BIRTH
from tests.notices.conftest import NOW

KEY = b"k" * 32
DAY = 86_400.0


def test_everything_of_the_dossiers_goes_and_others_keep_theirs(engine: Engine) -> None:
    """Accounts and the funnel stay without a trace of whose they were, the proof of a consent as a hash."""
    me, other = citizen(engine, Channel.ZALO, "111"), citizen(engine, Channel.WEB, "222")
    settle_in(engine, me, 1)
    settle_in(engine, other, 2)
    with engine.connect() as connection:
        assert all(owners(connection, one) == {me.conversation_id, other.conversation_id} for one in OWNED)
        counted = connection.execute(select(milestone)).all()
    with engine.begin() as connection:
        erase(connection, me.conversation_id, NOW + 1, KEY)
    with engine.connect() as connection:
        for table in OWNED:
            assert owners(connection, table) - {"None"} == {other.conversation_id}, table.name
            assert me.conversation_id not in _text(connection, table), table.name
        assert connection.execute(select(milestone)).all() == counted != []
        proof = connection.execute(select(consent_proof)).one()
        assert proof.subject_hash == subject_hash(KEY, "zalo", "111")
        bill = connection.execute(select(payment).where(payment.c.conversation_id.is_(None))).one()
        assert (bill.token, bill.url, bill.draft) == (None, None, None) and bill.amount == 50_000
        assert me.conversation_id not in _text(connection, follow_lookup)


def test_a_turn_that_runs_on_leaves_nothing_behind(engine: Engine) -> None:
    """ "xóa dữ liệu" on the telephone while the website is being answered: what that turn writes goes too."""
    me = citizen(engine, Channel.TELEGRAM, "111")
    here = me.conversation_id
    with engine.begin() as connection:
        erase(connection, here, NOW, KEY)
    Cabinet(engine).put(turn(here), CaseFile(), CaseFile((draft(1),)), NOW)
    Registrations(engine, lambda: NOW).register(here, draft(1).id, BIRTH)
    with engine.begin() as connection:
        assert expire(connection, NOW - 365 * DAY, NOW + 600, KEY).conversations == ()
        assert count(connection, case_file) == count(connection, registration) == 0


def test_retention_takes_the_dossiers_of_idle_conversations(engine: Engine) -> None:
    me = citizen(engine, Channel.ZALO, "111")
    settle_in(engine, me, 1)
    with engine.begin() as connection:
        assert expire(connection, NOW - 1, NOW + DAY, KEY).conversations == ()
        assert expire(connection, NOW + 1, NOW + DAY, KEY).conversations == (me.conversation_id,)
        assert all(owners(connection, table) <= {"None"} for table in OWNED)


def _text(connection: Connection, table: object) -> str:
    return repr(connection.execute(select(table)).all())
