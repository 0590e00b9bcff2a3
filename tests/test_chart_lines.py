"""Lines, curves and panels: gaps, targets, quantiles, and labels that keep clear of each other."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared import charts
from pages.shared.charts import Day, Line, Look, Point
from pages.shared.charts.labels import Box, em, push_apart, px, wrap
from pages.shared.charts.marks import Event, Marks, Usual, guides
from pages.shared.charts.months import quarter_ticks, value_scale, year_ticks
from pages.shared.charts.trend import mark_notes
from pages.shared.i18n import Text
from pages.shared.theme import LIGHT
from tests.figures import COMMITTEES, MERGED, MONTHS_OF, gallery, months, points, said

ZH = Look(LIGHT, Text("zh"))


def test_a_gap_in_a_trend_stays_a_gap() -> None:
    figure = charts.trend_line(points([0.8, None, 0.82]), ZH, measure="m")
    (trace,) = figure["data"]
    assert trace["y"] == [0.8, None, 0.82]
    assert trace["connectgaps"] is False
    assert "1个月未报" in charts.alt_text(figure)


def test_a_single_value_between_gaps_has_a_dot() -> None:
    figure = charts.trend_line(points([0.8, None, 0.82, None, 0.83]), ZH, measure="m")
    assert min(figure["data"][0]["marker"]["size"][i] for i in (0, 2, 4)) > 0


def test_a_trend_that_ends_in_a_missing_month_says_so_and_names_the_month_of_its_value() -> None:
    figure = charts.trend_line(points([0.8, 0.81, None]), ZH, measure="m")
    assert "81.0%" in said(figure)
    assert "9月" in said(figure)
    assert "10月 未报" in said(figure)


def test_a_restated_value_has_a_hollow_dot() -> None:
    solid = charts.trend_line(points([0.8, 0.81]), ZH, measure="m")["data"][0]["marker"]
    hollow = charts.trend_line(points([0.8, 0.81], restated=True), ZH, measure="m")["data"][0]["marker"]
    assert (solid["color"][-1], solid["line"]["color"][-1]) == (LIGHT.data, LIGHT.bg)
    assert (hollow["color"][-1], hollow["line"]["color"][-1]) == (LIGHT.bg, LIGHT.data)


def test_targets_are_steps_with_a_word() -> None:
    calendar = months(24)
    targets = {month: 0.8 if month.year == 2025 else 0.85 for month in calendar if month.year > 2024}
    line = [Point(month, 0.6 + i * 0.01) for i, month in enumerate(calendar)]
    figure = charts.trend_line(line, ZH, measure="m", targets=targets)
    assert [(s["x0"], s["x1"], s["y0"]) for s in figure["layout"]["shapes"]] == [(2, 13, 0.8), (14, 23, 0.85)]
    assert {"目标 80%", "目标 85%"} <= {note["text"] for note in figure["layout"]["annotations"]}


def test_a_cut_axis_is_told() -> None:
    cut = charts.trend_line(points([0.8, 0.85]), ZH, measure="m")
    whole = charts.trend_line(points([0.0, 0.85]), ZH, measure="m")
    start = cut["layout"]["yaxis"]["range"][0]
    assert charts.axis_note(cut) == f"竖轴从{start:.0%}起"
    assert charts.axis_note(whole) == ""


def test_small_multiples_share_one_axis() -> None:
    panels = [figure for name, figure in gallery(ZH).items() if name.startswith("panel")]
    assert len({tuple(figure["layout"]["yaxis"]["range"]) for figure in panels}) == 1
    low, high = panels[0]["layout"]["yaxis"]["range"]
    assert charts.axis_range_text(panels[0]) == f"{low:.0%}—{high:.0%}"
    assert [trace["line"]["color"] for trace in panels[0]["data"]] == [LIGHT.context, LIGHT.data]


def test_committee_lines_keep_their_colours_and_stop_at_six() -> None:
    calendar = months(12)
    lines = [Line(name, [i] * 12, slot=i) for i, name in enumerate(COMMITTEES)]
    figure = charts.stepped_lines(lines[2:], ZH, months=calendar, measure="m")
    assert [trace["line"]["color"] for trace in figure["data"]] == list(LIGHT.lines[2:5])
    assert {trace["line"]["shape"] for trace in figure["data"]} == {"hv"}
    with pytest.raises(ValueError, match="at most 6"):
        charts.stepped_lines(lines + lines[:2], ZH, months=calendar, measure="m")


@given(st.lists(st.floats(0, 100), min_size=2, max_size=6))
def test_line_names_stand_22_px_apart_inside_the_figure(values: list[float]) -> None:
    lines = [Line(f"行业{i}", [round(value)] * 3) for i, value in enumerate(values)]
    layout = charts.stepped_lines(lines, ZH, months=months(3), measure="m")["layout"]
    tall = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    low, high = layout["yaxis"]["range"]
    middles = sorted((n["y"] - low) / (high - low) * tall + n["yshift"] for n in layout["annotations"])
    assert all(above - below >= 22 - 0.2 for below, above in pairwise(middles))
    assert middles[0] >= 10 - layout["margin"]["b"]
    assert middles[-1] <= tall + layout["margin"]["t"] - 10


def test_the_curve_rises_and_tells_its_quantiles() -> None:
    days = [Day(0, 0.9), Day(3, 0.5), Day(9, 0.1), Day(12, 0.05)]
    figure = charts.survival_curve(days, ZH, median=3, p90=9, limit=10)
    curve, marks = figure["data"]
    assert curve["line"]["shape"] == "hv"
    assert curve["y"] == sorted(curve["y"])
    assert list(zip(marks["x"], marks["y"], strict=True)) == [(3, 0.5), (10.0, 0.9)]
    for words in ("一半 3天", "九成 9天", "办理时限 10天", "时限内 90.0%"):
        assert words in re.sub(r"\s+", " ", said(figure))


def test_a_quantile_that_was_never_reached_says_so() -> None:
    figure = charts.survival_curve([Day(5, 0.8), Day(20, 0.7)], ZH, median=None, p90=None)
    assert said(figure).count("未达到") == 2
    assert max(figure["data"][0]["x"]) == 20


def test_the_curve_leaves_out_the_long_tail_but_not_the_limit() -> None:
    days = [Day(day, max(0.0, 0.5 - day / 1000)) for day in range(0, 365, 5)]
    assert charts.survival_until(days, limit=15, p90=20) == 30
    assert charts.survival_until(days[:2], limit=30, p90=None) >= 30
    assert charts.share_within(days, 20) == pytest.approx(0.52)
    assert charts.share_within([], 20) is None


def test_sparklines_hold_no_gap() -> None:
    assert charts.sparkline([1, None, 2, 3, 4, 5]) == [2, 3, 4, 5]
    assert charts.sparkline([1, 2, 3]) == []


@given(st.lists(st.floats(0, 1) | st.none(), min_size=1, max_size=36))
def test_a_rate_axis_holds_all_values_in_few_even_steps(values: list[float | None]) -> None:
    scale = value_scale(values, unit="percent")
    known = [value for value in values if value is not None]
    steps = {round(b - a, 6) for a, b in pairwise(scale.ticks)}
    assert len(steps) == 1
    assert 2 <= len(scale.ticks) <= 6
    assert all(scale.low - 1e-9 <= value <= scale.high + 1e-9 for value in known)
    assert scale.low >= 0
    assert scale.high <= 1


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=36), st.booleans())
def test_a_count_axis_steps_by_whole_numbers(values: list[int], from_zero: bool) -> None:
    scale = value_scale([float(value) for value in values], unit="count", from_zero=from_zero)
    assert all(tick == int(tick) for tick in scale.ticks)
    assert scale.low <= min(values)
    assert scale.high >= max(values)
    assert scale.low == 0 or not from_zero


@given(
    st.lists(st.floats(-50, 400), min_size=1, max_size=8),
    st.lists(st.integers(10, 45), min_size=8, max_size=8),
)
def test_labels_are_pushed_apart_in_their_order(places: list[float], tall: list[int]) -> None:
    tall = tall[: len(places)]
    moved = push_apart(places, tall, 0, 1000)
    order = sorted(range(len(places)), key=lambda i: (places[i], i))
    for below, above in pairwise(order):
        assert moved[above] - moved[below] >= (tall[below] + tall[above]) / 2 - 1e-6
    assert moved[order[0]] >= tall[order[0]] / 2 - 1e-6


def test_labels_far_enough_apart_stay_where_they_are() -> None:
    assert push_apart([10, 100, 50], [20, 20, 20], 0, 200) == [10, 100, 50]


@pytest.mark.parametrize(
    "name", ["城东街道", "石门回族乡", "张家港经济技术开发区（杨舍镇）", "Allston / Brighton", "Waterfront"]
)
def test_a_long_name_is_wrapped_and_never_cut(name: str) -> None:
    lines = wrap(name)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", name)
    assert all(em(line) <= 8.5 for line in lines)
    assert not any(line.startswith(("）", "，")) for line in lines)


def test_a_line_through_a_box_is_noticed() -> None:
    box = Box(10, 10, 20, 20)
    assert box.crossed_by([(0, 0), (30, 30)])
    assert box.crossed_by([(15, 0), (15, 15)])
    assert not box.crossed_by([(0, 25), (30, 25)])
    assert not box.crossed_by([(0, 0), (5, 30)])


def test_month_ticks_name_each_year_once_and_never_crowd() -> None:
    long, short = year_ticks(months(36), ZH), quarter_ticks(months(13), ZH)
    assert [words for _, words in long] == ["2024年", "2025年", "2026年"]
    assert [words for _, words in short] == ["10月", "1月<br>2026年", "4月", "7月", "10月"]
    assert len(year_ticks(months(120), ZH)) <= 5


def test_events_stand_in_words_over_the_plot_where_there_is_room_else_as_numbers_told_below() -> None:
    few = charts.trend_line(points([0.8, 0.82] * 12), ZH, measure="m", marks=Marks([MERGED]))
    assert "双桥乡并入柳河镇" in said(few)
    assert mark_notes(few) == []
    many = charts.trend_line(points([0.8, 0.82] * 12), ZH, measure="m", marks=Marks([*MONTHS_OF, MERGED]))
    assert "双桥乡并入柳河镇" not in said(many)
    assert mark_notes(many)[-1].endswith("双桥乡并入柳河镇（2026年7月）")
    assert mark_notes(many)[-1][0] in said(many)
    assert [shape["x0"] for shape in few["layout"]["shapes"]] == [20]
    assert "双桥乡并入柳河镇" in charts.alt_text(few)


def test_a_changed_definition_cuts_the_line_and_is_named() -> None:
    calendar = months(24)
    figure = charts.trend_line(points([0.8] * 24), ZH, measure="m", marks=Marks((), [calendar[6]]))
    (trace,) = figure["data"]
    assert (trace["x"][5:8], trace["y"][5:8]) == ([5, 5.5, 6], [0.8, None, 0.8])
    assert "口径调整" in said(figure)
    assert "2025年5月 口径调整" in charts.alt_text(figure)


def test_limits_are_named_and_unusual_months_are_solid() -> None:
    usual = Usual(100, 400, frozenset({3}))
    values: list[float | None] = [200.0] * 24
    figure = charts.trend_line(
        points([*values[:3], 500, *values[4:]]), ZH, measure="m", unit="count", marks=Marks(usual=usual)
    )
    marker = figure["data"][0]["marker"]
    assert [i for i, size in enumerate(marker["size"]) if size] == [0, 3, 23]
    assert [marker["color"][i] for i in (0, 3, 23)] == [LIGHT.bg, LIGHT.data, LIGHT.bg]
    assert {"上限", "下限"} <= set(re.split(r"\W+", said(figure)))
    open_below = charts.trend_line(
        points(values), ZH, measure="m", unit="count", marks=Marks(usual=Usual(None, 400, frozenset()))
    )
    assert "下限" not in said(open_below)


@given(st.lists(st.tuples(st.integers(0, 35), st.sampled_from("甲乙丙丁戊己")), max_size=40), st.booleans())
def test_words_over_a_plot_never_meet_nor_leave_it(picked: list[tuple[int, str]], broken: bool) -> None:
    calendar = months(36)
    events = [Event(calendar[at], title * 6) for at, title in picked]
    marks = Marks(events, [calendar[9], calendar[30]] if broken else ())
    found = guides(marks, calendar, ZH, 190)
    room = [px(guide.words, 13) for guide in found]
    assert sum(room) <= 190
    assert len({guide.x for guide in found if guide.is_break}) == len(marks.breaks)
