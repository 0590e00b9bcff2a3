"""A slide of sentences: numbered, each with its light as shape and word."""

from pages.shared.charts.labels import px
from pages.shared.deck.exhibits import Statement, Statements
from pages.shared.slides.canvas import SMALL, Canvas
from pages.shared.slides.wrapping import wrapped

SIZES = (42, 40, 38, 36, 34, 32, 30, SMALL)
LEFT, TEXT = 36, 100
LINE, BETWEEN, ABOVE = 1.35, 34, 34


def draw_statements(
    canvas: Canvas, shown: Statements, top: float, bottom: float, *, is_whole: bool = True
) -> None:
    """Draw the sentences at the largest type at which all fit; numbered when they are all there are."""
    for size in SIZES:
        rows = [wrapped(item.text, size, canvas.width - TEXT - _light(item, size)) for item in shown.items]
        tall = [len(lines) * size * LINE for lines in rows]
        if sum(tall) + BETWEEN * (len(tall) - 1) <= bottom - top - ABOVE:
            break
    gaps = max(len(tall) - 1, 1)
    between = min(max((bottom - top - ABOVE - sum(tall)) / gaps, 8), BETWEEN * 1.6)
    y = top + ABOVE / 2
    for i, (item, lines) in enumerate(zip(shown.items, rows, strict=True)):
        _statement(canvas, item, (i, str(i + 1) if is_whole else "▪"), lines, y, size)
        y += tall[i] + between


def _light(item: Statement, size: float) -> float:
    return px(item.word, size) + 1.3 * size + 60 if item.word else 0


def _statement(
    canvas: Canvas, item: Statement, place: tuple[int, str], lines: list[str], top: float, size: float
) -> None:
    theme, (i, number) = canvas.look.theme, place
    middle = top + size * LINE / 2
    canvas.text(number, LEFT, middle, size=size, color=theme.primary, bold=True, item=i)
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
