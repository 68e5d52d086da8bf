"""What a citizen would lose: the wrong procedure, the forgotten one, or the fact asked for."""

import re
from datetime import date

import pytest

from bot.answers.context import Context
from bot.answers.intent import Intent
from bot.answers.outcome import Outcome
from bot.answers.phrase import Button, Candidate
from bot.answers.resolve import worth_offering

BIRTH, EXTRACT, RESIDENCE, BUSINESS = "1.001193", "2.000635", "1.004222", "1.001612"
AFTER_BIRTH = Context(procedure=BIRTH, intent=Intent.ASK_FEE)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("làm giấy khai sinh cho con", BIRTH),
        ("giấy độc thân", "1.004873"),
        ("nhập khẩu cho vợ", RESIDENCE),
        ("sao y bằng đại học", "2.000815"),
        ("đổi bằng lái", "3.000333"),
        ("mở hộ kinh doanh", BUSINESS),
    ],
)
def test_the_folk_name_finds_the_procedure_with_and_without_accents(ask, turn, question, code):
    from bot.text import fold

    assert ask(question, Intent.ASK_FEE).procedure_code == code
    assert ask(fold(question), Intent.ASK_FEE).procedure_code == code


def test_unaccented_and_accented_give_the_same_words(ask, read):
    accented = ask("lệ phí đăng ký thường trú bao nhiêu", Intent.ASK_FEE)
    plain = ask("le phi dang ky thuong tru bao nhieu", Intent.ASK_FEE)
    assert read(accented) == read(plain)
    assert "20.000 đồng" in read(accented)


class TestNearDuplicates:
    """Two records the question cannot tell apart: ask, never toss a coin."""

    @pytest.fixture
    def asked_back(self, ask):
        reply = ask("công bố hoạt động bến thủy nội địa", Intent.ASK_LEGAL_BASIS)
        assert reply.outcome is Outcome.ASKED_BACK
        return reply

    def test_asks_back_with_at_most_four_buttons_and_numbered_names(self, asked_back, read):
        assert 2 <= len(asked_back.buttons) == len(asked_back.context.options) <= 4
        assert {"1.003658", "1.003659"} == set(asked_back.context.options[:2])
        assert "1. " in read(asked_back) and "2. " in read(asked_back)
        assert asked_back.procedure_code is None

    @pytest.mark.parametrize("words", ["2", "cái thứ hai", "cai thu 2", "số 2 ạ"])
    def test_the_pick_in_words_gets_the_fact_first_asked_for(self, ask, read, asked_back, words):
        picked = ask(words, Intent.SELECT_OPTION, asked_back.context)
        assert picked.procedure_code == asked_back.context.options[1]
        assert picked.intent is Intent.ASK_LEGAL_BASIS
        assert "Luật 60/2014/QH13" in read(picked)
        assert picked.context.options == () and picked.context.pending is None

    def test_the_button_gets_the_fact_first_asked_for(self, press, asked_back):
        picked = press(asked_back.buttons[1].payload, asked_back.context)
        assert picked.procedure_code == asked_back.context.options[1]
        assert picked.intent is Intent.ASK_LEGAL_BASIS

    def test_a_button_works_after_the_conversation_was_forgotten(self, press, asked_back):
        assert press(asked_back.buttons[0].payload, Context()).intent is Intent.ASK_LEGAL_BASIS

    def test_what_is_far_behind_is_not_offered(self):
        scores = (0.45, 0.44, 0.02, 0.001, 0.0)
        offered = worth_offering([Candidate(str(n), "", score) for n, score in enumerate(scores)])
        assert [c.code for c in offered] == ["0", "1"] and worth_offering(()) == ()

    def test_a_number_that_was_not_offered_picks_nothing(self, ask, asked_back):
        assert ask("9", Intent.SELECT_OPTION, asked_back.context).procedure_code is None

    def test_a_new_question_instead_of_a_pick_is_answered(self, ask, asked_back):
        reply = ask("thôi, đăng ký khai sinh mất bao lâu", Intent.ASK_TIME, asked_back.context)
        assert reply.procedure_code == BIRTH

    def test_a_weekday_is_not_a_pick(self, ask, asked_back):
        reply = ask("thứ 2 mở ko", Intent.ASK_HOURS, asked_back.context)
        assert reply.outcome is Outcome.NO_DATA and reply.procedure_code is None

    def test_a_level_is_not_a_pick(self, ask, asked_back):
        reply = ask("mức 2", Intent.EXPLAIN_LEVEL, asked_back.context, level="2")
        assert reply.procedure_code is None


def test_the_day_asked_about_survives_asking_back(ask, press, read):
    """Asked about 2020, picked by button: today's fact instead would be a wrong answer."""
    question = ask(
        "công bố hoạt động bến thủy nội địa hồi năm 2020 mức mấy",
        Intent.ASK_LEVEL,
        as_of=date(2020, 6, 1),
    )
    assert question.context.as_of == date(2020, 6, 1)
    picked = press(question.buttons[0].payload, question.context)
    assert "01/06/2020" in read(picked)
    assert picked.context.as_of is None


def test_a_follow_up_with_nothing_but_a_noun_keeps_the_procedure(ask, read):
    first = ask("làm giấy khai sinh cho con cần gì", Intent.ASK_DOCUMENTS)
    second = ask("còn lệ phí?", Intent.ASK_FEE, first.context)
    assert second.procedure_code == BIRTH and "không mất phí" in read(second)
    third = ask("bao lâu", Intent.ASK_TIME, second.context)
    assert third.procedure_code == BIRTH and "ngay trong ngày" in read(third)


def test_another_place_keeps_procedure_and_kind(ask, read):
    first = ask("nộp khai sinh ở đâu", Intent.ASK_PLACE)
    second = ask("ở Vân Đồn thì sao", Intent.ASK_PROCEDURE, first.context, unit="06994")
    assert second.procedure_code == BIRTH and second.context.intent is Intent.ASK_PLACE
    assert "ặc khu Vân Đồn" in read(second)
    third = ask("còn lệ phí", Intent.ASK_FEE, second.context)
    assert third.context.unit == "06994"


@pytest.mark.parametrize("text", ["à nhầm, đăng ký thường trú cơ", "à không, đăng ký thường trú"])
def test_a_correction_with_a_new_procedure_answers_the_same_kind_about_it(ask, text):
    reply = ask(text, Intent.DENY, AFTER_BIRTH)
    assert reply.procedure_code == RESIDENCE and reply.context.intent is Intent.ASK_FEE


def test_two_facts_in_one_message_are_both_told(ask, read):
    reply = ask("lệ phí khai sinh bao nhiêu và mất bao lâu", Intent.ASK_FEE)
    assert reply.outcome is Outcome.ANSWERED
    assert "không mất phí" in read(reply) and "ngay trong ngày" in read(reply)
    assert "hỏi 2 việc" in read(reply)


def test_two_procedures_in_one_message_are_both_told(ask):
    reply = ask("tôi vừa muốn khai sinh cho con vừa nhập khẩu cho cháu", Intent.ASK_DOCUMENTS)
    assert [a.procedure_code for a in reply.answers if a.procedure_code] == [BIRTH, RESIDENCE]


def test_two_codes_in_one_message_are_both_told(ask):
    reply = ask("lệ phí 1.001193 và 2.000635", Intent.ASK_FEE)
    assert [a.procedure_code for a in reply.answers if a.procedure_code] == [BIRTH, EXTRACT]


def test_the_heading_of_two_wants_does_not_turn_no_data_into_an_answer(ask):
    """Lệ phí of the national land record is not in the data, nor are its conditions or results."""
    reply = ask("lệ phí 1.012781 và kết quả", Intent.ASK_FEE)
    assert reply.outcome is Outcome.NO_DATA


def test_an_unknown_code_is_no_data_not_a_guess(ask, read):
    reply = ask("thủ tục 1.999999 khai sinh cần gì", Intent.ASK_DOCUMENTS)
    assert reply.outcome is Outcome.NO_DATA and reply.procedure_code is None and "1.999999" in read(reply)


@pytest.mark.parametrize("text", ["zxqw brtk", "thả diều"])
def test_nothing_found_says_so_and_names_a_contact(ask, read, text):
    reply = ask(text, Intent.ASK_DOCUMENTS)
    assert reply.outcome is Outcome.NO_DATA and reply.procedure_code is None
    assert "1900 558 826" in read(reply) and "không đoán" in read(reply)


@pytest.mark.parametrize("text", ["lệ phí bao nhiêu", "mất bao lâu ạ", "nộp ở đâu"])
def test_a_fact_without_a_procedure_asks_which(ask, text):
    assert ask(text, Intent.ASK_FEE).outcome is Outcome.ASKED_BACK


def test_a_fact_about_a_procedure_that_left_the_catalogue_asks_which(ask):
    gone = Context(procedure="9.000009", intent=Intent.ASK_FEE)
    assert ask("lệ phí bao nhiêu", Intent.ASK_FEE, gone).outcome is Outcome.ASKED_BACK


class TestOldPlaces:
    def test_a_split_commune_asks_and_the_button_gets_the_place(self, ask, press, read):
        first = ask("nộp khai sinh ở phường Cao Thắng", Intent.ASK_PLACE, old_unit="Phường Cao Thắng")
        assert first.outcome is Outcome.ASKED_BACK and len(first.buttons) == 2
        second = press(first.buttons[1].payload, first.context)
        assert second.procedure_code == BIRTH and second.context.intent is Intent.ASK_PLACE
        assert "phường Cao Xanh" in read(second)

    def test_a_split_commune_does_not_stand_in_the_way_of_the_fee(self, ask):
        """The fee is the same in every commune: one question less."""
        reply = ask("lệ phí khai sinh phường Cao Thắng", Intent.ASK_FEE, old_unit="Phường Cao Thắng")
        assert reply.outcome is Outcome.ANSWERED and reply.procedure_code == BIRTH

    def test_a_plain_old_commune_is_translated_and_named_first(self, ask, read):
        reply = ask("nộp khai sinh ở Hà Lầm", Intent.ASK_PLACE, old_unit="Hà Lầm")
        assert reply.procedure_code == BIRTH
        assert read(reply).startswith("Phường Hà Lầm (Thành phố Hạ Long cũ) nay thuộc Phường Hà Lầm Mới")

    def test_the_unit_question_itself(self, ask, press, read):
        first = ask("phường Cao Thắng giờ là phường nào", Intent.ASK_UNIT, old_unit="Phường Cao Thắng")
        assert first.outcome is Outcome.ASKED_BACK
        assert "Phường Cao Xanh được lập" in read(press(first.buttons[1].payload, first.context))

    def test_the_words_of_an_old_place_are_not_searched_for(self, turn):
        from bot.answers.resolve import without_places

        text = "khai sinh ở phường Cao Thắng"
        told = turn(text, Intent.ASK_FEE, old_unit="Phường Cao Thắng")
        assert without_places(told).split() == ["khai", "sinh"]


class TestLists:
    @pytest.fixture
    def first(self, ask):
        return ask("thủ tục nào làm được ở phường", Intent.LIST_PROCEDURES)

    def test_a_list_of_the_communes(self, first):
        assert first.outcome is Outcome.LISTED and first.context.listing.agency == "XA"

    def test_paging_and_numbers_that_go_on(self, ask, press, read):
        """Nine procedures in force here: eight, then the ninth; "9" and "số 9" pick it."""
        one = ask("có những thủ tục nào làm được online", Intent.LIST_PROCEDURES, level="partial")
        assert one.outcome is Outcome.LISTED
        from bot.answers.context import ListQuery

        page = press('/select_option{"page":0}', Context(listing=ListQuery(agency="XA")))
        assert len(page.context.options) == 6
        numbers = re.findall(r"^(\d+)\. ", read(page), re.M)
        assert numbers == [str(n) for n in range(1, 7)]
        picked = ask("6", Intent.SELECT_OPTION, page.context)
        assert picked.procedure_code == page.context.options[5]

    def test_a_page_button_without_its_list_is_gone(self, press):
        reply = press('/select_option{"page":1}', AFTER_BIRTH)
        assert reply.outcome is Outcome.ASKED_BACK and reply.procedure_code is None

    @pytest.mark.parametrize(
        "text",
        [
            "bao nhiêu thủ tục của bảo hiểm xã hội",
            "thủ tục về phương tiện",
            "thủ tục về hợp tác xã",
            "hỗ trợ nhà ở",
            "thủ tục cho nhà ở riêng lẻ",
        ],
    )
    def test_words_that_only_look_like_communes_or_home(self, turn, knowledge, text):
        from bot.answers.catalogue_flow import query_of

        query = query_of(turn(text, Intent.COUNT_PROCEDURES), knowledge)
        assert query.agency is None and query.level is None

    @pytest.mark.parametrize(
        ("text", "agency", "level"),
        [
            ("thủ tục ở xã", "XA", None),
            ("thu tuc o phuong", "XA", None),
            ("thủ tục làm tại nhà được", None, "full"),
            ("thu tuc nop online o dac khu", "XA", "full"),
        ],
    )
    def test_words_that_do(self, turn, knowledge, text, agency, level):
        from bot.answers.catalogue_flow import query_of

        query = query_of(turn(text, Intent.LIST_PROCEDURES), knowledge)
        assert (query.agency, query.level) == (agency, level)

    def test_a_list_by_topic_offers_candidates(self, ask):
        reply = ask("các thủ tục bến thủy nội địa", Intent.LIST_PROCEDURES)
        assert reply.outcome is Outcome.ASKED_BACK and {"1.003658", "1.003659"} <= set(reply.context.options)

    def test_a_list_about_nothing_offers_no_junk(self, ask):
        reply = ask("các thủ tục thả diều", Intent.LIST_PROCEDURES)
        assert reply.buttons == ()

    def test_a_count_of_an_earlier_year(self, ask, read):
        text = read(ask("năm 2020 có bao nhiêu thủ tục mức 4", Intent.COUNT_PROCEDURES))
        assert "621/1.742" in text and "529/1.484" in text


def test_numbers_of_a_second_page_pick_the_line_that_carries_them(wording):
    """ "10" after page two is the tenth line, not nothing and not the second."""
    from pathlib import Path

    from bot.answers.assistant import Assistant
    from bot.answers.turn import Turn
    from bot.catalogue.records import Procedure, Source
    from bot.catalogue.view import Catalogue
    from bot.knowledge_source import knowledge_over
    from tests.answers.tuning import FIXED

    many = {
        f"1.0000{n:02}": Procedure(f"1.0000{n:02}", f"Thủ tục số {n}", Source("Nguồn"), field="Đất đai")
        for n in range(1, 21)
    }
    assistant = Assistant(knowledge_over(Catalogue(many, {}), Path(__file__).parents[2] / "data", FIXED))
    from bot.answers.turn import Mention, Pressed

    today = date(2026, 11, 22)
    listed = Turn("lĩnh vực đất đai", ((Intent.LIST_PROCEDURES, 1.0),), today, (Mention("field", "Đất đai"),))
    first = assistant.respond(listed, Context())
    second = assistant.respond(Turn("", (), today, pressed=Pressed(page=1)), first.context)
    for words, code in (("10", "1.000010"), ("số 16", "1.000016"), ("1", "1.000001")):
        picked = assistant.respond(Turn(words, ((Intent.SELECT_OPTION, 1.0),), today), second.context)
        assert picked.procedure_code == code


class TestTimeAndAgency:
    QUESTION = "đăng ký hộ kinh doanh mức mấy"

    def test_today_is_todays_word(self, ask, read):
        text = read(ask(self.QUESTION, Intent.ASK_LEVEL))
        assert "toàn trình" in text and "mức độ 3" not in text

    def test_2020_is_the_level_of_2020(self, ask, read):
        text = read(ask(self.QUESTION, Intent.ASK_LEVEL, as_of=date(2020, 6, 1)))
        assert "01/06/2020: mức độ 3 theo thang 4 mức cũ" in text

    def test_the_year_in_the_question_counts(self, ask, read):
        text = read(ask("hồi năm 2020 đăng ký hộ kinh doanh mức mấy", Intent.ASK_LEVEL))
        assert "mức độ 3 theo thang 4 mức cũ" in text

    @pytest.mark.parametrize(
        ("intent", "then", "now"),
        [
            (Intent.ASK_AUTHORITY, "Phòng Tài chính - Kế hoạch", "Ủy ban nhân dân cấp xã"),
            (Intent.ASK_PLACE, "Ủy ban nhân dân cấp huyện", "Trung tâm Phục vụ hành chính công"),
        ],
    )
    def test_agency_and_place_of_their_time(self, ask, read, intent, then, now):
        code = f"thủ tục {BUSINESS}"
        past, present = read(ask(code, intent, as_of=date(2020, 6, 1))), read(ask(code, intent))
        assert then in past and then not in present and now in present

    def test_a_level_that_differs_by_agency_tells_both(self, ask, read):
        """ "1.013962 nộp ở xã với nộp ở văn phòng đất đai khác nhau thế nào?" """
        text = read(ask("1.013962 nộp ở xã với văn phòng đất đai khác nhau thế nào", Intent.ASK_LEVEL))
        assert "mức độ trực tuyến khác nhau theo cơ quan" in text
        assert "một phần" in text and "toàn trình" in text

    def test_no_statement_is_admitted(self, ask):
        assert ask("khai thác gỗ rừng trồng mức mấy", Intent.ASK_LEVEL).outcome is Outcome.NO_DATA

    def test_the_record_and_its_source_are_named(self, ask, read):
        reply = ask("lệ phí cấp bản sao trích lục", Intent.ASK_FEE)
        assert [s.code for s in reply.sources] == [EXTRACT]
        assert "2.000635" in read(reply) and "03/10/2026" in read(reply)


class TestCases:
    def test_the_button_of_a_case_gets_its_papers(self, ask, press, read):
        first = ask("khai sinh cần giấy gì", Intent.ASK_DOCUMENTS)
        button: Button = first.buttons[0]
        second = press(button.payload, first.context)
        assert "Biên bản trẻ bị bỏ rơi" in read(second) and second.context.case == "bo-roi"

    def test_a_case_does_not_stick_to_the_next_procedure(self, ask):
        in_case = Context(procedure=BIRTH, intent=Intent.ASK_DOCUMENTS, case="bo-roi")
        assert ask("còn lệ phí", Intent.ASK_FEE, in_case).context.case == "bo-roi"
        assert ask("đăng ký thường trú cần gì", Intent.ASK_DOCUMENTS, in_case).context.case is None


def test_a_button_of_a_vanished_procedure_is_politely_gone(press):
    reply = press('/select_option{"code":"1.999999","intent":"ask_fee"}', AFTER_BIRTH)
    assert reply.outcome is Outcome.ASKED_BACK and reply.procedure_code is None


def test_a_dossier_is_started_with_the_procedure_named(ask):
    reply = ask("tôi muốn nộp hồ sơ đăng ký khai sinh", Intent.START_DOSSIER)
    assert reply.procedure_code == BIRTH
    assert [a.outcome for a in ask("tôi muốn nộp hồ sơ", Intent.START_DOSSIER).answers] == [
        Outcome.GUIDED
    ] * 2


def test_restart_forgets(ask):
    assert ask("bắt đầu lại", Intent.RESTART, AFTER_BIRTH).context == Context()


def test_small_talk_keeps_the_procedure(ask):
    assert ask("cảm ơn nhé", Intent.THANKS, AFTER_BIRTH).context == AFTER_BIRTH


def test_an_unsure_refusal_gives_way_to_a_plain_name_only(ask):
    assert ask("đăng ký khai sinh", Intent.OUT_OF_SCOPE, confidence=0.5).procedure_code == BIRTH
    assert ask("giá vàng", Intent.OUT_OF_SCOPE, AFTER_BIRTH, confidence=0.5).procedure_code is None
    assert ask("đăng ký khai sinh", Intent.OUT_OF_SCOPE, confidence=0.9).procedure_code is None
