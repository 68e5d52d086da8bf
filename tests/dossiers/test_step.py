"""The order of the guide: questions, papers, way, readiness, verdict."""

from msgspec.structs import replace

from bot.catalogue.enums import Channel
from bot.catalogue.records import Procedure
from bot.catalogue.units import Unit, UnitType
from bot.catalogue.view import Catalogue
from bot.dossiers import moves
from bot.dossiers.casefile import Draft, Phase
from bot.dossiers.checks import Check, CheckAnswer
from bot.dossiers.step import Kind, after, step_of
from bot.dossiers.ways import in_person, stated_for
from tests.dossiers.records import ABROAD, BIRTH, CASES_ONLY, MARRIAGE, TODAY


def begin(procedure: Procedure) -> Draft:
    return moves.begin("a1b2c3d4e5f6", procedure, TODAY)


def told(procedure: Procedure, draft: Draft) -> Draft:
    """The draft once its step was said to the citizen."""
    return after(draft, step_of(procedure, draft, TODAY), TODAY)


def kind(procedure: Procedure, draft: Draft) -> Kind:
    return step_of(procedure, draft, TODAY).kind


def in_hospital() -> Draft:
    draft = moves.answer(BIRTH, begin(BIRTH), "noi-sinh", "benh-vien")
    return told(BIRTH, moves.answer(BIRTH, draft, "qua-han", "chua"))


def test_the_whole_way_to_ready() -> None:
    draft = begin(BIRTH)
    assert kind(BIRTH, draft) is Kind.QUESTION
    draft = in_hospital()
    assert draft.phase is Phase.CHECKLIST and len(draft.listed) == 4
    draft = told(BIRTH, moves.have_all(BIRTH, draft))
    assert kind(BIRTH, draft) is Kind.WAY and draft.phase is Phase.CHANNEL
    draft = told(BIRTH, moves.go_by(draft, Channel.ONLINE))
    for check in (Check.WHO, Check.UNIT, Check.ACCOUNT, Check.SCANS):
        assert step_of(BIRTH, draft, TODAY).check is check
        said = {Check.WHO: CheckAnswer.MYSELF, Check.UNIT: CheckAnswer.SKIP}.get(check, CheckAnswer.YES)
        draft = told(BIRTH, moves.reply_to(draft, check, said))
    assert kind(BIRTH, draft) is Kind.READY and draft.phase is Phase.READY


def test_an_answer_the_record_has_dropped_is_asked_for_again() -> None:
    """Lost: the papers of the citizen's case, silently left out of the list."""
    first, *others = BIRTH.questions
    renamed = tuple(replace(option, id=f"{option.id}-moi") for option in first.options)
    changed = replace(BIRTH, questions=(replace(first, options=renamed), *others))
    step = step_of(changed, in_hospital(), TODAY)
    assert step.kind is Kind.QUESTION and step.question is not None and step.question.id == "noi-sinh"


def test_a_way_that_is_not_offered_is_asked_for_again() -> None:
    """Lost: a day at the portal, for a service that is handed in at a counter."""
    draft = moves.answer(CASES_ONLY, begin(CASES_ONLY), "truong-hop", "mat")
    draft = moves.have_all(CASES_ONLY, told(CASES_ONLY, draft))
    step = step_of(CASES_ONLY, moves.go_by(draft, Channel.ONLINE), TODAY)
    assert step.kind is Kind.WAY and Channel.ONLINE not in step.ways
    assert kind(CASES_ONLY, moves.go_by(draft, Channel.POST)) is not Kind.WAY


def test_what_is_missing_keeps_a_dossier_from_being_ready() -> None:
    draft = told(BIRTH, moves.lack(BIRTH, in_hospital(), (2,)))
    draft = moves.go_by(draft, Channel.ONLINE)
    draft = moves.reply_to(draft, Check.WHO, CheckAnswer.MYSELF)
    draft = moves.live_in(draft, "06706")
    draft = moves.reply_to(draft, Check.ACCOUNT, CheckAnswer.NO)
    draft = moves.reply_to(draft, Check.SCANS, CheckAnswer.YES)
    step = step_of(BIRTH, draft, TODAY)
    assert step.kind is Kind.NOT_READY
    assert [item.paper.name for item in step.missing] == ["Giấy chứng sinh"]
    assert step.failed == (Check.ACCOUNT,)
    again = moves.check_again(draft)
    assert step_of(BIRTH, again, TODAY).item == step.missing[0]


def test_an_account_is_not_asked_for_at_the_counter() -> None:
    draft = moves.go_by(moves.have_all(BIRTH, in_hospital()), Channel.ONLINE)
    draft = moves.reply_to(draft, Check.WHO, CheckAnswer.MYSELF)
    draft = moves.reply_to(draft, Check.ACCOUNT, CheckAnswer.NO)
    draft = moves.live_in(moves.go_by(draft, Channel.COUNTER), "06706")
    assert kind(BIRTH, draft) is Kind.READY, "no account is needed there"


def test_papers_one_by_one() -> None:
    draft = told(BIRTH, moves.walk(in_hospital()))
    first = step_of(BIRTH, draft, TODAY)
    assert first.kind is Kind.PAPER and first.item
    draft = moves.tick(draft, first.item.id, there=True)
    second = step_of(BIRTH, draft, TODAY)
    assert second.item and second.item.paper.name == "Giấy chứng sinh"
    draft = moves.tick(draft, second.item.id, there=False)
    assert kind(BIRTH, draft) is Kind.WAY
    assert draft.lacking == (second.item.id,)


def test_another_procedure_or_none_stops_the_questions() -> None:
    abroad = moves.answer(BIRTH, begin(BIRTH), "noi-sinh", "nuoc-ngoai")
    assert kind(BIRTH, abroad) is Kind.INSTEAD
    home = moves.answer(BIRTH, begin(BIRTH), "noi-sinh", "o-nha")
    assert kind(BIRTH, moves.answer(BIRTH, home, "lam-chung", "khong")) is Kind.STOP


def test_the_only_way_is_not_asked_for() -> None:
    draft = told(ABROAD, begin(ABROAD))
    assert draft.way is Channel.COUNTER
    assert kind(ABROAD, moves.have_all(ABROAD, draft)) is Kind.CHECK


def test_going_back_takes_back_one_thing_at_a_time() -> None:
    draft = moves.go_by(moves.have_all(BIRTH, in_hospital()), Channel.ONLINE)
    draft = moves.reply_to(draft, Check.WHO, CheckAnswer.MYSELF)
    seen = []
    for _ in range(5):
        draft = told(BIRTH, moves.step_back(BIRTH, draft, TODAY))
        seen.append(kind(BIRTH, draft))
    assert seen == [Kind.CHECK, Kind.WAY, Kind.CHECKLIST, Kind.QUESTION, Kind.QUESTION]
    assert draft.answers == ()
    assert moves.step_back(BIRTH, draft, TODAY).answers == (), "nothing before the first question"


def test_new_papers_in_the_record_are_told_even_when_the_dossier_was_ready() -> None:
    """The law changes while a dossier rests: an old list must not be trusted."""
    draft = told(CASES_ONLY, moves.answer(CASES_ONLY, begin(CASES_ONLY), "truong-hop", "khac"))
    draft = moves.have_all(CASES_ONLY, draft)
    assert kind(CASES_ONLY, draft) is Kind.WAY
    newer = replace(CASES_ONLY, papers=(*CASES_ONLY.papers, *ABROAD.papers))
    step = step_of(newer, draft, TODAY)
    assert step.kind is Kind.CHECKLIST and step.changed


def test_a_corrected_answer_lists_the_papers_again_without_calling_them_changed() -> None:
    draft = moves.have_all(BIRTH, in_hospital())
    corrected = moves.answer(BIRTH, moves.answer(BIRTH, draft, "noi-sinh", "o-nha"), "lam-chung", "co")
    step = step_of(BIRTH, corrected, TODAY)
    assert step.kind is Kind.CHECKLIST and not step.changed


def test_a_law_that_wants_presence_is_known_as_in_person() -> None:
    assert in_person(MARRIAGE, TODAY) and not in_person(BIRTH, TODAY)


def test_another_communes_link_is_not_given_to_the_citizen() -> None:
    """Six procedures are published by a few agencies only: their pages take nobody else's dossier."""
    commune = Unit("06706", "Phường Hồng Gai", UnitType.PHUONG, "Hồng Gai")
    (statement,) = BIRTH.levels
    elsewhere = replace(BIRTH, levels=(replace(statement, agencies=("H49.9",)),))
    catalogue = Catalogue({}, {}, (commune,))
    assert stated_for(BIRTH, commune, catalogue, TODAY) == (statement,)
    assert stated_for(elsewhere, commune, catalogue, TODAY) == ()
    assert stated_for(elsewhere, None, catalogue, TODAY), "where the commune is not known all are shown"
