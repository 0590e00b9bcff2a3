"""A slide of one to four headline figures, two by two."""

from pages.shared.charts.labels import px
from pages.shared.deck.exhibits import Headline, Headlines
from pages.shared.slides.canvas import BODY, SMALL, Canvas
from pages.shared.slides.wrapping import shrunk, wrapped

VALUE, LEAST = 132, 48
LEFT, BETWEEN = 36, 60
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
    tone = status.word if status and item.status == "bad" else theme.ink
    beside = max(420.0, px(moved, BODY) + 40) if moved else 0.0
    stand = px(item.words, BODY) + (1.3 * BODY if status else 0)
    if moved:
        size = shrunk(moved, BODY, wide, SMALL)
        canvas.text(wrapped(moved, size, wide)[:1], x, y, size=size, color=tone, item=i)
    if not item.words:
        return
    if beside + stand > wide:
        beside, y = 0.0, y + (BODY * 1.25 if moved else 0)
    size = shrunk(item.words, BODY, wide - beside - 1.3 * BODY, SMALL)
    color, glyph = (status.word, (status.shape, status.glyph)) if status else (theme.ink2, None)
    canvas.text(item.words, x + beside, y, size=size, color=color, glyph=glyph, item=i)
