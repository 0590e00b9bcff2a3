"""A slide of lines over months: names and last values at the line ends, the target as steps."""

from itertools import groupby

from pages.shared.charts.labels import Box, push_apart, px
from pages.shared.charts.months import last_known
from pages.shared.deck.exhibits import Lines
from pages.shared.slides.axes import TICK, Field, draw_along, draw_values
from pages.shared.slides.canvas import BODY, SMALL, Canvas
from pages.shared.slides.wrapping import wrapped
from queries.words.formats import count_text, month_text, month_word, plain_percent

ENDS = 400  # px that the words at line ends may take
APART = 1.25  # lines of labels


def draw_lines(canvas: Canvas, shown: Lines, top: float, bottom: float) -> None:
    """Draw each line as it came, gaps left open."""
    ticks = _ticks(canvas, shown)
    left = max(px(words, TICK) for _, words in ticks) + 30
    ends = [wrapped(line.label, BODY, ENDS) for line in shown.lines]
    right = max((px("\n".join(lines), BODY) for lines in ends), default=0) + 40
    across = (0.0, max(len(shown.months) - 1, 1))
    plot = Field(left, top + 40, canvas.width - right, bottom - 62, across, (shown.bottom, shown.top))
    draw_values(canvas, plot, ticks)
    draw_along(canvas, plot, _months(canvas, shown))
    paths = _paths(canvas, shown, plot)
    _target(canvas, shown, plot, paths)
    _ends(canvas, shown, plot, ends)


def _ticks(canvas: Canvas, shown: Lines) -> list[tuple[float, str]]:
    values = [shown.bottom + (shown.top - shown.bottom) * share for share in (0, 0.5, 1)]
    return [(value, _words(canvas, shown, value)) for value in values]


def _words(canvas: Canvas, shown: Lines, value: float) -> str:
    if shown.kind == "rate":
        return plain_percent(round(value, 3))
    return f"{value:g}" if shown.kind == "decimal" else count_text(round(value), "", canvas.look.text)


def _months(canvas: Canvas, shown: Lines) -> list[tuple[float, str]]:
    """Return the first month with its year, then every third, the last in any case."""
    text, last = canvas.look.text, len(shown.months) - 1
    step = 3 if last <= 15 else 6 if last <= 30 else 12
    named = [(0.0, month_text(shown.months[0], text))] if shown.months else []
    at = [i for i in range(last, 0, -step) if i > step / 2]
    for i in sorted(at):
        is_new_year = shown.months[i].year != shown.months[max(i - step, 0)].year
        words = month_text(shown.months[i], text) if is_new_year else month_word(shown.months[i], text)
        named.append((float(i), words))
    return named


def _colors(canvas: Canvas, shown: Lines) -> list[tuple[str, str]]:
    """Return the colour of each line and of its words: blue for one, the committees' for several."""
    theme = canvas.look.theme
    if len(shown.lines) == 1:
        return [(theme.data, theme.data)]
    return [
        (theme.lines[i % len(theme.lines)], theme.line_words[i % len(theme.lines)])
        for i in range(len(shown.lines))
    ]


def _paths(canvas: Canvas, shown: Lines, plot: Field) -> list[list[tuple[float, float]]]:
    """Draw the lines; return the points of each that are there, for labels to keep clear of."""
    drawn = []
    for line, (color, _) in zip(shown.lines, _colors(canvas, shown), strict=True):
        points = [
            (plot.x(i), None if value is None else plot.y(value)) for i, value in enumerate(line.values)
        ]
        canvas.path(points, color, 7)
        drawn.append([(x, y) for x, y in points if y is not None])
        end = last_known(line.values)
        if end is not None and (value := line.values[end]) is not None:
            canvas.dot(plot.x(end), plot.y(value), color)
    return drawn


def _target(canvas: Canvas, shown: Lines, plot: Field, paths: list[list[tuple[float, float]]]) -> None:
    """Draw the target as steps, its word on the last one where it is clear of the lines."""
    if not any(value is not None for value in shown.target):
        return
    steps = [
        (value, [i for i, _ in part]) for value, part in groupby(enumerate(shown.target), lambda at: at[1])
    ]
    for value, part in steps:
        if value is not None:
            ends = (plot.x(part[0] - 0.5), plot.x(part[-1] + 0.5))
            canvas.line((ends[0], plot.y(value), ends[1], plot.y(value)), canvas.look.theme.ink, 5)
    value, part = next((value, part) for value, part in reversed(steps) if value is not None)
    wide = px(shown.target_label, TICK)
    first, last = plot.x(part[0] - 0.5), plot.x(part[-1] + 0.5)
    starts = [first + (max(last - wide, plot.left) - first) * share for share in (0, 0.25, 0.5, 0.75, 1)]
    places = [(x, plot.y(value) + way * 30) for way in (-1, 1) for x in starts]
    free = [at for at in places if not _hit(at, wide, paths)]
    x, y = (free or places)[0]
    canvas.text(shown.target_label, max(x, plot.left), y, size=TICK)


def _hit(at: tuple[float, float], wide: float, paths: list[list[tuple[float, float]]]) -> bool:
    box = Box(at[0] - 8, at[1] - 24, at[0] + wide + 8, at[1] + 24)
    return any(box.crossed_by(path) for path in paths)


def _ends(canvas: Canvas, shown: Lines, plot: Field, ends: list[list[str]]) -> None:
    """Write name and value at the end of each line, pushed apart where they would touch."""
    known = [i for i, line in enumerate(shown.lines) if last_known(line.values) is not None]
    places = []
    for i in known:
        values = shown.lines[i].values
        places.append(plot.y(next(value for value in reversed(values) if value is not None)))
    size = BODY if len(known) < 6 else SMALL
    tall = [len(ends[i]) * size * APART for i in known]
    pushed = push_apart(places, tall, plot.top - 40, plot.bottom + 10)
    for i, y in zip(known, pushed, strict=True):
        color = _colors(canvas, shown)[i][1]
        canvas.text(ends[i], plot.right + 28, y, size=size, color=color, bold=True)
