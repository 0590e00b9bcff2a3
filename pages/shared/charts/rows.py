"""Rows of horizontal bars: names with a second line, heights, empty slots and the column at the right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from pages.shared.charts.base import LINE_HEIGHT, Look, Part, axis, escape, label, span
from pages.shared.charts.labels import px, wrap
from pages.shared.theme import FONT, LABEL, SMALL

ROW, ROW_COMPACT, ROW_TALL = 36, 33, 42
BAR, THICKEST = 0.62, 36  # of the row, but never thicker than this many px
GAP = 6  # px between a bar's end and its value
COLUMN_GAP = 12  # px between the bars and the column at the right
NAME_GAP = 10  # px a name needs beside its width: the invisible tick and a little air


@dataclass(frozen=True)
class Names:
    """The names at the left: markup for the axis, the px they need beside, the px each row needs."""

    labels: list[str]
    left: float
    heights: list[float]


@dataclass(frozen=True)
class Stack:
    """Rows below each other, in px from the top: their middles, the thickness of all bars, the whole."""

    names: Names
    middles: list[float]
    thick: float
    tall: float


def name_rows(names: Sequence[str], notes: Sequence[str], look: Look, *, row: float = ROW) -> Names:
    """Names over their notes (n/d). Rows are even, but a name of many lines gets the room it needs."""
    wrapped = [wrap(name) for name in names]
    labels = [
        "<br>".join(
            [escape(line) for line in lines]
            + ([span(escape(note), color=look.theme.ink2, size=SMALL)] if note else [])
        )
        for lines, note in zip(wrapped, notes, strict=True)
    ]
    wide = [px("\n".join(lines), LABEL) for lines in wrapped] + [px(note, SMALL) for note in notes]
    counts = [len(lines) + bool(note) for lines, note in zip(wrapped, notes, strict=True)]
    even = row if max(counts, default=1) == 1 else max(row, ROW_TALL)
    return Names(labels, max(wide, default=0) + NAME_GAP, [max(even, lines_px(count)) for count in counts])


def lines_px(count: int) -> float:
    """The height of a row of so many lines."""
    return count * LABEL * LINE_HEIGHT + 3


def stack(
    names: Names, *, need: float = 0, least: float = 0, share: float = BAR, thickest: float = THICKEST
) -> Stack:
    """Lay the rows out: each at least `need` px high, all together at least `least`."""
    heights = [max(height, need) for height in names.heights]
    spare = max(0.0, least - sum(heights)) / max(len(heights), 1)
    edges = list(accumulate((height + spare for height in heights), initial=0.0))
    thick = min(share * (min(heights, default=0) + spare), thickest)
    return Stack(names, [(above + below) / 2 for above, below in pairwise(edges)], thick, edges[-1])


def rows_axis(look: Look, rows: Stack) -> Part:
    """The axis of names in px, first row at the top."""
    return axis(
        look,
        (rows.tall or 1, 0),
        tickmode="array",
        tickvals=rows.middles,
        ticktext=rows.names.labels,
        tickfont={"family": FONT, "size": LABEL, "color": look.theme.ink},
    )


def empty_slot(look: Look, middle: float, end: float, thick: float) -> Part:
    """The dashed box of a row that was not reported; it fills the whole slot."""
    return {
        "type": "rect",
        "x0": 0,
        "x1": end,
        "y0": middle - thick / 2,
        "y1": middle + thick / 2,
        "xref": "x",
        "yref": "y",
        "line": {"color": look.theme.axis, "width": 1, "dash": "3px,3px"},
        "fillcolor": "rgba(0,0,0,0)",
        "layer": "below",
    }


def at_right(
    look: Look, at: float, words: str, *, size: int = LABEL, color: str | None = None, room: float = 0
) -> Part:
    """A cell of the column right of the bars; `room` is the px the bars' own labels need before it."""
    return label(
        look, words, 1, at, size=size, color=color, shift=(room + COLUMN_GAP, 0), refs=("paper", "y")
    )


def bars(lengths: Sequence[float | None], colors: Sequence[str], hovers: Sequence[str], rows: Stack) -> Part:
    """One trace of horizontal bars, one per row; a None draws nothing."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(lengths),
        "y": rows.middles,
        "width": rows.thick,
        "marker": {"color": list(colors), "line": {"width": 0}},
        "hovertext": list(hovers),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }
