"""A slide of sentences: numbered, each with its light as shape and word."""

from pages.shared.charts.labels import px
from pages.shared.deck.exhibits import Statement, Statements
from pages.shared.slides.canvas import SMALL, Canvas
from pages.shared.slides.wrapping import wrapped

SIZES = (42, 40, 38, 36, 34, 32, 30, SMALL)
LEFT, TEXT = 36, 100
LINE, BETWEEN = 1.35, 34


def draw_statements(canvas: Canvas, shown: Statements, top: float, bottom: float) -> None:
    """Draw the sentences at the largest type at which all fit."""
    for size in SIZES:
        rows = [wrapped(item.text, size, canvas.width - TEXT - _light(item, size)) for item in shown.items]
        tall = [len(lines) * size * LINE for lines in rows]
        if sum(tall) + BETWEEN * (len(tall) - 1) <= bottom - top - 10:
            break
    gaps = max(len(tall) - 1, 1)
    between = min(max((bottom - top - sum(tall)) / gaps, 8), BETWEEN * 1.6)
    y = top + 16
    for i, (item, lines) in enumerate(zip(shown.items, rows, strict=True)):
        _statement(canvas, item, i, lines, y, size)
        y += tall[i] + between


def _light(item: Statement, size: float) -> float:
    return px(item.word, size) + 1.3 * size + 60 if item.word else 0


def _statement(canvas: Canvas, item: Statement, i: int, lines: list[str], top: float, size: float) -> None:
    theme = canvas.look.theme
    middle = top + size * LINE / 2
    canvas.text(f"{i + 1}", LEFT, middle, size=size, color=theme.primary, bold=True, item=i)
    for at, line in enumerate(lines):
        canvas.text(line, TEXT, middle + at * size * LINE, size=size, item=i)
    if not item.word:
        return
    status = theme.status(item.status) if item.status else None
    color, glyph = (status.word, (status.shape, status.glyph)) if status else (theme.ink2, None)
    canvas.text(
        item.word,
        canvas.width,
        middle,
        size=size,
        color=color,
        glyph=glyph,
        anchor=("right", "middle"),
        item=i,
    )
