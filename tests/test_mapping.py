"""Foreign exports through a mapping: what each entry does, and that every row read is accounted for."""

from datetime import date, datetime
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from data import ContractError, IntakeError, Store
from data.__main__ import app
from data.batch import months_between
from data.foreign import Foreign, read_foreign
from data.mapping import Source, load_mapping
from data.monthly import Rows, added_up, as_known, rows_of_month
from data.profile import Profile, load_profile
from data.tables import TABLES, conform

STATIONS = """
[[source]]
file = "rides_*.csv"
table = "stations"
month = "month_beginning"
distinct = true
township = "area"
columns = { station_id = "station_id", stationame = "name" }
dates = { month_beginning = ["%m/%d/%Y", "%Y.%m"] }

[[source]]
file = "rides_*.csv"
table = "station_services"
month = "month_beginning"
thousands = ","
aggregate = "sum"
columns = { station_id = "station_id", total = "person_times" }
constants = { service_type = "进站" }
dates = { month_beginning = ["%m/%d/%Y", "%Y.%m"] }
"""
RIDES = """station_id,stationame,area,month_beginning,total
40540,Wilson,North Side,10/01/2017,"56,536"
40540,Wilson,Nth Side,10/01/2017,"119,297"
40900,Howard,Far North,10/01/2017,900
40900,Howard,Far North,2017.11,1000
"""
CASES = """
[[source]]
file = "cases.csv"
table = "grievances"
encoding = "gb18030"
township = "地区"
class = "类别"
cutoff = true
drop = ["closed_before_received"]
columns = { "编号" = "case_id", "受理" = "received_at", "办结" = "closed_at", "状态" = ["status", "kind"] }
constants = { is_resolved = true }

[source.dates]
"受理" = "%Y/%m/%d %H:%M"
"办结" = "%Y/%m/%d %H:%M"

[source.values."状态"]
"在办" = "open"
"办结" = "closed"
"""


@pytest.fixture
def county(tmp_path: Path) -> Profile:
    """Two areas, one of them with a second spelling, and two classes without limits."""
    folder = tmp_path / "profile"
    folder.mkdir()
    files = {
        "townships": "township_code,township,sort_order,valid_from\n"
        "N,North Side,1,2000-01-01\nF,Far North,2,2000-01-01\n",
        "committees": "committee_id,committee\n",
        "classes": "class_id,class_name\nA,停车\nB,其他\n",
        "holidays": "date,is_workday\n",
        "aliases": "alias,township_code\nNth Side,N\n",
    }
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return load_profile(folder)


def foreign(folder: Path, county: Profile, mapping: str, **files: str) -> Foreign:
    folder.mkdir(exist_ok=True)
    (folder / "mapping.toml").write_text(mapping, "utf-8")
    encoding = "gb18030" if "gb18030" in mapping else "utf-8"
    for name, text in files.items():
        (folder / f"{name}.csv").write_bytes(text.encode(encoding))
    data = [path for path in folder.iterdir() if path.suffix == ".csv"]
    return read_foreign(data, load_mapping(folder / "mapping.toml"), county)


def test_one_file_feeds_two_tables_month_by_month(tmp_path: Path, county: Profile) -> None:
    found = foreign(tmp_path / "in", county, STATIONS, rides_2017=RIDES, other="a\n1\n")
    assert found.breaches == []
    assert ["other.csv" in note.text() for note in found.notes] == [True]
    october, accounts = found.month(date(2017, 10, 1))
    assert october["stations"].select("station_id", "name", "township_code", "row").rows() == [
        ("40540", "Wilson", "N", 2),
        ("40900", "Howard", "F", 4),
    ]
    assert october["station_services"].drop("file", "sheet", "column").rows() == [
        ("40540", "进站", 175833, 2),
        ("40900", "进站", 900, 4),
    ]
    assert [(one.table, one.read, one.used, one.left_out) for one in accounts] == [
        ("stations", 4, 2, {"other_month": 1, "same_row": 1}),
        ("station_services", 4, 2, {"other_month": 1, "added_up": 1}),
    ]
    november, _ = found.month(date(2017, 11, 1))
    assert november["station_services"]["person_times"].to_list() == [1000]


def test_cases_are_those_known_at_the_end_of_each_month(tmp_path: Path, county: Profile) -> None:
    cases = """编号,受理,办结,状态,地区,类别
1,2025/03/31 09:00,2025/03/31 10:00,办结,North Side,停车
2,2025/03/31 09:00,2026/04/01 10:00,办结,North Side,停车
3,2025/04/01 09:00,2025/04/02 09:00,办结,Nth Side,停车
4,2026/04/30 23:59,2026/05/01 00:00,办结,,其他
5,2026/05/01 00:00,,在办,Far North,B
6,2026/04/10 09:00,2026/04/10 08:00,办结,Far North,停车
7,2025/01/01 09:00,,在办,Far North,停车
"""
    found = foreign(tmp_path / "in", county, CASES, cases=cases)
    assert found.breaches == []
    tables, (account,) = found.month(date(2026, 4, 1))
    columns = ("case_id", "township_code", "class_id", "status", "closed_at", "is_resolved", "kind")
    assert tables["grievances"].select(columns).rows() == [
        # closed in April, received 13 months before: was open in the month
        ("2", "N", "A", "closed", datetime(2026, 4, 1, 10), True, "closed"),
        # received in the 13th month, closed long ago: still in the ledger
        ("3", "N", "A", "closed", datetime(2025, 4, 2, 9), True, "closed"),
        # closed a minute after the month: open at its end, with no outcome yet
        ("4", None, "B", "open", None, None, "closed"),
        # never closed
        ("7", "F", "A", "open", None, True, "open"),
    ]
    assert (account.read, account.used) == (7, 4)
    assert account.left_out == {"closed_before_received": 1, "not_yet_received": 1, "settled_earlier": 1}


def test_names_and_cells_without_meaning_are_breaches_of_the_source_column(
    tmp_path: Path, county: Profile
) -> None:
    rides = RIDES + '40901,X,Nowhere,11/01/2017,1\n40902,Y,Nowhere,13/01/2017,"1,2x"\n'
    found = foreign(tmp_path / "in", county, STATIONS, rides_2017=rides)
    assert [(one.table, one.rule, one.column, one.row) for one in found.breaches] == [
        ("stations", "name_unknown", "area", 6),
        ("stations", "not_readable", "month_beginning", 7),
        ("station_services", "not_readable", "total", 7),
        ("station_services", "not_readable", "month_beginning", 7),
    ]
    assert found.breaches[0].params == {"value": "Nowhere", "count": 2}
    assert "1,2x" not in "".join(one.text() + one.text("en") for one in found.breaches)


def test_a_word_without_a_translation_stays_and_is_caught_by_the_contract(
    tmp_path: Path, county: Profile, store: Store
) -> None:
    foreign(
        tmp_path / "in",
        county,
        CASES,
        cases="编号,受理,办结,状态,地区,类别\n1,2026/04/01 09:00,,挂起,,停车\n",
    )
    result = publishing(tmp_path / "in", tmp_path / "profile", store, "2026-04")
    assert isinstance(result.exception, ContractError)
    assert "status" in result.exception.text()
    assert store.head() is None


def publishing(folder: Path, profile: Path, store: Store, month: str, *more: str):  # type: ignore[no-untyped-def]
    options = {
        "--mapping": folder / "mapping.toml",
        "--profile": profile,
        "--store": store.root,
        "--month": month,
    }
    args = [str(word) for pair in options.items() for word in pair]
    return CliRunner().invoke(app, ["publish", str(folder), *args, "--reason", "r", *more])


def test_a_range_of_months_is_published_in_order_with_its_accounts(
    tmp_path: Path, county: Profile, store: Store
) -> None:
    foreign(tmp_path / "in", county, STATIONS, rides_2017=RIDES)
    result = publishing(tmp_path / "in", tmp_path / "profile", store, "2017-11", "--from", "2017-10")
    assert result.exit_code == 0
    assert result.stdout.count("读入 4 行") == 4
    commits = store.commits()
    assert [commit.month for commit in commits] == [date(2017, 10, 1), date(2017, 11, 1)]
    assert store.read(commits[-1], date(2017, 10, 1), "station_services")["person_times"].sum() == 176733


def test_a_range_is_published_whole_or_not_at_all(tmp_path: Path, county: Profile, store: Store) -> None:
    foreign(tmp_path / "in", county, STATIONS, rides_2017=RIDES.replace("1000", "-1"))
    result = publishing(tmp_path / "in", tmp_path / "profile", store, "2017-11", "--from", "2017-10")
    assert isinstance(result.exception, ContractError)
    empty = publishing(tmp_path / "in", tmp_path / "profile", store, "2017-12")
    assert isinstance(empty.exception, IntakeError)
    assert "2017-12" in empty.exception.text()
    assert store.head() is None


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (("[[source]]", "[[sources]]"), "sources"),
        (('table = "stations"', 'table = "persons"'), "table"),
        (('table = "stations"', 'table = "townships"'), "table"),
        (('file = "rides_*.csv"', ""), "file"),
        (("distinct = true", 'distinct = "yes"'), "distinct"),
        (("distinct = true", "distinkt = true"), "distinkt"),
        (('stationame = "name"', 'stationame = "title"'), "title"),
        (('stationame = "name"', 'stationame = "township_code"'), "township_code"),
        (('dates = { month_beginning = ["%m/%d/%Y"', 'dates = { month = ["%m/%d/%Y"'), "month"),
        (('["%m/%d/%Y", "%Y.%m"]', '["month first"]'), "dates"),
        (("distinct = true", "cutoff = true"), "cutoff"),
        (("distinct = true", 'drop = ["closed_before_received"]'), "drop"),
        (("distinct = true", 'aggregate = "mean"'), "mean"),
        (("distinct = true", 'values = { area = "x" }'), "values"),
        (("distinct = true", "distinct = maybe"), "mapping.toml"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_and_the_entry_named(
    tmp_path: Path, change: tuple[str, str], named: str
) -> None:
    path = tmp_path / "mapping.toml"
    assert change[0] in STATIONS
    path.write_text(STATIONS.replace(*change, 1), "utf-8")
    with pytest.raises(IntakeError) as refused:
        load_mapping(path)
    assert named in refused.value.text("zh")
    assert named in refused.value.text("en")


def test_a_missing_file_or_column_is_named(tmp_path: Path, county: Profile) -> None:
    with pytest.raises(IntakeError) as no_file:
        foreign(tmp_path / "a", county, STATIONS, trips=RIDES)
    assert "rides_*.csv" in no_file.value.text()
    with pytest.raises(IntakeError) as no_column:
        foreign(tmp_path / "b", county, STATIONS, rides_1=RIDES.replace("total", "sum"))
    assert "total" in no_column.value.text()


def test_months_between_crosses_years() -> None:
    months = months_between(date(2025, 11, 1), date(2026, 2, 1))
    assert [month.month for month in months] == [11, 12, 1, 2]


def test_unknown_counts_stay_unknown_when_added_to_nothing() -> None:
    table = pl.DataFrame(
        {"indicator_id": ["a", "b", "a"], "value": [None, 2.0, None], "period_end": [date(2026, 10, 31)] * 3}
    )
    made = added_up("figures", conform("figures", table))
    assert made.select("indicator_id", "value").rows() == [("a", None), ("b", 2.0)]


days = st.datetimes(datetime(2024, 1, 1), datetime(2026, 12, 31))
cases = st.lists(st.tuples(days, st.none() | days), max_size=30)


@given(cases, st.dates(date(2024, 1, 1), date(2026, 12, 1)))
def test_every_row_is_accounted_for_and_nothing_later_than_the_month_is_known(
    drawn: list[tuple[datetime, datetime | None]], day: date
) -> None:
    month = day.replace(day=1)
    frame = pl.DataFrame(
        {
            "case_id": [str(place) for place in range(len(drawn))],
            "class_id": ["A"] * len(drawn),
            "received_at": [received for received, _ in drawn],
            "closed_at": [closed for _, closed in drawn],
            "status": ["closed" if closed else "open" for _, closed in drawn],
        },
        schema_overrides=TABLES["grievances"].schema,
    )
    source = Source("cases.csv", "grievances", {}, cutoff=True)
    kept, account = rows_of_month(Rows(source, "cases.csv", frame, frame.height, {}), month)
    assert account.read == account.used + sum(account.left_out.values())
    end = datetime(month.year + month.month // 12, month.month % 12 + 1, 1)
    assert kept.filter(pl.col("received_at") >= end).is_empty()
    assert kept.filter(pl.col("closed_at") >= end).is_empty()
    assert kept.filter((pl.col("status") == "open") != pl.col("closed_at").is_null()).is_empty()
    open_then = sum(received < end and (closed is None or closed >= end) for received, closed in drawn)
    assert kept.filter(pl.col("status") == "open").height == open_then


def test_a_withdrawal_after_the_month_was_not_known_in_it() -> None:
    frame = pl.DataFrame(
        {
            "status": ["withdrawn", "withdrawn"],
            "received_at": [datetime(2026, 10, 1, 9)] * 2,
            "closed_at": [datetime(2026, 10, 31, 9), datetime(2026, 11, 1, 9)],
        }
    )
    assert as_known(frame, date(2026, 10, 1))["status"].to_list() == ["withdrawn", "open"]
