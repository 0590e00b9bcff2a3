"""Our own messy ledgers come to exactly the rows written below them; bad ones go back and leave nothing."""

import logging
import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data import Store
from data.ledgers import desk
from data.ledgers.assessment import Assessment
from data.ledgers.ledger import Reading
from data.ledgers.returned import returned_bytes
from data.messages import LANGUAGES, IntakeError
from data.publish import fill
from data.rows import rows as printed
from queries import run
from tests.ledgers import identifiers
from tests.ledgers.asking import (
    TABLES,
    at_place,
    command,
    day,
    judge,
    leaked,
    lines,
    named,
    names_all,
    of,
    profile,
    published,
    read,
    texts,
    unpacked,
    verdict_of,
    wanted,
)
from tests.ledgers.bad import Change, bad, base, odd, put, spoiled
from tests.ledgers.books import book
from tests.ledgers.county import MONTHS, PROFILE, good, write
from tests.ledgers.planted import planted
from tests.ledgers.readings import Readings, all_readings
from tests.ledgers.rows import Row, expected, states
from tests.ledgers.sheets import Sheet, Written
from tests.stores import once

OCTOBER = date(2026, 10, 1)
MONTH_OF = {folder: folder if folder in MONTHS else MONTHS[1] for folder in (*MONTHS, "alone")}
GOOD = [(folder, one) for folder in MONTH_OF for one in good(folder)]
BAD, ODD, PLANTED = ({one.file: one for one in made} for made in (bad(), odd(), planted()))
KINDS = ("enterprises", "people", "stations", "services", "grievances", "care", "tasks", "targets")
# Texts that would run somewhere else may also be refused.
MAY_BE_REFUSED = ("40", "41", "42")

each_month = pytest.mark.parametrize("month", MONTHS)


def short(folder: str, one: Written) -> str:
    """A name of a test that pytest need not escape."""
    tables = "+".join(expected(one, MONTH_OF[folder]))
    return f"{folder}-{tables}-{one.form.replace(' ', '-')}"


each_good = pytest.mark.parametrize(("place", "written"), GOOD, ids=[short(*one) for one in GOOD])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """good/<month>, alone, bad and planted as files."""
    place = tmp_path_factory.mktemp("ledgers")
    for name in MONTH_OF:
        write(good(name), place / name)
    for name, files in (("bad", BAD), ("odd", ODD), ("planted", PLANTED)):
        (place / name).mkdir()
        for one in files.values():
            (place / name / one.file).write_bytes(one.content)
    return place


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Readings:
    """Every file as read, by folder and name."""
    return all_readings(tmp_path_factory)


@pytest.fixture(scope="module")
def county(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Both good months, published by the command. Not to be written to."""

    def build(place: Path) -> None:
        for month in MONTHS:
            options = ("--profile", PROFILE, "--month", month, "--store", place, "--reason", "月报")
            result = command("publish", folder / month, *options)
            assert result.exit_code == 0, result.output

    return Store(once(tmp_path_factory, "county", build))


@pytest.fixture(scope="module")
def september(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """September whole and the stations of October, for bad ledgers to meet. Not to be written to."""

    def build(place: Path) -> None:
        stations = sorted((folder / MONTHS[1]).glob("*驿站台账*"))
        for paths, month in (([folder / MONTHS[0]], MONTHS[0]), (stations, MONTHS[1])):
            desk.publish(Store(place), judge(paths, Store(place), month), reason="月报", who="测试")

    return Store(once(tmp_path_factory, "bad", build))


@pytest.fixture
def own(september: Store, tmp_path: Path) -> Store:
    """A copy of that store to write to."""
    shutil.copytree(september.root, tmp_path / "own")
    return Store(tmp_path / "own")


def october(readings: Readings, *, without: str = "-") -> list[Reading]:
    """The good ledgers of October, but for those with a word in their names."""
    return [readings[MONTHS[1], one.name] for one in good(MONTHS[1]) if without not in one.name]


def assess(readings: list[Reading], store: Store) -> Assessment:
    return desk.assess(readings, OCTOBER, profile(), store)


# ---- good ledgers


@each_good
def test_a_file_has_the_same_bytes_each_time(place: str, written: Written) -> None:
    assert book(written) == book(written)


@each_good
def test_each_good_ledger_alone_comes_to_its_rows(readings: Readings, place: str, written: Written) -> None:
    reading = readings[place, written.name]
    assert [one.text() for one in reading.findings if one.severity == "error"] == []
    found = {}
    for ledger in reading.ledgers:
        frames, _ = fill(ledger.frames, profile())
        for table, frame in frames.items():
            found.setdefault(table, []).extend(lines(printed(table, frame, "csv").decode()))
    rows = wanted([written], MONTH_OF[place])
    assert {table: named(found[table]) for table in found} == rows


@each_good
def test_zero_not_applicable_and_not_reported_stay_apart(
    readings: Readings, place: str, written: Written
) -> None:
    found = [
        tuple(value or "" for value in row)
        for ledger in readings[place, written.name].ledgers
        for row in ledger.states.select("indicator_id", "township_code", "committee_id", "state").iter_rows()
    ]
    assert len(found) == len(set(found))
    assert set(found) == states(written)


@each_good
def test_no_row_is_lost_from_the_account(readings: Readings, place: str, written: Written) -> None:
    ledgers = readings[place, written.name].ledgers
    tables = {table for ledger in ledgers for table in ledger.frames}
    for ledger in ledgers:
        assert ledger.tally.read == ledger.tally.used + sum(ledger.tally.left_out.values())
        assert ledger.totals["rows"] == sum(frame.height for frame in ledger.frames.values())
    assert sum(ledger.totals["rows"] for ledger in ledgers) == sum(
        len(rows) for rows in expected(written, MONTH_OF[place]).values()
    )
    assert tables == set(expected(written, MONTH_OF[place]))


@each_month
def test_both_months_publish_to_exactly_the_rows_written_below(county: Store, month: str) -> None:
    rows = wanted(good(month), month)
    assert set(rows) == set(TABLES)
    for table, found in published(county, month).items():
        assert found == rows[table], table


def test_the_command_judges_good_ledgers_with_0_and_bad_ones_with_1(folder: Path, september: Store) -> None:
    options = ("--month", MONTHS[1], "--profile", PROFILE, "--store", september.root)
    before = september.resolve().sha256
    ready = sorted((folder / MONTHS[1]).glob("*企业台账*"))
    assert command("check", *ready, *options).exit_code == 0
    result = command("check", *ready, folder / "bad" / "18_负数.xlsx", *options)
    assert result.exit_code == 1
    (line,) = [line for line in result.output.splitlines() if "-15" in line]
    assert all(word in line for word in ("18_负数.xlsx", "Sheet1", "第 6 行", "E 列", "服务人次"))
    assert september.resolve().sha256 == before


def test_an_enterprise_without_a_code_keeps_the_id_made_from_its_name(county: Store) -> None:
    made = []
    for month in MONTHS:
        frame = county.read(county.resolve(), day(month), "enterprises")
        without = frame.filter(pl.col("enterprise_id").str.starts_with("H"))
        made.append(dict(without.select("name", "enterprise_id").iter_rows()))
    assert made[0].keys() & made[1].keys() == {"丁帆网约车服务部", "丁岚跑腿服务部"}
    assert all(made[0][name] == made[1][name] for name in made[0].keys() & made[1].keys())


def test_the_accounts_of_one_ledger(readings: Readings) -> None:
    (ledger,) = readings[MONTHS[0], "东塘街道企业台账2026年9月.xlsx"].ledgers
    assert (ledger.kind, ledger.sender, ledger.tally.used) == ("enterprises", "990101001", 4)
    # The row of totals and the footer.
    assert sum(ledger.tally.left_out.values()) == 2
    assert ledger.totals["workers"] == 1286
    assert (ledger.totals["members_full"], ledger.totals["members_probationary"]) == (18, 3)


@each_month
def test_the_sender_of_a_ledger_is_its_township(readings: Readings, month: str) -> None:
    found = {}
    for one in good(month):
        rows = expected(one, month).get("enterprises", [])
        for ledger in readings[month, one.name].ledgers if rows else ():
            found[ledger.sender] = {row["township_code"] for row in rows}
    assert found == {code: {code} for code in ("990101001", "990101101", "990101102", "990101401")}


def test_hidden_empty_and_explaining_sheets_are_left_aside_and_told(
    readings: Readings,
) -> None:
    reading = readings[MONTHS[0], "东塘街道企业台账2026年9月.xlsx"]
    hidden = [one for one in reading.findings if one.code == "sheet_hidden"]
    assert [one.place.sheet for one in hidden] == ["上月底稿"]
    assert hidden[0].severity == "note"
    assert "上月底稿" in hidden[0].text()
    assert {one.place.sheet for one in reading.findings} <= {"上月底稿", "填表说明", "Sheet2"}


def test_a_firm_that_may_be_another_is_told_and_never_merged(readings: Readings, county: Store) -> None:
    reading = readings[MONTHS[1], "石桥镇10月企业台账(最终版).xls"]
    (suspected,) = [one for one in reading.findings if one.severity == "warning" and one.place.row == 4]
    assert "3" in suspected.message()
    frame = county.read(county.resolve(), OCTOBER, "enterprises")
    assert frame.filter(pl.col("name").str.contains("癸澄")).height == 2


# ---- control totals, counted by hand from the rows


@pytest.mark.parametrize(
    ("denominator", "counts"),
    [
        ("operating", [13, 3, 5, 10, 11]),
        ("eligible", [8, 3, 4, 7, 8]),
        ("above_scale", [4, 2, 2, 3, 4]),
        ("has_members", [11, 3, 5, 10, 11]),
    ],
)
def test_totals_of_coverage_come_out_of_the_queries(
    county: Store, denominator: str, counts: list[int]
) -> None:
    (row,) = run(
        "coverage_by_month",
        month="2026-10",
        from_month="2026-10",
        denominator=denominator,
        store=county.root,
    ).to_dicts()
    names = ("enterprises", "sole", "organised", "organised_broad", "worked")
    assert [row[name] for name in names] == counts


def test_totals_of_enterprises_come_out_of_the_queries(county: Store) -> None:
    frame = run("enterprises_by_township_committee", month="2026-10", store=county.root)
    townships = frame.group_by("township_code").agg(pl.sum("enterprises", "operating"))
    found = {code: counts for code, *counts in townships.iter_rows()}
    assert found == {
        "990101001": [5, 3],
        "990101101": [4, 3],
        "990101102": [4, 4],
        "990101401": [4, 3],
    }
    assert frame["should_build_open"].sum() == 3


def test_totals_of_members_come_out_of_the_queries(county: Store) -> None:
    frame = run("members_by_committee", month="2026-10", store=county.root)
    columns = frame.select("committee_id", "members_full", "members_probationary", "members").sort(
        "committee_id"
    )
    assert columns.rows() == [("C1", 36, 3, 39), ("C2", 30, 5, 35), ("C3", 22, 2, 24)]


@pytest.mark.parametrize(("month", "stations", "times"), [("2026-09", 4, 1483), ("2026-10", 4, 1417)])
def test_totals_of_stations_come_out_of_the_queries(
    county: Store, month: str, stations: int, times: int
) -> None:
    row = run("services_by_month", month=month, from_month=month, store=county.root).to_dicts()[0]
    assert (row["stations_open"], row["person_times"]) == (stations, times)


@pytest.mark.parametrize(
    ("month", "counts", "days"),
    [("2026-09", [7, 6, 3, 1, 5, 4], [3.5, 67.5]), ("2026-10", [3, 3, 3, 2, 4, 2], [21.0, 87.4])],
)
def test_totals_of_grievances_come_out_of_the_queries(
    county: Store, month: str, counts: list[int], days: list[float]
) -> None:
    row = run("closure_by_month", month=month, from_month=month, store=county.root).to_dicts()[0]
    names = ("received", "closed", "open", "overdue_open", "due", "on_time")
    assert [row[name] for name in names] == counts
    assert [row["closed_median_days"], row["closed_p90_days"]] == pytest.approx(days)


def test_totals_of_times_to_close_count_open_cases(county: Store) -> None:
    frame = run("closure_times_by_basis", month="2026-10", store=county.root)
    found = {row["basis"]: (row["closed"], row["km_median_days"]) for row in frame.to_dicts()}
    # Of all six cases half are closed after 104 days; of the three received in October never half.
    assert (found["cohort"], found["received"]) == ((3, 104), (1, None))


def test_totals_of_statuses_keep_every_case(county: Store) -> None:
    frame = run("cases_by_status", month="2026-09", store=county.root)
    found = dict(frame.select("status", "cases").iter_rows())
    assert found == {"open": 3, "closed": 6, "withdrawn": 2, "invalid": 2, "duplicate": 2}


@pytest.mark.parametrize(
    ("indicator", "value", "is_lower", "qualified"),
    [
        ("training_pt", 526, False, 1),
        ("points_exchanged", 54311, True, 3),
        ("publicity", 3803, False, 1),
        ("workers", 1839, False, 0),
        ("jobs_posted", 1000, False, 1),
        ("care_measures", 30, True, 1),
    ],
)
def test_totals_of_figures_come_out_of_the_queries(
    county: Store, indicator: str, value: float, is_lower: bool, qualified: int
) -> None:
    frame = run("figures_by_indicator", month="2026-10", store=county.root)
    row = frame.filter(pl.col("indicator_id") == indicator).to_dicts()[0]
    assert (row["value"], row["lower_bound"], row["qualified"]) == (value, is_lower, qualified)


@pytest.mark.parametrize(("month", "targets"), [("2026-09", 22), ("2026-10", 5)])
def test_totals_of_tasks_and_targets_come_out_of_the_queries(county: Store, month: str, targets: int) -> None:
    tasks = run("tasks_by_due", month=month, store=county.root)
    assert (tasks.height, tasks["is_overdue"].sum()) == (6, 1)
    assert run("targets_by_township", month=month, store=county.root).height == targets


# ---- bad ledgers


def test_all_53_kinds_of_defects_are_here() -> None:
    assert [file[:2] for file in BAD] == [f"{number:02}" for number in range(1, 54)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_ledgers_that_are_spoiled_were_good(kind: str, september: Store, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.xlsx"
    path.write_bytes(book(base(kind)))
    judged = judge([path], september)
    assert [one.text() for one in judged.findings if one.severity == "error"] == []
    assert of(judged, path.name).kinds == (kind,)


def numbers(files: list[tuple[str, str]]) -> list[str]:
    """Names of tests: a bad file by its own number, any other by its place."""
    own = {name: list(made) for name, made in (("odd", ODD), ("planted", PLANTED))}
    return [f"{p}-{f[:2] if p == 'bad' else own[p].index(f) + 1}" for p, f in files]


EACH_BAD = [("bad", file) for file in BAD] + [("odd", file) for file in ODD]


@pytest.mark.parametrize(("place", "file"), EACH_BAD, ids=numbers(EACH_BAD))
def test_a_bad_ledger_gets_its_verdict_at_its_place_with_the_words(
    place: str, file: str, readings: Readings, september: Store
) -> None:
    one = (BAD | ODD)[file]
    result = verdict_of(readings[place, file], september)
    if not (file[:2] in MAY_BE_REFUSED and result.verdict == "returned"):
        assert result.verdict == one.verdict, texts(result.findings)
    severity = {"returned": "error", "confirm": "warning"}[result.verdict]
    here = [found for found in result.findings if found.severity == severity and at_place(found, one.place)]
    assert here, texts(result.findings)
    assert names_all(here, one.words), texts(here)


def spoilt(place: Path, kind: str, change: Change, form: str = "xlsx") -> Reading:
    """A clean ledger with a change, read."""
    path = place / f"{kind}.{form.partition(' ')[0]}"
    path.write_bytes(spoiled(kind, change, form))
    (one,) = read([path])
    return one


def test_a_row_full_of_data_is_never_a_footer(tmp_path: Path) -> None:
    def tasks_first(sheet: Sheet) -> None:
        for row in sheet.rows[1:6]:
            row[:4] = [row[3], row[1], row[2]]
        sheet.rows[2][0], sheet.rows[3][0] = "审核驿站名单", "联系走访企业"

    (ledger,) = spoilt(tmp_path, "tasks", tasks_first, "csv utf-8").ledgers
    titles = ledger.frames["tasks"]["title"].to_list()
    assert titles == ["审核驿站名单", "联系走访企业", "完成驿站六类标配补齐", "建立劳动报酬争议联调机制"]


@pytest.mark.parametrize("words", ["本页小计", "上月数", "其中:快递"], ids=["page", "before", "part"])
def test_a_row_of_other_sums_never_becomes_a_figure_of_the_county(
    words: str, tmp_path: Path, september: Store
) -> None:
    def below(sheet: Sheet) -> None:
        sheet.rows[7] = [words, None, None, 1152.0, 25.0]

    reading = spoilt(tmp_path, "people", below)
    result = verdict_of(reading, september)
    rows = [frame for ledger in reading.ledgers for frame in ledger.frames.values()]
    assert result.verdict == "returned" or all(frame["township_code"].null_count() == 0 for frame in rows)


@pytest.mark.parametrize(
    "title", ["统计表(8月份)", "统计表(二〇二六年八月)", "统计表2026.08"], ids=["bare", "words", "dots"]
)
def test_a_title_of_another_month_never_passes_in_silence(
    title: str, tmp_path: Path, september: Store
) -> None:
    reading = spoilt(tmp_path, "people", put(A1=f"暖溪县人员与党员{title}"))
    assert verdict_of(reading, september).verdict != "ready"


@pytest.mark.parametrize(
    "file", [f for f, one in BAD.items() if one.verdict == "returned"], ids=lambda f: f[:2]
)
def test_of_a_returned_ledger_nothing_is_published(file: str, readings: Readings, own: Store) -> None:
    before = own.resolve().sha256
    judged = desk.assess([readings["bad", file]], OCTOBER, profile(), own)
    assert judged.prepared is None
    assert judged.returned == (file,)
    with pytest.raises(IntakeError) as refused:
        desk.publish(own, judged, reason="试", who="测试")
    assert refused.value.code == "ledgers_returned"
    assert own.resolve().sha256 == before


@pytest.mark.parametrize(
    "file", ["24_合计不符.xlsx", "33_任务无时限.xlsx", "51_五万空白格式行.xlsx"], ids=lambda f: f[:2]
)
def test_a_ledger_to_confirm_may_be_published(file: str, readings: Readings, own: Store) -> None:
    judged = desk.assess([readings["bad", file]], OCTOBER, profile(), own)
    commit = desk.publish(own, judged, reason="已核实", who="测试")
    (table,) = {table for ledger in readings["bad", file].ledgers for table in ledger.frames}
    rows = own.read(commit, OCTOBER, table)
    assert set(rows["file"].drop_nulls()) == {file}
    assert rows.height == {"tasks": 4, "figures": 40}[table]


# ---- personal data


PERSONAL = [("bad", file) for file in BAD if 34 <= int(file[:2]) <= 39]
PERSONAL += [("planted", file) for file in PLANTED]


def test_the_secrets_would_be_seen(folder: Path) -> None:
    for place, file in PERSONAL:
        inside = unpacked((folder / place / file).read_bytes())
        assert leaked(inside + file) or "姓名" in file, file
    assert leaked(f"第 {' '.join(identifiers.MOBILE)} 行")


@pytest.mark.parametrize("file", PLANTED, ids=lambda file: str(list(PLANTED).index(file) + 1))
def test_an_identifier_where_none_may_be_sends_the_file_back(
    file: str, readings: Readings, september: Store
) -> None:
    one = PLANTED[file]
    result = verdict_of(readings["planted", file], september)
    assert result.verdict == "returned"
    errors = [finding for finding in result.findings if finding.severity == "error"]
    assert [finding for finding in errors if at_place(finding, one.place)], texts(errors)


@pytest.mark.parametrize(("place", "file"), PERSONAL, ids=numbers(PERSONAL))
def test_no_identifier_comes_out_anywhere(
    place: str,
    file: str,
    readings: Readings,
    own: Store,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    reading = readings[place, file]
    judged = desk.assess([reading], OCTOBER, profile(), own)
    assert leaked(texts(judged.findings)) == []
    assert leaked("".join(f"{dict(one.params)} {one.ask}" for one in judged.findings)) == []
    for lang in LANGUAGES:
        report = returned_bytes(reading, judged.findings, lang, month=OCTOBER)
        assert leaked(unpacked(report)) == []
    if judged.returned:
        with pytest.raises(IntakeError) as refused:
            desk.publish(own, judged, reason="试", who="测试")
        assert leaked(f"{refused.value} {refused.value!r}") == []
    else:
        desk.publish(own, judged, reason="试", who="测试")
    assert leaked(caplog.text) == []
    assert leaked(stored(own)) == []


def stored(store: Store) -> str:
    """All that a store holds of October, and its commits."""
    head = store.resolve()
    tables = [store.read(head, OCTOBER, name) for name in head.months[OCTOBER].tables]
    commits = "".join(path.read_text("utf-8") for path in store.root.glob("commits/*.json"))
    return commits + "".join(frame.write_csv() for frame in tables)


def test_no_identifier_comes_out_of_the_commands(folder: Path, september: Store, tmp_path: Path) -> None:
    files = [folder / "planted" / f"{name}.xlsx" for name in ("读入的列", "表头", "隐藏表")]
    files += [folder / "bad" / file for place, file in PERSONAL if file[:2] in ("34", "35")]
    options = ("--month", MONTHS[1], "--profile", PROFILE, "--store", september.root)
    result = command("check", *files, *options, "--report", tmp_path / "退回.xlsx")
    assert result.exit_code == 1
    assert leaked(result.output) == []
    reports = list(tmp_path.rglob("*.xlsx"))
    assert reports
    assert [path.name for path in reports if leaked(path.name + unpacked(path.read_bytes()))] == []
    result = command("publish", files[0], *options, "--reason", "试")
    assert result.exit_code == 1
    assert leaked(f"{result.output} {result.exception!r}") == []


# ---- several files


@pytest.fixture
def corrected(tmp_path: Path) -> Reading:
    """A township's ledger of October once more, with another count in one row."""
    path = tmp_path / "柳湾镇企业台账2026年10月(更正版).xlsx"
    path.write_bytes(spoiled("enterprises", put(I5=20.0)))
    (one,) = read([path])
    return one


def first_of(readings: Readings, part: str) -> Reading:
    (one,) = [readings[MONTHS[1], made.name] for made in good(MONTHS[1]) if made.name.startswith(part)]
    return one


def test_a_returned_ledger_among_good_ones_stops_the_month_until_it_is_left_out(
    readings: Readings, own: Store
) -> None:
    before = own.resolve().number
    spoilt = readings["bad", "16_党员多于从业人员.xlsx"]
    judged = assess([*october(readings, without="柳湾"), spoilt], own)
    assert judged.returned == (spoilt.file,)
    with pytest.raises(IntakeError):
        desk.publish(own, judged, reason="月报", who="测试")
    assert own.resolve().number == before
    desk.publish(own, judged, reason="月报", who="测试", leave_out=judged.returned)
    rows = wanted([one for one in good(MONTHS[1]) if "柳湾" not in one.name], MONTHS[1])
    assert published(own, MONTHS[1]) == rows


def test_a_late_township_makes_the_next_revision_and_touches_nothing_else(
    readings: Readings, own: Store
) -> None:
    judged = assess(october(readings, without="石桥"), own)
    absent = judged.absent.filter(pl.col("kind") == "enterprises")
    assert absent["township_code"].to_list() == ["990101102"]
    first = desk.publish(own, judged, reason="月报", who="测试")
    early = published(own, MONTHS[1])
    assert not [row for row in early["enterprises"] if row["township_code"] == "990101102"]
    second = desk.publish(own, assess([first_of(readings, "石桥镇")], own), reason="迟报", who="测试")
    assert second.revision == first.revision + 1
    whole = published(own, MONTHS[1])
    assert whole == wanted(good(MONTHS[1]), MONTHS[1])
    assert whole | {"enterprises": []} == early | {"enterprises": []}


def test_a_corrected_ledger_replaces_its_own_senders_rows_alone(
    readings: Readings, corrected: Reading, own: Store
) -> None:
    desk.publish(own, assess(october(readings), own), reason="月报", who="测试")
    before = published(own, MONTHS[1])
    judged = assess([corrected], own)
    (gone,) = judged.replaced
    assert (gone.kind, gone.sender, gone.rows) == ("enterprises", "990101101", 4)
    assert gone.earlier == "柳湾镇新业态企业台账2026.10.xlsx"
    desk.publish(own, judged, reason="更正", who="测试")
    after = published(own, MONTHS[1])

    def others(rows: list[Row]) -> list[Row]:
        return [row for row in rows if row["township_code"] != "990101101"]

    assert others(after["enterprises"]) == others(before["enterprises"])
    replaced = [row for row in after["enterprises"] if row["township_code"] == "990101101"]
    assert [row["workers"] for row in replaced] == ["104", "20", "35", "12"]
    assert {row["file"] for row in replaced} == {corrected.file}
    assert after | {"enterprises": []} == before | {"enterprises": []}


def test_of_two_ledgers_of_a_sender_the_later_wins_only_when_asked(
    readings: Readings, corrected: Reading, september: Store
) -> None:
    both = [first_of(readings, "柳湾镇"), corrected]
    judged = assess(both, september)
    assert judged.prepared is None
    assert judged.returned
    judged = desk.assess(both, OCTOBER, profile(), september, later_wins=True)
    assert judged.returned == ()
    assert judged.prepared is not None
    assert judged.prepared.tables["enterprises"]["workers"].to_list() == [104, 20, 35, 12]


def test_the_same_file_under_two_names_counts_once(
    readings: Readings, folder: Path, september: Store, tmp_path: Path
) -> None:
    first = first_of(readings, "柳湾镇")
    path = tmp_path / "柳湾镇企业台账2026年10月(1).xlsx"
    path.write_bytes((folder / MONTHS[1] / first.file).read_bytes())
    judged = assess([first, *read([path])], september)
    assert judged.returned == ()
    assert judged.prepared is not None
    assert judged.prepared.tables["enterprises"].height == 4
    assert path.name in texts(judged.findings)


def test_a_firm_in_two_townships_is_told_with_both_files(
    readings: Readings, september: Store, tmp_path: Path
) -> None:
    path = tmp_path / "柳湾镇企业台账2026年10月.xlsx"
    path.write_bytes(spoiled("enterprises", put(D6="91990101J056086567")))
    first = first_of(readings, "石桥镇")
    judged = assess([first, *read([path])], september)
    assert judged.prepared is None
    assert judged.returned
    said = texts(finding for finding in judged.findings if finding.severity == "error")
    assert first.file in said
    assert path.name in said


# ---- answers that are remembered


def test_an_unknown_township_is_answered_once_and_remembered(
    folder: Path, september: Store, tmp_path: Path
) -> None:
    county = tmp_path / "profile"
    shutil.copytree(PROFILE, county)
    path = folder / "bad" / "07_未知镇街.xlsx"
    options = ("--month", MONTHS[1], "--profile", county, "--store", september.root)
    asked = command("check", path, *options)
    assert asked.exit_code == 1
    assert "望海镇" in asked.output
    answered = command("check", path, *options, "--alias", "望海镇=990101101")
    assert answered.exit_code == 0, answered.output
    assert lines((county / "aliases.csv").read_text("utf-8-sig"))[-1] == {
        "alias": "望海镇",
        "township_code": "990101101",
    }
    assert command("check", path, *options).exit_code == 0
