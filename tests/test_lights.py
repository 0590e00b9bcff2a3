"""Lights: three schemes, one rule for queries and pages, 序时进度 by the profile's year and cut-off day."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.profile import load_profile
from pages.shared.i18n import Text
from pages.shared.theme import DARK, LIGHT, Theme
from queries import INDICATORS, lights
from queries.words.standing import Rate, judge
from tests.test_published_figures import FOLDER
from tests.worlds import small

SCHEMES = ("red_yellow_green", "blue_yellow_red", "four_colours")


def chosen(scheme: str, near: float = 0.02) -> lights.Lights:
    return lights.lights({"lights": {"scheme": scheme}, "near_margin": near})


def test_three_schemes_ship_and_each_state_has_its_own_colour_and_word() -> None:
    assert lights.schemes() == SCHEMES
    for scheme in SCHEMES:
        states = chosen(scheme).states
        for texts in (
            [s.colour for s in states],
            [s.words["zh"] for s in states],
            [s.words["en"] for s in states],
        ):
            assert len(set(texts)) == len(states)
    assert [s.status for s in chosen("four_colours").states] == ["done", "good", "warn", "bad"]


@pytest.mark.parametrize("name", ["demo", "longhua", "zhangjiagang"])
def test_a_shipped_profile_names_its_scheme_and_its_own_words(name: str) -> None:
    settings = load_profile(FOLDER / name).settings
    assert settings["lights"]["scheme"] in SCHEMES
    found = lights.lights(settings)
    assert [state.words["zh"] for state in found.states] == ["达标", "临近", "未达标"]


def test_an_unknown_scheme_and_a_profile_of_before_are_the_default() -> None:
    assert lights.lights({"lights": {"scheme": "purple"}}).scheme == "red_yellow_green"
    assert lights.lights({}).scheme == "red_yellow_green"
    assert lights.lights({}).near == 0.02


# value, target, pace -> three states, four colours
TABLE = [
    (0.85, 0.85, None, "good", "done"),
    (0.8500000000000001, 0.85, None, "good", "done"),
    (0.849, 0.85, None, "warn", "warn"),
    (0.83, 0.85, None, "warn", "warn"),
    (0.829, 0.85, None, "bad", "bad"),
    (80, 100, 80, "good", "good"),
    (79, 100, 80, "bad", "bad"),
    (100, 100, 80, "good", "done"),
    (None, 0.85, None, "none", "none"),
    (0.5, None, None, None, None),
]


@pytest.mark.parametrize(("value", "target", "pace", "three", "four"), TABLE)
def test_where_a_value_stands(
    value: float | None, target: float | None, pace: float | None, three: str | None, four: str | None
) -> None:
    for scheme, wanted in zip(SCHEMES, (three, three, four), strict=True):
        assert chosen(scheme).status(value, target, pace=pace) == wanted


def test_near_a_count_is_a_share_of_its_pace() -> None:
    assert chosen("red_yellow_green").status(98, 100, is_near_a_share=True) == "warn"
    assert chosen("red_yellow_green").status(97, 100, is_near_a_share=True) == "bad"


def test_where_less_is_better() -> None:
    assert chosen("red_yellow_green").status(3, 3, direction="down") == "good"
    assert chosen("red_yellow_green").status(4, 3, direction="down") == "bad"
    assert chosen("four_colours").status(2, 3, direction="down") == "done"


@small(60)
@given(st.integers(0, 60), st.integers(1, 60), st.sampled_from([0.5, 0.8, 0.85, 1.0]))
def test_pages_judge_by_the_same_rule(part: int, whole: int, target: float) -> None:
    part = min(part, whole)
    verdict = judge(Rate("甲镇", part, whole), target)
    short = Fraction(str(target)) - Fraction(part, whole)
    wanted = "good" if short <= 0 else "warn" if short <= Fraction("0.02") else "bad"
    assert verdict.status == wanted
    assert (verdict.gap == 0) == (wanted == "good")


def test_pages_judge_a_target_for_the_year_by_its_pace() -> None:
    def status(part: int, scheme: str = "four_colours") -> str:
        return judge(Rate("甲镇", part, 100), 0.9, lights=chosen(scheme), progress=0.8).status

    assert [status(part) for part in (90, 72, 71, 69)] == ["done", "good", "warn", "bad"]
    assert [status(part, "blue_yellow_red") for part in (90, 72)] == ["good", "good"]
    assert judge(Rate("甲镇", 72, 100), 0.9, lights=chosen("four_colours"), progress=0.8).gap == 18


def test_the_usual_words_and_colours_are_those_of_the_default_scheme() -> None:
    usual = lights.lights({})
    for lang in ("zh", "en"):
        assert {key: Text(lang)(f"status.{key}") for key in usual.words(lang)} == usual.words(lang)
    assert LIGHT.under(usual.colours) == LIGHT


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_each_scheme_has_its_colours_and_no_two_states_one_shape(theme: Theme, scheme: str) -> None:
    found = chosen(scheme)
    lit = theme.under(found.colours)
    wanted = {"green": theme.status("good"), "blue": theme.status("running")}
    wanted |= {"yellow": theme.status("warn"), "red": theme.status("bad")}
    for status, colour in found.colours.items():
        got, lent = lit.status(status), wanted[colour]
        assert (got.glyph, got.word, got.badge) == (lent.glyph, lent.word, lent.badge)
        assert got.shape == theme.status(status).shape
    assert len({lit.status(status).shape for status in [*found.colours, "none"]}) == len(found.states) + 1


def test_which_targets_are_for_the_year() -> None:
    usual, own = chosen("red_yellow_green"), lights.lights({"lights": {"yearly": ["org_cov_total"]}})
    assert [usual.is_yearly(INDICATORS[name]) for name in ("org_cov_total", "orgs_new", "publicity")] == [
        *(False, True, True)
    ]
    assert own.is_yearly(INDICATORS["org_cov_total"])


# ---- 序时进度


@pytest.mark.parametrize(
    ("month", "settings", "wanted"),
    [
        (date(2026, 10, 1), {}, Fraction(304, 365)),
        (date(2026, 12, 1), {}, Fraction(1)),
        (date(2024, 2, 1), {}, Fraction(60, 366)),
        (date(2026, 10, 1), {"cutoff_day": 25}, Fraction(298, 365)),
        (date(2026, 2, 1), {"cutoff_day": 30}, Fraction(59, 365)),
        (date(2026, 3, 1), {"fiscal_start": 4}, Fraction(1)),
        (date(2026, 4, 1), {"fiscal_start": 4}, Fraction(30, 365)),
        (date(2028, 2, 1), {"fiscal_start": 3}, Fraction(1)),
    ],
)
def test_the_share_of_the_year_that_is_gone(month: date, settings: dict[str, int], wanted: Fraction) -> None:
    assert lights.progress(month, settings) == pytest.approx(float(wanted), abs=1e-12)


@small(60)
@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(1, 12), st.integers(0, 31))
def test_progress_rises_within_the_year_and_never_leaves_it(day: date, start: int, cut: int) -> None:
    month, settings = day.replace(day=1), {"fiscal_start": start, "cutoff_day": cut}
    share = lights.progress(month, settings)
    assert 0 < share <= 1
    first = lights.year_start(month, settings)
    assert first <= month < date(first.year + 1, first.month, 1)


# ---- the legend


def test_the_rule_is_printed_in_words() -> None:
    assert chosen("red_yellow_green").legend("zh") == (
        "绿（达标）：达到序时进度（按月考核的为当月目标）；黄（临近）：落后不超过2个百分点（计数的为目标的2%）；"
        "红（未达标）：落后超过2个百分点（计数的为目标的2%）；"
        "累计数和全年目标按序时进度比较：目标×截至统计截止日已过的全年天数占比"
    )
    assert chosen("four_colours", 0.015).legend("en").startswith("green (done): the target is reached; blue")
    assert "1.5 percentage points" in chosen("four_colours", 0.015).legend("en")
