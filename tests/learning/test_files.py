"""Training and measuring read exactly what two people approved."""

from pathlib import Path

import yaml
from sqlalchemy.engine import Connection

from bot.answers.intent import Intent
from bot.evaluation.dataset import read_rows
from bot.evaluation.dialogues.dataset import holds_dialogues, read_dialogues
from bot.evaluation.dialogues.dialogue import DialogueKind, DialogueTurn
from bot.learning.files import DIALOGUES, QUESTIONS, TRAINING, Written, write_lessons
from bot.learning.lessons import Draft, propose, retire
from bot.learning.states import LessonKind
from tests.learning.lesson_rows import BIRTH, VERSIONS, approved, staff, stock
from tests.reviews.conftest import NOON, Past


def test_the_files_are_what_their_readers_accept(connection: Connection, tmp_path: Path) -> None:
    past = Past(connection)
    pair = staff(past, "lan"), staff(past, "minh")
    stock(connection)
    assert write_lessons(connection, tmp_path) == Written(0, 0, 0, False)
    assert list(tmp_path.rglob("*")) == []
    examples = [
        Draft(LessonKind.TRAINING, 'phí "khai sinh" [ở](xã): hết # mấy', Intent.ASK_FEE),
        Draft(LessonKind.TRAINING, "- bao lâu có giấy", Intent.ASK_TIME),
        Draft(LessonKind.TRAINING, "mất tiền gì", Intent.ASK_FEE),
    ]
    numbers = [approved(connection, past, draft, pair) for draft in examples]
    question = Draft(LessonKind.EVALUATION, "khai sinh phí sao", Intent.ASK_FEE, (BIRTH,))
    numbers.append(approved(connection, past, question, pair))
    turns = (
        DialogueTurn(say="khai sinh cần gì", intent=Intent.ASK_DOCUMENTS, procedure_codes=(BIRTH,)),
        DialogueTurn(press="Lệ phí", procedure_codes=(BIRTH,)),
    )
    numbers.append(approved(connection, past, Draft(LessonKind.JOURNEY, turns=turns), pair))
    propose(
        connection,
        pair[0],
        Draft(LessonKind.TRAINING, "chờ duyệt", Intent.GREET),
        "x",
        NOON,
        versions=VERSIONS,
    )
    assert write_lessons(connection, tmp_path) == Written(3, 1, 1, True)
    assert write_lessons(connection, tmp_path) == Written(3, 1, 1, False)
    groups = yaml.safe_load((tmp_path / TRAINING).read_text(encoding="utf-8"))["nlu"]
    assert [(group["intent"], group["examples"].splitlines()) for group in groups] == [
        ("ask_fee", ['- phí "khai sinh" (ở)(xã): hết # mấy', "- mất tiền gì"]),
        ("ask_time", ["- - bao lâu có giấy"]),
    ]
    rows, refused = read_rows((tmp_path / QUESTIONS).read_text(encoding="utf-8").splitlines(), "q")
    assert not refused and [(row.id, row.question, row.intent) for row in rows] == [
        (f"lesson-{numbers[3]}", "khai sinh phí sao", Intent.ASK_FEE)
    ]
    assert rows[0].procedure_codes == (BIRTH,) and rows[0].in_scope and rows[0].kind == "learned"
    lines = (tmp_path / DIALOGUES).read_text(encoding="utf-8").splitlines()
    dialogues, refused = read_dialogues(lines, "d")
    assert holds_dialogues(lines) and not refused
    assert (dialogues[0].kind, dialogues[0].turns) == (DialogueKind.OPTION_PICKING, turns)
    for number in numbers:
        assert retire(connection, pair[0], number, "Thôi", NOON)
    assert write_lessons(connection, tmp_path) == Written(0, 0, 0, True)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
