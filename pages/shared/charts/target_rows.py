"""The rows of a target chart: verdicts in words, values at the foot of bars, the column at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from pages.shared.charts.base import (
    PHONE,
    Look,
    Part,
    bold,
    escape,
    label,
    span,
    status_label,
    stroke,
)
from pages.shared.charts.labels import px
from pages.shared.charts.rows import COLUMN_GAP, GAP, Stack, at_right, lines_px
from pages.shared.theme import LABEL, SMALL
from queries.words.formats import counts_text, percent, plain_percent
from queries.words.standing import Rate, Verdict

TIGHT = 100  # px of bars on a phone below which verdicts break into two lines
MOST_ROOM = 64  # px a value beside a bar may claim at the right


@dataclass(frozen=True)
class Row:
    """One township as it is drawn: its rate, the verdict and its words, its target, its parts (56/62家)."""

    rate: Rate
    verdict: Verdict
    words: str
    aim: float | None
    parts: str
    shown: str

    @property
    def is_fine(self) -> bool:
        """Whether nothing has to be done here: the bar is pale, and what stands on it dark."""
        return self.verdict.status in ("done", "good")

    @property
    def line(self) -> str:
        """The verdict on one line."""
        return self.words.replace("\n", " ")

    @property
    def spoken(self) -> list[str]:
        """What stands on the row, for tooltip and alt text: name, rate, parts, verdict."""
        verdict = self.line if self.rate.ratio is not None else ""
        return [part for part in (escape(self.rate.name), self.shown, self.parts, verdict) if part]


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


def rows_of(
    rates: Sequence[Rate],
    verdicts: Sequence[Verdict],
    target: float | None,
    look: Look,
    classifier: str,
    direction: str,
) -> list[Row]:
    """Rates with all their words."""
    both = zip(rates, verdicts, strict=True)
    return [_row(rate, verdict, target, look, classifier, direction) for rate, verdict in both]


def _row(
    rate: Rate, verdict: Verdict, target: float | None, look: Look, classifier: str, direction: str
) -> Row:
    known = rate.numerator is not None and rate.denominator is not None
    return Row(
        rate=rate,
        verdict=verdict,
        words=_verdict_words(verdict, look, classifier, direction),
        aim=target if rate.target is None else rate.target,
        parts=counts_text(rate.numerator, rate.denominator, classifier, look.text) if known else "",
        shown=percent(rate.numerator, rate.denominator, look.text, bound="low" if rate.lower_bound else ""),
    )


def _verdict_words(verdict: Verdict, look: Look, classifier: str, direction: str) -> str:
    """达标, or 未达标 and 差3家 on two lines; empty without a target."""
    if verdict.status == "plain":
        return ""
    word = look.text(f"status.{verdict.status}")
    if not verdict.gap:
        return word
    key = "charts.excess" if direction == "down" else "charts.gap"
    return f"{word}\n{look.text(key, n=verdict.gap, classifier=classifier)}"


def measure_grid(rows: Sequence[Row], left: float) -> Grid:
    """Divide a phone's width between names, bars, values and verdicts, so that no two labels meet."""
    end = max([1.0, *(row.rate.ratio for row in rows if row.rate.ratio is not None)])
    inside = any(row.aim is not None for row in rows)
    column = max([px(f"● {row.line}", LABEL) + COLUMN_GAP for row in rows if row.words], default=0)
    stacked = PHONE - left - column < TIGHT and any("\n" in row.words for row in rows)
    if stacked:
        column = max(px(f"● {row.words}", LABEL) for row in rows if row.words) + COLUMN_GAP
    told = [(r.rate.ratio / end, px(r.shown, LABEL)) for r in rows if r.rate.ratio is not None]
    room, plot = 0, PHONE - left - column
    while room < MOST_ROOM and any(_spill(share, width, plot - room, inside) > room for share, width in told):
        room += 8
    height = lines_px(1 + stacked + targets_differ(rows))
    return Grid(end, (plot - room) / end, room, column + room, height, inside, stacked)


def _spill(share: float, width: float, plot: float, inside: bool) -> float:
    """How many px a value at the tip of its bar runs past the bars' area; 0 when it stands inside the bar."""
    if inside and share * plot >= width + 2 * GAP:
        return 0
    return share * plot + GAP + width - plot


def targets_differ(rows: Sequence[Row]) -> bool:
    """Has any row a target of its own?"""
    return len({row.aim for row in rows}) > 1


def target_lines(rows: Sequence[Row], lines: Stack, look: Look) -> list[Part]:
    """One line through all rows, or one per row where the targets differ."""
    ink, aims = look.theme.ink, [row.aim for row in rows]
    if not targets_differ(rows):
        return [stroke(ink, (aim, 0), (aim, 1), refs=("x", "paper")) for aim in aims[:1] if aim is not None]
    reach = lines.thick / 2 + 4
    own = zip(lines.middles, aims, strict=True)
    return [stroke(ink, (aim, at - reach), (aim, at + reach)) for at, aim in own if aim is not None]


def target_word(rows: Sequence[Row], look: Look) -> list[Part]:
    """目标 85% over the line; 各自目标 over the first row's where they differ."""
    known = [row.aim for row in rows if row.aim is not None]
    if not known:
        return []
    one = look.text("charts.target", value=plain_percent(known[0]))
    words = look.text("charts.target_each") if targets_differ(rows) else one
    return [label(look, words, known[0], 1, anchor=("center", "bottom"), shift=(0, 3), refs=("x", "paper"))]


def value_label(at: float, row: Row, look: Look, grid: Grid) -> list[Part]:
    """The rate at the foot of its bar; beside the bar where it has no target or is too short on a phone."""
    ratio, shift = row.rate.ratio, (GAP, 0)
    if ratio is None:
        undefined = row.rate.denominator == 0
        return [label(look, row.shown, 0, at, color=look.theme.ink2, shift=shift)] if undefined else []
    words = bold(escape(row.shown))
    if not grid.inside or ratio * grid.scale < px(row.shown, LABEL) + 2 * GAP:
        return [label(look, words, ratio, at, shift=shift, cover=True)]
    color = look.theme.ink if row.is_fine else look.theme.bg
    return [label(look, words, 0, at, color=color, shift=shift)]


def verdict_label(at: float, row: Row, look: Look, grid: Grid, *, own: bool) -> list[Part]:
    """The verdict at the right; under it the row's own target where targets differ."""
    if not row.words:
        return []
    if row.verdict.status == "undefined":
        return [at_right(look, at, row.words, color=look.theme.ink2, room=grid.room)]
    shown = status_label(row.verdict.status, row.words if grid.stacked else row.line, look)
    if own and row.aim is not None:
        aim = look.text("charts.target", value=plain_percent(row.aim))
        shown += f"<br>{span(aim, color=look.theme.ink2, size=SMALL)}"
    return [at_right(look, at, shown.replace("\n", "<br>"), room=grid.room)]
