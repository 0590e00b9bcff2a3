"""Figures as text: the rounding rule, nothing that looks complete and is not, classifiers, dates, gaps."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared.i18n import Text
from queries.words import formats
from queries.words.formats import percent, percent_value, round_half_up

ZH, EN = Text("zh"), Text("en")
counts = st.integers(min_value=0, max_value=10**9)


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (0.125, 2, "0.13"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (1.005, 2, "1.01"),
        (0.285, 2, "0.29"),
        (85.05, 1, "85.1"),
        (85.049999, 1, "85.0"),
        (Decimal("0.5"), 0, "1"),
    ],
)
def test_rounding_is_half_away_from_zero(value: float, digits: int, shown: str) -> None:
    assert str(round_half_up(value, digits)) == shown


@given(counts, st.integers(min_value=1, max_value=10**9))
def test_percentages_of_counts_agree_with_exact_fractions(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator * 1000, denominator)
    half_up = Decimal(floor(exact + Fraction(1, 2))) / 10
    shown = percent_value(numerator, denominator)
    if numerator < denominator and half_up >= 100:
        half_up = Decimal("99.9")
    assert shown == half_up


@given(counts, counts)
def test_only_a_complete_rate_prints_100_and_only_zero_prints_0(numerator: int, denominator: int) -> None:
    shown = percent(numerator, denominator, ZH)
    if denominator:
        assert (shown == "0.0%") == (numerator == 0)
        assert numerator >= denominator or not shown.startswith("100")


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (56, 62, "90.3%"),
        (254567, 254592, "99.9%"),
        (1, 99999, "<0.1%"),
        (0, 5, "0.0%"),
        (5, 5, "100.0%"),
        (0, 0, "—"),
        (None, 5, "未报"),
        (5, None, "未报"),
        (0.85, 1, "85.0%"),
        (1701, 2000, "85.1%"),
    ],
)
def test_percent(numerator: float | None, denominator: float | None, shown: str) -> None:
    assert percent(numerator, denominator, ZH) == shown


def test_a_bound_never_rounds_over_the_truth() -> None:
    assert percent(859, 1000, ZH, bound="low") == "≥85.9%"
    assert percent(8599, 10000, ZH, bound="low") == "≥85.9%"
    assert percent(8591, 10000, ZH, bound="high") == "≤86.0%"


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (0, "0", "0"),
        (9999, "9999", "9999"),
        (10000, "1.0万", "10.0k"),
        (27120, "2.7万", "27.1k"),
        (99_999_999, "1.0亿", "100.0M"),
        (123_456_789, "1.2亿", "123.5M"),
        (-20000, "-2.0万", "-20.0k"),
    ],
)
def test_large_numbers_are_short_in_charts(value: int, zh: str, en: str) -> None:
    assert formats.short_number(value, ZH) == zh
    assert formats.short_number(value, EN) == en


@pytest.mark.parametrize(
    ("value", "bound", "shown"),
    [
        (169, False, "169名"),
        (27120, False, "2.7万名"),
        (300, True, "300余名"),
        (8300, True, "8300余名"),
        (20000, True, "2万余名"),
        (60, True, "60余名"),
        (8345, True, "≥8345名"),
        (21960, True, "≥2.1万名"),
        (0, True, "≥0名"),
        (None, False, "未报"),
    ],
)
def test_counts_carry_their_classifier_without_a_space(value: int | None, bound: bool, shown: str) -> None:
    assert formats.count_text(value, "名", ZH, lower_bound=bound) == shown


def test_tables_keep_all_digits() -> None:
    assert formats.count_text(27120, "名", ZH, short=False) == "27120名"
    assert formats.count_text(27120, "名", EN, short=False) == "27120"


def test_the_parts_of_a_rate() -> None:
    assert formats.counts_text(56, 62, "家", ZH) == "56/62家"
    assert formats.counts_text(56, 62, "家", EN) == "56/62"
    assert formats.counts_text(None, 62, "家", ZH) == "未报"


def test_points_have_one_decimal_and_no_sign() -> None:
    assert formats.points_text(-1.25, ZH) == "1.3个百分点"
    assert formats.points_text(1, EN) == "1.0 point"
    assert formats.points_text(1.3, EN) == "1.3 points"


def test_durations() -> None:
    assert formats.days_text(6, ZH) == "6天"
    assert formats.days_text(6.5, ZH, unit="工作日") == "6.5个工作日"
    assert formats.days_text(None, ZH) == "未达到"
    assert (formats.days_text(1, EN), formats.days_text(2, EN)) == ("1 day", "2 days")


def test_targets_and_ticks_have_no_needless_decimal() -> None:
    assert [formats.plain_percent(v) for v in (0.85, 0.855, 1, 0.07, 0)] == [
        "85%",
        "85.5%",
        "100%",
        "7%",
        "0%",
    ]
    assert formats.plain(1200, 1) == "1200"
    assert formats.plain(6.50, 1) == "6.5"


def test_decimals_are_kept_where_asked() -> None:
    assert formats.decimal_text(88.0, 1, ZH) == "88.0"
    assert formats.decimal_text(None, 1, ZH) == "未报"
    assert formats.ratio_text(None, ZH) == "—"


@given(counts, st.integers(min_value=1, max_value=10**6), st.integers(min_value=1, max_value=100))
def test_the_gap_is_the_least_number_that_meets_the_target(have: int, whole: int, target: int) -> None:
    have = min(have, whole)
    gap = formats.gap_units(target / 100, have, whole)
    assert Fraction(have + gap, whole) >= Fraction(target, 100)
    assert gap == 0 or Fraction(have + gap - 1, whole) < Fraction(target, 100)
    assert gap == max(0, ceil(Fraction(target, 100) * whole) - have)


@given(counts, st.integers(min_value=1, max_value=10**6), st.integers(min_value=0, max_value=100))
def test_the_excess_is_the_least_number_to_lose(have: int, whole: int, target: int) -> None:
    excess = formats.excess_units(target / 100, have, whole)
    assert Fraction(have - excess, whole) <= Fraction(target, 100)
    assert excess == 0 or Fraction(have - excess + 1, whole) > Fraction(target, 100)


def test_a_target_that_was_computed_means_its_short_form() -> None:
    assert 0.1 + 0.2 != 0.3
    assert formats.gap_units(0.1 + 0.2, 30, 100) == 0
    assert formats.gap_units(0.85, 85, 100) == 0


def test_dates() -> None:
    day = date(2026, 10, 5)
    assert formats.date_text(day, ZH) == "2026年10月5日"
    assert formats.date_text(day, EN) == "5 Oct 2026"
    assert formats.day_text(day, ZH) == "10月5日"
    assert formats.month_text(day, ZH) == "2026年10月"
    assert formats.month_word(day, EN) == "Oct"
    assert formats.months_text(date(2023, 11, 1), day, ZH) == "2023年11月—2026年10月"
    assert formats.months_text(day, day, ZH) == "2026年10月"
