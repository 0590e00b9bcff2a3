"""Who moved the whole: bars to both sides of nought that sum to the change, the value at each tip."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.shared.charts.base import (
    Figure,
    Look,
    Part,
    bold,
    escape,
    figure,
    hidden_axis,
    label,
    layout,
    stroke,
    tell,
)
from pages.shared.charts.labels import px
from pages.shared.charts.rows import BAR, GAP, Stack, bars, name_rows, rows_axis, stack
from pages.shared.theme import LABEL
from queries.words.formats import round_half_up

ROW_LOW, EDGE = 25, 6  # px of a row, and above and below all rows


@dataclass(frozen=True)
class Moved:
    """One row: a name and what it added to the change, as printed; `is_rest` sums up all other rows."""

    name: str
    amount: float
    is_rest: bool = False


def signed(amount: float, decimals: int) -> str:
    """A contribution with its sign: +0.4, −0.3, and 0.0 without one."""
    shown = round_half_up(abs(amount), decimals)
    return str(shown) if not shown else f"{'+' if amount > 0 else '−'}{shown}"


def contribution_bars(
    rows: Sequence[Moved],
    look: Look,
    *,
    measure: str,
    decimals: int = 1,
    direction: str = "up",
    height: float = 0,
) -> Figure:
    """Contributions as bars from nought, dark where they worsen the whole; rows keep their order.

    `direction` says which way is better, `height` is the least height, to match a neighbour.
    """
    names = name_rows([row.name for row in rows], [""] * len(rows), look, row=ROW_LOW)
    values = [signed(row.amount, decimals) for row in rows]
    room = max([px(value, LABEL) for value in values], default=0) + 2 * GAP
    lines = stack(names, least=height - 2 * EDGE, share=BAR)
    low, high = min([0.0, *(row.amount for row in rows)]), max([0.0, *(row.amount for row in rows)])
    before = room if low < 0 else 0
    parts = layout(look, lines.tall + 2 * EDGE, left=names.left + before, right=room, top=EDGE, bottom=EDGE)
    parts["xaxis"] = hidden_axis(look, (low, high if high > low else 1))
    parts["yaxis"] = rows_axis(look, lines) | ({"ticklabelstandoff": round(before)} if before else {})
    parts["shapes"] = [stroke(look.theme.axis, (0, 0), (0, 1), width=1, refs=("x", "paper"))]
    parts["annotations"] = _tips(rows, values, lines, look)
    spoken = [
        look.text("charts.label_value", label=escape(row.name), value=value)
        for row, value in zip(rows, values, strict=True)
    ]
    trace = bars([row.amount for row in rows], _colors(rows, look, direction), spoken, lines)
    return figure([trace], parts, tell(look, [measure], spoken))


def _colors(rows: Sequence[Moved], look: Look, direction: str) -> list[str]:
    """Dark is what needs action: whatever moved the whole the wrong way; the rest is nobody in particular."""
    sign = -1 if direction == "down" else 1
    told = [look.theme.data if sign * row.amount < 0 else look.theme.calm for row in rows]
    return [look.theme.context if row.is_rest else color for row, color in zip(rows, told, strict=True)]


def _tips(rows: Sequence[Moved], values: Sequence[str], lines: Stack, look: Look) -> list[Part]:
    return [
        label(
            look,
            bold(value),
            row.amount,
            at,
            anchor=("right" if row.amount < 0 else "left", "middle"),
            shift=(-GAP if row.amount < 0 else GAP, 0),
        )
        for at, row, value in zip(lines.middles, rows, values, strict=True)
    ]
