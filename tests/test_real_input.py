"""Data that nobody here wrote: the trial county's true rows, Boston's cases, Chicago's boardings."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from data import Store
from data.__main__ import app
from data.batch import months_between, read_batch
from data.contract import FIGURES, TARGETS, month_end
from data.intake import read_tables
from data.profile import load_profile
from data.publish import prepare

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
EXAMPLES = ROOT / "tests" / "examples"
LEDGERS = SHARED / "ledgers"
BOSTON = SHARED / "realdata" / "boston311" / "cases_as_of_2015-06-30.csv"
CTA = SHARED / "realdata" / "cta_station_month" / "cta_l_station_month.csv"
TRUTH_MONTHS = ("2026-09", "2026-10")
TABLES = ("enterprises", "figures", "stations", "station_services", "grievances", "tasks", "targets")

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not beside this clone")


def run(*args: object) -> Result:
    result = CliRunner().invoke(app, [str(arg) for arg in args])
    assert result.exit_code == 0, result.exception
    return result


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Both months of the trial county, published with the profile beside them."""
    store = Store(tmp_path_factory.mktemp("county"))
    for month in TRUTH_MONTHS:
        options = (
            "--month",
            month,
            "--profile",
            LEDGERS / "profile",
            "--reason",
            "试用",
            "--store",
            store.root,
        )
        run("publish", LEDGERS / "truth" / month, *options)
    return store


@pytest.mark.parametrize("month", TRUTH_MONTHS)
def test_the_true_rows_break_no_rule(month: str, store: Store) -> None:
    intake = read_tables([LEDGERS / "truth" / month])
    assert set(intake.frames) == set(TABLES)
    assert intake.breaches == []
    ready = prepare(
        store,
        date.fromisoformat(f"{month}-01"),
        intake.frames,
        load_profile(LEDGERS / "profile"),
    )
    # The profile lists the holidays of 2026 alone, and the oldest case is of 2025.
    assert [one.params["years"] for one in ready.warnings if one.rule == "holidays_missing"] == ["2025"]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("month", TRUTH_MONTHS)
def test_rows_come_out_as_they_went_in(county: Store, month: str, table: str) -> None:
    wanted = lines((LEDGERS / "truth" / month / f"{table}.csv").read_text("utf-8-sig"))
    found = lines(run("rows", table, "--month", month, "--store", county.root).stdout)
    assert len(found) == len(wanted) > 0
    for got, row in zip(found, wanted, strict=True):
        sla = row.pop("due_at_sla", "")
        if table == "grievances" and not row["due_at"]:
            row["due_at"] = sla
        if table == "enterprises" and not row["enterprise_id"]:
            assert got["enterprise_id"].startswith("H")
            row["enterprise_id"] = got["enterprise_id"]
        assert {name: got[name] for name in row} == row


def test_an_id_made_from_a_name_is_the_same_in_both_months(county: Store) -> None:
    made = []
    for month in TRUTH_MONTHS:
        rows = lines(run("rows", "enterprises", "--month", month, "--store", county.root).stdout)
        made.append(
            {
                (r["name"], r["township_code"]): r["enterprise_id"]
                for r in rows
                if r["enterprise_id"][0] == "H"
            }
        )
    both = made[0].keys() & made[1].keys()
    assert len(both) > 5
    assert all(made[0][key] == made[1][key] for key in both)


def test_every_indicator_of_the_ledgers_is_known_with_its_kind() -> None:
    for row in lines((LEDGERS / "truth" / "indicators.csv").read_text("utf-8-sig")):
        if row["kind"] == "target":
            assert row["indicator_id"] in TARGETS
        else:
            assert FIGURES[row["indicator_id"]] == row["kind"]


def boston_cases() -> Iterator[tuple[datetime, datetime | None]]:
    """Opened and closed of each case, read without any of our code."""
    with BOSTON.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            opened, closed = (
                datetime.strptime(row[name], "%m/%d/%Y %I:%M:%S %p") if row[name] else None
                for name in ("OPEN_DT", "CLOSED_DT")
            )
            assert opened is not None
            yield opened, closed


def test_boston_every_case_is_used_or_accounted_for_in_each_of_six_months(tmp_path: Path) -> None:
    cases = list(boston_cases())
    backwards = sum(closed is not None and closed < opened for opened, closed in cases)
    sound = [(opened, closed) for opened, closed in cases if closed is None or closed >= opened]
    example = EXAMPLES / "boston"
    result = run(
        *("publish", BOSTON.parent, "--mapping", example / "mapping.toml", "--profile", example / "profile"),
        *("--from", "2015-01", "--month", "2015-06", "--reason", "试用", "--store", tmp_path),
    )
    assert result.stdout.count("读入 58119 行") == 6
    assert (len(cases), backwards) == (58119, 84)
    store = Store(tmp_path)
    head = store.resolve()
    for month in months_between(date(2015, 1, 1), date(2015, 6, 1)):
        end = month_end(month)
        known = [(opened, closed) for opened, closed in sound if opened.date() <= end]
        still_open = sum(closed is None or closed.date() > end for _, closed in known)
        table = store.read(head, month, "grievances")
        assert table.height == len(known)
        assert table["closed_at"].null_count() == still_open
        assert Counter(table["status"]) == {"open": still_open, "closed": len(known) - still_open}
        assert (
            f"{month:%Y-%m} grievances ← {BOSTON.name}：读入 58119 行，使用 {len(known)} 行" in result.stdout
        )
    last = store.read(head, date(2015, 6, 1), "grievances")
    assert (last.height, Counter(last["status"])["open"]) == (58035, 13876)
    assert last["township_code"].n_unique() == 20  # 19 areas once two spellings are one, and the unknown


def test_boston_two_spellings_of_an_area_are_one() -> None:
    example = EXAMPLES / "boston"
    profile = load_profile(example / "profile")
    batch = read_batch([BOSTON], [date(2015, 6, 1)], profile, example / "mapping.toml")
    areas = Counter(batch.months[date(2015, 6, 1)]["grievances"]["township_code"])
    with BOSTON.open(encoding="utf-8", newline="") as file:
        spelled = Counter(row["neighborhood"] for row in csv.DictReader(file))
    kept = spelled["Mattapan"] + spelled["Greater Mattapan"] - dropped_in("Mattapan", "Greater Mattapan")
    assert min(spelled["Mattapan"], spelled["Greater Mattapan"]) > 0
    assert areas[profile.townships()["Mattapan"]] == kept


def dropped_in(*areas: str) -> int:
    with BOSTON.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["neighborhood"] in areas and row["CLOSED_DT"]]
    form = "%m/%d/%Y %I:%M:%S %p"
    return sum(datetime.strptime(r["CLOSED_DT"], form) < datetime.strptime(r["OPEN_DT"], form) for r in rows)


def test_chicago_the_last_36_months_and_the_month_with_a_row_too_many(tmp_path: Path) -> None:
    totals: Counter[str] = Counter()
    stations: Counter[str] = Counter()
    read = 0
    with CTA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            read += 1
            totals[row["month_beginning"]] += int(row["monthtotal"].replace(",", ""))
            stations[row["month_beginning"]] += 1
    example = EXAMPLES / "cta"
    options = ("--mapping", example / "mapping.toml", "--profile", example / "profile", "--reason", "试用")
    ranges = (("2017-10", "2017-10"), ("2018-12", "2021-11"))
    said = "".join(
        run("publish", CTA, *options, "--from", first, "--month", last, "--store", tmp_path).stdout
        for first, last in ranges
    )
    assert said.count(f"读入 {read} 行") == 2 * 37
    store = Store(tmp_path)
    head = store.resolve()
    assert len(head.months) == 37
    for month in head.months:
        services, places = store.read(head, month, "station_services"), store.read(head, month, "stations")
        name = f"{month:%m/01/%Y}"
        assert services["person_times"].sum() == totals[name]
        assert services.height == places.height == stations[name] - (name == "10/01/2017")
    wilson = store.read(head, date(2017, 10, 1), "station_services").filter(station_id="40540")
    assert wilson["person_times"].to_list() == [56536 + 119297]
