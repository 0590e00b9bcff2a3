"""The commands that judge and publish ledgers: what they print, what they return, what they never repeat."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from data import IntakeError, Store
from data.__main__ import app, main
from data.profile import load_profile
from queries.__main__ import app as queries_app
from tests.test_desk import PROFILE
from tests.workbook import write_workbook

HEADER = [
    "镇街",
    "企业名称",
    "统一社会信用代码",
    "所属行业党委",
    "是否实体运营",
    "从业人员数",
    "正式党员数",
    "预备党员数",
    "组建形式",
]
# Typed by mistake where a name was asked for; it may appear nowhere.
SECRET = "13800138000"


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "profile"
    folder.mkdir()
    for name, text in PROFILE.items():
        (folder / name).write_text(text, "utf-8")
    return folder


def firm(name: str, township: str = "城东街道", workers: str = "20", members: str = "3") -> list[str]:
    return [township, name, "暂无", "快递", "是", workers, members, "0", "未建"]


def enterprises(path: Path, unit: str, *rows: list[str]) -> Path:
    """A ledger as a township sends it."""
    path.parent.mkdir(exist_ok=True)
    title = [["2026年10月企业台账"], [f"填报单位：{unit}"]]
    text = "\n".join(",".join(row) for row in [*title, HEADER, *rows])
    path.write_text(text + "\n", "utf-8")
    return path


def tasks(path: Path, *rows: tuple[str, str]) -> Path:
    """A list of tasks: number and deadline."""
    header = ["编号", "清单类别", "事项", "完成时限", "进展状态"]
    lines = [header, *([number, "职责", "梳理清单", due, "推进中"] for number, due in rows)]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(",".join(row) for row in lines) + "\n", "utf-8")
    return path


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """A folder with two good ledgers."""
    folder = tmp_path / "in"
    enterprises(folder / "城东.csv", "城东街道", firm("甲快递"), firm("乙快递"))
    enterprises(folder / "河西.csv", "河西镇", firm("丙快递", "河西镇"))
    return folder


class Desk:
    def __init__(self, profile: Path, store: Store) -> None:
        self.store, self._words = store, ["--month", "2026-10", "--profile", profile, "--store", store.root]

    def check(self, *words: object) -> Result:
        return run("check", *words, *self._words)

    def publish(self, *words: object) -> Result:
        return run("publish", *words, *self._words, "--reason", "月报")

    def firms(self) -> list[str]:
        return sorted(
            self.store.read(self.store.resolve(), self.store.resolve().month, "enterprises")["name"]
        )


@pytest.fixture
def desk(profile: Path, store: Store) -> Desk:
    return Desk(profile, store)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_check_tells_all_and_writes_nothing(desk: Desk, county: Path) -> None:
    result = desk.check(county)
    assert result.exit_code == 0
    for words in (
        "【可发布】城东.csv｜企业台账｜城东街道",
        "读入 2 行，使用 2 行",
        "从业人员数 40",
        "驿站台账：全部未报",
        "企业数 全县 — → 3",
        "企业数 河西镇 — → 1",
    ):
        assert words in result.stdout
    assert not desk.store.root.exists()


def test_publish_takes_what_check_showed_and_then_nothing_would_change(desk: Desk, county: Path) -> None:
    assert desk.publish(county).exit_code == 0
    assert desk.firms() == ["丙快递", "乙快递", "甲快递"]
    again = desk.check(county)
    assert "发布后没有数字变化" in again.stdout
    assert "将替换" in again.stdout
    enterprises(county / "城东(更正).csv", "城东街道", firm("丁快递"))
    one = desk.publish(county / "城东(更正).csv")
    assert "“城东.csv”的 2 行，改用“城东(更正).csv”" in one.stdout
    assert desk.firms() == ["丁快递", "丙快递"]


def test_history_lists_the_ledgers_of_each_publication_with_their_totals(desk: Desk, county: Path) -> None:
    desk.publish(county)
    desk.publish(enterprises(county / "新.csv", "城东街道", firm("丁快递")))
    said = run("history", "--ledgers", "--store", desk.store.root).stdout
    assert said.count("企业台账：读入") == 4
    assert "1 行｜城东街道｜新.csv｜发布行数 1，从业人员数 20，正式党员数 3" in said
    assert "台账" not in run("history", "--store", desk.store.root).stdout


def test_a_bad_file_sends_the_batch_back_unless_it_is_left(desk: Desk, county: Path, tmp_path: Path) -> None:
    enterprises(county / "坏.csv", "城东街道", firm("戊快递", workers="2"))
    (county / "城东.csv").unlink()
    result = desk.check(county, "--report", tmp_path / "out" / "errors.xlsx")
    assert result.exit_code == 1
    assert "【退回】坏.csv" in result.stdout
    assert "坏.csv 第 4 行 G 列 “正式党员数”：党员 3 名，多于从业人员 2 人" in result.stdout
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"errors.xlsx", "errors_城东街道.xlsx"}
    refused = desk.publish(county)
    assert (refused.exit_code, desk.store.head()) == (1, None)
    assert isinstance(refused.exception, IntakeError)
    assert desk.publish(county, "--leave-returned").exit_code == 0
    assert desk.firms() == ["丙快递"]


def test_a_file_that_cannot_be_opened_is_one_line_among_the_others(desk: Desk, county: Path) -> None:
    (county / "坏.xlsx").write_bytes(b"PK\x03\x04 cut off")
    (county / "Thumbs.db").write_bytes(b"litter")
    result = desk.check(county)
    assert result.exit_code == 1
    assert "【退回】坏.xlsx" in result.stdout
    assert "Thumbs" not in result.stdout
    assert "【可发布】城东.csv" in result.stdout


def test_warnings_alone_end_well_and_many_of_a_kind_are_one_line(desk: Desk, tmp_path: Path) -> None:
    file = tasks(tmp_path / "in" / "任务.csv", *((f"B{n:02}", "") for n in range(1, 9)))
    result = desk.check(file)
    assert result.exit_code == 0
    assert "【需确认】" in result.stdout
    told = [line for line in result.stdout.splitlines() if "没有办理时限" in line]
    assert len(told) == 1
    assert "B01" in told[0]
    assert "另有 7 处：D3 D4 D5" in told[0]


def test_an_alias_is_answered_once_and_remembered(desk: Desk, profile: Path, tmp_path: Path) -> None:
    file = enterprises(tmp_path / "in" / "台账.csv", "城东街道", firm("甲快递", "望海镇"))
    assert "“望海镇”没有登记" in desk.check(file).stdout
    before = (profile / "aliases.csv").read_bytes()
    assert desk.check(file, "--alias", "望海镇=T9").exit_code == 2
    assert desk.check(file, "--alias", "望海镇").exit_code == 2
    assert (profile / "aliases.csv").read_bytes() == before
    assert desk.check(file, "--alias", "望海镇=T2").exit_code == 0
    assert load_profile(profile).townships()["望海镇"] == "T2"
    assert desk.check(file).exit_code == 0
    assert "疑似" in desk.check(file, "--alias", f"{SECRET}=T2").exception.text()  # type: ignore[union-attr]
    assert SECRET not in (profile / "aliases.csv").read_text("utf-8")


def test_the_later_of_two_ledgers_counts_only_when_asked(desk: Desk, county: Path) -> None:
    enterprises(county / "城东(最终版).csv", "城东街道", firm("丁快递"))
    result = desk.check(county)
    assert result.exit_code == 1
    assert "有两份" in result.stdout
    assert desk.publish(county / "城东.csv", county / "城东(最终版).csv", "--later-wins").exit_code == 0
    assert desk.firms() == ["丁快递"]


def test_files_named_like_tables_go_straight_in_and_can_be_checked_too(desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "stations.csv").write_text("station_id,name,township_code\nS1,红色驿站,T1\n", "utf-8")
    result = desk.check(folder)
    assert (result.exit_code, desk.store.root.exists()) == (0, False)
    assert desk.check(folder, "--report", tmp_path / "r.xlsx").exit_code == 2
    (folder / "stations.csv").write_text("station_id,name,township_code\nS1,红色驿站,T9\n", "utf-8")
    assert desk.check(folder).exit_code == 1
    write_workbook(folder / "城东街道企业台账.xlsx", {"一": [HEADER, firm("甲快递")]})
    mixed = desk.check(folder)
    assert mixed.exit_code == 2
    assert "分两次提交" in mixed.stderr


def test_a_mapping_reads_its_files_beside_ledgers(desk: Desk, county: Path, tmp_path: Path) -> None:
    (county / "热线.csv").write_text("编号,受理,地区\nX1,2026/10/08,城东街道\n", "utf-8")
    mapping = tmp_path / "热线.toml"
    mapping.write_text(
        '[[source]]\nfile = "热线*.csv"\ntable = "grievances"\ntownship = "地区"\n'
        'columns = { "编号" = "case_id", "受理" = "received_at" }\ndates = { "受理" = "%Y/%m/%d" }\n'
        'constants = { class_id = "G1", status = "open" }\n',
        "utf-8",
    )
    result = desk.publish(county, "--mapping", mapping)
    assert result.exit_code == 0, result.output
    assert desk.store.read(desk.store.resolve(), desk.store.resolve().month, "grievances").height == 1
    alone = desk.check(county / "热线.csv", "--mapping", mapping)
    assert (alone.exit_code, "读入 1 行" in alone.stdout) == (0, True)


def test_quiet_leaves_only_what_must_be_mended(desk: Desk, county: Path) -> None:
    result = desk.check(county, "--quiet")
    assert (result.exit_code, result.output) == (0, "")
    enterprises(county / "坏.csv", "城东街道", firm("戊快递", workers="2"))
    result = desk.check(county / "坏.csv", "--quiet")
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert result.stdout == ""


def test_english_is_complete(desk: Desk, county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUANXIN_LANG", "en")
    enterprises(county / "坏.csv", "城东街道", firm("戊快递", workers="2"))
    said = desk.check(county).stdout
    for words in ("[returned] 坏.csv", "1 rows read, 1 used", "row 4", "column G", "Not reported yet"):
        assert words in said


WRONG = [
    (SECRET,),
    ("check", SECRET),
    ("check", ".", "--month", SECRET),
    ("check", ".", f"--{SECRET}"),
    ("check", ".", "--month"),
    ("check", ".", "--month", "2026-10"),
    ("check", ".", "--month", "2026-10", "--profile", SECRET),
    ("check", ".", "--month", "2026-10", "--profile", ".", "--alias", SECRET),
    ("verify", SECRET),
    ("sample", "--months", SECRET),
    ("sample", "--last", SECRET),
    ("rows", SECRET),
    ("rows", "tasks", "--month", "2026-10", "--format", SECRET),
]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("words", WRONG)
def test_wrong_usage_is_one_sentence_that_repeats_nothing(
    words: tuple[str, ...], lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUANXIN_LANG", lang)
    result = run(*words)
    assert result.exit_code == 2
    assert SECRET not in result.output
    assert result.stdout == ""
    assert "--help" in result.stderr or words[-1] == "--month"
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.stderr) == (lang == "zh")


@pytest.mark.parametrize("words", [(SECRET,), (f"--{SECRET}",), ("--month", SECRET), ("--format", SECRET)])
def test_a_question_asked_wrongly_is_told_likewise(words: tuple[str, ...]) -> None:
    result = CliRunner().invoke(queries_app, ["coverage_by_township", *words])
    assert result.exit_code == 2
    assert SECRET not in result.output
    assert any("\u4e00" <= letter <= "\u9fff" for letter in result.stderr)


def test_commands_without_words_show_the_help() -> None:
    result = run()
    assert result.exit_code == 2
    assert "check" in result.output


@pytest.mark.parametrize(
    "words",
    [
        ("rows", "tasks", "--month", "2026-10", "--as-of", f"{SECRET}例会"),
        ("sample", "--profile", SECRET),
    ],
)
def test_a_name_that_stands_for_nothing_is_wrong_usage(
    words: tuple[str, ...],
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(sys, "argv", ["data", *words, "--store", str(store.root)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said
    assert SECRET not in said
