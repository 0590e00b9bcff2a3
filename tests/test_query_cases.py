"""Given-expected cases, drawn as text in tests/cases: one file for each query, and for each cube.

A case has an `ask:` line, the given tables and, after `=>`, the answer. An empty cell is null, a column
that is left out is null (given) or not compared (expected), and `# ...` says why a row is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data import cubes
from data.tables import TABLES
from queries import QUERIES
from queries.particulars import particulars
from queries.runner import answer
from tests.worlds import Warehouse, frame, schemas

CASES = Path(__file__).with_name("cases")
# What is told from other answers has tests of its own: tests/test_findings.py.
ASKED = {query: question for query, question in QUERIES.items() if not question.is_composed}
CUBES = {cube.name: cube for cube in cubes.cubes()}
Texts = list[dict[str, str]]


@dataclass(frozen=True)
class Case:
    """One case: what is asked, the tables it is asked of, and the rows wanted."""

    name: str
    ask: dict[str, str]
    given: dict[str, Texts]
    columns: list[str]
    wanted: Texts


def tables(text: str) -> dict[str, Texts]:
    """Blocks of a name, a line of columns and lines of cells."""
    found = {}
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in block.splitlines() if not line.startswith("#")]
        if lines and "|" not in lines[0]:
            names, *rows = (cells(line) for line in lines[1:])
            found[lines[0].strip()] = [dict(zip(names, row, strict=True)) for row in rows]
    return found


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("#")[0].split("|")]


def cases(path: Path) -> Iterator[Case]:
    for part in path.read_text("utf-8").split("== ")[1:]:
        name, ask, rest = part.split("\n", 2)
        given, wanted = rest.split("\n=>\n")
        lines = wanted.strip().splitlines()
        columns = cells(lines[0])
        yield Case(
            name=name,
            ask=dict(word.split("=", 1) for word in ask.removeprefix("ask:").split()),
            given=tables(given),
            columns=columns,
            wanted=[dict(zip(columns, cells(line), strict=True)) for line in lines[1:]],
        )


def value(text: str, dtype: pl.DataType) -> Any:
    """A cell as the column's type; 1/3 is a fraction, 2026-02 a month."""
    if text == "":
        return None
    if dtype == pl.Date():
        return date.fromisoformat(text if len(text) == 10 else f"{text}-01")
    if isinstance(dtype, pl.Datetime):
        return datetime.fromisoformat(text)
    if dtype == pl.Boolean():
        return {"true": True, "false": False}[text]
    if dtype == pl.Float64():
        return float(Fraction(text))
    return int(text) if dtype.is_integer() else text


def typed(rows: Texts, schema: dict[str, pl.DataType]) -> list[dict[str, Any]]:
    return [{name: value(text, schema[name]) for name, text in row.items()} for row in rows]


@cache
def known() -> dict[str, dict[str, pl.DataType]]:
    return {name: {"month": pl.Date(), **schema} for name, schema in schemas().items()}


@cache
def county() -> dict[str, Texts]:
    return tables((CASES / "county.txt").read_text("utf-8"))


def filled(name: str, rows: Texts) -> pl.DataFrame:
    schema = known()[name]
    full = [{column: row.get(column) for column in schema} for row in typed(rows, schema)]
    return pl.DataFrame(full, schema=schema, orient="row")


@pytest.fixture(scope="module")
def database() -> Warehouse:
    """The county without any ledger."""
    return Warehouse({name: filled(name, county().get(name, [])) for name in known()})


def asked(ask: dict[str, str]) -> dict[str, Any]:
    def codes(name: str) -> tuple[str, ...] | None:
        return tuple(ask[name].split(",")) if name in ask else None

    month = value(ask["month"], pl.Date())
    return {
        "month": month,
        "basis_month": value(ask.get("basis", ask["month"]), pl.Date()),
        "from_month": value(ask["from"], pl.Date()) if "from" in ask else None,
        "townships": codes("townships"),
        "committees": codes("committees"),
        "denominator": ask.get("denominator"),
        "indicator": ask.get("indicator"),
        "against": ask.get("against"),
        "by": ask.get("by", "township"),
    }


def settings(ask: dict[str, str]) -> dict[str, Any]:
    """The profile's settings of a case: a scheme of lights; what is published, as id:value:unit:words."""
    published = [entry.split(":") for entry in ask.get("published", "").split(",") if entry]
    return {
        "near_margin": 0.02,
        "lights": {"scheme": ask.get("scheme", "red_yellow_green")},
        "published": {name: rest for name, *rest in published},
        "sources": {"report": "007", "title": "某报告"},
        "rules": {"joint_branch_units": int(ask.get("units", 5))},
    }


def kept(found: pl.DataFrame, ask: dict[str, str]) -> pl.DataFrame:
    """The answer; of a query of all indicators the rows that `only=` names."""
    return found.filter(pl.col("indicator_id").is_in(ask["only"].split(","))) if "only" in ask else found


def assert_rows(found: pl.DataFrame, case: Case) -> None:
    schema = dict(found.schema)
    shown = found.select(case.columns)
    wanted = [tuple(row.values()) for row in typed(case.wanted, schema)]
    assert shown.height == len(wanted), f"{case.name}\n{shown.rows()}"
    for mine, theirs in zip(shown.rows(), wanted, strict=True):
        for name, left, right in zip(case.columns, mine, theirs, strict=True):
            same = left == pytest.approx(right, abs=1e-12) if isinstance(right, float) else left == right
            assert same, f"{case.name}: {name} is {left}, not {right}\n{shown.rows()}"


def gathered(folder: Path, names: Any) -> list[Any]:
    return [
        pytest.param(name, case, id=f"{name}: {case.name}")
        for name in names
        if (folder / f"{name}.txt").is_file()
        for case in cases(folder / f"{name}.txt")
    ]


@pytest.mark.parametrize(("query", "case"), gathered(CASES, ASKED))
def test_query_answers_as_drawn(database: Warehouse, query: str, case: Case) -> None:
    for name, rows in case.given.items():
        database.put(name, filled(name, rows))
    question, values = QUERIES[query], asked(case.ask)
    known = {name: found for name, found in values.items() if name in question.parameters}
    try:
        values |= particulars(question, known, settings(case.ask))
        assert_rows(kept(answer(database, question, values), case.ask), case)  # type: ignore[arg-type]
    finally:
        for name in case.given:
            database.put(name, filled(name, county().get(name, [])))


@pytest.mark.parametrize(("cube", "case"), gathered(CASES / "cubes", CUBES))
def test_cube_counts_as_drawn(cube: str, case: Case) -> None:
    frames = {name: frame(name, typed(rows, TABLES[name].schema)) for name, rows in case.given.items()}
    found = cubes.build(frames, value(case.ask["month"], pl.Date()))[cube]
    keys = [name for name in found.columns if name in case.columns]
    order = found.sort(keys, nulls_last=True)
    assert_rows(order, case)


@pytest.mark.parametrize("path", [CASES / f"{name}.txt" for name in ASKED], ids=lambda path: path.stem)
def test_every_query_has_two_cases_a_missing_month_and_says_what_does_not_count(path: Path) -> None:
    drawn = list(cases(path))
    assert len(drawn) >= 2
    assert any(case.ask["month"] == "2026-03" for case in drawn), "March was never published"
    assert "# not included: " in path.read_text("utf-8")


@pytest.mark.parametrize(
    "path", [CASES / "cubes" / f"{name}.txt" for name in CUBES], ids=lambda path: path.stem
)
def test_every_cube_has_two_cases_and_says_what_does_not_count(path: Path) -> None:
    drawn = list(cases(path))
    assert len(drawn) >= 2
    assert "# not " in path.read_text("utf-8")


def test_no_case_file_is_of_something_that_is_gone() -> None:
    drawn = {path.stem for path in CASES.glob("*.txt")} - {"county"}
    assert drawn == set(ASKED)
    assert {path.stem for path in (CASES / "cubes").glob("*.txt")} == set(CUBES)
