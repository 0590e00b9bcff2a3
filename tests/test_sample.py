"""Demonstration data: the same every time, labelled, and like real months with all that goes wrong."""

from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from data import Store
from data.contract import check
from data.messages import IntakeError
from data.profile import Profile, load_profile
from data.sample import HISTORY, NAMES, PROFILES, build
from data.sampling.county import County
from data.sampling.months import first_day, index_of
from data.sampling.schedule import plan
from data.sampling.shape import load_shape
from data.sampling.spread import spread
from queries import run
from tests.stores import OCTOBER, sampled

DIVISIONS = Path(__file__).resolve().parents[2] / "shared" / "realdata" / "divisions" / "streets.csv"
LAST = index_of(OCTOBER)
FIRST = LAST - HISTORY + 1
MERGED, SUCCESSOR = "990101201", "990101101"
# What the contract may remind of: with 169 members, most enterprises of a joint branch have none.
EXPECTED_WARNINGS = {"organisation_without_members", "organisation_not_approved"}


def county(name: str, last: int = LAST, seed: int = 7) -> tuple[County, Profile]:
    profile = load_profile(PROFILES / name)
    return County(load_shape(name), profile, last - HISTORY + 1, last, seed), profile


def files(store: Store) -> dict[str, bytes]:
    return {
        path.relative_to(store.root).as_posix(): path.read_bytes()
        for path in sorted(store.root.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def long_store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Eight months of the demonstration county, a late, a missing and a corrected one among them."""
    return Store(sampled(tmp_path_factory, 8))


# the same every time


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    built = [Store(tmp_path / name) for name in ("one", "two")]
    for store in built:
        build(store, profile="demo", last=OCTOBER, months=2, seed=7)
    assert files(built[0]) == files(built[1])


def test_another_seed_gives_other_enterprises_and_cases() -> None:
    one, two = (county("demo", seed=seed)[0].frames(LAST) for seed in (7, 8))
    assert not one["enterprises"].equals(two["enterprises"])
    assert not one["grievances"].equals(two["grievances"])


def test_a_short_sample_is_the_end_of_a_long_one(tmp_path: Path, long_store: Store) -> None:
    short = Store(tmp_path / "short")
    commit = build(short, profile="demo", last=OCTOBER, months=1, seed=7)
    for table in commit.months[OCTOBER].tables:
        assert short.read(commit, OCTOBER, table).equals(
            long_store.read(long_store.resolve(), OCTOBER, table)
        )


# months of a county


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ago", [0, 3, 4, 21, 35])
def test_months_pass_the_contract(name: str, ago: int) -> None:
    made, profile = county(name)
    previous = made.frames(LAST - ago - 1) if ago < HISTORY - 1 else None
    found = check({**made.frames(LAST - ago), **profile.frames}, first_day(LAST - ago), previous=previous)
    assert {breach.rule for breach in found} <= EXPECTED_WARNINGS


@pytest.mark.parametrize("last", [date(2025, 1, 1), date(2024, 2, 1), date(2026, 12, 1)])
def test_a_sample_may_end_with_any_month(last: date) -> None:
    made, profile = county("demo", index_of(last))
    found = check({**made.frames(index_of(last)), **profile.frames}, last)
    assert {breach.rule for breach in found} <= EXPECTED_WARNINGS
    assert made.frames(index_of(last))["station_services"]["person_times"].sum() == 8300


def test_thirty_six_months_are_published_in_the_order_of_time() -> None:
    made, _ = county("demo")
    acts = plan(made.shape, FIRST, LAST, lambda code, _: code, made.names.__getitem__)
    assert {act.index for act in acts} == set(range(FIRST, LAST + 1))
    assert [act.published_at for act in acts] == sorted(act.published_at for act in acts)
    assert all(act.published_at.date() > first_day(act.index) for act in acts)


def test_coverage_rises_from_two_thirds_to_the_target() -> None:
    made, _ = county("demo")
    rates = []
    for index in (FIRST, FIRST + 12, FIRST + 24, LAST):
        operating = made.frames(index)["enterprises"].filter("is_operating")
        rates.append(operating["org_form"].is_in(["sole", "joint"]).mean())
    assert rates == sorted(rates)
    assert 0.64 < rates[0] < 0.69
    assert 0.85 <= rates[-1] < 0.86


def test_cumulative_figures_start_anew_in_january_and_never_fall_within_a_year() -> None:
    made, _ = county("zhangjiagang")
    months = range(index_of(date(2025, 11, 1)), LAST + 1)
    publicity = [
        made.frames(index)["figures"].filter(pl.col("indicator_id") == "publicity")["value"].sum()
        for index in months
    ]
    assert publicity[2] < publicity[1]
    assert publicity[2:] == sorted(publicity[2:])


def test_cases_close_late_in_the_last_month_and_some_are_overdue(long_store: Store) -> None:
    trend = run("closure_by_month", month=OCTOBER, from_month="2026-03", store=long_store.root)
    assert trend["on_time_rate"].is_between(0.85, 0.97).all()
    assert trend["on_time_rate"][-1] < trend["on_time_rate"].mean()
    assert trend["closed_median_days"].is_between(3, 11).all()
    assert trend["overdue_open"][-1] > 0


def test_a_case_is_open_until_the_month_in_which_it_is_closed() -> None:
    made, _ = county("demo")
    before, after = (made.frames(index)["grievances"] for index in (LAST - 1, LAST))
    both = before.filter(status="open").join(after, on="case_id", suffix="_after")
    end_of_september = OCTOBER - timedelta(days=1)
    assert both.height > 0
    assert (both.filter(status_after="closed")["closed_at_after"].dt.date() > end_of_september).all()


def test_six_stations_had_no_visitor_for_two_months(long_store: Store) -> None:
    idle = run("idle_stations_by_township", month=OCTOBER, store=long_store.root)
    assert idle["idle_stations"].to_list() == [0, 1, 0, 1, 2, 1, 0, 1]


# what goes wrong in real months


def test_an_abolished_township_keeps_its_months_and_hands_over_its_enterprises(long_store: Store) -> None:
    head = long_store.resolve()
    june = long_store.read(head, date(2026, 6, 1), "enterprises")
    july = long_store.read(head, date(2026, 7, 1), "enterprises")
    handed = june.filter(pl.col("township_code") == MERGED)["enterprise_id"]
    assert handed.len() > 0
    assert MERGED not in july["township_code"]
    moved = july.filter(pl.col("enterprise_id").is_in(handed.implode()))["township_code"].unique()
    assert moved.to_list() == [SUCCESSOR]
    assert run("coverage_by_township", month=OCTOBER, store=long_store.root).height == 8
    assert run("coverage_by_township", month="2026-06", store=long_store.root).height == 9


def test_a_late_township_comes_a_day_later_as_the_second_revision(long_store: Store) -> None:
    august = date(2026, 8, 1)
    first, second = (commit for commit in long_store.commits() if commit.month == august)
    late = "990101103"
    assert (first.revision, second.revision) == (1, 2)
    assert (second.published_at - first.published_at).days == 0
    assert second.published_at.date() - first.published_at.date() == timedelta(days=1)
    for table in ("enterprises", "figures"):
        assert late not in long_store.read(first, august, table)["township_code"]
        assert late in long_store.read(second, august, table)["township_code"]
    asked = {"month": august, "store": long_store.root}
    assert (
        run("coverage_by_township", as_of=first.number, **asked)
        .filter(township_code=late)["enterprises"]
        .item()
        is None
    )
    assert run("coverage_by_township", **asked).filter(township_code=late)["enterprises"].item() > 0


def test_one_township_never_reports_one_month(long_store: Store) -> None:
    march = date(2026, 3, 1)
    commit = long_store.resolve()
    assert commit.months[march].number == 1
    absent = run("coverage_by_township", month=march, store=long_store.root).filter(
        pl.col("enterprises").is_null()
    )
    assert absent["township"].to_list() == ["石门回族乡"]


def test_a_month_is_restated_later_with_a_reason(long_store: Store) -> None:
    may = date(2026, 5, 1)
    first, second = (commit for commit in long_store.commits() if commit.month == may)
    assert second.reason.startswith("更正2026年5月数据")
    assert second.published_at.month == 7
    members = [
        run("members_by_month", month=may, from_month=may, as_of=one.number, store=long_store.root)[
            "members"
        ].item()
        for one in (first, second)
    ]
    assert members[0] - members[1] == 2
    uses = [long_store.read(one, may, "station_services")["person_times"].sum() for one in (first, second)]
    assert uses[0] > uses[1]


def test_joint_meetings_are_tagged_with_what_was_known_then(long_store: Store) -> None:
    assert long_store.tags() == ("2026-07-联席会议", "2026-08-联席会议", "2026-09-联席会议")
    for tag in long_store.tags():
        meant = date.fromisoformat(f"{tag[:7]}-01")
        assert max(long_store.tagged(tag).months) == meant
    assert long_store.verify().ok


def test_some_counts_are_unknown_and_some_cases_are_no_cases(long_store: Store) -> None:
    head = long_store.resolve()
    enterprises = long_store.read(head, OCTOBER, "enterprises")
    assert 0 < enterprises["members_full"].null_count() < 6
    status = long_store.read(head, OCTOBER, "grievances")["status"].unique()
    assert set(status) == {"open", "closed", "withdrawn", "invalid", "duplicate"}
    qualifiers = county("zhangjiagang")[0].frames(LAST)["figures"]["qualifier"].drop_nulls().unique()
    assert set(qualifiers) == {"余", "约", "近"}


# labels and names


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_labelled_as_demonstration(name: str) -> None:
    made, profile = county(name)
    frames = made.frames(LAST)
    assert profile.settings["demonstration"] is True
    assert all((frame["file"] == "演示数据").all() for frame in frames.values())
    named = [
        frames["enterprises"]["name"],
        frames["enterprises"]["org_name"].drop_nulls(),
        frames["stations"]["name"],
    ]
    assert all(names.str.ends_with("（演示）").all() for names in named)


@pytest.mark.parametrize("name", NAMES)
def test_short_names_fit_the_charts(name: str) -> None:
    frames = load_profile(PROFILES / name).frames
    assert frames["townships"]["short_name"].str.len_chars().max() <= 6
    assert frames["committees"]["short_name"].str.len_chars().max() <= 4


@pytest.mark.parametrize(("name", "area"), [("zhangjiagang", "320582"), ("longhua", "460106")])
def test_real_townships_bear_their_real_codes(name: str, area: str) -> None:
    if not DIVISIONS.exists():
        pytest.skip(f"{DIVISIONS} is not there")
    real = (
        pl.read_csv(DIVISIONS, infer_schema=False).filter(areaCode=area).select("code", "name").sort("code")
    )
    townships = load_profile(PROFILES / name).frames["townships"]
    valid = (
        townships.filter(pl.col("valid_to").is_null())
        .select("township_code", "township")
        .sort("township_code")
    )
    assert valid.rows() == real.rows()


# refusals and the pieces


@pytest.mark.parametrize(
    ("profile", "months", "code"), [("somewhere", 3, "sample_profile"), ("demo", 0, "sample_months")]
)
def test_what_cannot_be_made_is_refused(store: Store, profile: str, months: int, code: str) -> None:
    with pytest.raises(IntakeError) as caught:
        build(store, profile=profile, last=OCTOBER, months=months, seed=7)
    assert caught.value.code == code
    assert store.head() is None


def test_demonstration_data_never_mix_with_others(long_store: Store) -> None:
    with pytest.raises(IntakeError) as caught:
        build(long_store, profile="demo", last=OCTOBER, months=1, seed=7)
    assert caught.value.code == "sample_store_used"


def test_progress_is_told(store: Store) -> None:
    told: list[tuple[int, int]] = []
    build(store, profile="longhua", last=OCTOBER, months=3, seed=7, progress=lambda *done: told.append(done))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


@pytest.mark.parametrize("total", [0, 1, 7, 169, 8300])
@pytest.mark.parametrize("step", [1, 10])
def test_shares_sum_to_the_whole(total: int, step: int) -> None:
    shares = spread(total, {"a": 0.2, "b": 3.0, "c": 0.0, "d": 1.1}, step)
    assert sum(shares.values()) == total
    assert shares["c"] == 0
    assert all(share % step == 0 for key, share in shares.items() if key != "b")
