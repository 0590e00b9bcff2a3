"""Up to four townships on many indicators, a column each: the county is the line in the middle of each."""

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
    span,
    stroke,
    tell,
)
from pages.shared.charts.labels import px, wrap
from pages.shared.theme import LABEL, SMALL, TICK

BAR, DOT, REACH = 7, 12, 8  # px: the range, a dot, half the county's line
TRACK, AIR, GROUP = 28, 14, 32  # px: a range below its name, the space before the next row, a heading
INSET = 0.1  # of a column, free at both sides of a range
SIDE, FOOT = 4, 4


@dataclass(frozen=True)
class Cell:
    """One township on one indicator: its value in words, its place from -1 to 1, its mark.

    `is_missing` draws a dashed slot: not reported, while a denominator of 0 leaves the slot empty.
    """

    value: str
    place: float | None
    solid: bool = False
    is_missing: bool = False
    status: str | None = None
    words: str = ""


@dataclass(frozen=True)
class ColumnsRow:
    """One indicator: its name, the county's value in words, the range of all townships, a cell a township."""

    name: str
    county: str
    worst: float
    best: float
    cells: Sequence[Cell]


@dataclass(frozen=True)
class _Placed:
    """A row as it is laid out, in px from the top: the lines of its name, and where its ranges lie."""

    row: ColumnsRow
    lines: list[str]
    top: float
    track: float


def spine_columns(
    groups: Sequence[tuple[str, Sequence[ColumnsRow]]],
    townships: Sequence[str],
    look: Look,
    *,
    measure: str,
    county: str,
) -> Figure:
    """Columns in the order given; under each range the township's value with the mark of its status."""
    wide = PHONE - 2 * SIDE
    heads = [wrap(name, wide / len(townships) / TICK - 0.5) for name in townships]
    head = max(len(lines) for lines in heads) * TICK * LINE_HEIGHT + 10
    titles, rows, tall = _laid_out(groups, county, wide)
    parts = layout(look, tall + head + FOOT, left=SIDE, right=SIDE, top=head, bottom=FOOT)
    parts["xaxis"], parts["yaxis"] = hidden_axis(look, (0, len(townships))), hidden_axis(look, (tall, 0))
    parts["annotations"] = [_head(lines, i, look) for i, lines in enumerate(heads)]
    for name, top in titles:
        parts["annotations"].append(_text(look, bold(escape(name)), top))
        rule = ((0, top - 5), (1, top - 5))
        parts["shapes"].append(stroke(look.theme.border, *rule, width=1, refs=("paper", "y"), layer="below"))
    for one in rows:
        parts["annotations"].append(_text(look, "<br>".join(_named(one, county, look)), one.top))
        for i, cell in enumerate(one.row.cells):
            parts["shapes"] += _track(one.row, cell, i, one.track, look)
            parts["annotations"].append(_value(cell, i, one.track, look))
    spoken = [_spoken(one.row, townships, county, look) for one in rows]
    return figure([_dots(rows, townships, look)], parts, tell(look, [measure], spoken))


def _laid_out(
    groups: Sequence[tuple[str, Sequence[ColumnsRow]]], county: str, wide: float
) -> tuple[list[tuple[str, float]], list[_Placed], float]:
    """Titles with their tops, rows with theirs, and the height of all, in px."""
    titles: list[tuple[str, float]] = []
    placed: list[_Placed] = []
    at = 0.0
    for name, group in groups:
        if len(groups) > 1:
            titles.append((name, at + GROUP / 4))
            at += GROUP
        for row in group:
            lines = _lines(row, county, wide)
            track = at + len(lines) * LABEL * LINE_HEIGHT + TRACK - REACH - 2
            placed.append(_Placed(row, lines, at, track))
            words = SMALL * LINE_HEIGHT if any(cell.status for cell in row.cells) else 0
            at = track + REACH + 2 + TICK * LINE_HEIGHT + words + AIR
    return titles, placed, at


def _at(place: float, column: int) -> float:
    """A place from -1 to 1 on the axis of columns."""
    return column + 0.5 + place * (0.5 - INSET)


def _lines(row: ColumnsRow, county: str, wide: float) -> list[str]:
    """The name, and on the same line the county's value where a phone has room for it."""
    beside = px(row.name, LABEL) + px(f"  {county} {row.county}", SMALL) + SMALL
    return [row.name] if beside <= wide else [*wrap(row.name, wide / LABEL - 0.5), ""]


def _named(one: _Placed, county: str, look: Look) -> list[str]:
    small = span(escape(f"{county} {one.row.county}"), color=look.theme.ink2, size=SMALL)
    if len(one.lines) == 1:
        return [f"{escape(one.lines[0])}  {small}"]
    return [*(escape(line) for line in one.lines[:-1]), small]


def _text(look: Look, words: str, y: float) -> Part:
    return label(look, words, 0, y, anchor=("left", "top"), refs=("paper", "y"))


def _head(lines: Sequence[str], column: int, look: Look) -> Part:
    words = bold("<br>".join(escape(line) for line in lines))
    middle = column + 0.5
    return label(
        look, words, middle, 1, size=TICK, anchor=("center", "bottom"), shift=(0, 5), refs=("x", "paper")
    )


def _track(row: ColumnsRow, cell: Cell, column: int, track: float, look: Look) -> list[Part]:
    theme, unknown = look.theme, cell.place is None
    if unknown and not cell.is_missing:
        return []
    ends = (-1.0, 1.0) if unknown else (row.worst, row.best)
    bar = {
        "type": "rect",
        "x0": _at(ends[0], column),
        "x1": _at(ends[1], column),
        "y0": track - BAR / 2,
        "y1": track + BAR / 2,
        "xref": "x",
        "yref": "y",
        "line": {"color": theme.axis, "width": 1, "dash": "3px,3px"} if unknown else {"width": 0},
        "fillcolor": "rgba(0,0,0,0)" if unknown else theme.sequential[1],
        "layer": "below",
    }
    middle = _at(0, column)
    centre = stroke(theme.ink, (middle, track - REACH), (middle, track + REACH), layer="below")
    return [bar] if unknown else [bar, centre]


def _value(cell: Cell, column: int, track: float, look: Look) -> Part:
    mark = ""
    if cell.status:
        status = look.theme.status(cell.status)
        mark = span(status.shape, color=status.glyph) + " "
    words = mark + bold(escape(cell.value))
    if cell.status and cell.words:
        words += f"<br>{span(escape(cell.words), color=look.theme.status(cell.status).word, size=SMALL)}"
    return label(look, words, column + 0.5, track + REACH + 2, size=TICK, anchor=("center", "top"))


def _dots(rows: Sequence[_Placed], townships: Sequence[str], look: Look) -> Part:
    """The townships' dots: solid where they differ from the county beyond chance, hollow elsewhere."""
    theme = look.theme
    told = [(one, i, cell) for one in rows for i, cell in enumerate(one.row.cells) if cell.place is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_at(cell.place or 0, i) for _, i, cell in told],
        "y": [one.track for one, _, _ in told],
        "marker": {
            "size": DOT,
            "color": [theme.data if cell.solid else theme.bg for _, _, cell in told],
            "line": {"color": theme.data, "width": 2.5},
        },
        "hovertext": [
            "<br>".join(escape(w) for w in (one.row.name, townships[i], cell.value, cell.words) if w)
            for one, i, cell in told
        ],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _spoken(row: ColumnsRow, townships: Sequence[str], county: str, look: Look) -> str:
    told = [
        f"{name} {cell.value} {cell.words}".strip() for name, cell in zip(townships, row.cells, strict=True)
    ]
    words = [row.name, f"{county} {row.county}", *told]
    return look.text("charts.comma").join(escape(word) for word in words)
