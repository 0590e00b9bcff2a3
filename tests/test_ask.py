"""Asking: run() with its parameters and refusals, the headers of the files, and the command."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from typer.testing import CliRunner

import queries
from data import Store, StoreError
from data.profile import DEFAULTS, Profile
from data.publish import publish
from queries import QUERIES, QueryError, run
from queries.__main__ import app
from queries.questions import BASIS, parsed
from queries.runner import MONTHS, named_parameters
from tests.worlds import PROFILE, frames

ROOT = Path(__file__).parents[1]
TABLES: dict[str, list[dict[str, Any]]] = {
    "enterprises": [
        {
            "enterprise_id": "E1",
            "name": "甲",
            "township_code": "ASH",
            "committee_id": "C1",
            "org_form": "sole",
        }
        | {"is_operating": True, "has_instructor": False},
    ],
    "figures": [
        {"indicator_id": "hazards", "township_code": "ASH", "value": 3.0, "qualifier": "余"}
        | {"period_start": date(2026, 1, 1), "period_end": date(2026, 1, 31)},
    ],
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of January, April (restated) and a tag on what January's meeting saw."""
    store = Store(tmp_path_factory.mktemp("asked"))
    text = 'county = "试验县"\ncutoff_day = 25\ndemonstration = true\n'
    profile = Profile(frames(PROFILE), dict(DEFAULTS), text, "trial")
    when = datetime(2026, 5, 1)
    publish(store, date(2026, 1, 1), frames(TABLES), profile, reason="一月", who="测试", published_at=when)
    store.tag("一月例会")
    fewer = frames({"enterprises": [dict(TABLES["enterprises"][0], township_code="BAY")]})
    publish(store, date(2026, 4, 1), fewer, profile, reason="四月", who="测试", published_at=when)
    publish(store, date(2026, 1, 1), fewer, profile, reason="更正", who="测试", published_at=when)
    return store.root


def counts(frame: pl.DataFrame) -> dict[str, int | None]:
    return dict(frame.select("township_code", "enterprises").iter_rows())


# ---- run


def test_a_tag_shows_what_was_said_then(place: Path) -> None:
    assert counts(run("coverage_by_township", month="2026-01", store=place))["BAY"] == 1
    assert counts(run("coverage_by_township", month="2026-01", store=place, as_of="一月例会"))["ASH"] == 1


def test_the_store_is_found_by_the_environment(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUANXIN_STORE", str(place))
    assert run("coverage_by_month", month=date(2026, 4, 30)).height == 4


def test_the_range_starts_with_the_first_month_of_the_store_unless_asked(place: Path) -> None:
    assert run("coverage_by_month", month="2026-04", store=place)["month"].to_list()[0] == date(2026, 1, 1)
    longer = run("coverage_by_month", month="2026-04", from_month="2025-11", store=place)
    assert longer["enterprises"].to_list() == [None, None, 1, None, None, 1]
    assert run("coverage_by_month", month="2030-01", store=place).height == MONTHS


def test_a_month_before_the_first_is_a_row_without_numbers(place: Path) -> None:
    assert run("coverage_by_month", month="2025-12", store=place).rows()[0][:2] == (date(2025, 12, 1), None)


def test_an_empty_choice_is_none_and_no_choice_is_all(place: Path) -> None:
    assert run("coverage_by_township", month="2026-04", townships=[], store=place).height == 0
    assert run("coverage_by_township", month="2026-04", store=place).height == 3


def test_the_order_of_a_choice_does_not_matter(place: Path) -> None:
    one = run("coverage_by_township", month="2026-04", townships=["BAY", "ASH"], store=place)
    other = run("coverage_by_township", month="2026-04", townships=("ASH", "BAY", "ASH"), store=place)
    assert one.equals(other)
    assert one["township_code"].to_list() == ["ASH", "BAY"]


def test_an_answer_cannot_be_spoilt_for_the_next_one(place: Path) -> None:
    first = run("coverage_by_month", month="2026-04", store=place)
    first[0, "enterprises"] = 99
    assert run("coverage_by_month", month="2026-04", store=place)[0, "enterprises"] == 1


@pytest.mark.parametrize(
    ("query", "asked", "code"),
    [
        ("no_such_query", {}, "query_unknown"),
        ("../data/cubes/coverage", {}, "query_unknown"),
        ("services_by_month", {"committees": ["C1"]}, "parameter_unknown"),
        ("coverage_by_month", {"indicator": "hazards"}, "parameter_unknown"),
        ("figures_by_month", {}, "parameter_needed"),
        ("figures_by_month", {"indicator": "13800000000"}, "indicator_unknown"),
        ("coverage_by_month", {"denominator": "all"}, "denominator_unknown"),
        ("coverage_by_month", {"townships": ["ASH", "13800000000"]}, "townships_unknown"),
        ("coverage_by_month", {"townships": ["MID"]}, "townships_unknown"),
        ("coverage_by_month", {"committees": ["x' or 1=1 --"]}, "committees_unknown"),
        ("coverage_by_month", {"from_month": "2026-05"}, "range_reversed"),
    ],
)
def test_a_wrong_question_is_refused_without_repeating_it(
    place: Path, query: str, asked: dict[str, Any], code: str
) -> None:
    with pytest.raises(QueryError) as refused:
        run(query, month="2026-04", store=place, **asked)
    assert refused.value.code == code
    for lang in ("zh", "en"):
        words = refused.value.text(lang)
        assert "13800000000" not in words
        assert "1=1" not in words


@pytest.mark.parametrize("month", ["2026-13", "2026", "十月"])
def test_a_month_that_is_none_is_refused(place: Path, month: str) -> None:
    with pytest.raises(StoreError, match="2026-10"):
        run("coverage_by_month", month=month, store=place)


def test_an_empty_store_says_so(tmp_path: Path) -> None:
    assert queries.snapshots(tmp_path) == []
    assert queries.current(tmp_path) is None
    with pytest.raises(StoreError) as refused:
        run("coverage_by_month", month="2026-04", store=tmp_path)
    assert refused.value.code == "store_empty"


def test_a_damaged_head_is_named_and_the_last_good_state_used(place: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    subprocess.run(["cp", "-r", str(place), str(broken)], check=True)
    head = sorted((broken / "commits").iterdir())[-1]
    head.chmod(0o644)
    head.write_bytes(head.read_bytes()[:-20])
    now = queries.current(broken)
    assert now is not None
    assert now.broken is not None
    assert now.broken.code == "commit_broken"
    assert now.number == 2
    assert counts(run("coverage_by_township", month="2026-01", store=broken))["ASH"] == 1
    with pytest.raises(StoreError):
        run("coverage_by_township", month="2026-01", store=broken, as_of=3)


# ---- snapshots and profile


def test_snapshots_say_what_each_month_is(place: Path) -> None:
    newest, oldest = queries.snapshots(place)
    assert (newest.month, newest.revision, newest.county) == (date(2026, 4, 1), 1, "试验县")
    assert (oldest.month, oldest.revision, oldest.reason) == (date(2026, 1, 1), 2, "更正")
    assert oldest.cutoff == date(2026, 1, 25)
    assert oldest.demonstration
    assert {"enterprises", "figures", "townships"} <= set(oldest.tables)


def test_the_state_carries_its_tag_only_where_it_was_asked_by_it(place: Path) -> None:
    head, tagged = queries.current(place), queries.current(place, "一月例会")
    assert head is not None
    assert tagged is not None
    assert (head.number, head.tag, head.broken) == (3, None, None)
    assert (tagged.number, tagged.tag) == (1, "一月例会")


def test_the_profile_has_the_townships_of_its_month_in_official_order(place: Path) -> None:
    january, april = (queries.profile(date(2026, m, 1), place) for m in (1, 4))
    assert list(january.township_names) == ["ASH", "BAY", "MID", "END"]
    assert list(april.township_names) == ["ASH", "BAY", "NEW"]
    assert list(april.committee_names) == ["C2", "C1"]
    assert april.settings["cutoff_day"] == 25


# ---- files


@pytest.mark.parametrize("query", QUERIES)
def test_a_file_declares_exactly_the_parameters_it_uses(query: str) -> None:
    question = QUERIES[query]
    declared = {*question.parameters, *question.inner, *([BASIS] if f"${BASIS} " in question.sql else [])}
    assert named_parameters(question.sql) == declared
    assert "month" in declared
    assert all(note for note in question.parameters.values())


@pytest.mark.parametrize("query", QUERIES)
def test_a_file_is_one_ordered_select_named_by_its_grain(query: str) -> None:
    text = QUERIES[query].sql
    code = "\n".join(line.split("--")[0] for line in text.splitlines())
    assert code == code.lower()
    assert code.count(";") == 0
    assert "order by" in re.split(r"\bfrom\b", code)[-1]
    assert "'{" not in code
    assert max(map(len, text.splitlines())) <= 112


def test_the_closure_files_take_the_same_steps() -> None:
    def steps(query: str, key: str) -> str:
        text = QUERIES[query].sql
        shared = text[text.index("ranked as (") : text.index("zeros as (")]
        return shared.split("keys as (")[0].replace(key, "key")

    wanted = steps("closure_by_month", "month")
    for query, key in (("township", "township_code"), ("class", "class_id"), ("committee", "committee_id")):
        assert steps(f"closure_by_{query}", key).strip() == wanted.strip()


def test_a_header_without_its_lines_is_refused() -> None:
    with pytest.raises(QueryError) as refused:
        parsed("bare", "select 1 as one")
    assert refused.value.code == "query_header"


def test_an_answer_that_differs_from_its_header_is_refused(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = QUERIES["coverage_by_month"]
    lying = parsed("coverage_by_month", honest.sql.replace("--   sole bigint", "--   sole varchar"))
    monkeypatch.setattr("queries.runner.parsed", lambda *_: lying)
    with pytest.raises(QueryError) as refused:
        run("coverage_by_month", month="2026-04", from_month="2026-02", store=place)
    assert (refused.value.code, refused.value.params["column"]) == ("query_schema", "sole")


# ---- the command


def command(*words: str, **environment: str) -> Any:
    return CliRunner().invoke(app, list(words), env=environment)


def test_json_is_an_array_of_objects_with_iso_dates_null_and_ratios(place: Path) -> None:
    words = ("coverage_by_month", "--store", str(place), "--month", "2026-04", "--format", "json")
    rows = json.loads(command(*words, "--from", "2026-03").stdout)
    assert rows[0] == dict.fromkeys(rows[0], None) | {"month": "2026-03-01"}
    assert rows[1]["month"] == "2026-04-01"
    assert rows[1]["sole_rate"] == 1.0
    assert rows[1]["enterprises"] == 1


def test_csv_and_parquet_hold_the_same_rows(place: Path) -> None:
    words = ("coverage_by_township", "--store", str(place), "--month", "2026-04", "--township", "ASH")
    answer = command(*words, "--committee", "C1", "--denominator", "eligible", "--format", "parquet")
    frame = pl.read_parquet(io.BytesIO(answer.stdout_bytes))
    text = command(*words, "--committee", "C1", "--denominator", "eligible", "--format", "csv").stdout
    assert frame.columns == text.splitlines()[0].split(",")
    assert frame.height == 1
    assert text.splitlines()[1].startswith("ASH,ASH镇,")


def test_a_table_shows_every_column_and_marks_what_is_missing(place: Path) -> None:
    shown = command("coverage_by_township", "--store", str(place), "--month", "2026-02").stdout
    assert "organised_high" in shown
    assert "—" in shown


def test_a_tag_can_be_asked(place: Path) -> None:
    words = ("coverage_by_township", "--store", str(place), "--month", "2026-01", "--as-of", "一月例会")
    rows = json.loads(command(*words, "--format", "json").stdout)
    assert [row["enterprises"] for row in rows] == [1, None, None, None]


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("coverage_by_month",),
        ("coverage_by_month", "--month", "2026-13"),
        ("coverage_by_month", "--month", "2026-04", "--format", "xlsx"),
        ("coverage_by_month", "--month", "2026-04", "--nonsense"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_read(words: tuple[str, ...]) -> None:
    assert command(*words).exit_code == 2


def test_the_list_names_every_query() -> None:
    listed = command("--list", NUANXIN_LANG="en").stdout
    assert all(f"{query}\n" in listed for query in QUERIES)


def process(*words: str) -> subprocess.CompletedProcess[str]:
    command_line = [sys.executable, "-m", "queries", *words]
    environment = {**os.environ, "NUANXIN_LANG": "en"}
    return subprocess.run(
        command_line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_exit_codes_serve_scripts(place: Path, tmp_path: Path) -> None:
    answered = process("coverage_by_month", "--store", str(place), "--month", "2026-04", "--format", "csv")
    assert (answered.returncode, answered.stderr) == (0, "")
    refused = process("nonsense", "--store", str(place), "--month", "2026-04")
    assert refused.returncode == 2
    assert "--list" in refused.stderr
    empty = process("coverage_by_month", "--store", str(tmp_path), "--month", "2026-04")
    assert empty.returncode == 1
    assert "no publication" in empty.stderr
