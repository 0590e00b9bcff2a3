"""Rows against columns with the value in every cell; the stronger its colour, the more attention it needs."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.shared.charts.base import (
    LINE_HEIGHT,
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
    tell,
)
from pages.shared.charts.labels import wrap
from pages.shared.charts.rows import name_rows, rows_axis, stack
from pages.shared.theme import SMALL

ROW, HEAD_GAP, FOOT = 34, 8, 6
# Steps of the sequential scale; the one on which neither text colour reads well is left out.
STEPS = (0, 1, 2, 4, 5)
DARK_FROM = 4  # from this colour on text is the page's background


@dataclass(frozen=True)
class Shade:
    """One cell: its value in words, and how much attention it needs, 0 to 1; None leaves it blank."""

    words: str
    level: float | None = None
    spoken: str = ""


def heat_table(
    names: Sequence[str], heads: Sequence[str], cells: Sequence[Sequence[Shade]], look: Look, *, measure: str
) -> Figure:
    """One row a name, in the order given; heads wrap to what a column has on a phone, or as given."""
    rows = stack(name_rows(names, [""] * len(names), look, row=ROW))
    wide = (PHONE - rows.names.left) / len(heads)
    widest = max(3.0, wide / SMALL - 0.6)
    wrapped = [head.split("\n") if "\n" in head else wrap(head, widest) for head in heads]
    top = max(len(lines) for lines in wrapped) * SMALL * LINE_HEIGHT + HEAD_GAP
    parts = layout(look, rows.tall + top + FOOT, left=rows.names.left, right=2, top=top, bottom=FOOT)
    parts["xaxis"], parts["yaxis"] = hidden_axis(look, (0, len(heads))), rows_axis(look, rows)
    parts["annotations"] = [_head(lines, i, look) for i, lines in enumerate(wrapped)]
    height = rows.tall / max(len(names), 1)
    for at, line in zip(rows.middles, cells, strict=True):
        for i, cell in enumerate(line):
            parts["shapes"] += _box(cell, i, at, height, look)
            parts["annotations"].append(_value(cell, i, at, look))
    spoken = [
        look.text("charts.comma").join([escape(name), *(escape(cell.spoken) for cell in line)])
        for name, line in zip(names, cells, strict=True)
    ]
    return figure([_hovers(names, cells, rows.middles)], parts, tell(look, [measure], spoken))


def _head(lines: Sequence[str], column: int, look: Look) -> Part:
    words = "<br>".join(escape(line) for line in lines)
    return label(
        look,
        words,
        column + 0.5,
        1,
        size=SMALL,
        color=look.theme.ink2,
        anchor=("center", "bottom"),
        shift=(0, 4),
        refs=("x", "paper"),
    )


def _step(level: float) -> int:
    return STEPS[min(int(level * len(STEPS)), len(STEPS) - 1)]


def _box(cell: Shade, column: int, at: float, height: float, look: Look) -> list[Part]:
    if cell.level is None:
        return []
    return [
        {
            "type": "rect",
            "x0": column + 0.03,
            "x1": column + 0.97,
            "y0": at - height / 2 + 1,
            "y1": at + height / 2 - 1,
            "xref": "x",
            "yref": "y",
            "line": {"width": 0},
            "fillcolor": look.theme.sequential[_step(cell.level)],
            "layer": "below",
        }
    ]


def _value(cell: Shade, column: int, at: float, look: Look) -> Part:
    theme = look.theme
    dark = cell.level is not None and _step(cell.level) >= DARK_FROM
    color = theme.bg if dark else theme.ink if cell.level is not None else theme.ink2
    words = bold(escape(cell.words)) if cell.level is not None else escape(cell.words)
    return label(look, words, column + 0.5, at, size=SMALL, color=color, anchor=("center", "middle"))


def _hovers(names: Sequence[str], cells: Sequence[Sequence[Shade]], middles: Sequence[float]) -> Part:
    """Invisible points that carry the tooltips."""
    told = [
        (i + 0.5, at, f"{escape(name)}<br>{escape(cell.spoken)}")
        for name, at, line in zip(names, middles, cells, strict=True)
        for i, cell in enumerate(line)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x for x, _, _ in told],
        "y": [y for _, y, _ in told],
        "marker": {"size": 26, "opacity": 0},
        "hovertext": [words for _, _, words in told],
        "hovertemplate": "%{hovertext}<extra></extra>",
    }
