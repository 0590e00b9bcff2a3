"""任务清单: the page says what its queries count; the charts say it too, whatever the numbers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from data import Store, sample
from data.profile import load_profile
from data.publish import publish
from pages.shared.charts import Figure, Look, Point, alt_text
from pages.shared.charts.burndown import burn_down, even_pace
from pages.shared.charts.tasks import Tasks, task_bars
from pages.shared.i18n import Text
from pages.shared.tasks.headlines import most_overdue
from pages.shared.theme import LIGHT
from queries import run
from tests.figures import texts
from tests.stores import sampled

ROOT = Path(__file__).resolve().parents[1]
LAST = date(2026, 10, 1)
ZH = Look(LIGHT, Text("zh"))
Opened = Callable[..., AppTest]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three months of the demonstration county."""
    return sampled(tmp_path_factory)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opened:
    """Open the page of a store as a viewer who follows a link."""

    def at(store: Path, **url: str) -> AppTest:
        monkeypatch.setenv("NUANXIN_STORE", str(store))
        app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=30)
        app.session_state["frame.wanted"] = ("tasks", url)
        for key, value in url.items():
            app.query_params[key] = value
        return app.run()

    return at


def words(app: AppTest) -> str:
    return "\n".join(element.value for kind in (app.header, app.markdown, app.info) for element in kind)


def test_the_page_says_what_the_list_says(opened: Opened, county: Path) -> None:
    tasks = run("tasks_by_due", month=LAST, store=county)
    cleared = tasks.filter(pl.col("status") == "已销号").height
    late, left = tasks.filter(pl.col("is_overdue")), tasks.height - cleared
    app = opened(county)
    assert not app.exception
    assert app.header[0].value.startswith(f"{tasks.height}项任务已销号{cleared}项，逾期{late.height}项")
    assert f"{left}项未销号，{late.height}项已逾期" in words(app)
    (table,) = app.dataframe
    assert table.value["title"].tolist() == tasks.filter(pl.col("status") != "已销号")["title"].to_list()
    assert table.value["standing"].map("".join).tolist().count("bad") == late.height
    labels = [metric.label for metric in app.metric]
    assert labels[0] == f"销号率 {cleared}/{tasks.height}"
    assert labels[2:] == ["问题清单", "会议议定", "逾期事项"]
    # too few for a share
    problems = tasks.filter(pl.col("list") == "问题")
    struck = problems.filter(pl.col("status") == "已销号").height
    assert app.metric[2].value == f"{struck}/{problems.height}:small[项]"


def test_a_link_opens_one_list(opened: Opened, county: Path) -> None:
    app = opened(county, scope="decisions", lang="en")
    tasks = run("tasks_by_due", month=LAST, store=county).filter(pl.col("list") == "会议议定")
    assert not app.exception
    left = tasks.filter(pl.col("status") != "已销号")
    assert app.dataframe[0].value["title"].tolist() == left["title"].to_list()
    assert f"Decisions: {left.height} open" in words(app).replace("\\", "")


def test_a_list_that_was_never_sent_is_unreported_and_not_empty(
    opened: Opened, county: Path, tmp_path: Path
) -> None:
    full = Store(county)
    frames = {"enterprises": full.read(full.head(), LAST, "enterprises")}
    publish(Store(tmp_path), LAST, frames, load_profile(sample.PROFILES / "demo"), reason="test", who="test")
    app = opened(tmp_path, scope="nonsense")
    assert not app.exception
    assert "任务清单未报" in words(app)
    assert "链接里的清单不认识" in words(app)
    assert not app.metric


def test_who_is_named_has_most_overdue_and_is_not_one_of_many() -> None:
    def late(*counts: int) -> pl.DataFrame:
        return pl.DataFrame({"department": list("甲乙丙丁")[: len(counts)], "overdue": counts})

    assert most_overdue(late(0, 2, 1)) == (["乙"], 2)
    assert most_overdue(late(2, 2, 1)) == (["甲", "乙"], 2)
    assert most_overdue(late(1, 1, 1)) == ([], 1)
    assert most_overdue(late(0, 0)) == ([], 0)


def test_an_even_pace_ends_with_the_last_deadline() -> None:
    start, deadline = date(2026, 1, 1), date(2026, 12, 31)
    assert even_pace(date(2026, 6, 1), start, deadline, 80) == pytest.approx(40)
    assert even_pace(date(2026, 12, 1), start, deadline, 80) == 0
    assert even_pace(date(2026, 3, 1), start, date(2026, 2, 14), 80) == 0
    assert even_pace(date(2026, 1, 1), start, date(2026, 2, 14), 80) == pytest.approx(80 / 3)


def bars(*rows: Tasks) -> Figure:
    return task_bars(rows, ZH, measure="任务按销号状态", classifier="项")


def test_bars_hold_their_counts_and_tell_what_is_late_in_words() -> None:
    figure = bars(
        Tasks("甲局", "销号 3/9", (2, 0, 3, 1, 3)),
        Tasks("乙局", "", (0, 0, 0, 0, 0)),
        Tasks("丙局", "", None),
    )
    assert [trace["x"] for trace in figure["data"]] == [
        [2, 0, None],
        [0, 0, None],
        [3, 0, None],
        [1, 0, None],
        [3, 0, None],
    ]
    shown = " ".join(texts(figure))
    assert all(word in shown for word in ("逾期2", "0项", "未报"))
    assert [text for text in texts(figure) if text in {"<b>2</b>", "<b>3</b>", "<b>1</b>"}] == [
        *("<b>2</b>", "<b>3</b>", "<b>1</b>", "<b>3</b>")
    ]
    assert (
        alt_text(figure)
        == "任务按销号状态：甲局 9项，逾期 2，推进中 3，待验 1，已销号 3；乙局 0项；丙局 未报。"
    )


def test_a_part_too_thin_for_its_count_on_a_phone_leaves_it_out() -> None:
    thin = texts(bars(Tasks("甲局", "", (1, 0, 60, 0, 0))))
    assert "<b>1</b>" not in thin
    assert "<b>60</b>" in thin
    assert any("逾期1" in text for text in thin)


def test_a_burn_down_keeps_its_gaps_and_names_the_pace() -> None:
    values = [79, None, 60]
    points = [Point(date(2026, month, 1), value) for month, value in enumerate(values, 1)]
    figure = burn_down(
        points, ZH, listed=79, deadline=date(2026, 12, 25), measure="三张清单月末未销号", classifier="项"
    )
    assert figure["data"][0]["y"] == values
    assert figure["layout"]["xaxis"]["range"] == [-1, 11]
    (pace,) = figure["layout"]["shapes"]
    assert (pace["x0"], pace["y0"], pace["y1"]) == (-1, 79, 0)
    assert 10.7 < pace["x1"] < 11
    assert {"<b>60项</b>", "匀速，12月25日到期"} <= set(texts(figure))
    assert "2026年2月 未报" in alt_text(figure)
