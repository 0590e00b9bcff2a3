"""The landing page: the sentences of the month in agenda order, linked and to copy; bars that sum exactly."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import queries
from pages.shared.charts.base import Look
from pages.shared.charts.contributions import Moved, contribution_bars, signed
from pages.shared.i18n import Text
from pages.shared.theme import LIGHT
from tests.stores import sampled

ROOT = Path(__file__).resolve().parents[1]
MONTH = date(2026, 10, 1)
BLOCKS = ["变化与原因", "短板", "上次议定事项", "下步建议"]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen months of the demonstration county: last year's figures are there."""
    return sampled(tmp_path_factory, 14)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, county: Path) -> Iterator[type]:
    """Open the landing page with the filters of a link."""

    class Page:
        @staticmethod
        def at(**url: str) -> AppTest:
            monkeypatch.setenv("NUANXIN_STORE", str(county))
            app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
            app.session_state["frame.wanted"] = ("meeting", url)
            for key, value in url.items():
                app.query_params[key] = value
            app.run()
            assert not app.exception
            assert not app.error
            return app

    return Page


def told(app: AppTest) -> str:
    """What is read on the page, without the marks of Markdown."""
    return "\n".join(element.value for element in app.markdown).replace("\\", "")


def bars(app: AppTest) -> list[float]:
    """The printed values of the bars that tell who moved the rate."""
    (spec,) = [c.proto.spec for c in app.get("plotly_chart") if "meeting_contributions" in c.proto.id]
    tips = [part["text"] for part in json.loads(spec)["layout"]["annotations"]]
    return [float(tip.removeprefix("<b>").removesuffix("</b>").replace("−", "-")) for tip in tips]


def test_every_sentence_stands_in_its_block_and_can_be_copied(page: type, county: Path) -> None:
    app = page.at()
    findings = queries.run("findings", month=MONTH, lang="zh", store=county)
    shown, codes = told(app), [code.value for code in app.code]
    places = [shown.index(f":gray[{name}]") for name in BLOCKS]
    assert places == sorted(places)
    # The figures stand for the sentences of the first block; all others are read as they are.
    others = findings.filter(findings["section"] != "basics")["text"].to_list()
    assert [text for text in others if text not in shown] == []
    whole = next(code for code in codes if code.startswith("10月联席会议"))
    at = [whole.index(text) for text in findings["text"]]
    assert at == sorted(at)
    assert len(codes) == len(BLOCKS) + 2


def test_a_figure_tells_both_changes_its_target_and_its_light_as_the_query_does(
    page: type, county: Path
) -> None:
    app = page.at()
    asked = ("org_cov_total", "work_cov_total", "members", "visits_person_times", "on_time")
    rows = [
        queries.run("indicator_by_month", month=MONTH, indicator=name, store=county).row(-1, named=True)
        for name in asked
    ]
    assert len(app.metric) == len(rows)
    shown = told(app)
    for metric, row in zip(app.metric, rows, strict=True):
        down = "减" in metric.delta or "下降" in metric.delta
        assert down == (round(row["change"], 3) < 0), metric.label
        assert row["gap_units"] is None or row["gap_units"] == 0 or f"还差{row['gap_units']}" in shown
    assert shown.count("比上年同期") >= len(rows)
    lit = {"good": "达标", "warn": "临近", "bad": "未达标"}
    assert all(f" {lit[row['status']]}]" in shown for row in rows if row["status"] in lit)


@pytest.mark.parametrize("url", [{}, {"committees": "C02"}, {"lang": "en"}], ids=str)
def test_the_bars_sum_to_the_change_that_is_printed(page: type, url: dict[str, str]) -> None:
    app = page.at(**url)
    total = sum(bars(app))
    assert len(bars(app)) == 8
    assert signed(total, 1) in told(app)
    assert f"{abs(total):.1f}" in app.metric[0].delta


def test_one_township_is_told_by_committee_and_its_links_keep_the_choice(page: type) -> None:
    app = page.at(townships="990101100")
    assert "各行业拉动" in told(app)
    links = [link.proto for link in app.get("page_link")]
    assert len(links) >= 5
    assert all("townships=990101100" in link.query_string for link in links)
    assert all("month=2026-10" in link.query_string for link in links)


@pytest.mark.parametrize(
    ("amounts", "direction", "dark"),
    [([0.4, -0.3, 0.0], "up", [False, True, False]), ([2.0, -1.0], "down", [True, False])],
)
def test_what_worsens_the_whole_is_dark_and_says_its_sign(
    amounts: list[float], direction: str, dark: list[bool]
) -> None:
    look = Look(LIGHT, Text("zh"))
    rows = [Moved(f"镇{i}", amount) for i, amount in enumerate(amounts)]
    chart = contribution_bars(rows, look, measure="覆盖率", direction=direction)
    (trace,) = chart["data"]
    assert [color == LIGHT.data for color in trace["marker"]["color"]] == dark
    tips = [(part["text"], part["xanchor"]) for part in chart["layout"]["annotations"]]
    sides = ["right" if amount < 0 else "left" for amount in amounts]
    assert tips == [
        (f"<b>{signed(amount, 1)}</b>", side) for amount, side in zip(amounts, sides, strict=True)
    ]
    assert signed(-0.04, 1) == "0.0"
