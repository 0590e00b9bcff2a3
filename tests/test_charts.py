"""Charts by the content of their figures: what is drawn, what is said, and what may never be there."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import plotly.graph_objects
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages.shared import charts
from pages.shared.charts import Count, Figure, Look
from pages.shared.charts.base import PHONE
from pages.shared.charts.differences import Difference, difference_dots
from pages.shared.charts.labels import px
from pages.shared.i18n import Text
from pages.shared.theme import DARK, LIGHT, Theme
from queries.words.standing import Rate
from tests.figures import RATES, gallery, said, texts

LOOKS = [Look(theme, Text(lang)) for theme in (LIGHT, DARK) for lang in ("zh", "en")]
ZH = LOOKS[0]

each_look = pytest.mark.parametrize("look", LOOKS, ids=lambda look: f"{look.theme.name}-{look.text.lang}")


def walk(part: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """All leaves of a figure with the key they hang on."""
    if isinstance(part, dict):
        for name, value in part.items():
            yield from walk(value, f"{key}.{name}")
    elif isinstance(part, list | tuple):
        for value in part:
            yield from walk(value, key)
    else:
        yield key, part


def colours(figure: Figure) -> set[str]:
    """Every colour of a figure, markup included."""
    found = set()
    for _, value in walk(figure):
        if isinstance(value, str):
            found |= set(re.findall(r"#[0-9A-Fa-f]{6}\b", value))
    return found


def palette(theme: Theme) -> set[str]:
    """The colours a chart of a theme may use; party red is not among them."""
    plain = {getattr(theme, field.name) for field in fields(theme) if field.name not in ("party", "statuses")}
    single = {value for value in plain if isinstance(value, str)}
    return (
        single
        | {*theme.lines, *theme.line_words, *theme.sequential}
        | {c for s in theme.statuses for c in (s.glyph, s.word)}
    )


@each_look
def test_every_colour_is_of_the_theme(look: Look) -> None:
    known = palette(look.theme)
    assert look.theme.party not in known
    for name, figure in gallery(look).items():
        assert colours(figure) - known == set(), name
        assert not re.search(r"#0000\d\d\b", json.dumps(figure)), name
        assert figure["layout"]["paper_bgcolor"] == figure["layout"]["plot_bgcolor"] == look.theme.bg, name


@each_look
def test_no_type_is_smaller_than_13_px(look: Look) -> None:
    for name, figure in gallery(look).items():
        sizes = [value for key, value in walk(figure) if key.endswith("font.size")]
        sizes += [int(size) for text in texts(figure) for size in re.findall(r"font-size:(\d+)px", text)]
        assert min(sizes) >= 13, name


@each_look
def test_plotly_knows_every_setting_and_gets_no_template(look: Look) -> None:
    for name, figure in gallery(look).items():
        plotly.graph_objects.Figure(figure)  # raises on a name or a value it does not know
        assert "template" not in figure["layout"], name
        assert json.loads(json.dumps(figure)) == figure, name


@each_look
def test_nothing_moves_zooms_or_hides(look: Look) -> None:
    for name, figure in gallery(look).items():
        layout = figure["layout"]
        still = (layout["showlegend"], layout["dragmode"], layout["margin"]["pad"], "transition" in layout)
        assert still == (False, False, 0, False), name
        assert (layout["xaxis"]["fixedrange"], layout["yaxis"]["fixedrange"]) == (True, True), name


@each_look
def test_margins_leave_room_for_the_plot_on_a_phone(look: Look) -> None:
    for name, figure in gallery(look).items():
        height, margin = figure["layout"]["height"], figure["layout"]["margin"]
        assert isinstance(height, int), name
        assert height - margin["t"] - margin["b"] >= 60, name
        assert PHONE - margin["l"] - margin["r"] >= 40, name


@each_look
def test_the_alt_text_is_a_plain_sentence(look: Look) -> None:
    for name, figure in gallery(look).items():
        alt = charts.alt_text(figure)
        assert alt.endswith("。" if look.text.lang == "zh" else "."), name
        assert not re.search(r"<span|<br|\n|\{|None", alt), (name, alt)


def test_tooltips_repeat_in_ink() -> None:
    figure = charts.target_bars(RATES, ZH, measure="m", target=0.85)
    assert figure["layout"]["hoverlabel"]["bgcolor"] == LIGHT.ink
    assert figure["layout"]["hoverlabel"]["font"] == {
        "family": charts.base.FONT,
        "size": 14,
        "color": LIGHT.bg,
    }
    assert figure["data"][0]["hovertext"][1] == "城西街道<br>83.3%<br>40/48家<br>临近 差1家"
    assert figure["data"][0]["hovertemplate"] == "%{hovertext}<extra></extra>"


def test_target_bars_follow_the_order_given_and_darken_what_misses() -> None:
    figure = charts.target_bars(RATES, ZH, measure="m", target=0.85)
    ticks = figure["layout"]["yaxis"]["ticktext"]
    assert [tick.split("<br>")[0] for tick in ticks] == [rate.name for rate in RATES]
    assert "56/62家" in ticks[0]
    assert figure["data"][0]["marker"]["color"] == [LIGHT.calm, LIGHT.data] * 4
    assert figure["layout"]["height"] == 8 * 42 + 36
    (line,) = figure["layout"]["shapes"]
    assert (line["x0"], line["x1"], line["line"]["color"]) == (0.85, 0.85, LIGHT.ink)
    assert "目标 85%" in texts(figure)
    assert "◆" in said(figure)
    assert "未达标 差3家" in said(figure)


def test_a_missing_report_is_a_dashed_slot_and_never_a_bar() -> None:
    figure = charts.target_bars([RATES[0], Rate("石门回族乡", None, None)], ZH, measure="m", target=0.85)
    assert figure["data"][0]["x"][1] is None
    (slot,) = [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]
    assert (slot["x0"], slot["x1"]) == (0, 1.0)
    assert "未报" in said(figure)
    assert "0.0%" not in said(figure)


def test_a_denominator_of_0_is_a_dash() -> None:
    figure = charts.target_bars([RATES[0], Rate("三岔口镇", 0, 0)], ZH, measure="m", target=0.85)
    assert "—" in texts(figure)
    assert "分母为0" in said(figure)
    assert not [shape for shape in figure["layout"]["shapes"] if shape["type"] == "rect"]


def test_names_are_printed_as_they_are_never_as_markup() -> None:
    figure = charts.target_bars([Rate("A<b>&", 1, 2)], ZH, measure="m", target=0.85)
    assert "A&lt;b&gt;&amp;" in figure["layout"]["yaxis"]["ticktext"][0]


def test_a_name_of_many_lines_takes_room_from_no_other_row() -> None:
    """The height grows by the lines of that name alone, and all bars stay equally thick."""
    even = charts.target_bars(RATES, ZH, measure="m", target=0.85)
    long = charts.target_bars(
        [*RATES, Rate("Fenway / Kenmore / Audubon Circle / Longwood", 1, 2)], ZH, measure="m", target=0.85
    )
    lines = long["layout"]["yaxis"]["ticktext"][-1].count("<br>") + 1
    assert lines > 3
    assert long["layout"]["height"] - even["layout"]["height"] <= lines * 20 + 3
    assert long["data"][0]["width"] == even["data"][0]["width"]


def test_a_chart_can_be_as_high_as_its_neighbour() -> None:
    low = charts.count_bars([Count("快递行业", 68)], ZH, measure="m")
    high = charts.count_bars([Count("快递行业", 68)], ZH, measure="m", height=300)
    assert (low["layout"]["height"], high["layout"]["height"]) == (52, 300)


def test_rows_may_have_targets_of_their_own() -> None:
    rates = [Rate("甲", 8, 10, 0.8), Rate("乙", 8, 10, 0.9)]
    figure = charts.target_bars(rates, ZH, measure="m", target=None)
    assert [shape["x0"] for shape in figure["layout"]["shapes"]] == [0.8, 0.9]
    assert "目标 80%" in said(figure)
    assert "目标 90%" in said(figure)


@given(
    st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)), min_size=1, max_size=20),
    st.integers(1, 100),
    st.booleans(),
)
def test_values_and_verdicts_never_meet(rows: list[tuple[int, int]], target: int, counts: bool) -> None:
    """At a phone's width the value of every row ends before the column of verdicts begins."""
    rates = [Rate(f"第{i}镇街", min(pair), max(pair)) for i, pair in enumerate(rows)]
    figure = charts.target_bars(rates, ZH, measure="m", target=target / 100, counts=counts)
    margin = figure["layout"]["margin"]
    plot = PHONE - margin["l"] - margin["r"]
    column = [note["xshift"] for note in figure["layout"]["annotations"] if note["xref"] == "paper"]
    for note in figure["layout"]["annotations"]:
        if (note["xref"], note["yref"]) == ("x", "y"):
            value = re.sub(r"<[^>]+>", "", note["text"])
            end = note["x"] * plot / figure["layout"]["xaxis"]["range"][1] + note["xshift"] + px(value, 15)
            assert end <= plot + min(column)


def test_count_bars_print_values_at_the_end_and_remarks_at_the_right() -> None:
    rows = [Count("快递行业", 68, right="占比 6.9%"), Count("外卖配送", 47, right="占比 5.4%")]
    figure = charts.count_bars(rows, ZH, measure="m", classifier="名")
    assert [note["x"] for note in figure["layout"]["annotations"] if note["xref"] == "x"] == [68, 47]
    assert "68名" in said(figure)
    assert "占比 5.4%" in said(figure)
    assert set(figure["data"][0]["marker"]["color"]) == {LIGHT.data}


def test_a_protected_count_shows_its_bound_and_nothing_else() -> None:
    figure = charts.count_bars(
        [Count("青石镇", 3, protected=5), Count("柳河镇", 40)], ZH, measure="m", classifier="名"
    )
    assert figure["data"][0]["x"] == [5.0, 40]
    assert figure["data"][0]["marker"]["color"] == [LIGHT.calm, LIGHT.data]
    assert "3" not in said(figure)
    assert "≤5" in charts.alt_text(figure)


def test_the_ladder_darkens_downwards_and_keeps_shares_of_the_whole() -> None:
    figure = gallery(ZH)["ladder"]
    assert figure["data"][0]["marker"]["color"] == [LIGHT.context, LIGHT.calm, LIGHT.data, LIGHT.deepest]
    assert "250家 85.0%" in re.sub(" +", " ", said(figure))


def test_overdue_cases_are_told_in_words() -> None:
    figure = gallery(ZH)["backlog"]
    due, late = figure["data"]
    assert (due["x"], late["x"]) == ([12, 9, 3, 0], [0, 0, 4, 7])
    assert set(late["marker"]["color"]) == {LIGHT.status("bad").glyph}
    assert "其中超期4件" in said(figure)
    assert "全部超期" in said(figure)
    assert said(figure).count("未到期") == 1


def test_dots_show_intervals_and_say_in_words_who_lies_beyond_chance() -> None:
    rows = [
        Difference(Rate("甲镇", 50, 100), (0.4, 0.6), True),
        Difference(Rate("乙镇", 80, 100), (0.7, 0.9)),
        Difference(Rate("丙镇", None, None), None),
        Difference(Rate("丁镇", 0, 0), None),
    ]
    figure = difference_dots(rows, ZH, measure="m", county=0.8, area="全县")
    (dots,) = figure["data"]
    assert dots["x"] == [0.5, 0.8, None, None]
    assert dots["marker"]["color"][:2] == [LIGHT.data, LIGHT.calm]
    whiskers = [s for s in figure["layout"]["shapes"] if s["type"] == "line" and s["y0"] == s["y1"]]
    assert [(s["x0"], s["x1"]) for s in whiskers] == [(0.4, 0.6), (0.7, 0.9)]
    assert said(figure).count("超出偶然") == 1
    assert "全县 80.0%" in said(figure)
    assert "甲镇，50.0%，超出偶然，50/100家；乙镇，80.0%" in charts.alt_text(figure)
    assert "丙镇，未报" in charts.alt_text(figure)
