"""Which townships differ in course: one small figure each, all on the same axis, the county behind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pages.shared.charts.base import (
    PHONE,
    Figure,
    Look,
    Part,
    bold,
    escape,
    figure,
    hidden_axis,
    label,
    layout,
    span,
    status_label,
    stroke,
    tell,
)
from pages.shared.charts.labels import px, wrap
from pages.shared.charts.months import dots, last_known, value_scale
from pages.shared.charts.plot import END_GAP
from pages.shared.charts.series import value_words
from pages.shared.formats import month_text
from pages.shared.theme import LABEL, TICK

PLOT, LINE = 92, 21  # px of the plotting area and of a line of the head
HALF = (PHONE - 16) / 2  # px of a panel on a phone: two stand side by side


@dataclass(frozen=True)
class Panel:
    """One township of small multiples: its values by month and, where there is a target, its status."""

    name: str
    values: Sequence[float | None]
    status: str | None = None


def small_multiples(
    panels: Sequence[Panel],
    look: Look,
    *,
    months: Sequence[date],
    measure: str,
    county: Sequence[float | None] | None = None,
    unit: str = "percent",
    classifier: str = "",
    target: float | None = None,
) -> list[Figure]:
    """One figure per panel, in their order: township in blue, county in grey, target dotted, last value told.

    All share one value axis; print it with `axis_range_text`. Values are 0-1 with unit "percent".
    """
    every = [value for panel in panels for value in panel.values] + list(county or []) + [target]
    scale = value_scale(every, unit=unit, classifier=classifier)
    ends = [_end_words(panel, look, unit, classifier) for panel in panels]
    right = max([px(words, TICK) for words in ends], default=0) + END_GAP + 2
    heads = [_head(panel, look) for panel in panels]
    rows = max([head.count("<br>") + 1 for head in heads], default=1)
    top = rows * LINE + 6
    note = look.text("formats.range", first=scale.words(scale.low, look), last=scale.words(scale.high, look))
    figures = []
    for panel, end, head in zip(panels, ends, heads, strict=True):
        parts = layout(look, top + PLOT + 8, left=4, right=right, top=top, bottom=8)
        last = max(len(months) - 1, 1)
        parts["xaxis"] = hidden_axis(look, (0, last), showline=True, linecolor=look.theme.axis, linewidth=1)
        parts["yaxis"] = hidden_axis(look, (scale.low, scale.high))
        parts["hovermode"] = "x"
        parts["shapes"] = _target_line(target, last, look)
        parts["annotations"] = [
            label(look, head, 0, 1, anchor=("left", "bottom"), shift=(-4, 6), refs=("paper", "paper")),
            *_end(panel, end, last, (scale.low, scale.high), look),
        ]
        hovers = [
            f"{month_text(month, look.text)}<br>{value_words(value, look, unit, classifier)}"
            for month, value in zip(months, panel.values, strict=True)
        ]
        lines = [_line(county, look.theme.context, 1.5, None)] if county else []
        lines.append(_line(panel.values, look.theme.data, 2, hovers))
        word = look.text(f"status.{panel.status}") if panel.status else ""
        alt = tell(look, [panel.name, measure], [end, word])
        figures.append(figure(lines, parts, alt, axis_range=note))
    return figures


def axis_range_text(chart: Figure) -> str:
    """The common axis of small multiples in words, for their subtitle: 40%—95%."""
    return str(chart["layout"]["meta"]["axis_range"])


def _head(panel: Panel, look: Look) -> str:
    """Name and status; on two lines where a phone's half width does not hold them."""
    name = "<br>".join(bold(escape(line)) for line in wrap(panel.name))
    if not panel.status:
        return name
    word = look.text(f"status.{panel.status}")
    mark = span(status_label(panel.status, word, look), size=TICK)
    fits = px(f"{panel.name} ", LABEL) + px(f"● {word}", TICK) <= HALF and "<br>" not in name
    return f"{name} {mark}" if fits else f"{name}<br>{mark}"


def _end_words(panel: Panel, look: Look, unit: str, classifier: str) -> str:
    """The last value; when the last month was not reported, that and no older value."""
    if not panel.values or panel.values[-1] is None:
        return f"○ {look.text('status.none')}"
    return value_words(panel.values[-1], look, unit, classifier)


def _end(panel: Panel, words: str, last: int, limits: tuple[float, float], look: Look) -> list[Part]:
    at = last_known(panel.values)
    value = limits[0] if at is None else panel.values[at]
    missing = not panel.values or panel.values[-1] is None
    shown = span(words, color=look.theme.ink2) if missing else bold(escape(words))
    # Kept inside the panel: half a line above the baseline, half a line under the top.
    share = ((value or 0) - limits[0]) / ((limits[1] - limits[0]) or 1)
    inside = min(max(share * PLOT, TICK * 0.65), PLOT)
    return [label(look, shown, last, limits[0], size=TICK, shift=(END_GAP, inside))]


def _target_line(target: float | None, last: int, look: Look) -> list[Part]:
    if target is None:
        return []
    return [stroke(look.theme.axis, (0, target), (last, target), width=1.5, dash="2px,3px", layer="below")]


def _line(values: Sequence[float | None], color: str, width: float, hovers: Sequence[str] | None) -> Part:
    """One line; without hovers it is background and says nothing."""
    told = {"hoverinfo": "skip"} if hovers is None else {"hovertext": list(hovers)}
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": list(range(len(values))),
        "y": list(values),
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": color, "width": width},
        "marker": {"size": dots(values), "color": color, "line": {"width": 0}, "opacity": 1},
        "hovertemplate": None if hovers is None else "%{hovertext}<extra></extra>",
        **told,
    }
