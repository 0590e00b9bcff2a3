"""Foreign files on the desk: a mapping is made, knows its files by their columns, and lets no person in."""

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.ledgers import mapmaking
from data.ledgers.grid import Book, Grid
from data.ledgers.ledger import Reading
from data.ledgers.mapmaking import Draft
from data.ledgers.mapped import by_mappings, read_mapped
from data.ledgers.reader import read_bytes
from data.ledgers.reading import read_ledgers
from data.mapping import Source, load_mapping
from data.profile import load_profile
from tests.ledgers.asking import leaked, texts
from tests.ledgers.county import PROFILE
from tests.ledgers.identifiers import MOBILE

OCTOBER = date(2026, 10, 1)
COUNTY = load_profile(PROFILE)
HEAD = ["工单编号", "来电时间", "所属街镇", "事项分类", "处理状态", "备注"]
FIRST = ["RX1", "2026/10/03", "东塘街道", "停车困难", "处理中", "无"]
DRAFT = Draft(
    "grievances",
    {
        "工单编号": "case_id",
        "来电时间": "received_at",
        "所属街镇": "township_code",
        "事项分类": "class_id",
        "处理状态": "status",
    },
    dates={"来电时间": "%Y/%m/%d"},
    values={"处理状态": {"处理中": "open", "已完结": "closed"}},
)


def grid(*rows: list[str], name: str | None = None, visible: bool = True) -> Grid:
    columns = {chr(65 + at): [row[at] if at < len(row) else None for row in rows] for at in range(len(HEAD))}
    return Grid(name, pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)), visible)


def book(*grids: Grid, file: str = "热线.csv") -> Book:
    return Book(file, "csv", "0" * 64, grids)


def sources(draft: Draft, folder: Path) -> tuple[Source, ...]:
    path = folder / "mapping.toml"
    path.write_text(draft.toml(), "utf-8")
    return load_mapping(path)


def read(one: Book, folder: Path, draft: Draft = DRAFT) -> Reading:
    found = read_mapped(one, "热线", sources(draft, folder), OCTOBER, COUNTY)
    assert found is not None
    return found


def codes(reading: Reading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_a_mapping_is_written_as_the_commands_read_it(tmp_path: Path) -> None:
    (source,) = sources(DRAFT, tmp_path)
    assert source.table == "grievances"
    assert source.named == {"township_code": "所属街镇", "class_id": "事项分类"}
    assert source.columns == {"case_id": "工单编号", "received_at": "来电时间", "status": "处理状态"}
    assert source.dates == {"来电时间": ("%Y/%m/%d",)}
    assert source.values == {"处理状态": {"处理中": "open", "已完结": "closed"}}


@pytest.mark.parametrize("name", ['引"号', "反\\斜", "点.号", "换 行", "=[x]"])
def test_any_header_can_stand_in_a_mapping(name: str) -> None:
    draft = Draft("grievances", {name: "case_id"}, values={name: {name: name}}, constants={"status": "open"})
    (entry,) = tomllib.loads(draft.toml())["source"]
    assert entry["columns"] == {name: "case_id"}
    assert entry["values"] == {name: {name: name}}


def test_rows_are_read_with_their_places_wherever_the_header_stands(tmp_path: Path) -> None:
    title, blank = ["热线工单导出"], ["", " "]
    other = grid(["说明"], name="说明")
    reading = read(book(other, grid(title, blank, HEAD, FIRST, blank, FIRST, name="导出")), tmp_path)
    (ledger,) = reading.ledgers
    frame = ledger.frames["grievances"]
    assert frame.select("case_id", "township_code", "class_id", "status", "sheet", "row").rows() == [
        ("RX1", "990101001", COUNTY.classes()["停车困难"], "open", "导出", row) for row in (4, 6)
    ]
    assert (ledger.kind, ledger.sender) == ("grievances", "热线")
    assert ledger.places["导出", "received_at"] == ("B", "来电时间")
    assert (ledger.tally.read, ledger.tally.used) == (2, 2)
    assert codes(reading) == []


def test_a_book_without_the_columns_is_not_of_the_mapping(tmp_path: Path) -> None:
    found = sources(DRAFT, tmp_path)
    assert read_mapped(book(grid(HEAD[:-2], FIRST)), "热线", found, OCTOBER, COUNTY) is None
    hidden = grid(HEAD, FIRST, visible=False)
    assert read_mapped(book(hidden), "热线", found, OCTOBER, COUNTY) is None


def test_only_a_file_that_is_no_ledger_is_tried_and_the_first_fitting_mapping_reads_it(
    tmp_path: Path,
) -> None:
    other, fitting = tmp_path / "a.toml", tmp_path / "b.toml"
    other.write_text(Draft("stations", {"站点": "name"}).toml(), "utf-8")
    fitting.write_text(DRAFT.toml(), "utf-8")
    content = "\n".join(",".join(row) for row in (HEAD, FIRST)).encode()
    foreign = read_ledgers(read_bytes("热线.csv", content), OCTOBER, COUNTY)
    assert "ledger_unknown" in codes(foreign)
    assert by_mappings(foreign, [other], OCTOBER, COUNTY) is foreign
    (ledger,) = by_mappings(foreign, [other, fitting], OCTOBER, COUNTY).ledgers
    assert ledger.sender == "b"


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({1: "3/10/2026"}, "cell_unreadable", "B"),
        ({2: "望海镇"}, "township_unknown", "C"),
        ({3: "宠物管理"}, "class_unknown", "D"),
        ({3: f"停车{MOBILE}"}, "personal_data", "D"),
        ({5: f"回访{MOBILE}"}, "personal_dropped", "F"),
    ],
)
def test_what_cannot_be_read_or_may_not_be_there_is_told_at_its_cell(
    tmp_path: Path, change: Mapping[int, str], code: str, column: str
) -> None:
    row = [change.get(at, text) for at, text in enumerate(FIRST)]
    reading = read(book(grid(HEAD, row)), tmp_path)
    assert (code, column) in [(finding.code, finding.place.column) for finding in reading.findings]
    assert len(reading.findings) == (2 if code == "personal_data" else 1)
    assert leaked(texts(reading.findings)) == []


def test_an_identifier_in_a_hidden_sheet_or_a_header_sends_the_file_back(tmp_path: Path) -> None:
    hidden = grid([MOBILE], name="隐藏", visible=False)
    assert codes(read(book(grid(HEAD, FIRST, name="一"), hidden), tmp_path)) == ["personal_hidden"]
    named = [*HEAD[:-1], f"联系{MOBILE}"]
    assert codes(read(book(grid(named, FIRST)), tmp_path)) == ["personal_data"]


def test_figures_without_dates_are_the_months_own(tmp_path: Path) -> None:
    draft = Draft(
        "figures", {"所属街镇": "township_code", "备注": "value"}, constants={"indicator_id": "publicity"}
    )
    row = [*FIRST[:-1], "12"]
    (ledger,) = read(book(grid(HEAD, row)), tmp_path, draft).ledgers
    (figure,) = ledger.frames["figures"].rows(named=True)
    assert (figure["value"], figure["period_start"], figure["period_end"]) == (
        12.0,
        date(2026, 1, 1),
        date(2026, 10, 31),
    )


def test_a_file_without_rows_of_the_month_says_so(tmp_path: Path) -> None:
    assert codes(read(book(grid(HEAD)), tmp_path)) == ["no_rows"]


def test_what_is_still_missing_is_known() -> None:
    assert DRAFT.missing == ()
    assert set(Draft("grievances", {"工单编号": "case_id"}).missing) == {"class_id", "received_at", "status"}
    assert "period_end" not in Draft("figures", {}).missing


def test_headers_that_our_own_ledgers_use_are_proposed_each_column_once() -> None:
    found = mapmaking.suggested("grievances", ["工单编号", "诉求编号", "办结时间", "来电时间"])
    assert found["办结时间"] == "closed_at"
    assert list(found.values()).count("case_id") == 1
    assert "来电时间" not in found


def test_ways_to_write_days_are_those_that_read_all_of_them() -> None:
    days = grid(["日期"], ["03/04/2026"], ["05/06/2026"])
    assert mapmaking.formats(days, 1, "日期") == ["%m/%d/%Y", "%d/%m/%Y"]
    certain = grid(["日期"], ["03/24/2026"], ["05/06/2026"])
    assert mapmaking.formats(certain, 1, "日期") == ["%m/%d/%Y"]
    assert mapmaking.formats(grid(["日期"], ["2026-10-31"]), 1, "日期") == [""]
    assert mapmaking.formats(grid(["日期"], ["上月"]), 1, "日期") == []


def test_words_are_shown_only_if_they_are_few_short_and_nobodys() -> None:
    assert mapmaking.words(grid(["状态"], ["在办"], ["办结"], ["在办"]), 1, "状态") == ["在办", "办结"]
    assert mapmaking.words(grid(["状态"], *([str(n)] for n in range(50))), 1, "状态") is None
    assert mapmaking.words(grid(["状态"], [f"电{MOBILE}"]), 1, "状态") is None
    assert mapmaking.words(grid(["状态"], ["一段很长的话" * 5]), 1, "状态") is None


def test_the_header_is_looked_for_in_the_first_rows() -> None:
    assert mapmaking.header_row(grid(["热线工单导出"], HEAD, FIRST)) == 2
    assert mapmaking.header_row(grid(["1", "2"], ["3", "4"])) == 1
