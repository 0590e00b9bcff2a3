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
from pages.shared.charts.marks import Guide, Marks, cut, guide_lines, guides
from pages.shared.charts.months import dots, last_known, value_scale
from pages.shared.charts.plot import END_GAP
from pages.shared.charts.series import Voice
from pages.shared.theme import LABEL, TICK

PLOT, LINE = 92, 21  # px of the plotting area and of a line of the head
HALF = (PHONE - 16) / 2  # px of a panel on a phone: two stand side by side
MOST_GUIDES = 3  # events beyond which a panel shows changes of definition only


@dataclass(frozen=True)
class Panel:
    """One township of small multiples: its values by month and, where there is a target, its status.

    `end` stands at the end of its line in the place of the last value: ≤5.
    """

    name: str
    values: Sequence[float | None]
    status: str | None = None
    end: str = ""


@dataclass(frozen=True)
class Frame:
    """What all panels share: months, value axis, margins, the county behind and the target."""

    months: Sequence[date]
    limits: tuple[float, float]
    top: float
    right: float
    county: Sequence[float | None] | None
    target: float | None
    voice: Voice
    guides: Sequence[Guide] = ()

    @property
    def last(self) -> int:
        """The right end of the month axis."""
        return max(len(self.months) - 1, 1)


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
    marks: Marks | None = None,
) -> list[Figure]:
    """One figure per panel, in their order: township in blue, county in grey, target dotted, last value told.

    All share one value axis; print it with `axis_range_text`. Values are 0-1 with unit "percent".
    `marks` are events and breaks, drawn without words, events only where they are few.
    """
    every = [value for panel in panels for value in panel.values] + list(county or []) + [target]
    voice, scale = Voice(look, unit, classifier), value_scale(every, unit=unit, classifier=classifier)
    ends = [_end_words(panel, voice) for panel in panels]
    heads = [_head(panel, look) for panel in panels]
    top = max([head.count("<br>") + 1 for head in heads], default=1) * LINE + 6
    right = max([px(words, TICK) for words in ends], default=0) + END_GAP + 2
    found = guides(marks or Marks(), months, look, HALF)
    shown = found if len(found) <= MOST_GUIDES else [guide for guide in found if guide.is_break]
    frame = Frame(months, (scale.low, scale.high), top, right, county, target, voice, shown)
    note = look.text("formats.range", first=scale.words(scale.low, look), last=scale.words(scale.high, look))
    drawn = zip(panels, ends, heads, strict=True)
    return [
        figure(_lines(p, frame), _parts(p, end, head, frame), _alt(p, end, measure, look), axis_range=note)
        for p, end, head in drawn
    ]


def _alt(panel: Panel, end: str, measure: str, look: Look) -> str:
    """One panel as a sentence: name, measure, last value, status."""
    word = look.text(f"status.{panel.status}") if panel.status else ""
    return tell(look, [panel.name, measure], [end, word])


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


def _parts(panel: Panel, end: str, head: str, frame: Frame) -> Part:
    """The layout of one panel with its head, its last value and the target."""
    look, theme = frame.voice.look, frame.voice.look.theme
    parts = layout(look, frame.top + PLOT + 8, left=4, right=frame.right, top=frame.top, bottom=8)
    parts["xaxis"] = hidden_axis(look, (0, frame.last), showline=True, linecolor=theme.axis, linewidth=1)
    parts["yaxis"] = hidden_axis(look, frame.limits)
    parts["hovermode"] = "x"
    if frame.target is not None:
        ends = (0, frame.target), (frame.last, frame.target)
        parts["shapes"] = [stroke(theme.axis, *ends, width=1.5, dash="2px,3px", layer="below")]
    parts["shapes"] += guide_lines(frame.guides, look)
    above = label(look, head, 0, 1, anchor=("left", "bottom"), shift=(-4, 6), refs=("paper", "paper"))
    parts["annotations"] = [above, _end(panel, end, frame)]
    return parts


def _lines(panel: Panel, frame: Frame) -> list[Part]:
    """The county behind, the township before it."""
    theme = frame.voice.look.theme
    hovers = frame.voice.hovers(frame.months, panel.values)
    breaks = [guide.x for guide in frame.guides if guide.is_break]
    behind = [_line(frame.county, theme.context, 1.5, None, breaks)] if frame.county else []
    return [*behind, _line(panel.values, theme.data, 2, hovers, breaks)]


def _end_words(panel: Panel, voice: Voice) -> str:
    """The last value; when the last month was not reported, that and no older value."""
    if panel.end:
        return panel.end
    if not panel.values or panel.values[-1] is None:
        return f"○ {voice.value(None)}"
    return voice.value(panel.values[-1])


def _end(panel: Panel, words: str, frame: Frame) -> Part:
    """The last value at the right, kept inside the panel: half a line above the baseline at least."""
    look, (low, high) = frame.voice.look, frame.limits
    at = last_known(panel.values)
    value = low if at is None else (panel.values[at] or 0)
    missing = not panel.values or panel.values[-1] is None
    shown = span(words, color=look.theme.ink2) if missing else bold(escape(words))
    inside = min(max((value - low) / ((high - low) or 1) * PLOT, TICK * 0.65), PLOT)
    return label(look, shown, frame.last, low, size=TICK, shift=(END_GAP, inside))


def _line(
    values: Sequence[float | None],
    color: str,
    width: float,
    hovers: Sequence[str] | None,
    breaks: Sequence[float],
) -> Part:
    """One line with a gap at each break; without hovers it is background and says nothing."""
    places, sizes = cut(values, breaks), dots(values)
    said = [] if hovers is None else ["" if i is None else hovers[i] for _, i in places]
    told = {"hoverinfo": "skip"} if hovers is None else {"hovertext": said}
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [at for at, _ in places],
        "y": [None if i is None else values[i] for _, i in places],
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": color, "width": width},
        "marker": {
            "size": [0 if i is None else sizes[i] for _, i in places],
            "color": color,
            "line": {"width": 0},
            "opacity": 1,
        },
        "hovertemplate": None if hovers is None else "%{hovertext}<extra></extra>",
        **told,
    }
