"""What operators lose when these fail: an import they can trust and a reason they can act on."""

import gzip
import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from msgspec.structs import replace
from openpyxl import Workbook
from sqlalchemy import insert
from sqlalchemy.engine import Connection

from bot.amendments.proposals import Basis, decide, propose
from bot.catalogue.enums import FeeKind, Handler, LevelScheme, LevelValue, Scope, TimeUnit
from bot.catalogue.records import Fee, LevelStatement, Paper, Procedure, Source, TimeLimit
from bot.cli import main
from bot.database import connect
from bot.settings import get_settings
from bot.staff.audit import Actor
from bot.staff.tables import staff_account

DAY = date(2026, 10, 3)
SOURCE = Source("Cổng", retrieved_on=date(2026, 7, 15))


def _statement(value: LevelValue, agency: str, trial: bool = False) -> LevelStatement:
    return LevelStatement((agency,), LevelScheme.S2022, value, DAY, "danh sách", trial=trial)


BIRTH = Procedure(
    "1.000001",
    "Đăng ký khai sinh",
    SOURCE,
    field="Hộ tịch",
    handler=Handler.COMMUNE,
    papers=(Paper("Tờ khai"),),
    levels=(_statement(LevelValue.FULL, "XA"),),
)
LICENCE = Procedure(
    "1.000002",
    "Cấp giấy phép lái xe",
    SOURCE,
    field="Đường bộ",
    scope=Scope.NATIONWIDE,
    related=("1.999999",),
)
PERMIT = Procedure(
    "1.000003",
    "Cấp giấy phép xây dựng",
    SOURCE,
    field="Hộ tịch",
    handler=Handler.PROVINCE,
    times=(TimeLimit(TimeUnit.UNKNOWN, 7.0),),
    fees=(Fee(FeeKind.FREE, note="Miễn phí 50.000 đồng"),),
    levels=(_statement(LevelValue.PARTIAL, "H49.28", trial=True), _statement(LevelValue.FULL, "XA")),
)


@pytest.fixture
def home(tmp_path: Path, shipped_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with three procedures, one of them curated, and an empty SQLite database."""
    folder = tmp_path / "data" / "catalogue"
    for name in ("index", "curated"):
        (folder / name).mkdir(parents=True)
    for path in [*shipped_dir.glob("*.csv"), shipped_dir / "statistics.yaml"]:
        shutil.copy(path, folder)
    _jsonl(folder / "index" / "a.jsonl", BIRTH, LICENCE, PERMIT)
    (folder / "curated" / "b.yaml").write_text(
        "- {code: '1.000001', name: Đăng ký khai sinh, source: {title: Hồ sơ}}\n", encoding="utf-8"
    )
    monkeypatch.setenv("BOT_DATABASE_URL", f"sqlite:///{tmp_path / 'assistant.db'}")
    monkeypatch.setenv("BOT_DATA_DIR", str(tmp_path / "data"))
    get_settings.cache_clear()
    yield tmp_path
    get_settings.cache_clear()


def _jsonl(path: Path, *procedures: Procedure) -> Path:
    path.write_bytes(b"".join(msgspec.json.encode(procedure) + b"\n" for procedure in procedures))
    return path


def _gz(path: Path, *rows: object) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def _run(*words: object) -> Result:
    return CliRunner().invoke(main, ["catalogue", *map(str, words)])


def _done(*words: object) -> str:
    result = _run(*words)
    assert result.exit_code == 0, result.output
    return result.output


def test_loading_twice_changes_nothing_the_second_time(home: Path) -> None:
    first, again = _done("load"), _done("load")
    assert first.startswith("added 3, changed 0, unchanged 0, retired 0, rejected 0,")
    assert first.endswith("revision 1\n")
    assert again.startswith("added 0, changed 0, unchanged 3, retired 0, rejected 0,")
    assert again.endswith("revision 1\n")


def test_stats_count_every_procedure_once(home: Path) -> None:
    _done("load")
    lines = [line.strip() for line in _done("stats").splitlines()]
    for line in ("procedures: 3", "curated: 1", "with_detail: 2", "statements: 3", "trial: 1"):
        assert line in lines
    levels = "full 1, partial 0, information 0, differing by agency 1, without statement 1"
    assert f"levels stated on 2026-10-03: {levels}" in lines
    text = "\n".join(" ".join(line.split()) for line in lines)
    assert "by scope (2):\n2 in_force\n1 nationwide" in text
    assert "by field (2):\n2 Hộ tịch\n1 Đường bộ" in text
    assert "by agency (2):\n2 XA\n1 H49.28" in text


def test_check_names_what_a_person_must_decide(home: Path) -> None:
    _done("load")
    output = _done("check")
    assert "time_without_unit: 1\n  1.000003: 7" in output
    assert "free_but_sum: 1\n  1.000003: Miễn phí 50.000 đồng" in output
    assert "related codes that lead nowhere: 1" in output
    assert "communes: 171, old communes that were split: 12" in output


def test_own_records_show_each_change_as_code_field_old_and_new(home: Path) -> None:
    _done("load")
    changed = msgspec.structs.replace(LICENCE, field="Giao thông")
    path = home / "own.jsonl"
    path.write_bytes(msgspec.json.encode(changed) + b'\n{broken\n{"code": "1.000009"}\n')
    output = _done("import", "own", path)
    assert "changed 1" in output
    assert "  ~ 1.000002 field: Đường bộ → Giao thông\n" in output
    assert "  ! own.jsonl:2: unreadable (" in output
    assert "  ! own.jsonl:3: invalid (" in output


def test_a_crawl_loads_what_it_can_and_names_the_other_rows(home: Path) -> None:
    row = {
        "code": "1.000007",
        "name": "Đăng ký kết hôn",
        "issuer": "Bộ Tư pháp",
        "crawled": "2026-07",
        "applies_to_quang_ninh": "yes",
    }
    bad = row | {"code": "1.000008", "name": "05 ngày làm việc kể từ ngày nhận được hồ sơ hợp lệ"}
    output = _done("import", "crawl", _gz(home / "crawl.jsonl.gz", row, bad))
    assert output.startswith("added 1, changed 0, unchanged 0, retired 0, rejected 1,")
    assert "  ! crawl.jsonl.gz:2: no name (1.000008)\n" in output


def test_a_twice_encoded_answer_of_the_national_portal_loads(home: Path) -> None:
    record = {
        "MATTHC": "1.001193.000.00.00.H56",
        "TENTTHC": "Đăng ký khai sinh",
        "MACOQUANCONGBO": "Bộ Tư pháp",
    }
    answer = {"message": json.dumps(json.dumps({"error_code": "0", "result": [record]}))}
    path = home / "laythutuc.json"
    path.write_text(json.dumps(answer), encoding="utf-8")
    assert _done("import", "national", path, "--date", "2026-11-01").startswith("added 1,")
    _done("export", home / "all.jsonl")
    assert msgspec.json.decode((home / "all.jsonl").read_bytes())["code"] == "1.001193"


ROWS = (
    ("code", "level", "agencies"),
    ("1.000001", "toàn trình", "XA"),
    ("1.0001", "toàn trình", "XA"),
    ("1.000002", "mức gì đó", "XA"),
    ("1.000003", "một phần", "H49.28"),
)


@pytest.mark.parametrize("name", ["levels.xlsx", "levels.tsv"])
def test_a_list_of_levels_loads_but_for_its_bad_rows(home: Path, name: str) -> None:
    path = home / name
    if name.endswith(".tsv"):
        path.write_text("".join("\t".join(row) + "\n" for row in ROWS), encoding="utf-8")
    else:
        book = Workbook()
        for row in ROWS:
            book.worksheets[0].append(row)
        book.save(path)
    output = _done("import", "levels", path, "--date", "2026-10-03", "--source", "Danh sách")
    assert output.startswith("added 2, changed 0, unchanged 0, retired 0, rejected 2,")
    assert f"  ! {name}:3: bad code (1.0001)\n" in output
    assert f"  ! {name}:4: unknown level (1.000002: mức gì đó)\n" in output


def test_diff_tells_the_difference_and_changes_nothing(home: Path) -> None:
    _done("load")
    folder = home / "new"
    (folder / "index").mkdir(parents=True)
    renamed = msgspec.structs.replace(LICENCE, name="Đổi giấy phép lái xe")
    added = msgspec.structs.replace(LICENCE, code="1.000009")
    _jsonl(folder / "index" / "a.jsonl", renamed, PERMIT, added)
    (folder / "index" / "b.jsonl").write_text("{broken\n", encoding="utf-8")
    output = _done("diff", folder)
    assert output == _done("diff", folder)
    assert output.startswith("added 1, removed 1, changed 1\n  + 1.000009\n  - 1.000001\n")
    assert "  ~ 1.000002 name: Cấp giấy phép lái xe → Đổi giấy phép lái xe\n" in output
    assert "  ! b.jsonl:1: unreadable (" in output


def test_an_export_can_be_imported_again(home: Path) -> None:
    _done("load")
    path = home / "all.jsonl"
    assert _done("export", path).startswith("3 → ")
    codes = [msgspec.json.decode(line)["code"] for line in path.read_bytes().splitlines()]
    assert codes == ["1.000001", "1.000002", "1.000003"]
    assert _done("import", "own", path).startswith("added 0, changed 0, unchanged 3,")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("own",), "a.jsonl"),
        (("crawl",), "a.jsonl.gz"),
        (("national", "--date", "2026-10-03"), "a.json"),
        (("levels", "--date", "2026-10-03"), "a.xlsx"),
        (("levels", "--date", "2026-10-03"), "a.tsv"),
    ],
)
@pytest.mark.parametrize("content", [b"", b"not what it should be\n", b"\x00\xff\xfe\x9f\n"])
def test_a_file_of_the_wrong_format_gives_one_sentence(
    home: Path, words: tuple[str, ...], name: str, content: bytes
) -> None:
    _done("load")
    path = home / name
    path.write_bytes(content)
    result = _run("import", words[0], path, *words[1:])
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), "no traceback"
    errors = [line for line in result.output.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1
    assert errors[0].startswith(f"Error: {name}: ")
    assert "procedures: 3\n" in _done("stats")


def test_a_cut_off_crawl_leaves_the_old_catalogue(home: Path) -> None:
    _done("load")
    path = _gz(home / "cut.gz", {"code": "1.000007"})
    path.write_bytes(path.read_bytes()[:-12])
    result = _run("import", "crawl", path)
    assert result.exit_code == 1
    assert "Error: cut.gz: not a readable file of the kind 'crawl': " in result.output
    assert "procedures: 3\n" in _done("stats")


def test_what_is_missing_is_named(home: Path) -> None:
    levels = home / "levels.tsv"
    levels.write_text("code\tlevel\tagencies\n", encoding="utf-8")
    undated = _run("import", "levels", levels)
    assert (undated.exit_code, "--date is needed" in undated.output) == (2, True)
    absent = _run("import", "own", home / "nowhere.jsonl")
    assert (absent.exit_code, "does not exist" in absent.output) == (2, True)
    (home / "empty").mkdir()
    empty = _run("diff", home / "empty")
    assert (empty.exit_code, empty.output) == (
        1,
        "Error: empty: no index/*.jsonl and no curated/*.yaml in this folder\n",
    )
    unwritable = _run("export", home / "empty")
    assert unwritable.exit_code == 1
    assert unwritable.output.startswith("Error: empty: cannot be written: ")
    (home / "data" / "catalogue" / "agencies.csv").unlink()
    broken = _run("load")
    assert broken.exit_code == 1
    assert broken.output.startswith("Error: catalogue: not a readable catalogue folder: ")


def test_a_preview_tells_of_an_import_and_changes_nothing(home: Path) -> None:
    _done("load")
    file = _jsonl(home / "new.jsonl", replace(LICENCE, name="Tên mới"))
    told = _done("import", "own", file, "--preview")
    assert "changed 1" in told
    assert "Cấp giấy phép lái xe → Tên mới" in told
    assert told.endswith("revision 1\n")
    assert _done("import", "own", file).endswith("revision 2\n")


def test_approved_changes_are_listed_and_go_in_force_on_their_day(home: Path) -> None:
    """The last one would be told years too early, the second not at all until the next start."""
    _done("load")
    engine = connect(get_settings().database_url)
    with engine.begin() as connection:
        editor, approver = (_hired(connection, login) for login in ("lan", "minh"))
        for place, since in (("Trung tâm", "2026-01-01"), ("Phòng 2", "2999-01-01")):
            basis = Basis("Dời chỗ", f"Quyết định {place}", valid_from=since)
            made = propose(connection, editor, "1.000001", {"place": {"set": place}}, basis, 1.0)
            assert decide(connection, approver, made, True, "", "2026-01-01", 2.0)
    assert "Trung tâm" in _done("amend", "due")
    assert _done("amend", "due") == "nothing is due\n"
    assert _done("amendments").splitlines() == [
        "    1 1.000001 in_force 2026-01-01 place: Quyết định Trung tâm",
        "    2 1.000001 approved 2999-01-01 place: Quyết định Phòng 2",
        "2 standing",
    ]
    assert "changed 0" in _done("load")


def _hired(connection: Connection, login: str) -> Actor:
    values = {"login": login, "name": login, "roles": [], "created_at": 0.0}
    made = connection.execute(insert(staff_account).values(values)).inserted_primary_key[0]
    return Actor(made, login)
