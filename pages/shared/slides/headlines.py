"""A slide of one to four headline figures, two by two."""

from pages.shared.charts.labels import px
from pages.shared.deck.exhibits import Headline, Headlines
from pages.shared.slides.canvas import BODY, SMALL, Canvas
from pages.shared.slides.wrapping import shrunk

VALUE, LEAST = 132, 48
LEFT, BETWEEN = 36, 60
SIZES = (BODY, 34, 32, 30)
ASIDE = 420  # px that a change takes, so that the lights of figures stand in one column
ARROWS = {"up": "↑ ", "down": "↓ ", "off": ""}


def draw_headlines(canvas: Canvas, shown: Headlines, top: float, bottom: float) -> None:
    """Draw the figures in reading order; fewer than three stand in one row."""
    across = min(len(shown.items), 2)
    down = (len(shown.items) + 1) // 2
    wide = (canvas.width - LEFT + BETWEEN) / max(across, 1) - BETWEEN
    tall = min((bottom - top) / max(down, 1), 320)
    for i, item in enumerate(shown.items):
        x, y = LEFT + (i % 2) * (wide + BETWEEN), top + (i // 2) * tall
        _headline(canvas, item, i, (x, y), wide)


def _headline(canvas: Canvas, item: Headline, i: int, at: tuple[float, float], wide: float) -> None:
    x, y = at
    label = shrunk(item.name, BODY, wide, SMALL)
    canvas.text(item.name, x, y + 34, size=label, item=i)
    mark = item.value.mark if not item.value.text.startswith(item.value.mark) else ""
    words = f"{mark}{item.value.text}{item.unit}"
    # A word such as 未报 needs no figure's size.
    size = shrunk(words, VALUE if item.value.number is not None else VALUE * 0.7, wide, LEAST)
    canvas.text(words, x, y + 130, size=size, bold=True, item=i)
    _change(canvas, item, i, (x, y + 238), wide)


def _change(canvas: Canvas, item: Headline, i: int, at: tuple[float, float], wide: float) -> None:
    """Write how the figure moved and, beside it or below, how it stands."""
    x, y = at
    theme = canvas.look.theme
    status = theme.status(item.status) if item.status else None
    moved = ARROWS[item.arrow] + item.change if item.change else ""
    # An arrow down on a figure that misses its target is part of what is wrong with it.
    tone = status.word if status and item.status == "bad" and item.arrow == "down" else theme.ink
    size, beside = _beside(moved, item.words, wide)
    below = beside is None and bool(moved)
    if moved:
        canvas.text(moved, x, y - (14 if below else 0), size=size, color=tone, item=i)
    if item.words:
        color, glyph = (status.word, (status.shape, status.glyph)) if status else (theme.ink2, None)
        down = 1.25 * size - 14 if below else 0
        canvas.text(item.words, x + (beside or 0), y + down, size=size, color=color, glyph=glyph, item=i)


def _beside(moved: str, words: str, wide: float) -> tuple[float, float | None]:
    """Return the type of the line and where its second part begins; None = it goes below."""
    for size in SIZES:
        first = max(ASIDE * size / BODY, px(moved, size) + 40) if moved else 0.0
        if first + (px(words, size) + 1.4 * size if words else 0) <= wide:
            return size, first
    longest = max(px(moved, 1), px(words, 1) + 1.4)
    return min(float(SIZES[1]), max(float(SMALL), wide / longest)), None
