"""Case files in the database: a turn that runs twice, erasing, linking channels, the funnel."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.answers.turn import Turn
from bot.dossiers.casefile import CaseFile, Draft, Given, Phase, Waiting
from bot.dossiers.milestone import DropOff
from bot.dossiers.store import Cabinet, erase, move
from bot.dossiers.tables import milestone

DAY = date(2026, 11, 22)
ME, OTHER = "a" * 32, "b" * 32


def draft(id: str = "00000000000a", phase: Phase = Phase.BRANCHING, **more: object) -> Draft:
    return Draft(id, "1.001193", phase, DAY, DAY, **more)  # type: ignore[arg-type]


def turn(message_id: str, conversation_id: str = ME) -> Turn:
    return Turn("", (), DAY, channel="web", conversation_id=conversation_id, message_id=message_id)


def file_of(*drafts: Draft, topic: str = "question") -> CaseFile:
    return CaseFile(drafts, drafts[-1].id, Waiting("guide", topic, drafts[-1].id))


def steps(engine: Engine) -> dict[tuple[str, str], str | None]:
    with engine.connect() as connection:
        rows = connection.execute(select(milestone)).all()
    return {(row.draft_id, row.step): row.reason for row in rows}


def test_what_was_put_is_there_for_the_next_message(engine: Engine) -> None:
    cabinet = Cabinet(engine)
    after = file_of(draft(answers=(Given("noi-sinh", "benh-vien"),), ticked=("x",)))
    assert cabinet.open(ME, "m1") == CaseFile()
    cabinet.put(turn("m1"), CaseFile(), after, 1.0)
    assert cabinet.open(ME, "m2") == after
    assert cabinet.open(OTHER, "m2") == CaseFile()


def test_a_turn_that_is_run_again_starts_from_the_file_of_before(engine: Engine) -> None:
    """After a crash the same message comes again: an answer must not count twice."""
    cabinet = Cabinet(engine)
    first, second = file_of(draft()), file_of(draft(), draft("00000000000b"))
    cabinet.put(turn("m1"), CaseFile(), first, 1.0)
    cabinet.put(turn("m2"), first, second, 2.0)
    assert cabinet.open(ME, "m2") == first
    assert cabinet.open(ME, "m2") == first, "as often as it is run"
    again = file_of(draft(), draft("00000000000c"))
    cabinet.put(turn("m2"), cabinet.open(ME, "m2"), again, 3.0)
    assert cabinet.open(ME, "m3") == again, "the draft of the lost run is not kept beside it"


def test_a_turn_that_changed_nothing_can_be_run_again_too(engine: Engine) -> None:
    cabinet = Cabinet(engine)
    kept = file_of(draft())
    cabinet.put(turn("m1"), CaseFile(), kept, 1.0)
    cabinet.put(turn("m2"), kept, kept, 2.0)
    assert cabinet.open(ME, "m2") == kept == cabinet.open(ME, "m3")


def test_who_never_began_a_dossier_has_no_row(engine: Engine) -> None:
    cabinet = Cabinet(engine)
    cabinet.put(turn("m1"), CaseFile(), CaseFile(), 1.0)
    with engine.begin() as connection:
        assert erase(connection, ME) == 0


def test_erasing_leaves_nothing_but_counts(engine: Engine) -> None:
    """The right to be forgotten; the funnel leads to nobody."""
    cabinet = Cabinet(engine)
    cabinet.put(turn("m1"), CaseFile(), file_of(draft(), draft("00000000000b")), 1.0)
    cabinet.put(turn("n1", OTHER), CaseFile(), file_of(draft("00000000000c")), 1.0)
    with engine.begin() as connection:
        assert erase(connection, ME) == 2
        assert erase(connection, ME) == 0
    assert cabinet.open(ME, "m2") == CaseFile() and cabinet.open(OTHER, "n2").drafts
    assert len(steps(engine)) == 3


def test_a_linked_channel_brings_its_drafts_along(engine: Engine) -> None:
    cabinet = Cabinet(engine)
    theirs, ours = file_of(draft()), file_of(draft("00000000000b"))
    cabinet.put(turn("m1"), CaseFile(), theirs, 1.0)
    cabinet.put(turn("n1", OTHER), CaseFile(), ours, 2.0)
    with engine.begin() as connection:
        assert move(connection, ME, OTHER) == 1
        assert move(connection, ME, OTHER) == 0, "a second time there is nothing left"
    joined = cabinet.open(OTHER, "n2")
    assert [one.id for one in joined.drafts] == ["00000000000a", "00000000000b"]
    assert (joined.active, joined.waiting) == (ours.active, ours.waiting), "the open question stays"
    assert cabinet.open(ME, "m2") == CaseFile()


def test_drafts_brought_while_a_turn_runs_are_kept(engine: Engine) -> None:
    """Linking happens beside the conversation: the turn that ends after it must not undo it."""
    cabinet = Cabinet(engine)
    cabinet.put(turn("m1"), CaseFile(), file_of(draft()), 1.0)
    cabinet.put(turn("n1", OTHER), CaseFile(), file_of(draft("00000000000b")), 2.0)
    before = cabinet.open(OTHER, "n2")
    with engine.begin() as connection:
        move(connection, ME, OTHER)
    cabinet.put(turn("n2", OTHER), before, file_of(draft("00000000000b", phase=Phase.CHECKLIST)), 3.0)
    assert [one.id for one in cabinet.open(OTHER, "n3").drafts] == ["00000000000a", "00000000000b"]


def test_a_fresh_channel_takes_over_the_open_question(engine: Engine) -> None:
    cabinet = Cabinet(engine)
    theirs = file_of(draft())
    cabinet.put(turn("m1"), CaseFile(), theirs, 1.0)
    with engine.begin() as connection:
        assert move(connection, ME, OTHER) == 1
    assert cabinet.open(OTHER, "n1") == theirs


def test_each_step_is_counted_once(engine: Engine) -> None:
    """The funnel tells where people give up: a repeated turn must not make it longer."""
    cabinet = Cabinet(engine)
    begun, listed = file_of(draft()), file_of(draft(phase=Phase.CHECKLIST, listed=("x",)))
    ready = file_of(draft(phase=Phase.READY, listed=("x",)))
    for message, (before, after) in enumerate(
        [(CaseFile(), begun), (begun, listed), (listed, ready), (ready, listed), (listed, ready)]
    ):
        cabinet.put(turn(f"m{message}"), before, after, float(message))
    cabinet.put(turn("m4"), listed, ready, 9.0)
    id = "00000000000a"
    assert set(steps(engine)) == {(id, "identified"), (id, "checklist"), (id, "ready")}
    with engine.connect() as connection:
        at = connection.execute(select(milestone.c.at).where(milestone.c.step == "ready")).scalar_one()
    assert at == 2.0, "when it was reached first"


def test_a_reason_told_later_is_added(engine: Engine) -> None:
    cabinet = Cabinet(engine)
    given_up = file_of(draft(phase=Phase.CANCELLED))
    why = file_of(draft(phase=Phase.CANCELLED, gave_up=DropOff.NO_ACCOUNT))
    cabinet.put(turn("m1"), file_of(draft()), given_up, 1.0)
    assert steps(engine)[("00000000000a", "gave_up")] is None
    cabinet.put(turn("m2"), given_up, why, 2.0)
    assert steps(engine)[("00000000000a", "gave_up")] == "no_account"
