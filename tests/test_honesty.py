"""Honest statistics against scipy, statsmodels and worked tables: funnels, XmR, ranks, survival, rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, binom, binomtest, ecdf
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.proportion import proportion_confint

from queries.control import LEAST, Limits, is_steady, limits, signals, unusual
from queries.rounding import is_trace, percent_value, round_half_up, shares_of
from queries.statistics import (
    Rank,
    beyond,
    first_day,
    funnel,
    kaplan_meier,
    overdispersion,
    ranks,
    ranks_of_counts,
    wilson,
)
from tests.worlds import small

counts = st.integers(0, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))

# ---- Wilson


@small(60)
@given(counts, st.sampled_from([0.8, 0.95, 0.998]))
def test_wilson_is_that_of_scipy(parts: tuple[int, int], level: float) -> None:
    part, whole = parts
    found = wilson(part, whole, level)
    if whole == 0:
        assert found is None
        return
    wanted = binomtest(part, whole).proportion_ci(level, method="wilson")
    assert found == pytest.approx((wanted.low, wanted.high), abs=1e-12)
    assert found is not None
    assert 0 <= found[0] <= part / whole <= found[1] <= 1


def test_wilson_of_a_worked_example() -> None:
    # Newcombe 1998, table I: 81 of 263, and 0 of 20
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0, 0.1611), abs=5e-5)


@small(40)
@given(counts)
def test_wilson_is_that_of_statsmodels(parts: tuple[int, int]) -> None:
    if parts[1]:
        wanted = proportion_confint(*parts, method="wilson")
        assert wilson(*parts) == pytest.approx(wanted, abs=1e-9)


# ---- funnels


def spiegelhalter(centre: float, whole: int, share: float) -> float:
    """Spiegelhalter 2005, appendix A.1: interpolated between two counts of the binomial distribution."""
    count = int(binom.ppf(share, whole, centre))
    above, below = binom.cdf(count, whole, centre), binom.cdf(count - 1, whole, centre)
    return float(np.clip((count - (above - share) / (above - below)) / whole, 0, 1))


@small(80)
@given(st.integers(1, 400), st.floats(0.02, 0.98), st.sampled_from([0.95, 0.998]))
def test_funnel_limits_are_the_interpolated_binomial_ones(whole: int, centre: float, level: float) -> None:
    found = funnel(centre, whole, level)
    tail = (1 - level) / 2
    wanted = (spiegelhalter(centre, whole, tail), 1 - spiegelhalter(1 - centre, whole, tail))
    assert found == pytest.approx(wanted, abs=1e-9)


def test_a_funnel_narrows_and_holds_its_centre() -> None:
    spans = [funnel(0.85, whole, 0.95) for whole in (10, 20, 50, 200, 1000)]
    assert all(span and span[0] < 0.85 < span[1] for span in spans)
    widths = [span[1] - span[0] for span in spans if span]
    assert widths == sorted(widths, reverse=True)
    outer, inner = funnel(0.85, 60, 0.998), funnel(0.85, 60, 0.95)
    assert outer
    assert inner
    assert outer[0] < inner[0] < inner[1] <= outer[1]


def test_funnel_without_cases_and_at_the_ends() -> None:
    assert funnel(0.5, 0) is None
    assert funnel(1, 30) == (1, 1)
    assert beyond(29, 30, 1) == ("below", 0.998)


@pytest.mark.parametrize(
    ("part", "whole", "wanted"),
    # of 50 at 80 %: 95 % of samples hold 34 to 45, 99.8 % hold 31 to 48
    [
        (40, 50, ("within", None)),
        (33, 50, ("below", 0.95)),
        (29, 50, ("below", 0.998)),
        (47, 50, ("above", 0.95)),
        (50, 50, ("above", 0.998)),
        (3, 4, ("within", None)),
        # 41 % of samples of four hold all four
        (4, 4, ("within", None)),
    ],
)
def test_beyond_the_funnel(part: int, whole: int, wanted: tuple[str, float | None]) -> None:
    assert beyond(part, whole, 0.8) == wanted


@small(60)
@given(st.integers(1, 80), st.sampled_from([0.5, 0.8, 0.95]), st.data())
def test_beyond_is_what_chance_gives_in_so_few_samples(
    whole: int, centre: float, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, whole))
    rare = 0.025 + 1e-9
    above, below = binom.sf(part - 1, whole, centre) <= rare, binom.cdf(part, whole, centre) <= rare
    wanted = "above" if above else "below" if below else "within"
    assert beyond(part, whole, centre)[0] == wanted


def test_overdispersion_is_one_by_chance_and_more_where_rates_differ() -> None:
    random = np.random.default_rng(4)
    even = [int(x) for x in random.binomial(200, 0.7, 400)]
    assert overdispersion(even, [200] * 400, 0) == pytest.approx(1, abs=0.2)
    assert (overdispersion([10, 190, 20, 180], [200] * 4, 0) or 0) > 50
    assert overdispersion([1], [2]) is None


# ---- XmR

# Worked by hand: mean 60 / 12 = 5; moves 2 1 3 2 0 1 2 3 1 1 2 = 18, mean 18 / 11.
WORKED = [5, 7, 6, 3, 5, 5, 4, 6, 3, 4, 5, 7]


def test_limits_of_a_worked_table() -> None:
    found = limits(WORKED)
    assert found is not None
    assert found.mean == 5
    assert found.low == pytest.approx(5 - 2.66 * 18 / 11)
    assert found.high == pytest.approx(5 + 2.66 * 18 / 11)
    assert found.ranges == pytest.approx(3.268 * 18 / 11)
    bounded = limits(WORKED, bounds=(1.5, 9))
    assert bounded is not None
    assert (bounded.low, bounded.high) == (1.5, 9)


def test_no_limits_under_twelve_known_months() -> None:
    assert limits(WORKED[:-1]) is None
    assert limits([*WORKED[:-1], None]) is None
    assert limits([None, *WORKED]) is not None
    assert signals(WORKED[:-1], None) == []
    assert LEAST == 12


def test_a_move_across_an_unknown_month_does_not_count() -> None:
    found = limits([*([5, 6] * 6), None, 100])
    assert found is not None
    assert found.ranges == pytest.approx(3.268)


FLAT = Limits(mean=10, low=4, high=16, sigma=2, ranges=7)


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ([10, 11, 17, 10], [("beyond", (2,), True)]),
        ([10, 16, 4, 10], []),
        ([11, 12, 11, 12, 11, 12, 11], [("shift", (0, 1, 2, 3, 4, 5, 6), True)]),
        ([11, 12, 11, 12, 11, 12, 9], []),
        ([11, 12, 11, None, 12, 11, 12, 11], []),
        ([11, 12, 11, 10, 12, 11, 12, 11], []),
        ([8, 9, 9.5, 10.5, 11, 12], [("trend", (0, 1, 2, 3, 4, 5), True)]),
        ([12, 11, 10.5, 9.5, 9, 9, 8], []),
        ([10, 15, 10, 14.5], [("outer", (1, 3), True)]),
        ([10, 15, None, 14.5], []),
        ([5, 10, 15], []),
        ([5, 5.5, 10], [("outer", (0, 1), False)]),
    ],
)
def test_each_rule(values: list[float | None], wanted: list[tuple[str, tuple[int, ...], bool]]) -> None:
    assert [(one.rule, one.at, one.up) for one in signals(values, FLAT)] == wanted
    assert unusual(signals(values, FLAT)) == {place for _, at, _ in wanted for place in at}


def test_a_course_of_seasons_is_not_judged_by_limits_and_one_outlier_hides_nothing() -> None:
    assert is_steady([10.0, 11.0] * 6 + [200.0])
    assert not is_steady([10.0, 10.5] * 6 + [20.0, 20.5] * 6)


@small(40)
@given(st.lists(st.floats(0, 100), min_size=12, max_size=30))
def test_limits_by_numpy(values: list[float]) -> None:
    found = limits(values)
    assert found is not None
    move = np.abs(np.diff(values)).mean()
    assert found.high == pytest.approx(np.mean(values) + 2.66 * move)
    assert found.low == pytest.approx(np.mean(values) - 2.66 * move)


def test_a_level_trend_has_no_signal() -> None:
    values: list[float | None] = [7.1] * 20
    assert signals(values, limits(values)) == []


# ---- ranks


def test_ties_share_a_place_and_small_denominators_have_none() -> None:
    rows = [(9, 10), (45, 50), (2, 2), (None, 40), (30, 50), (0, 0), (50, 50)]
    found = ranks(rows)
    places = [(one.place, one.tied) for one in found]
    assert places == [
        (2, True),
        (2, True),
        (None, False),
        (None, False),
        (4, False),
        (None, False),
        (1, False),
    ]
    assert [one.place for one in ranks(rows, up=False)] == [2, 2, None, None, 1, None, 4]
    assert ranks(rows, least=2)[2] == Rank(1, tied=True)


def test_equal_as_printed_is_equal() -> None:
    # 66.66 % and 66.7 % both read 66.7 %
    assert [one.tied for one in ranks([(200, 300), (667, 1000)])] == [True, True]
    # but nothing incomplete shares a place with 100 %
    assert [one.place for one in ranks([(9999, 10000), (10, 10)])] == [2, 1]
    assert [one.place for one in ranks_of_counts([3, None, 5.04, 5.0], digits=1)] == [3, None, 1, 1]


# ---- survival


@small(40)
@given(st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=30))
def test_survival_is_that_of_scipy(lives: list[tuple[int, bool]]) -> None:
    closed, waiting = [d for d, done in lives if done], [d for d, done in lives if not done]
    curve = ecdf(CensoredData(uncensored=closed, right=waiting)).sf
    steps = kaplan_meier(lives)
    assert [step.day for step in steps] == [int(day) for day in curve.quantiles]
    assert [step.survival for step in steps] == pytest.approx(list(curve.probabilities), abs=1e-12)
    assert [step.at_risk for step in steps] == [sum(d >= step.day for d, _ in lives) for step in steps]
    assert steps[0].at_risk == len(lives)
    assert sum(step.closed + step.censored for step in steps) == len(lives)


@small(40)
@given(st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=2, max_size=30))
def test_survival_is_that_of_statsmodels(lives: list[tuple[int, bool]]) -> None:
    if not any(done for _, done in lives):
        return
    curve = SurvfuncRight([day for day, _ in lives], [int(done) for _, done in lives])
    mine = [(step.day, step.at_risk, step.closed) for step in kaplan_meier(lives) if step.closed]
    assert mine == list(zip(curve.surv_times, curve.n_risk, curve.n_events, strict=True))
    survival = [step.survival for step in kaplan_meier(lives) if step.closed]
    assert survival == pytest.approx(list(curve.surv_prob), abs=1e-9)


def test_the_textbook_example_of_survival() -> None:
    steps = kaplan_meier([(2, True), (3, True), (5, False), (7, True), (9, False)])
    assert [(s.day, s.at_risk, s.closed, s.censored) for s in steps] == [
        *((2, 5, 1, 0), (3, 4, 1, 0), (5, 3, 0, 1), (7, 2, 1, 0), (9, 1, 0, 1)),
    ]
    assert [s.survival for s in steps] == pytest.approx([0.8, 0.6, 0.6, 0.3, 0.3])
    assert (first_day(steps, 0.5), first_day(steps, 0.9)) == (7, None)


def test_freireich_1963_by_hand() -> None:
    # remission of 21 patients on 6-MP, weeks; + = censored: the example of most textbooks
    text = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
    lives = [(int(word.rstrip("+")), not word.endswith("+")) for word in text.split()]
    curve = {step.day: round(step.survival, 4) for step in kaplan_meier(lives) if step.closed}
    assert curve == {6: 0.8571, 7: 0.8067, 10: 0.7529, 13: 0.6902, 16: 0.6275, 22: 0.5378, 23: 0.4482}
    assert first_day(kaplan_meier(lives), 0.5) == 23


# ---- rounding


@pytest.mark.parametrize(
    ("value", "digits", "wanted"),
    [
        (0.125, 2, "0.13"),
        (-0.125, 2, "-0.13"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (0.85, 1, "0.9"),
        (1.005, 2, "1.01"),
    ],
)
def test_half_is_rounded_away_from_zero(value: float, digits: int, wanted: str) -> None:
    assert round_half_up(value, digits) == Decimal(wanted)


def test_nothing_incomplete_is_complete_and_nothing_there_is_nothing() -> None:
    assert percent_value(254567, 254592) == Decimal("99.9")
    assert percent_value(5, 5) == 100
    assert percent_value(0, 5) == 0
    assert is_trace(1, 5000)
    assert not is_trace(0, 5000)
    assert not is_trace(1, 50)


@small(100)
@given(st.lists(st.decimals(-50, 50, places=4), max_size=12), st.integers(0, 2))
def test_shares_sum_to_the_rounded_total_and_none_moves_a_whole_step(
    values: list[Decimal], digits: int
) -> None:
    found = shares_of(values, digits)
    step = Decimal(1).scaleb(-digits)
    assert sum(found, Decimal(0)) == round_half_up(sum(values, Decimal(0)), digits)
    assert all(abs(mine - value) <= step for mine, value in zip(found, values, strict=True))
    exact = [value for value in values if Fraction(value) % Fraction(step) == 0]
    if len(exact) == len(values):
        assert found == values


def test_shares_of_a_total_that_is_printed_otherwise() -> None:
    # two printed rates differ by 0.6 though their difference prints 0.5
    assert sum(shares_of([0.26, 0.27], 1, total=0.6)) == Decimal("0.6")
    assert shares_of([1.5, 1.5, 1.5, 1.5], 0) == [2, 2, 1, 1]
    assert shares_of([0.1, 0.1], 0, total=-1) == [0, -1]
