"""Work lists: as many rows as the numbers that link to them, opened by a link, and files marked internal."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from pages import PAGES
from pages.shared.export.csv import to_csv
from pages.shared.i18n import Text
from pages.shared.tables import stamp
from pages.shared.worklists.lists import LISTS
from queries import DENOMINATORS, QUERIES, profile, run
from tests.stores import sampled

ROOT = Path(__file__).resolve().parents[1]
LAST = date(2026, 10, 1)
# The query and the column that count what a list names, township by township.
COUNTED = {
    "should_build": ("enterprises_by_township_committee", "should_build_open"),
    "blank_spots": ("coverage_by_township", "uncovered"),
    "idle_stations": ("idle_stations_by_township", "idle_stations"),
    "overdue_grievances": ("closure_by_township", "overdue_open"),
    "overdue_tasks": ("tasks_by_township", "overdue"),
}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three months of the demonstration county."""
    return sampled(tmp_path_factory)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, county: Path) -> Iterator[Any]:
    """Open the page as a viewer who follows a link."""

    def at(**url: str) -> AppTest:
        monkeypatch.setenv("NUANXIN_STORE", str(county))
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=30)
        app.session_state["frame.wanted"] = ("worklists", url)
        for key, value in url.items():
            app.query_params[key] = value
        return app.run()

    return at


def taken(query: str, filters: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in filters.items() if name in QUERIES[query].parameters}


def test_every_list_has_a_number_behind_it() -> None:
    assert set(COUNTED) == set(LISTS)


@pytest.mark.parametrize("name", COUNTED)
def test_a_list_has_as_many_rows_as_its_number_says_in_every_township(county: Path, name: str) -> None:
    query, column = COUNTED[name]
    townships, seen = list(profile(LAST, store=county).township_names), 0
    choices: list[dict[str, Any]] = [{}, {"committees": ["C01", "C03"]}]
    choices += [{"denominator": denominator} for denominator in DENOMINATORS]
    choices += [{"townships": [code]} for code in townships]
    for month in ("2026-10", "2026-09"):
        for chosen in choices:
            rows = run(f"worklist_{name}", month=month, store=county, **taken(f"worklist_{name}", chosen))
            number = run(query, month=month, store=county, **taken(query, chosen))
            each = dict(number.group_by("township_code").agg(pl.col(column).sum()).iter_rows())
            found = dict(rows.group_by("township_code").len().iter_rows())
            assert found == {code: count for code, count in each.items() if count}, (month, chosen)
            seen += rows.height
    assert seen > 10


def test_a_link_opens_its_list_and_a_switch_changes_the_link(opened: Any, county: Path) -> None:
    app = opened(list="blank_spots", townships="990101001")
    rows = run("worklist_blank_spots", month=LAST, townships=["990101001"], store=county)
    assert not app.exception
    (table,) = app.dataframe
    assert table.value["enterprise"].tolist() == rows["enterprise"].to_list()
    assert table.value["workers"].dtype.kind in "if"
    assert f"空白点{rows.height}家" in app.header[0].value
    (switch,) = (group for group in app.get("button_group") if group.key == "worklists.list.pick")
    app = switch.set_value("overdue_grievances").run()
    assert "".join(app.query_params["list"]) == "overdue_grievances"
    assert "超期诉求" in app.header[0].value
    assert app.dataframe[0].value["due_on"].dtype.kind == "M"


def test_an_unknown_list_in_a_link_falls_back_and_says_so(opened: Any) -> None:
    app = opened(list="'; drop table x", lang="en")
    assert not app.exception
    assert len(app.info) == 1
    assert "".join(app.query_params["list"]) == "should_build"


def test_only_staff_see_the_page_and_its_files_say_so() -> None:
    (page,) = (page for page in PAGES if page.slug == "worklists")
    assert page.internal
    assert [page.slug for page in PAGES if getattr(page, "internal", False)] == ["worklists"]
    text = Text("zh")
    marks = stamp(text, cutoff=LAST, revision=1, commit="1", demonstration=True, internal=True)
    head, row = to_csv(pl.DataFrame({"enterprise": ["甲"]}), marks, text).decode("utf-8-sig").splitlines()
    assert (head.split(",")[-1], row.split(",")[-1]) == ("知悉范围", "内部")
    assert "演示数据" in row
