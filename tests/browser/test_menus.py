"""Under each chart: its table, a CSV that Excel opens right, its definitions, and itself as a picture."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

import queries
from pages.shared.export.picture import WIDTH
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
    table, name = saved_by(page, body.get_by_role("button", name="下载CSV"), tmp_path)
    assert name == "2026-10_组织覆盖_镇街_r1_演示数据.csv"
    holds_what_was_asked(table, county)
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


def test_files_of_persons_are_for_everybody_unless_exact_ones_are_asked_for(
    viewer: Viewer, tmp_path: Path
) -> None:
    page = viewer.open("/members?month=2026-10")
    body = page.get_by_test_id("stPopoverBody")
    page.locator(".st-key-members_township-data button").click()
    table, name = saved_by(page, body.get_by_role("button", name="下载CSV"), tmp_path)
    assert name == "2026-10_党员_镇街_r1_演示数据.csv"
    assert [row["党员（名）"] for row in rows_of(table)][-1] == "≤5"
    body.get_by_text("内部口径（精确人数）").click()
    expect(body).to_contain_text("不外传")
    table, name = saved_by(page, body.get_by_role("button", name="下载CSV"), tmp_path)
    assert name == "2026-10_党员_镇街_r1_内部_演示数据.csv"
    assert 1 <= int(rows_of(table)[-1]["党员（名）"]) <= 5
    page.keyboard.press("Escape")
    expect(body).to_have_count(0)
    page.locator(".st-key-members_township-picture button").click()
    sheet = page.get_by_role("dialog")
    camera = sheet.locator(".modebar-btn")
    expect(camera).to_have_count(1)
    assert camera.get_attribute("data-title") == "下载PNG图片"
    for words in ("党员：镇街", "≤5", "约", "演示口径", "来源：暖新看板", "演示数据"):
        expect(sheet.locator("svg.main-svg").filter(has_text=words).first).to_be_attached()
    drawn, name = saved_by(page, camera, tmp_path)
    assert name == "2026-10_党员_镇街_r1_演示数据.png"
    expect(page.locator(".plotly-notifier").filter(has_text="图片已下载")).to_be_visible()
    # Signature, and twice the width of a picture: it is sharp on paper.
    assert drawn[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(drawn[16:20], "big") == 2 * WIDTH


def saved_by(page: Page, button: Locator, folder: Path) -> tuple[bytes, str]:
    """Press a button; what it saved, and under which name."""
    with page.expect_download() as waiting:
        button.click()
    name = waiting.value.suggested_filename
    waiting.value.save_as(folder / name)
    return (folder / name).read_bytes(), name


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def holds_what_was_asked(content: bytes, store: Path) -> None:
    """Check the bytes of the download against the query: BOM, labels, values, and what they are."""
    assert content.startswith(b"\xef\xbb\xbf")
    rows = rows_of(content)
    asked = {"month": date(2026, 10, 1), "store": store, "denominator": "operating"}
    frame = queries.run("coverage_by_township", **asked)
    assert [row["镇街"] for row in rows] == frame["township"].to_list()
    assert [int(row["已建组织（家）"]) for row in rows] == frame["organised"].to_list()
    assert {row["数据性质"] for row in rows} == {"演示数据"}
    assert {row["数据截至"] for row in rows} == {"2026年10月31日"}
    # A label that is missing would leave the column's own name.
    assert not [label for label in rows[0] if label.isascii()]
