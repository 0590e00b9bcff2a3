"""A slide of bars from 0: names at the left, values at the foot of the bars, lights at the right."""

from dataclasses import dataclass

from pages.shared.charts.labels import px
from pages.shared.deck.exhibits import Bar, Bars
from pages.shared.slides.canvas import BODY, SMALL, Canvas
from pages.shared.slides.wrapping import fits, shrunk, wrapped

ROW, THICK = 74, 0.62  # of a bar's row that the bar fills
TALL, MOST = 46, 0.84  # px that hold a value's line, and the most of a row that a bar may fill for it
NAMES, NAMES_MOST = 270, 0.3  # px, and the share of the slide that long names may take
LIGHTS, PAD, REFERENCE = 370, 12, 34


@dataclass(frozen=True)
class Plot:
    """Where the bars stand: the zero line, the end of the longest, the first row and a row's height."""

    left: float
    right: float
    top: float
    row: float

    def x(self, value: float, top: float) -> float:
        """Where a value lies."""
        return self.left + (self.right - self.left) * min(max(value / top, 0), 1) if top else self.left


def draw_bars(canvas: Canvas, shown: Bars, top: float, bottom: float) -> None:
    """Draw the rows in their order, with the line of the target that holds for all of them."""
    plot = _plot(canvas, shown, top, bottom)
    for i, bar in enumerate(shown.rows):
        _row(canvas, shown, plot, i, bar)
    theme = canvas.look.theme
    end = plot.top + plot.row * len(shown.rows)
    canvas.line((plot.left, plot.top - 4, plot.left, end + 4), theme.axis)
    each = (bar.target for bar in shown.rows if bar.target is not None)
    target = shown.target if shown.target is not None else next(each, None)
    if target is None or not shown.target_label:
        return
    x = plot.x(target, shown.top)
    if shown.target is not None:
        canvas.line((x, plot.top - 8, x, end + 6), theme.ink, 5)
    half = px(shown.target_label, REFERENCE) / 2
    middle = min(max(x, plot.left + half), canvas.width - half)
    canvas.text(shown.target_label, middle, plot.top - 32, size=REFERENCE, anchor=("center", "middle"))


def _plot(canvas: Canvas, shown: Bars, top: float, bottom: float) -> Plot:
    names = max((px(bar.name, BODY) for bar in shown.rows), default=0)
    left = min(max(names + 20, NAMES), canvas.width * NAMES_MOST)
    lights = max((_light(bar) for bar in shown.rows), default=0)
    # Without lights the words of a short bar still need room after its end.
    right = canvas.width - (min(max(lights + 40, LIGHTS), 560) if lights else 60)
    start = top + (60 if shown.target_label else 20)
    row = min((bottom - start) / max(len(shown.rows), 1), ROW * 1.45)
    return Plot(left, right, start, row)


def _light(bar: Bar) -> float:
    return px(bar.words, BODY) + 1.3 * BODY if bar.words else 0


def _row(canvas: Canvas, shown: Bars, plot: Plot, i: int, bar: Bar) -> None:
    middle = plot.top + plot.row * (i + 0.5)
    _name(canvas, bar, i, plot.left - 16, middle, plot.row)
    half = max(plot.row * THICK, min(TALL, plot.row * MOST)) / 2
    if bar.is_missing:
        canvas.slot(plot.left, middle - half, plot.right, middle + half, i)
    elif bar.length is not None:
        fill = canvas.look.theme.calm if bar.is_calm else canvas.look.theme.data
        canvas.rect(plot.left, middle - half, plot.x(bar.length, shown.top), middle + half, fill, i)
    if bar.target is not None:
        x = plot.x(bar.target, shown.top)
        canvas.line((x, middle - half - 5, x, middle + half + 5), canvas.look.theme.ink, 5, item=i)
    _value(canvas, shown, plot, i, bar, middle)
    _stand(canvas, bar, i, plot.right + 40, middle)


def _name(canvas: Canvas, bar: Bar, i: int, right: float, middle: float, row: float) -> None:
    """Write a name, in two lines where one is too wide; at most a row high."""
    size = float(BODY)
    lines = [bar.name]
    if not fits(bar.name, BODY, right):
        size = min(BODY, max(SMALL, row / 2.6))
        lines = wrapped(bar.name, size, right)[:2]
    canvas.text(lines, right, middle, size=size, anchor=("right", "middle"), item=i)


def _value(canvas: Canvas, shown: Bars, plot: Plot, i: int, bar: Bar, middle: float) -> None:
    """Write value and detail at the foot of the bar, or after its end where they are longer than it."""
    theme = canvas.look.theme
    if bar.is_missing and bar.words:
        return
    detail = f"  {bar.detail}" if bar.detail else ""
    wide = px(bar.value.text + detail, BODY) + 2 * PAD
    end = plot.x(bar.length or 0, shown.top)
    inside = bar.length is not None and end - plot.left >= wide
    x = plot.left + PAD if inside or bar.length is None else end + PAD
    goal = plot.x(bar.target, shown.top) if bar.target is not None else 0
    if not inside and x - PAD < goal < x + wide:  # a bar's own target is never written over
        x = goal + PAD
    ground = (theme.calm if bar.is_calm else theme.data) if inside else theme.bg
    color = theme.bg if inside and not bar.is_calm else theme.ink
    goals = [goal for goal in (shown.target, bar.target) if goal is not None]
    hit = any(x - PAD <= plot.x(goal, shown.top) <= x + wide for goal in goals)
    words = f"○ {bar.value.text}" if bar.is_missing else bar.value.text
    bold = bar.value.number is not None
    canvas.text(words, x, middle, color=color, bold=bold, item=i, cover=ground if hit else "")
    if detail:
        after = x + px(bar.value.text, BODY) + 16
        canvas.text(bar.detail, after, middle, color=color, item=i, cover=ground if hit else "")


def _stand(canvas: Canvas, bar: Bar, i: int, x: float, middle: float) -> None:
    """Write the light at the right: its shape, its word, each in its colour."""
    if not bar.words:
        return
    theme = canvas.look.theme
    room = canvas.width - x - 1.3 * BODY
    size = shrunk(bar.words, BODY, room, SMALL)
    status = theme.status(bar.status) if bar.status else None
    color, glyph = (status.word, (status.shape, status.glyph)) if status else (theme.ink2, None)
    canvas.text(wrapped(bar.words, size, room)[:2], x, middle, size=size, color=color, glyph=glyph, item=i)
