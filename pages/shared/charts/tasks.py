"""How far tasks are: stacked bars of their five states, what is late at the foot where bars compare."""

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
from pages.shared.charts.rows import COLUMN_GAP, GAP, Stack, bars, empty_slot, name_rows, rows_axis, stack
from pages.shared.theme import LABEL
from queries.words.formats import count_text

# From the foot of a bar to its end: the further from done, the darker.
STATES = ("overdue", "not_started", "running", "to_check", "cleared")
INSIDE = 2  # px of air on both sides of a number inside its part
FEWEST = 6  # tasks a whole bar stands for at least: one alone should not fill the page
SLACK = 8  # px kept free between the longest bar and the column at the right


@dataclass(frozen=True)
class Tasks:
    """One row: a name, a remark under it, and how many tasks are in each of STATES; None = not reported."""

    name: str
    note: str
    counts: tuple[int, ...] | None

    @property
    def listed(self) -> int:
        """All of them."""
        return sum(self.counts or ())


def task_bars(
    rows: Sequence[Tasks], look: Look, *, measure: str, classifier: str, height: float = 0
) -> Figure:
    """Tasks by state, a bar a row in the order given; counts stand in their parts, lateness at the right too.

    `height` is the least height, to match a neighbour.
    """
    names = name_rows([row.name for row in rows], [row.note for row in rows], look)
    longest = max([FEWEST, *(row.listed for row in rows)])
    ends = [_end(row, look, classifier) for row in rows]
    column = max([px(f"◆ {words}", LABEL) for words, _ in ends], default=0) + COLUMN_GAP
    scale = (PHONE - names.left - column - SLACK) / longest
    lines = stack(names, least=height - 16)
    parts = layout(look, lines.tall + 16, left=names.left, right=column + SLACK, top=8, bottom=8)
    parts |= {"xaxis": hidden_axis(look, (0, longest)), "yaxis": rows_axis(look, lines), "barmode": "stack"}
    for at, row, (words, status) in zip(lines.middles, rows, ends, strict=True):
        if row.counts is None:
            parts["shapes"].append(empty_slot(look, at, longest, lines.thick))
        parts["annotations"] += _inside(row, at, scale, look)
        if words:
            shown = status_label(status, words, look) if status else bold(escape(words))
            start = longest if row.counts is None else row.listed
            parts["annotations"].append(label(look, shown, start, at, shift=(GAP, 0)))
    spoken = [_spoken(row, look, classifier) for row in rows]
    traces = [_trace(i, rows, spoken, lines, look) for i in range(len(STATES))]
    return figure(traces, parts, tell(look, [measure], spoken))


def _fill(state: str, look: Look) -> tuple[str, str, str]:
    """The colours of a state: its part of the bar, the line around it, the number in it."""
    theme = look.theme
    return {
        "overdue": (theme.status("bad").glyph, theme.bg, theme.bg),
        "not_started": (theme.deepest, theme.bg, theme.bg),
        "running": (theme.data, theme.bg, theme.bg),
        # done but not checked: drawn, but not yet filled
        "to_check": (theme.bg, theme.data, theme.ink),
        "cleared": (theme.calm, theme.bg, theme.ink),
    }[state]


def _trace(i: int, rows: Sequence[Tasks], spoken: Sequence[str], lines: Stack, look: Look) -> Part:
    fill, line, _ = _fill(STATES[i], look)
    lengths = [None if row.counts is None else row.counts[i] for row in rows]
    trace = bars(lengths, [fill] * len(rows), spoken, lines)
    # An empty part would leave a line where it begins.
    trace["marker"]["line"] = {"width": [1 if length else 0 for length in lengths], "color": line}
    return trace


def _inside(row: Tasks, at: float, scale: float, look: Look) -> list[Part]:
    """The count of each part in its middle, where it has room on a phone."""
    found, start = [], 0.0
    for state, count in zip(STATES, row.counts or (), strict=False):
        if count and count * scale >= px(str(count), LABEL) + 2 * INSIDE:
            color = _fill(state, look)[2]
            anchor = ("center", "middle")
            found.append(label(look, bold(str(count)), start + count / 2, at, color=color, anchor=anchor))
        start += count
    return found


def _end(row: Tasks, look: Look, classifier: str) -> tuple[str, str | None]:
    """What stands at the end of a bar: what is late, that nothing is listed, or that nothing was reported."""
    if row.counts is None:
        return look.text("status.none"), "none"
    if row.counts[0]:
        return look.text("charts.late", count=row.counts[0]), "bad"
    return ("" if row.listed else count_text(0, classifier, look.text)), None


def _spoken(row: Tasks, look: Look, classifier: str) -> str:
    """A row in words: its name, all its tasks, and how many are in each state that has any."""
    total = count_text(None if row.counts is None else row.listed, classifier, look.text)
    told = [look.text("charts.label_value", label=escape(row.name), value=total)]
    told += [
        look.text("charts.label_value", label=look.text(f"charts.states.{state}"), value=count)
        for state, count in zip(STATES, row.counts or (), strict=False)
        if count
    ]
    return look.text("charts.comma").join(told)
