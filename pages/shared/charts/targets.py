"""Who misses the target: bars of rates in 区划序 against a line, the verdict in words at the right."""

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
from pages.shared.charts.labels import px
from pages.shared.charts.rows import (
    COLUMN_GAP,
    GAP,
    ROW,
    ROW_COMPACT,
    at_right,
    bar_width,
    bars,
    empty_slot,
    name_rows,
    rows_axis,
)
from pages.shared.formats import counts_text, percent, plain_percent
from pages.shared.standing import NEAR, Rate, Verdict, judge_all
from pages.shared.theme import LABEL, SMALL

HEAD = 28  # px above the bars for the word of the target line
TIGHT = 100  # px of bars on a phone below which verdicts break into two lines


@dataclass(frozen=True)
class Grid:
    """Where things stand: the axis end, px per 1.0 on a phone, px kept free for values, the right margin."""

    end: float
    scale: float
    room: float
    right: float
    row: float
    inside: bool
    stacked: bool


def target_bars(
    rates: Sequence[Rate],
    look: Look,
    *,
    measure: str,
    target: float | None,
    near: float = NEAR,
    direction: str = "up",
    classifier: str = "家",
    counts: bool = True,
    compact: bool = False,
    height: float = 0,
) -> Figure:
    """Rates as bars from 0 to 100%, dark where the target is missed; rows keep their order.

    `target` and the ratios are 0-1. A row with its own target gets its own line. Not reported is a dashed
    slot, a denominator of 0 is a dash. `counts` puts n/d under the name, `compact` makes rows of 33 px,
    `height` is the least height, to match a neighbour.
    """
    verdicts = judge_all(rates, target, near=near, direction=direction)
    notes = [counts_note(rate, classifier, look) if counts else "" for rate in rates]
    names = name_rows(
        [r.name for r in rates], notes, look, row=ROW_COMPACT if compact else ROW, least=height - HEAD - 8
    )
    words = [verdict_words(v, look, classifier, direction) for v in verdicts]
    aims = [target if rate.target is None else rate.target for rate in rates]
    grid = _measure(rates, words, aims, names.left, look)
    top = HEAD if any(aim is not None for aim in aims) else 4
    row = max(names.row, grid.row)
    parts = layout(look, len(rates) * row + top + 8, left=names.left, right=grid.right, top=top, bottom=8)
    parts["xaxis"] = hidden_axis(look, (0, grid.end))
    parts["yaxis"] = rows_axis(look, names)
    parts["shapes"] = _target_lines(aims, look)
    late = [i for i, verdict in enumerate(verdicts) if verdict.status == "none"]
    parts["shapes"] += [empty_slot(look, i, grid.end, bar_width(row)) for i in late]
    parts["annotations"] = _target_word(aims, look)
    for i, (rate, verdict) in enumerate(zip(rates, verdicts, strict=True)):
        parts["annotations"] += _value(i, rate, verdict, look, grid)
        parts["annotations"] += _status(i, verdict, words[i], aims if _differ(aims) else [], look, grid)
    colors = [look.theme.calm if v.status == "good" else look.theme.data for v in verdicts]
    hovers = ["<br>".join(_spoken(r, w, classifier, look)) for r, w in zip(rates, words, strict=True)]
    alt = target_bars_alt(rates, words, look, measure=measure, target=target, classifier=classifier)
    return figure([bars([r.ratio for r in rates], colors, hovers, width=bar_width(row))], parts, alt)


def target_bars_alt(
    rates: Sequence[Rate],
    words: Sequence[str],
    look: Look,
    *,
    measure: str,
    target: float | None,
    classifier: str,
) -> str:
    """The chart as a sentence: measure, target, then every row with its rate, parts and verdict."""
    aim = "" if target is None else look.text("charts.target", value=plain_percent(target))
    rows = [
        look.text("charts.comma").join(_spoken(r, w, classifier, look))
        for r, w in zip(rates, words, strict=True)
    ]
    return tell(look, [measure, aim], rows)


def verdict_words(verdict: Verdict, look: Look, classifier: str, direction: str) -> str:
    """达标, or 未达标 and 差3家 on two lines; empty without a target."""
    if verdict.status == "plain":
        return ""
    word = look.text(f"status.{verdict.status}")
    if not verdict.gap:
        return word
    key = "charts.excess" if direction == "down" else "charts.gap"
    gap = look.text(key, n=verdict.gap, classifier=classifier)
    return f"{word}\n{gap}"


def counts_note(rate: Rate, classifier: str, look: Look) -> str:
    """56/62家 under a name; nothing for a row that was not reported."""
    if rate.numerator is None or rate.denominator is None:
        return ""
    return counts_text(rate.numerator, rate.denominator, classifier, look.text)


def _rate_text(rate: Rate, look: Look) -> str:
    return percent(rate.numerator, rate.denominator, look.text, bound="low" if rate.lower_bound else "")


def _spoken(rate: Rate, words: str, classifier: str, look: Look) -> list[str]:
    """Name, rate, parts and verdict: what stands on the row, for tooltip and alt text."""
    shown = [escape(rate.name), _rate_text(rate, look), counts_note(rate, classifier, look)]
    return [part for part in [*shown, _line(words) if rate.ratio is not None else ""] if part]


def _differ(aims: Sequence[float | None]) -> bool:
    return len(set(aims)) > 1


def _target_lines(aims: Sequence[float | None], look: Look) -> list[Part]:
    """One line through all rows, or one per row where the targets differ."""
    ink = look.theme.ink
    if not _differ(aims):
        return [stroke(ink, (aim, 0), (aim, 1), refs=("x", "paper")) for aim in aims[:1] if aim is not None]
    return [
        stroke(ink, (aim, row - 0.42), (aim, row + 0.42)) for row, aim in enumerate(aims) if aim is not None
    ]


def _target_word(aims: Sequence[float | None], look: Look) -> list[Part]:
    """目标 85% over the line; 各自目标 over the first row's where they differ."""
    known = [aim for aim in aims if aim is not None]
    if not known:
        return []
    each = _differ(aims)
    words = (
        look.text("charts.target_each") if each else look.text("charts.target", value=plain_percent(known[0]))
    )
    return [label(look, words, known[0], 1, anchor=("center", "bottom"), shift=(0, 3), refs=("x", "paper"))]


def _measure(
    rates: Sequence[Rate], words: Sequence[str], aims: Sequence[float | None], left: float, look: Look
) -> Grid:
    """Divide a phone's width between names, bars, values and verdicts, so that no two labels meet."""
    end = max([1.0, *(r.ratio for r in rates if r.ratio is not None)])
    inside = any(aim is not None for aim in aims)
    column = max([px(f"● {_line(word)}", LABEL) + COLUMN_GAP for word in words if word], default=0)
    stacked = PHONE - left - column < TIGHT and any("\n" in word for word in words)
    if stacked:
        column = max(px(f"● {word}", LABEL) for word in words if word) + COLUMN_GAP
    widths = [
        (rate.ratio / end, px(_rate_text(rate, look), LABEL)) for rate in rates if rate.ratio is not None
    ]
    room = 0
    while any(_spill(share, width, PHONE - left - column - room, inside) > room for share, width in widths):
        room += 8
    scale = (PHONE - left - column - room) / end
    row = LABEL * LINE_HEIGHT * (1 + stacked + _differ(aims)) + 3
    return Grid(end, scale, room, column + room, row, inside, stacked)


def _spill(share: float, width: float, plot: float, inside: bool) -> float:
    """How many px a value at the tip of its bar runs past the bars' area; 0 when it stands inside the bar."""
    if inside and share * plot >= width + 2 * GAP:
        return 0
    return share * plot + GAP + width - plot


def _line(words: str) -> str:
    return words.replace("\n", " ")


def _value(row: int, rate: Rate, verdict: Verdict, look: Look, grid: Grid) -> list[Part]:
    """The rate at the foot of its bar; beside the bar where it has no target or is too short on a phone."""
    if rate.ratio is None:
        dash = look.text("formats.undefined")
        return (
            [label(look, dash, 0, row, color=look.theme.ink2, shift=(GAP, 0))]
            if rate.denominator == 0
            else []
        )
    words = _rate_text(rate, look)
    if not grid.inside or rate.ratio * grid.scale < px(words, LABEL) + 2 * GAP:
        return [label(look, bold(escape(words)), rate.ratio, row, shift=(GAP, 0), cover=True)]
    color = look.theme.ink if verdict.status == "good" else look.theme.bg
    return [label(look, bold(escape(words)), 0, row, color=color, shift=(GAP, 0))]


def _status(
    row: int, verdict: Verdict, words: str, aims: Sequence[float | None], look: Look, grid: Grid
) -> list[Part]:
    """The verdict at the right; under it the row's own target where targets differ."""
    if not words:
        return []
    if verdict.status == "undefined":
        return [at_right(look, row, words, color=look.theme.ink2, room=grid.room)]
    shown = status_label(verdict.status, words if grid.stacked else _line(words), look)
    if aims and aims[row] is not None:
        own = look.text("charts.target", value=plain_percent(aims[row] or 0))
        shown += f"<br>{span(own, color=look.theme.ink2, size=SMALL)}"
    return [at_right(look, row, shown.replace("\n", "<br>"), room=grid.room)]
