"""How many: bars from zero with the value at their end, and nested parts as a ladder."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    status_label,
    tell,
)
from pages.shared.charts.labels import px
from pages.shared.charts.rows import (
    COLUMN_GAP,
    GAP,
    ROW,
    at_right,
    bars,
    empty_slot,
    lines_px,
    name_rows,
    rows_axis,
    stack,
)
from pages.shared.theme import LABEL, TICK
from queries.words.formats import count_text, percent, round_half_up

LADDER_ROW = 56
TIGHT = 70  # px of bars on a phone below which the column at the right breaks into two lines


@dataclass(frozen=True)
class Count:
    """One row of a count chart; `value` None means not reported.

    `note` stands under the name (28处), `right` in the column at the right (占比 6.9%), with the mark of
    `status` before it; a good one makes the bar pale. `shown` stands at the end in the place of the value:
    约15名, ※; `protected` = k draws a calm bar of length k labelled ≤k.
    """

    name: str
    value: float | None
    note: str = ""
    right: str = ""
    status: str | None = None
    lower_bound: bool = False
    protected: int | None = None
    shown: str = ""

    @property
    def length(self) -> float | None:
        """How far the bar reaches."""
        return self.value if self.protected is None else float(self.protected)


def marked(name: str, value: float | None, mark: str | None, words: str, *, note: str = "") -> Count:
    """Return the bar of a count of persons as it may be seen: `mark` is ≤5, 约 or ※, `words` what it says."""
    if mark and mark.startswith("≤"):
        return Count(name, None, note, protected=int(mark[1:]))
    return Count(name, 0.0 if mark and value is None else value, note, shown=words)


@dataclass(frozen=True)
class Step:
    """One rung of a ladder: a part that contains the next; `value` None means not reported."""

    name: str
    value: float | None


@dataclass(frozen=True)
class Cell:
    """A cell of the column at the right: words, and the status whose mark stands before them."""

    words: str
    status: str | None


def count_bars(
    rows: Sequence[Count],
    look: Look,
    *,
    measure: str,
    classifier: str = "",
    decimals: int = 0,
    height: float = 0,
) -> Figure:
    """Counts or loads as bars of one colour, in the order given; the value stands at the end.

    `height` is the least height, to match a neighbour.
    """
    names = name_rows([r.name for r in rows], [r.note for r in rows], look, row=ROW)
    values = [_value_text(row, look, classifier, decimals) for row in rows]
    room = max([px(value, LABEL) for value in values], default=0) + GAP
    cells = [_cell(row, look) for row in rows]
    column = _column_px(cells)
    if column and PHONE - names.left - room - column < TIGHT:
        cells = [Cell(cell.words.replace(" ", "\n", 1), cell.status) for cell in cells]
        column = _column_px(cells)
    tallest = max((cell.words.count("\n") + 1 for cell in cells), default=1)
    lines = stack(names, need=lines_px(tallest), least=height - 16)
    parts = layout(look, lines.tall + 16, left=names.left, right=room + column, top=8, bottom=8)
    end = max([row.length or 0 for row in rows], default=0) or 1
    parts["xaxis"] = hidden_axis(look, (0, end))
    parts["yaxis"] = rows_axis(look, lines)
    for at, row, value, cell in zip(lines.middles, rows, values, cells, strict=True):
        if row.length is None:
            parts["shapes"].append(empty_slot(look, at, end, lines.thick))
        else:
            parts["annotations"].append(_end_value(at, row.length, value, look))
        parts["annotations"] += _right_cell(at, cell, look, room)
    calm = [row.protected is not None or row.status == "good" for row in rows]
    colors = [look.theme.calm if pale else look.theme.data for pale in calm]
    spoken = [_spoken(row, value) for row, value in zip(rows, values, strict=True)]
    trace = bars([row.length for row in rows], colors, ["<br>".join(words) for words in spoken], lines)
    alt = tell(look, [measure], [look.text("charts.comma").join(words) for words in spoken])
    return figure([trace], parts, alt)


def ladder(
    steps: Sequence[Step], look: Look, *, measure: str, classifier: str = "家", height: float = 0
) -> Figure:
    """Nested parts of the first step as bars, each a darker shade; count and share at the end."""
    theme = look.theme
    whole = steps[0].value if steps else None
    names = name_rows([step.name for step in steps], [""] * len(steps), look, row=LADDER_ROW)
    values = [_step_text(step, whole if i else None, look, classifier) for i, step in enumerate(steps)]
    room = max([px(value, LABEL) for value in values], default=0) + GAP
    lines = stack(names, least=height - 16, thickest=LADDER_ROW)
    parts = layout(look, lines.tall + 16, left=names.left, right=room, top=8, bottom=8)
    end = max([step.value or 0 for step in steps], default=0) or 1
    parts["xaxis"] = hidden_axis(look, (0, end))
    parts["yaxis"] = rows_axis(look, lines)
    for at, step, value in zip(lines.middles, steps, values, strict=True):
        if step.value is None:
            parts["shapes"].append(empty_slot(look, at, end, lines.thick))
        parts["annotations"].append(_end_value(at, end if step.value is None else step.value, value, look))
    shades = [theme.context, theme.calm, theme.data, theme.deepest]
    colors = [shades[min(i, len(shades) - 1)] for i in range(len(steps))]
    spoken = [
        look.text("charts.label_value", label=escape(s.name), value=v)
        for s, v in zip(steps, values, strict=True)
    ]
    trace = bars([step.value for step in steps], colors, spoken, lines)
    return figure([trace], parts, tell(look, [measure], spoken))


def _value_text(row: Count, look: Look, classifier: str, decimals: int) -> str:
    if row.protected is not None:
        return f"≤{row.protected}"
    if row.shown:
        return row.shown
    if row.value is not None and decimals:
        return str(round_half_up(row.value, decimals))
    return count_text(row.value, classifier, look.text, lower_bound=row.lower_bound)


def _end_value(at: float, length: float, words: str, look: Look) -> Part:
    """The value at the end of its bar; what follows it (a share) is not bold."""
    value, _, rest = words.partition("  ")
    shown = bold(escape(value)) + (f" {escape(rest)}" if rest else "")
    return label(look, shown, length, at, shift=(GAP, 0))


def _cell(row: Count, look: Look) -> Cell:
    """What stands at the right of a row; a missing report always says so."""
    if row.length is None:
        return Cell(look.text("status.none"), "none")
    return Cell(row.right, row.status if row.right else None)


def _column_px(cells: Sequence[Cell]) -> float:
    """The px of the column at the right, its distance included; 0 when it is empty."""
    wide = [
        px(f"● {c.words}" if c.status else c.words, LABEL if c.status else TICK) for c in cells if c.words
    ]
    return max(wide) + COLUMN_GAP if wide else 0


def _right_cell(at: float, cell: Cell, look: Look, room: float) -> list[Part]:
    if not cell.words:
        return []
    if cell.status:
        shown = status_label(cell.status, cell.words, look).replace("\n", "<br>")
        return [at_right(look, at, shown, room=room)]
    shown = escape(cell.words).replace("\n", "<br>")
    return [at_right(look, at, shown, size=TICK, color=look.theme.ink2, room=room)]


def _spoken(row: Count, value: str) -> list[str]:
    """Name, value and remarks: what stands on the row, for tooltip and alt text."""
    return [escape(part) for part in (row.name, value, row.note, row.right) if part]


def _step_text(step: Step, whole: float | None, look: Look, classifier: str) -> str:
    shown = count_text(step.value, classifier, look.text)
    if whole is None or step.value is None:
        return shown
    return f"{shown}  {percent(step.value, whole, look.text)}"
