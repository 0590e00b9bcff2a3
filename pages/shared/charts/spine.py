"""One township on many indicators: its place between worst and best, the county at the centre line."""

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
    status_label,
    stroke,
    tell,
)
from pages.shared.charts.labels import px, wrap
from pages.shared.theme import LABEL, SMALL

BAR, DOT, REACH = 9, 14, 9  # px: the range, the township's dot, half the county's line
TRACK, AIR = 24, 10  # px a range needs below its name, and before the next row
LEAST = 48  # px of a row: two lines at the right
GROUP = 32  # px of a heading between rows
GAP = 12  # px between columns
EDGE = 1.08  # the axis runs a little past the best and the worst
LEFT, HEAD, FOOT = 4, 2 * SMALL * LINE_HEIGHT + 8, 4  # px around the rows


@dataclass(frozen=True)
class SpineRow:
    """One indicator, all in words; places run from -1 (worse) over 0 (the county) to 1 (better).

    `place` None draws no dot, and a dashed slot where the row `is_missing` (not reported). `solid` tells a
    place beyond chance. `status` is the mark of `words`.
    """

    name: str
    value: str
    county: str
    change: str
    rank: str
    place: float | None
    worst: float
    best: float
    solid: bool = False
    is_missing: bool = False
    status: str | None = None
    words: str = ""


@dataclass(frozen=True)
class SpineHeads:
    """The words over the columns, and of both ends of the range."""

    mine: str
    county: str
    change: str
    rank: str
    worse: str
    better: str


@dataclass(frozen=True)
class _Placed:
    """A row as it is laid out, in px from the top: its lines, and where its range lies."""

    row: SpineRow
    lines: list[str]
    beside: bool
    top: float
    track: float
    tall: float


def spine_chart(
    groups: Sequence[tuple[str, Sequence[SpineRow]]], heads: SpineHeads, look: Look, *, measure: str
) -> Figure:
    """Rows under their group's name (none where there is one group); values stand in columns at the right."""
    rows = [row for _, group in groups for row in group]
    ends, right = _ends(rows, heads)
    titles, placed, tall = _placed(groups, PHONE - right - LEFT)
    parts = layout(look, tall + HEAD + FOOT, left=LEFT, right=right, top=HEAD, bottom=FOOT)
    parts["xaxis"], parts["yaxis"] = hidden_axis(look, (-EDGE, EDGE)), hidden_axis(look, (tall, 0))
    parts["annotations"] = _heads(heads, look, ends)
    for name, at in titles:
        parts["annotations"].append(_text(look, bold(escape(name)), at))
        parts["shapes"].append(_rule(look, at))
    for one in placed:
        parts["annotations"] += [_name(one, look), *_columns(one, look, ends)]
        parts["shapes"] += _track(one, look)
    alt = tell(look, [measure], [look.text("charts.comma").join(_spoken(row, heads)) for row in rows])
    return figure([_dots(placed, heads, look)], parts, alt)


def _ends(rows: Sequence[SpineRow], heads: SpineHeads) -> tuple[tuple[float, float], float]:
    """Where both columns end, in px right of the range, and the margin they need."""
    small = [heads.mine, heads.county, *(row.county for row in rows)]
    first = max([px(row.value, LABEL) for row in rows] + [px(word, SMALL) for word in small])
    moved = [heads.change, heads.rank, *(word for row in rows for word in (row.change, row.rank))]
    second = max(px(word, SMALL) for word in moved)
    return (GAP + first, 2 * GAP + first + second), 2 * GAP + first + second + 2


def _placed(
    groups: Sequence[tuple[str, Sequence[SpineRow]]], wide: float
) -> tuple[list[tuple[str, float]], list[_Placed], float]:
    titles: list[tuple[str, float]] = []
    placed: list[_Placed] = []
    at = 0.0
    for name, rows in groups:
        if len(groups) > 1:
            titles.append((name, at + GROUP / 4))
            at += GROUP
        for row in rows:
            placed.append(_lay_out(row, at, wide))
            at += placed[-1].tall
    return titles, placed, at


def _lay_out(row: SpineRow, top: float, wide: float) -> _Placed:
    """The name in lines that fit a phone; the status beside it where there is room, else below."""
    lines = wrap(row.name, wide / LABEL - 0.5)
    note = px(f"● {row.words}", SMALL)
    beside = bool(row.words) and len(lines) == 1 and px(row.name, LABEL) + GAP + note <= wide
    height = (len(lines) + bool(row.words and not beside)) * LABEL * LINE_HEIGHT
    tall = max(LEAST, height + TRACK + AIR)
    return _Placed(row, lines, beside, top, top + height + TRACK / 2, tall)


def _text(look: Look, words: str, y: float) -> Part:
    return label(look, words, 0, y, anchor=("left", "top"), refs=("paper", "y"))


def _rule(look: Look, at: float) -> Part:
    return stroke(look.theme.border, (0, at - 5), (1, at - 5), width=1, refs=("paper", "y"), layer="below")


def _heads(heads: SpineHeads, look: Look, ends: tuple[float, float]) -> list[Part]:
    """The words over the range and over both columns."""
    over = ((heads.worse, 0, "left"), (heads.county, 0.5, "center"), (heads.better, 1, "right"))
    words = [
        label(
            look,
            escape(word),
            x,
            1,
            size=SMALL,
            color=look.theme.ink2,
            anchor=(anchor, "bottom"),
            shift=(0, 4),
            refs=("paper", "paper"),
        )
        for word, x, anchor in over
    ]
    pairs = (f"{bold(escape(heads.mine))}<br>{escape(heads.county)}", f"{heads.change}<br>{heads.rank}")
    return words + [
        label(
            look,
            pair,
            1,
            1,
            size=SMALL,
            color=look.theme.ink2,
            anchor=("right", "bottom"),
            shift=(end, 4),
            refs=("paper", "paper"),
        )
        for pair, end in zip(pairs, ends, strict=True)
    ]


def _name(one: _Placed, look: Look) -> Part:
    row, name = one.row, "<br>".join(escape(line) for line in one.lines)
    if not row.words:
        return _text(look, name, one.top)
    plain = span(escape(row.words), color=look.theme.ink2)
    small = span(status_label(row.status, row.words, look) if row.status else plain, size=SMALL)
    return _text(look, f"{name}  {small}" if one.beside else f"{name}<br>{small}", one.top)


def _columns(one: _Placed, look: Look, ends: tuple[float, float]) -> list[Part]:
    """The township's value over the county's, and the change over the rank, each column flush right."""
    row, ink2 = one.row, look.theme.ink2
    middle = one.top + (one.tall - AIR) / 2
    value = f"{bold(escape(row.value))}<br>{span(escape(row.county), color=ink2, size=SMALL)}"
    moved = span(f"{escape(row.change)}<br>{escape(row.rank)}", color=ink2, size=SMALL)
    return [
        label(look, words, 1, middle, anchor=("right", "middle"), shift=(end, 0), refs=("paper", "y"))
        for words, end in zip((value, moved), ends, strict=True)
    ]


def _track(one: _Placed, look: Look) -> list[Part]:
    """The range of all townships as a pale bar, across it the county; a dashed slot where not reported."""
    row, theme = one.row, look.theme
    if row.place is None and not row.is_missing:
        return []
    ends = (-1.0, 1.0) if row.place is None else (row.worst, row.best)
    bar = {
        "type": "rect",
        "x0": ends[0],
        "x1": ends[1],
        "y0": one.track - BAR / 2,
        "y1": one.track + BAR / 2,
        "xref": "x",
        "yref": "y",
        "line": {"color": theme.axis, "width": 1, "dash": "3px,3px"} if row.place is None else {"width": 0},
        "fillcolor": "rgba(0,0,0,0)" if row.place is None else theme.sequential[1],
        "layer": "below",
    }
    centre = stroke(theme.ink, (0, one.track - REACH), (0, one.track + REACH), layer="below")
    return [bar] if row.place is None else [bar, centre]


def _dots(placed: Sequence[_Placed], heads: SpineHeads, look: Look) -> Part:
    """The township's dots: solid where they differ from the county beyond chance, hollow elsewhere."""
    theme, told = look.theme, [one for one in placed if one.row.place is not None]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [one.row.place for one in told],
        "y": [one.track for one in told],
        "marker": {
            "size": DOT,
            "color": [theme.data if one.row.solid else theme.bg for one in told],
            "line": {"color": theme.data, "width": 2.5},
        },
        "hovertext": ["<br>".join(_spoken(one.row, heads)) for one in told],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "cliponaxis": False,
    }


def _spoken(row: SpineRow, heads: SpineHeads) -> list[str]:
    """What stands on the row, for tooltip and alt text."""
    columns = (heads.mine, row.value), (heads.county, row.county), (heads.change, row.change)
    told = [f"{head} {words}" for head, words in (*columns, (heads.rank, row.rank)) if words]
    return [escape(word) for word in (row.name, *told, row.words) if word]
