"""The trial ledgers of ../shared come to exactly their truth, and each of their bad files to its verdict.

Needs ../shared, which is not part of the project: without it these tests skip.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from data import Store
from data.ledgers import desk
from data.ledgers.assessment import Assessment
from data.ledgers.ledger import Reading
from data.messages import IntakeError
from data.profile import Profile, load_profile

# The comparison of control totals with the queries, run here on what came out of the ledgers.
from tests.ledgers.asking import TABLES, at_place, command, day, lines, names_all, texts
from tests.stores import once
from tests.test_expected_totals import (  # noqa: F401
    test_coverage,
    test_enterprises,
    test_figures,
    test_grievances_by_township,
    test_grievances_of_the_ledger,
    test_members,
    test_stations,
    test_tasks_and_targets,
    test_the_command_gives_the_same,
    test_times_to_close_on_every_basis,
)

SHARED = Path(__file__).resolve().parents[2] / "shared"
LEDGERS, REAL = SHARED / "ledgers", SHARED / "realdata" / "ledger_xls_zh"
MONTHS = ("2026-09", "2026-10")
STATES = ("indicator_id", "township_code", "committee_id", "state")
# Texts that would run somewhere else may also be refused.
MAY_BE_REFUSED = ("40", "41", "42")

pytestmark = pytest.mark.skipif(not LEDGERS.is_dir(), reason="../shared/ledgers is not here")
each_month = pytest.mark.parametrize("month", MONTHS)


def rows_of(path: Path) -> list[dict[str, str]]:
    return lines(path.read_text("utf-8-sig")) if path.exists() else []


EXPECTED = {row["file"]: row for row in rows_of(LEDGERS / "bad" / "expected.csv")}
each_bad = pytest.mark.parametrize("file", EXPECTED, ids=lambda file: file[:2])


@cache
def profile() -> Profile:
    return load_profile(LEDGERS / "profile")


def received(store: Store, readings: list[Reading], month: str) -> None:
    judged = desk.assess(readings, day(month), profile(), store)
    assert judged.returned == (), texts(judged.findings)
    desk.publish(store, judged, reason="试用", who="测试")


def build(place: Path) -> None:
    """store: both months as the ledgers have them; bad: September, with and without October's stations."""
    place.mkdir()
    for month in MONTHS:
        if month == MONTHS[1]:
            shutil.copytree(place / "store", place / "september")
        readings = desk.read_files([LEDGERS / "good" / month], day(month), profile())
        received(Store(place / "store"), readings, month)
        states = [ledger.states for reading in readings for ledger in reading.ledgers]
        pl.concat(states).select(STATES).write_csv(place / f"states-{month}.csv")
    shutil.copytree(place / "september", place / "stations")
    stations = [one for one in readings if "驿站台账" in one.file]
    received(Store(place / "stations"), stations, MONTHS[1])


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of stores above. Not to be written to."""
    return once(tmp_path_factory, "trial", build)


@pytest.fixture(scope="module")
def store(trial: Path) -> Path:
    """What the comparison of control totals looks at."""
    return trial / "store"


@pytest.mark.parametrize("table", TABLES)
@each_month
def test_every_row_of_every_table_is_that_of_the_truth(store: Path, month: str, table: str) -> None:
    wanted = rows_of(LEDGERS / "truth" / month / f"{table}.csv")
    result = command("rows", table, "--month", month, "--store", store)
    found = {place(row): row for row in lines(result.stdout)}
    assert len(found) == len(lines(result.stdout)) == len(wanted) > 0
    assert found.keys() == {place(row) for row in wanted}
    for row in wanted:
        got = found[place(row)]
        sla = row.pop("due_at_sla", "")
        if table == "grievances" and not row["due_at"]:
            row["due_at"] = sla
        if table == "enterprises" and not row["enterprise_id"]:
            assert re.fullmatch("H[a-p]{16}", got["enterprise_id"])
            row["enterprise_id"] = got["enterprise_id"]
        assert {name: got[name] for name in row} == row


def place(row: dict[str, str]) -> tuple[str, str, int, str]:
    return row["file"], row["sheet"], int(row["row"]), row.get("column", "")


@each_month
def test_what_each_figure_says_is_that_of_the_truth(trial: Path, month: str) -> None:
    truth = rows_of(LEDGERS / "truth" / month / "figure_states.csv")
    found = rows_of(trial / f"states-{month}.csv")
    wanted = [{name: row[name] for name in STATES} for row in truth]
    assert len(wanted) > 600
    assert sorted(map(str, found)) == sorted(map(str, wanted))


@cache
def reading(file: str) -> Reading:
    """A bad file as read."""
    (one,) = desk.read_files([LEDGERS / "bad" / file], day("2026-10"), profile())
    return one


def judged_by_itself(trial: Path, file: str) -> tuple[Assessment, Store]:
    # A ledger of stations that names no sender would be another sender's beside the one at hand.
    name = "september" if EXPECTED[file]["ledger"] == "stations" else "stations"
    store = Store(trial / name)
    return desk.assess([reading(file)], day("2026-10"), profile(), store), store


@each_bad
def test_each_bad_file_gets_its_verdict(trial: Path, file: str) -> None:
    wanted = EXPECTED[file]
    judged, store = judged_by_itself(trial, file)
    before = store.resolve().sha256
    (result,) = judged.files
    severity, verdict = {"refuse": ("error", "returned"), "warn": ("warning", "confirm")}[wanted["severity"]]
    if file[:2] in MAY_BE_REFUSED and result.verdict == "returned":
        severity, verdict = "error", "returned"
    assert result.verdict == verdict, texts(result.findings)
    row = int(wanted["row"]) if wanted["row"] else None
    here = [
        finding
        for finding in result.findings
        if finding.severity == severity
        and at_place(finding, (wanted["sheet"] or None, row, wanted["column"] or None))
    ]
    assert here, texts(result.findings)
    words = [word for word in wanted["message_must_name"].split(";") if word]
    assert names_all(here, words), texts(here)
    if verdict == "returned":
        assert judged.prepared is None
        with pytest.raises(IntakeError, match=r"."):
            desk.publish(store, judged, reason="试", who="测试")
    assert store.resolve().sha256 == before


@pytest.mark.parametrize("number", range(34, 40))
def test_no_identifier_of_a_bad_file_is_shown(trial: Path, number: int) -> None:
    (file,) = [file for file in EXPECTED if file.startswith(str(number))]
    judged, _ = judged_by_itself(trial, file)
    plain = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", texts(judged.findings)))
    assert judged.findings
    assert not re.search(r"\d{11}", plain)
    assert not re.search("[张李王]某", plain)


def test_formatted_blank_rows_cost_no_data() -> None:
    (file,) = [file for file in EXPECTED if file.startswith("51")]
    (ledger,) = reading(file).ledgers
    assert ledger.tally.used == 16


@pytest.mark.skipif(not REAL.is_dir(), reason="../shared/realdata/ledger_xls_zh is not here")
def test_a_real_old_ledger_is_read_and_refused_with_a_reason_that_a_clerk_accepts() -> None:
    (one,) = desk.read_files([REAL], day("2026-10"), profile())
    assert one.book is not None
    counted, helping, empty = one.book.grids
    assert (counted.cells["A"][0], counted.cells["A"][4]) == ("各个活动受益人数及人次统计表", "总合计")
    assert counted.cells.row(4)[11:18] == ("2", "84", "0", "52", "22", "0", "0")
    assert helping.cells.head(2).rows() == [("日期", "性别", "人数"), ("6.30", "男", "6")]
    assert empty.cells.is_empty()
    # It counts activities, which no ledger of ours does; the clerk hears that, and what can be done.
    (refusal,) = [finding for finding in one.findings if finding.severity == "error"]
    assert one.ledgers == ()
    assert names_all([refusal], ["认不出是哪一种台账", "模板", "映射"])
    told = {finding.place.sheet for finding in one.findings if finding.severity == "warning"}
    assert told == {"Sheet1", "Sheet2"}
