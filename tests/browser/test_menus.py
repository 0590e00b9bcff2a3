"""Under each chart: its table, a CSV that Excel opens right, and how its figures are defined."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

import queries
from tests.browser.viewer import Viewer

pytestmark = pytest.mark.browser

CHART = ".st-key-coverage_township_organised"


def test_under_a_chart_stand_its_table_its_csv_and_its_definition(
    viewer: Viewer, county: Path, tmp_path: Path
) -> None:
    page = viewer.open("/coverage?month=2026-10")
    body = page.get_by_test_id("stPopoverBody")
    page.locator(f"{CHART}-data button").click()
    expect(body.get_by_test_id("glide-cell-0-0")).to_have_text("城东街道")
    with page.expect_download() as waiting:
        body.get_by_role("button", name="下载CSV").click()
    name = waiting.value.suggested_filename
    assert name == "2026-10_组织覆盖_镇街_r1_演示数据.csv"
    waiting.value.save_as(tmp_path / name)
    holds_what_was_asked((tmp_path / name).read_bytes(), county)
    page.keyboard.press("Escape")
    expect(body).to_have_count(0)
    page.locator(f"{CHART}-definition button").click()
    about = queries.INDICATORS["org_cov_total"]
    for words in (
        about.name("zh"),
        about.formula("zh"),
        "数据截至2026年10月31日",
        "10月的数出自哪里",
        "演示数据",
        "● 达标 达到序时进度",
        "◆ 未达标 落后超过2个百分点",
        "coverage_by_township",
    ):
        expect(body).to_contain_text(words)
    expect(body.get_by_test_id("stCode")).to_contain_text("SELECT", ignore_case=True)


def holds_what_was_asked(content: bytes, store: Path) -> None:
    """Check the bytes of the download against the query: BOM, labels, values, and what they are."""
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    asked = {"month": date(2026, 10, 1), "store": store, "denominator": "operating"}
    frame = queries.run("coverage_by_township", **asked)
    assert [row["镇街"] for row in rows] == frame["township"].to_list()
    assert [int(row["已建组织（家）"]) for row in rows] == frame["organised"].to_list()
    assert {row["数据性质"] for row in rows} == {"演示数据"}
    assert {row["数据截至"] for row in rows} == {"2026年10月31日"}
    # A label that is missing would leave the column's own name.
    assert not [label for label in rows[0] if label.isascii()]
