"""数据质量 and what it asks: who was late, what the checks find, what a revision did to published figures."""

import shutil
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from data import Store, StoreError, sample
from data.profile import load_profile
from data.publish import publish
from queries import run
from queries.quality import checks
from queries.revisions import first_sent, narrowed, revision_changes, revisions, tags
from tests.stores import sampled

ROOT = Path(__file__).resolve().parents[1]
AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 1) for month in (8, 9, 10))
LATE = "990101103"
TAG = "2026-09-联席会议"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months, the first with a township that was late; September corrected after its meeting.

    The correction: two enterprises of one township lose their organisation, one closed case is open again,
    a figure is withdrawn, and the county's total of another is not the sum of its parts.
    """
    folder = tmp_path_factory.mktemp("health") / "county"
    shutil.copytree(sampled(tmp_path_factory), folder)
    store = Store(folder)
    head = store.head()
    frames = {name: store.read(head, SEPTEMBER, name) for name in ("enterprises", "figures", "grievances")}
    publish(
        store, SEPTEMBER, _corrected(frames), load_profile(sample.PROFILES / "demo"), reason="更正", who="甲"
    )
    return folder


def _corrected(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    organised = (pl.col("org_form") == "joint") & (pl.col("township_code") == "990101001")
    lost = organised & (organised.cast(pl.Int64).cum_sum() <= 2)
    figures = frames["figures"].filter(pl.col("indicator_id") != "suggestions")
    total = figures.filter(pl.col("indicator_id") == "members_full").head(1)
    total = total.with_columns(
        township_code=pl.lit(None, pl.String), committee_id=pl.lit(None, pl.String), value=pl.lit(999.0)
    )
    closed = (pl.col("status") == "closed") & (pl.col("closed_at") >= SEPTEMBER)
    reopened = closed & (closed.cast(pl.Int64).cum_sum() == 1)
    nothing = dict.fromkeys(("closed_at", "is_resolved", "satisfaction", "judged_by"))
    return {
        "enterprises": frames["enterprises"].with_columns(
            org_form=pl.when(lost).then(pl.lit("none")).otherwise("org_form")
        ),
        "figures": pl.concat([figures, total]),
        "grievances": frames["grievances"].with_columns(
            pl.when(reopened).then(pl.lit("open")).otherwise("status").alias("status"),
            *(pl.when(~reopened).then(name).alias(name) for name in nothing),
        ),
    }


def test_who_came_later_is_told_by_the_revision_and_a_ledger_late_for_all_is_late_for_nobody(
    county: Path, store: Store
) -> None:
    came = first_sent(AUGUST, county)
    assert set(came.filter(pl.col("revision") != 1)["township_code"]) == {LATE}
    assert came.filter(pl.col("township_code") == LATE)["revision"].to_list() == [2, 2, 2]
    whole, head = Store(county), Store(county).head()
    profile = load_profile(sample.PROFILES / "demo")
    one = {"enterprises": whole.read(head, OCTOBER, "enterprises")}
    publish(store, OCTOBER, one, profile, reason="一", who="甲")
    figures = whole.read(head, OCTOBER, "figures").filter(pl.col("township_code").ne_missing(LATE))
    publish(store, OCTOBER, {"figures": figures}, profile, reason="二", who="甲")
    later = first_sent(OCTOBER, store.root).filter(pl.col("source") == "figures")
    assert later.filter(pl.col("revision").is_null())["township_code"].to_list() == [LATE]
    assert set(later["revision"].drop_nulls()) == {1}


def test_the_revision_list_names_the_tables_that_differ_and_the_meetings(county: Path) -> None:
    newest, *_, first = revisions(county)
    assert (newest.month, newest.revision, newest.reason, newest.who) == (SEPTEMBER, 2, "更正", "甲")
    assert set(newest.tables) == {"enterprises", "figures", "grievances"}
    assert first.revision == 1
    assert "stations" in first.tables
    tagged = {name: one.month for one in revisions(county) for name in one.tags}
    assert tagged == {TAG: SEPTEMBER, "2026-08-联席会议": AUGUST}
    assert list(tags(county)) == [TAG, "2026-08-联席会议"]


# A rate, a figure that vanished, a quantile, a count of cases, and one that nothing touched.
ASKED = ("org_cov_total", "suggestions", "km_p90", "backlog", "workers")


def test_changes_are_those_of_the_indicator_queries_at_both_commits(county: Path) -> None:
    found = revision_changes(SEPTEMBER, before=TAG, store=county)
    for indicator in ASKED:
        wanted = {}
        for moment in (TAG, None):
            how = {"month": SEPTEMBER, "indicator": indicator, "store": county, "as_of": moment}
            together = run("indicator_by_month", from_month=SEPTEMBER, **how).select(
                township_code=pl.lit(None, pl.String), value="value"
            )
            each = run("indicator_by_township", **how).drop_nulls("township_code")
            for code, value in pl.concat([together, each.select("township_code", "value")]).iter_rows():
                wanted.setdefault(code, []).append(value)
        mine = found.filter(pl.col("indicator_id") == indicator)
        told = {
            code: [old, new] for code, old, new in mine.select("township_code", "before", "after").iter_rows()
        }
        assert told == {code: pair for code, pair in wanted.items() if pair[0] != pair[1]}, indicator
    changed = set(found["indicator_id"])
    assert {"org_cov_total", "suggestions", "backlog"} <= changed
    assert "workers" not in changed
    gone = found.filter(pl.col("indicator_id") == "suggestions")
    assert gone["after"].null_count() == gone.height > 1


def test_a_revision_is_told_apart_from_those_of_other_months(county: Path) -> None:
    head = Store(county).head()
    own = revision_changes(SEPTEMBER, before=head.number - 1, store=county)
    assert own.equals(revision_changes(SEPTEMBER, before=TAG, store=county))
    assert revision_changes(AUGUST, before=TAG, store=county).is_empty()
    assert narrowed(head, SEPTEMBER).months.keys() == {AUGUST, SEPTEMBER}
    # stations idle for two months running hang on the month before as well
    assert set(revision_changes(OCTOBER, before=head.number - 1, store=county)["indicator_id"]) <= {
        "idle_stations"
    }
    with pytest.raises(StoreError, match="2026-10"):
        revision_changes(OCTOBER, before=TAG, store=county)


def test_checks_count_rows_by_rule_and_township(county: Path) -> None:
    store = Store(county)
    firms = store.read(store.head(), SEPTEMBER, "enterprises")
    members = pl.col("members_full") + pl.col("members_probationary").fill_null(0)
    empty = firms.filter((pl.col("org_form") != "none") & (members == 0))
    wanted = dict(empty.group_by("township_code").len().iter_rows())
    rule = pl.col("rule") == "organisation_without_members"
    found = checks(SEPTEMBER, store=county).filter(rule)
    assert dict(found.select("township_code", "entries").iter_rows()) == wanted
    assert found["example_zh"][0].startswith("有党组织但党员数为 0")
    assert checks(SEPTEMBER, townships=[LATE], store=county)["township_code"].unique().to_list() == [LATE]


def opened(county: Path, monkeypatch: pytest.MonkeyPatch, **url: str) -> AppTest:
    monkeypatch.setenv("NUANXIN_STORE", str(county))
    app = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    app.session_state["frame.wanted"] = ("health", url)
    app.query_params.update(url)
    app.run()
    assert not app.exception
    assert not app.error
    return app


def test_the_page_shows_checks_gaps_and_what_changed(county: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened(county, monkeypatch, month="2026-09")
    assert app.header[0].value == "9月8个镇街全部报齐，已修订1次。"
    assert "上月有数、本月没有：意见建议。" in " ".join(one.value for one in app.markdown)
    shown = [table.value for table in app.dataframe]
    (totals,) = (table for table in shown if "分项相加" in table.columns)
    assert totals[["指标", "范围", "上报合计"]].to_numpy().tolist() == [["正式党员（名）", "全区", "999"]]
    changes = [table for table in shown if "原为" in table.columns]
    assert len(changes) == 2
    assert changes[0].equals(changes[1])
    gone = changes[0][changes[0]["指标"].str.startswith("意见建议")]
    assert set(gone["现为"]) == {"未报"}
    assert set(gone["变动"]) == {"撤回"}


def test_the_page_names_who_was_late_and_in_which_revision(
    county: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = opened(county, monkeypatch, month="2026-08", lang="en")
    month = app.table[0].value
    late = month[month.iloc[:, 0] == "白云山镇"].iloc[0, 1:]
    assert all("▲" in cell for cell in late)
    assert sum("▲" in cell for cell in month.to_numpy().flatten()) == 3
    assert "late" in app.header[0].value


def test_an_unknown_tag_is_refused(county: Path) -> None:
    with pytest.raises(StoreError):
        revision_changes(SEPTEMBER, before="没有的会", store=county)
