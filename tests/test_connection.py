"""Cubes are built from a month's tables; a commit becomes one locked database that threads share safely."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from data import (
    LENT,
    Commit,
    Connection,
    Store,
    StoreError,
    connect,
    connection,
    cubes,
    cut_off,
    lent,
    settings,
)
from data.tables import TABLES
from tests.stores import NOVEMBER, OCTOBER, SEPTEMBER, SETTINGS, enterprises, full

PROFILE = [name for name, table in TABLES.items() if table.origin == "profile"]


@pytest.fixture(autouse=True)
def _load_anew() -> None:
    connection._connection.cache_clear()


def put(store: Store, month: date, tables: dict[str, pl.DataFrame], settings_text: str = SETTINGS) -> Commit:
    built = cubes.build(tables, month)
    moment = datetime(2026, 11, 3, 9)
    return store.publish(month, tables, built, settings_text, who="w", reason="月报", published_at=moment)


def two_months(store: Store) -> Commit:
    put(store, SEPTEMBER, {"enterprises": enterprises(2)})
    return put(store, OCTOBER, {"enterprises": enterprises(5), "targets": full("targets")})


def refusal(act: Callable[[], object]) -> StoreError:
    with pytest.raises(StoreError) as caught:
        act()
    return caught.value


# cubes


def folder_of(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name}.sql").write_text(text, "utf-8")
    return tmp_path


def test_a_cube_sees_every_table_and_only_the_parameters_it_names(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        counted="-- from: enterprises, tasks\n"
        "select township_code, count(*)::bigint as n, (select count(*) from tasks)::bigint as tasks\n"
        "from enterprises group by township_code",
        dated="-- from: enterprises\nselect $month::date as first, $month_end::date as last",
    )
    built = cubes.build({"enterprises": enterprises(3)}, date(2024, 2, 1), folder)
    assert built["counted"].rows() == [("320001", 3, 0)]
    assert built["dated"].rows() == [(date(2024, 2, 1), date(2024, 2, 29))]


def test_a_cube_is_not_built_when_its_first_table_was_not_reported(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path,
        tasks_cube="-- from: tasks, enterprises\nselect count(*) as n from tasks",
        both="-- from: enterprises, tasks\nselect count(*) as n from tasks",
    )
    assert set(cubes.build({"enterprises": enterprises()}, OCTOBER, folder)) == {"both"}


def test_a_cube_comes_out_the_same_in_whatever_order_its_rows_went_in(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path, listed="-- from: figures\nselect indicator_id, value from figures order by value desc"
    )
    frame = pl.concat(
        full("figures").with_columns(indicator_id=pl.lit(f"i{number}"), value=pl.lit(number / 7))
        for number in range(9)
    )
    built = [
        cubes.build({"figures": rows}, OCTOBER, folder)["listed"]
        for rows in (frame, frame.reverse(), frame.sample(fraction=1, shuffle=True, seed=7))
    ]
    assert built[0].equals(built[1])
    assert built[0].equals(built[2])
    assert built[0].rows() == sorted(built[0].rows())


def test_a_cube_without_its_header_is_refused_by_name(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, nameless="select 1")
    error = refusal(lambda: cubes.build({}, OCTOBER, folder))
    assert (error.code, error.params) == ("cube_header", {"file": "nameless.sql"})


def test_the_shipped_cubes_have_the_same_columns_with_and_without_rows() -> None:
    built = cubes.build({name: full(name).head(1) for name in TABLES}, OCTOBER)
    assert {name: dict(frame.schema) for name, frame in built.items()} == cubes.schemas()
    assert len(built) >= 8
    assert "month" not in {column for frame in built.values() for column in frame.columns}


# one commit as a database


def test_months_stand_one_under_the_other_with_the_month_first(store: Store) -> None:
    opened = connect(store, two_months(store))
    rows = opened.query(
        "select month, sum(enterprises)::bigint as n from coverage where denominator = 'operating' "
        "group by month order by month"
    )
    assert rows.rows() == [(SEPTEMBER, 2), (OCTOBER, 5)]
    for name in [*cubes.schemas(), *PROFILE, "tasks", "targets", "snapshots", "reported"]:
        first = opened.query(f"select * from {name}")
        assert (first.columns[0], first.dtypes[0]) == ("month", pl.Date), name


def test_what_no_month_has_is_there_without_rows_and_with_its_columns(store: Store) -> None:
    opened = connect(store, put(store, OCTOBER, {"enterprises": enterprises()}))
    tasks = opened.query("select * from tasks")
    assert tasks.schema == {"month": pl.Date(), **TABLES["tasks"].schema}
    assert tasks.is_empty()
    for name, schema in cubes.schemas().items():
        assert opened.query(f"select * from {name}").schema == {"month": pl.Date(), **schema}


def test_a_target_keeps_its_own_month_beside_the_snapshots(store: Store) -> None:
    store.publish(NOVEMBER, {"targets": full("targets")}, {}, SETTINGS, who="w", reason="r")
    rows = connect(store, store.resolve()).query("select distinct month, target_month from targets")
    assert rows.rows() == [(NOVEMBER, OCTOBER)]


def test_names_of_enterprises_and_cases_never_enter_the_database(store: Store) -> None:
    opened = connect(store, put(store, OCTOBER, {name: full(name) for name in TABLES}))
    tables = set(opened.query("select table_name from duckdb_tables()")["table_name"])
    assert tables.isdisjoint({"enterprises", "grievances", "figures", "station_services"})
    assert tables == {*cubes.schemas(), *PROFILE, "tasks", "targets", "snapshots", "reported"}


def test_rows_that_are_lent_to_one_query_are_seen_by_no_other(store: Store) -> None:
    commit = two_months(store)
    opened = connect(store, commit)
    rows = {name: lent(store, commit, OCTOBER, name) for name in LENT}
    count = "select count(*) as n, min(month) as month from enterprises"
    assert opened.lent(rows).query(count).rows() == [(5, OCTOBER)]
    assert opened.lent(rows).query("select * from grievances").is_empty()
    with pytest.raises(duckdb.CatalogException):
        opened.query(count)
    never = lent(store, commit, NOVEMBER, "enterprises")
    assert (never.num_rows, never.schema.names[0]) == (0, "month")


def test_snapshots_and_reported_tell_what_was_published(store: Store) -> None:
    two_months(store)
    opened = connect(store, put(store, SEPTEMBER, {"tasks": full("tasks")}, "cutoff_day = 25"))
    moment = datetime(2026, 11, 3, 9)
    assert opened.query("select * from snapshots order by month").rows() == [
        (SEPTEMBER, 2, moment, "月报", date(2026, 9, 25)),
        (OCTOBER, 1, moment, "月报", date(2026, 10, 31)),
    ]
    assert opened.query("select * from reported order by all").rows() == [
        (SEPTEMBER, "enterprises"),
        (SEPTEMBER, "tasks"),
        (OCTOBER, "enterprises"),
        (OCTOBER, "targets"),
    ]


@pytest.mark.parametrize(
    ("month", "day", "expected"),
    [
        (date(2026, 2, 1), 0, date(2026, 2, 28)),
        (date(2024, 2, 1), 30, date(2024, 2, 29)),
        (date(2026, 10, 1), 31, date(2026, 10, 31)),
        (date(2026, 10, 1), 25, date(2026, 10, 25)),
        (date(2026, 12, 1), 1, date(2026, 12, 1)),
    ],
)
def test_a_cut_off_day_that_the_month_lacks_is_its_last(month: date, day: int, expected: date) -> None:
    assert cut_off(month, day) == expected


def test_settings_are_those_of_the_month(store: Store) -> None:
    put(store, SEPTEMBER, {}, 'county = "旧名"\n')
    commit = put(store, OCTOBER, {}, 'county = "新名"\n')
    assert settings(store, commit, SEPTEMBER) == {"county": "旧名"}
    assert settings(store, commit, OCTOBER) == {"county": "新名"}
    assert refusal(lambda: settings(store, commit, NOVEMBER)).code == "month_unknown"
    assert refusal(lambda: put(store, NOVEMBER, {}, "county = ")).code == "settings_broken"


def test_columns_of_an_older_cube_are_fitted_to_todays(store: Store) -> None:
    today = cubes.schemas()["coverage"]
    older = pl.DataFrame({"enterprises": [7], "township_code": ["320001"], "gone": [1]}).cast(
        {"enterprises": pl.Int32}
    )
    commit = store.publish(OCTOBER, {}, {"coverage": older}, SETTINGS, who="w", reason="r")
    rows = connect(store, commit).query("select * from coverage")
    assert rows.schema == {"month": pl.Date(), **today}
    assert rows.row(0, named=True) == {
        **dict.fromkeys(today),
        **{"month": OCTOBER, "enterprises": 7, "township_code": "320001"},
    }


def test_one_changed_byte_in_any_month_refuses_the_whole_database(store: Store) -> None:
    commit = two_months(store)
    place = f"{commit.months[SEPTEMBER].folder}/cubes/coverage.parquet"
    content = bytearray((store.root / place).read_bytes())
    content[len(content) // 2] ^= 1
    (store.root / place).write_bytes(content)
    error = refusal(lambda: connect(store, commit))
    assert (error.code, error.params) == ("file_broken", {"file": place})


def test_a_commit_is_loaded_once_and_a_new_one_anew(store: Store) -> None:
    first = put(store, OCTOBER, {"enterprises": enterprises(2)})
    assert connect(store, first) is connect(Store(store.root), store.commit(1))
    second = put(store, OCTOBER, {"enterprises": enterprises(3)})
    count = "select sum(enterprises)::bigint as n from coverage where denominator = 'operating'"
    assert connect(store, second).query(count).item() == 3
    assert connect(store, first).query(count).item() == 2


# the lock


ESCAPES = [
    *("select * from read_csv('/etc/passwd')", "select * from read_text('/etc/passwd')"),
    *(
        "select * from '/etc/passwd'",
        "select * from glob('/etc/*')",
        "select * from read_parquet('x.parquet')",
    ),
    *("select * from sniff_csv('/etc/passwd')", "select * from read_blob('/etc/passwd')"),
]
REFUSED = [
    *("copy tasks to 'x.csv'", "copy tasks from 'x.csv'", "attach 'x.db'", "install excel", "load excel"),
    *("export database 'x'", "import database 'x'", "set threads = 1", "set enable_external_access = true"),
    *("create table mine as select 1", "drop table tasks", "insert into reported values (null, 'x')"),
    *("delete from reported", "update reported set table_name = 'x'", "select 1; select 2", "pragma version"),
    *("begin", "call duckdb_tables()", "use temp", "explain analyze select 1", ""),
]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Connection:
    store = Store(tmp_path_factory.mktemp("locked") / "store")
    return connect(store, two_months(store))


@pytest.mark.parametrize("sql", ESCAPES)
def test_no_file_can_be_read_once_loaded(opened: Connection, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        opened.query(sql)


@pytest.mark.parametrize("sql", REFUSED)
def test_only_a_single_select_is_answered(opened: Connection, sql: str) -> None:
    assert refusal(lambda: opened.query(sql)).code == "not_a_query"


@pytest.mark.parametrize(
    "sql", [sql for sql in REFUSED if sql.startswith(("copy", "attach", "set ", "load"))]
)
def test_the_engine_itself_is_locked_too(opened: Connection, sql: str) -> None:
    with pytest.raises(duckdb.Error):
        opened._engine.cursor().execute(sql)


@pytest.mark.parametrize("params", [{}, {"code": "x", "more": 1}, {"other": "x"}])
def test_a_missing_or_extra_parameter_is_refused(opened: Connection, params: dict[str, object]) -> None:
    with pytest.raises(duckdb.Error):
        opened.query("select 1 where $code = 'x'", params)


def test_eight_threads_on_one_connection_each_get_their_own_rows(opened: Connection) -> None:
    sql = (
        "select $n::bigint as n, count(*) as c from range($n) as r, (select count(*) from coverage) as other"
    )

    def ask(number: int) -> tuple[int, int]:
        return opened.query(sql, {"n": number}).row(0)

    numbers = list(range(1, 401))
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(ask, numbers)) == [(number, number) for number in numbers]


def test_an_answer_without_rows_still_has_its_columns(opened: Connection) -> None:
    rows = opened.query("select month, list, due_on from tasks where title = $title", {"title": "无"})
    assert rows.schema == {"month": pl.Date(), "list": pl.String(), "due_on": pl.Date()}
    assert rows.is_empty()
