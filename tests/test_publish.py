"""From files to a published month: what is read, what is refused, what the commands say and return."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from data import ContractError, IntakeError, Store
from data.__main__ import app, main
from data.intake import read_tables
from data.profile import load_profile, plain
from data.publish import fill_ids, prepare, publish
from data.rows import rows
from data.tables import conform, empty
from data.tabular import read
from data.values import to_text
from tests.ledgers.broken import corners
from tests.workbook import write_workbook

MONTH = date(2026, 10, 1)
PROFILE = {
    "townships.csv": "township_code,township,kind,sort_order,valid_from,valid_to,successor\n"
    "T1,城东街道,街道,1,2021-01-01,,\nT2,河西镇,镇,2,2021-01-01,,\nT0,旧镇,镇,3,2000-01-01,2020-12-31,T1\n",
    "committees.csv": "committee_id,committee\nC1,快递行业党委\n",
    "classes.csv": "class_id,class_name,limit,unit,start\nG1,停车困难,3,工作日,次日\nG2,其他,,,\n",
    "holidays.csv": "date,is_workday,name\n2026-10-01,false,国庆节\n2026-10-10,true,调休\n",
    "aliases.csv": "alias,township_code\n甲办,T1\n",
}
STATIONS = (
    "station_id,name,township_code,opened_on,kit_water\nS1,红色驿站,T1,2024-01-05,true\nS2,骑手食堂,T2,,\n"
)
SERVICES = "station_id,service_type,person_times\nS1,饮水,41\nS2,就餐,0\n"


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """A folder with a small county's profile."""
    folder = tmp_path / "profile"
    write(folder, PROFILE)
    return folder


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def run(*args: object, env: Mapping[str, str] | None = None) -> Result:
    return CliRunner().invoke(app, [str(arg) for arg in args], env=dict(env or {}))


def publishing(paths: Sequence[Path], profile: Path, store: Store, *more: object) -> Result:
    return run(
        "publish",
        *paths,
        "--month",
        "2026-10",
        "--profile",
        profile,
        "--reason",
        "测试",
        "--store",
        store.root,
        *more,
    )


def stations_in(folder: Path) -> pl.DataFrame:
    return read_tables([folder]).frames["stations"].drop("file", "sheet", "row", "column")


def test_csv_in_three_encodings_xlsx_and_parquet_give_the_same_rows(tmp_path: Path) -> None:
    wanted = stations_in(write(tmp_path / "utf8", {"stations.csv": STATIONS}))
    assert wanted.rows() == [
        ("S1", "红色驿站", "T1", date(2024, 1, 5), True),
        ("S2", "骑手食堂", "T2", None, None),
    ]
    marked = write(tmp_path / "bom", {"stations.csv": STATIONS.encode("utf-8-sig")})
    chinese = write(tmp_path / "gb", {"stations.csv": STATIONS.replace("\n", "\r\n").encode("gb18030")})
    book, parquet = tmp_path / "xlsx", tmp_path / "parquet"
    book.mkdir()
    parquet.mkdir()
    header = STATIONS.splitlines()[0].split(",")
    lines = [header, ["S1", "红色驿站", "T1", "date:45296", True], [None], ["S2", "骑手食堂", "T2"]]
    write_workbook(book / "stations.xlsx", {"台账": lines, "旧": [["x"], ["y"]]}, hidden="旧")
    wanted.write_parquet(parquet / "stations.parquet")
    for folder in (marked, chinese, book, parquet):
        assert stations_in(folder).equals(wanted), folder.name
    assert read_tables([book]).frames["stations"].select("file", "sheet", "row").rows() == [
        ("stations.xlsx", "台账", 2),
        ("stations.xlsx", "台账", 4),
    ]


def test_files_that_are_no_tables_and_columns_that_are_unknown_are_named(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "in",
        {
            "station_services.csv": "备注,station_id,service_type,person_times\n雨天,S1,饮水,41\n",
            "读我.txt": "x",
            "townships.csv": PROFILE["townships.csv"],
        },
    )
    said = [note.text() for note in read_tables([folder]).notes]
    assert len(said) == 3
    assert any("备注" in text and "station_services.csv" in text for text in said)
    assert any("读我.txt" in text for text in said)
    assert any("townships.csv" in text for text in said)
    assert "雨天" not in "".join(said)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("stations.csv", b"", "ledger_empty"),
        ("stations.csv", b"station_id,name\nS1,\xff\xff\n", "file_encoding"),
        ("stations.csv", b"a,a\n1,2\n", "intake_header_repeated"),
        ("stations.csv", b"a,b\n1,2,3\n", "intake_unreadable"),
        ("stations.xlsx", b"PK\x03\x04 cut off", "file_damaged"),
        ("stations.xls", b"\xd0\xcf\x11\xe0 cut off", "file_damaged"),
        ("stations.parquet", b"PAR1 cut off", "intake_unreadable"),
        ("stations.txt", b"x", "intake_file_kind"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_name(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    write(tmp_path / "in", {name: content})
    with pytest.raises(IntakeError) as refused:
        read(tmp_path / "in" / name)
    assert refused.value.code == code
    assert name in refused.value.text("zh")
    assert name in refused.value.text("en")


def test_a_workbook_beyond_any_ledger_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "stations.xlsx"
    write_workbook(path, {"s": [["station_id"]]})
    assert read(path).frame.columns == ["station_id"]
    path.write_bytes(corners(path.read_bytes()))
    with pytest.raises(IntakeError) as refused:
        read(path)
    assert refused.value.code == "file_out_of_range"


def test_the_same_table_from_two_files_and_no_table_at_all_are_refused(tmp_path: Path) -> None:
    twice = write(tmp_path / "a", {"stations.csv": STATIONS, "stations.xlsx": b"x"})
    none = write(tmp_path / "b", {"notes.csv": "a\n1\n"})
    for folder, code in ((twice, "intake_table_twice"), (none, "intake_nothing")):
        with pytest.raises(IntakeError) as refused:
            read_tables([folder])
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("opened_on", "2026-02-30"),
        ("opened_on", "2024.1"),
        ("opened_on", "45296"),
        ("opened_on", "0024-01-05x"),
        ("kit_water", "是"),
        ("longitude", "120,5"),
        ("longitude", "nan"),
    ],
)
def test_a_cell_that_does_not_parse_is_a_breach_and_never_repeated(
    tmp_path: Path, column: str, text: str
) -> None:
    header = f"station_id,name,township_code,{column}"
    body = f'{header}\nS1,甲,T1,\nS2,乙,T1,"{text}"\n'
    intake = read_tables([write(tmp_path / "in", {"stations.csv": body})])
    (found,) = intake.breaches
    assert (found.rule, found.table, found.column, found.row) == ("not_readable", "stations", column, 3)
    assert text not in found.text() + found.text("en") + repr(found)


@pytest.mark.parametrize("text", ["12.5", "1,234", "１２", "12人", "1e3", "九"])
def test_counts_are_read_strictly(tmp_path: Path, text: str) -> None:
    body = f'station_id,service_type,person_times\nS1,饮水,"{text}"\n'
    assert [
        one.rule for one in read_tables([write(tmp_path / "in", {"station_services.csv": body})]).breaches
    ] == ["not_readable"]


def test_a_refused_month_lists_all_and_writes_nothing(tmp_path: Path, profile: Path, store: Store) -> None:
    bad = write(
        tmp_path / "in",
        {
            "stations.csv": STATIONS.replace("T2", "T9").replace("2024-01-05", "2024-13-05"),
            "station_services.csv": SERVICES.replace("S2", "S9").replace("41", "-1"),
        },
    )
    result = publishing([bad], profile, store)
    assert result.exit_code == 1
    assert isinstance(result.exception, ContractError)
    assert {(one.rule, one.row) for one in result.exception.breaches} == {  # type: ignore[attr-defined]
        ("not_readable", 2),
        ("township_unknown", 3),
        ("station_unknown", 3),
        ("negative", 2),
    }
    assert store.head() is None
    assert not store.root.exists()


def test_a_later_part_is_checked_against_what_the_month_holds_and_the_rest_stays(
    tmp_path: Path, profile: Path, store: Store
) -> None:
    early = write(tmp_path / "early", {"station_services.csv": SERVICES})
    assert publishing([early], profile, store).exit_code == 1  # no stations to check against
    both = write(tmp_path / "both", {"stations.csv": STATIONS, "station_services.csv": SERVICES})
    assert publishing([both], profile, store).exit_code == 0
    later = write(tmp_path / "later", {"station_services.csv": SERVICES.replace("41", "50")})
    result = publishing([later], profile, store, "--who", "数据员")
    assert result.exit_code == 0
    head = store.resolve()
    assert (head.number, head.revision, head.who, head.reason) == (2, 2, "数据员", "测试")
    assert store.read(head, MONTH, "station_services")["person_times"].to_list() == [50, 0]
    assert store.read(head, MONTH, "stations").height == 2
    assert {"services", "stations"} <= set(head.months[MONTH].cubes)
    assert "grievances" not in head.months[MONTH].tables


def test_an_empty_id_becomes_a_hash_of_name_and_township_that_passes_for_no_number() -> None:
    frame = pl.DataFrame(
        {
            "enterprise_id": ["91320582C544657241", None, None, None, None],
            "name": ["甲公司", "乙公司", " 乙公司 ", "乙公司", None],
            "township_code": ["T1", "T1", "T1", "T2", "T1"],
        }
    )
    first, second, trimmed, elsewhere, nameless = fill_ids(frame)["enterprise_id"]
    assert first == "91320582C544657241"
    assert second == trimmed == "Hjcchfehecgenlldd"
    assert len({first, second, elsewhere}) == 3
    assert nameless is None
    assert fill_ids(frame.rename({"name": "企业"})).equals(frame.rename({"name": "企业"}))


def test_publish_fills_deadlines_and_warns_of_a_year_without_holidays(profile: Path, store: Store) -> None:
    cases = pl.DataFrame(
        {
            "case_id": ["a", "b"],
            "class_id": ["G1", "G2"],
            "received_at": [datetime(2026, 9, 30, 9), datetime(2026, 10, 2, 9)],
            "status": ["open", "open"],
        },
        schema_overrides={"received_at": pl.Datetime("us")},
    )
    county = load_profile(profile)
    commit = publish(store, MONTH, {"grievances": cases}, county, reason="r", who="w")
    assert store.read(commit, MONTH, "grievances")["due_at"].to_list() == [datetime(2026, 10, 6), None]
    old = cases.with_columns(received_at=pl.lit(datetime(2025, 12, 1)))
    rules = [
        (one.rule, one.params.get("years"))
        for one in prepare(store, MONTH, {"grievances": old}, county).warnings
    ]
    assert ("holidays_missing", "2025") in rules


def test_a_profile_says_what_it_lacks_and_what_is_wrong(tmp_path: Path) -> None:
    short = write(tmp_path / "a", {k: v for k, v in PROFILE.items() if k != "holidays.csv"})
    with pytest.raises(IntakeError) as refused:
        load_profile(short)
    assert "holidays.csv" in refused.value.text()
    broken = write(tmp_path / "b", PROFILE | {"aliases.csv": "alias,township_code\n丙,T9\n"})
    with pytest.raises(ContractError) as wrong:
        load_profile(broken)
    assert "T9" in wrong.value.text()
    settings = write(tmp_path / "c", PROFILE | {"settings.toml": "county = 甲县"})
    with pytest.raises(IntakeError):
        load_profile(settings)


def test_settings_left_out_take_their_defaults_and_travel_with_the_snapshot(tmp_path: Path) -> None:
    text = 'county = "甲县"\nk = 7\n[lights]\ngood = "达标"\n'
    made = load_profile(write(tmp_path / "p", PROFILE | {"settings.toml": text}))
    assert (made.settings["county"], made.settings["k"], made.settings["cutoff_day"]) == ("甲县", 7, 0)
    assert made.settings["lights"] == {"good": "达标"}
    again = load_profile(write(tmp_path / "p2", PROFILE | {"settings.toml": made.settings_text}))
    assert again.settings == made.settings


def test_names_of_a_profile_are_found_however_written(profile: Path) -> None:
    towns = load_profile(profile).townships()
    assert {towns[plain(name)] for name in ("城东街道", "城东", "甲办", " 城东\u3000街道 ", "T1")} == {"T1"}
    assert towns["河西"] == "T2"
    assert load_profile(profile).committees()["快递"] == "C1"
    assert load_profile(profile).classes()["停车困难"] == "G1"


@pytest.fixture
def published(tmp_path: Path, profile: Path, store: Store) -> Store:
    """A store with one month of stations and services."""
    folder = write(tmp_path / "in", {"stations.csv": STATIONS, "station_services.csv": SERVICES})
    result = publishing([folder], profile, store)
    assert result.exit_code == 0
    assert "2026-10" in result.stdout
    return store


def test_rows_come_out_as_csv_json_and_parquet(published: Store) -> None:
    args = ("rows", "stations", "--month", "2026-10", "--store", published.root, "--format")
    text = run(*args, "csv").stdout
    assert text.splitlines()[1] == "S1,红色驿站,T1,,,2024-01-05,,,,,,true,,,,stations.csv,,2,"
    first, second = json.loads(run(*args, "json").stdout)
    assert (first["opened_on"], first["kit_water"], second["opened_on"]) == ("2024-01-05", True, None)
    assert run(*args, "xml").exit_code == 2
    frame = published.read(published.resolve(), MONTH, "stations")
    assert pl.read_parquet(rows("stations", frame, "parquet")).equals(frame)


def test_text_of_times_months_and_values() -> None:
    cases = (
        empty("grievances")
        .select("received_at", "due_at")
        .clear(2)
        .with_columns(
            received_at=pl.Series([datetime(2026, 10, 8), datetime(2026, 10, 8, 9, 30)]),
            due_at=pl.Series([None, datetime(2026, 10, 8, 9, 30, 1, 500000)]),
        )
    )
    whole = conform(
        "grievances", cases.with_columns(case_id=pl.lit("a"), class_id=pl.lit("G"), status=pl.lit("open"))
    )
    assert to_text("grievances", whole).select("received_at", "due_at").rows() == [
        ("2026-10-08", None),
        ("2026-10-08T09:30:00", "2026-10-08T09:30:01.500"),
    ]
    targets = pl.DataFrame(
        {"indicator_id": ["stations", "on_time"], "month": [MONTH] * 2, "value": [9.0, 0.32]}
    )
    assert to_text("targets", conform("targets", targets)).select("month", "value").rows() == [
        ("2026-10", "9"),
        ("2026-10", "0.32"),
    ]


def test_tags_history_and_verify(published: Store) -> None:
    assert run("tag", "10月例会", "--store", published.root).exit_code == 0
    assert run("tag", "10月例会", "--store", published.root).exit_code == 1
    said = run("history", "--store", published.root).stdout
    assert "[10月例会]" in said
    assert "2026-10 r1" in said
    assert (
        run(
            "rows", "stations", "--month", "2026-10", "--as-of", "10月例会", "--store", published.root
        ).exit_code
        == 0
    )
    assert run("verify", "--store", published.root, "--quiet").exit_code == 0
    revision = published.resolve().months[MONTH]
    target = published.root / revision.folder / "stations.parquet"
    target.write_bytes(target.read_bytes()[:-1])
    result = run("verify", "--store", published.root)
    assert result.exit_code == 1
    assert "stations.parquet" in result.stderr


@pytest.mark.parametrize(
    "args",
    [
        ("rows", "persons", "--month", "2026-10"),
        ("rows", "stations", "--month", "2026-13"),
        ("rows", "stations"),
        ("publish", "nowhere", "--month", "2026-10", "--profile", ".", "--reason", "r"),
        ("publish", ".", "--month", "2026-10", "--profile", ".", "--reason", "r", "--from", "2026-09"),
        ("forget",),
    ],
)
def test_wrong_usage_ends_with_2(args: tuple[str, ...]) -> None:
    assert run(*args).exit_code == 2


def test_quiet_says_nothing_and_english_is_complete(tmp_path: Path, profile: Path, store: Store) -> None:
    folder = write(tmp_path / "in", {"stations.csv": STATIONS, "x.txt": "x"})
    quiet = publishing([folder], profile, store, "--quiet")
    assert (quiet.exit_code, quiet.stdout, quiet.stderr) == (0, "", "")
    english = run(
        *(
            "publish",
            folder,
            "--month",
            "2026-10",
            "--profile",
            profile,
            "--reason",
            "again",
            "--store",
            store.root,
        ),
        env={"NUANXIN_LANG": "en"},
    )
    assert english.exit_code == 0
    words = english.stdout + english.stderr
    assert "Published 2026-10, revision 2" in words
    assert words.isascii() or all(ord(letter) < 0x2E80 for letter in words)


def test_a_refusal_is_told_in_words_without_a_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(
        sys, "argv", ["data", "rows", "stations", "--month", "2026-10", "--store", str(tmp_path)]
    )
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 1
    said = capsys.readouterr().err
    assert str(tmp_path) in said
    assert "Traceback" not in said


def test_the_sample_goes_into_an_empty_store_only(store: Store) -> None:
    args = ("sample", "--months", "1", "--store", store.root)
    assert "2026-10" in run(*args).stdout
    assert set(store.resolve().months) == {MONTH}
    assert run(*args).exit_code == 1
    assert run("sample", "--months", "0", "--store", store.root).exit_code == 2


def test_the_module_runs_from_a_shell(published: Store) -> None:
    command = [sys.executable, "-m", "data", "verify", "--store", str(published.root)]
    root = Path(__file__).resolve().parents[1]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "校验通过" in done.stdout
