"""Rows of horizontal bars: names with a second line, heights, empty slots and the column at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    """The names at the left: markup for the axis, the px they need, the height of a row."""

    labels: list[str]
    left: float
    row: float


def name_rows(
    names: Sequence[str], notes: Sequence[str], look: Look, *, row: float = ROW, least: float = 0
) -> Names:
    """Names over their notes (n/d). Rows are as high as the tallest, so that bars stay evenly spaced.

    `least` is the px all rows together should fill.
    """
    wrapped = [wrap(name) for name in names]
    labels = [
        "<br>".join(
            [escape(line) for line in lines]
            + ([span(escape(note), color=look.theme.ink2, size=SMALL)] if note else [])
        )
        for lines, note in zip(wrapped, notes, strict=True)
    ]
    left = max(
        [px("\n".join(lines), LABEL) for lines in wrapped] + [px(note, SMALL) for note in notes], default=0
    )
    tallest = max((len(w) + bool(n) for w, n in zip(wrapped, notes, strict=True)), default=1)
    height = row if tallest == 1 else max(row, ROW_TALL, tallest * LABEL * LINE_HEIGHT + 3)
    return Names(labels, left + NAME_GAP, max(height, least / max(len(names), 1)))


def rows_axis(look: Look, names: Names) -> Part:
    """The axis of names, first row at the top."""
    count = len(names.labels)
    return axis(
        look,
        (max(count, 1) - 0.5, -0.5),
        tickmode="array",
        tickvals=list(range(count)),
        ticktext=names.labels,
        tickfont={"family": FONT, "size": LABEL, "color": look.theme.ink},
    )


def bar_width(row: float) -> float:
    """The share of a row of this many px that its bar fills."""
    return min(BAR, THICKEST / row)


def empty_slot(look: Look, row: int, end: float, width: float) -> Part:
    """The dashed box of a row that was not reported; it fills the whole slot."""
    return {
        "type": "rect",
        "x0": 0,
        "x1": end,
        "y0": row - width / 2,
        "y1": row + width / 2,
        "xref": "x",
        "yref": "y",
        "line": {"color": look.theme.axis, "width": 1, "dash": "3px,3px"},
        "fillcolor": "rgba(0,0,0,0)",
        "layer": "below",
    }


def at_right(
    look: Look, row: int, words: str, *, size: int = LABEL, color: str | None = None, room: float = 0
) -> Part:
    """A cell of the column right of the bars; `room` is the px the bars' own labels need before it."""
    return label(
        look, words, 1, row, size=size, color=color, shift=(room + COLUMN_GAP, 0), refs=("paper", "y")
    )


def bars(
    lengths: Sequence[float | None], colors: Sequence[str], hovers: Sequence[str], *, width: float = BAR
) -> Part:
    """One trace of horizontal bars, one per row; a None draws nothing."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(lengths),
        "y": list(range(len(lengths))),
        "width": width,
        "marker": {"color": list(colors), "line": {"width": 0}},
        "hovertext": list(hovers),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }
