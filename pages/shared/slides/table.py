"""A slide that is a table: headings, rules, cells that wrap, lights as shape and word."""

from pages.shared.charts.labels import px
from pages.shared.deck.exhibits import Cell, Table
from pages.shared.slides.canvas import Canvas
from pages.shared.slides.wrapping import wrapped

HEADING, GAP = 30, 44
SIZES = (36, 34, 32, 30, 28)
LINE = 1.3
LEFT = 36


def draw_table(canvas: Canvas, shown: Table, top: float, bottom: float) -> None:
    """Draw the table at the largest type at which it fits; the last row is the total where there is one."""
    for size in SIZES:
        wide = _widths(canvas, shown, size)
        cells = [[wrapped(word(cell), size, wide[i]) for i, cell in enumerate(row)] for row in shown.rows]
        tall = [max(len(lines) for lines in row) * size * LINE + 18 for row in cells]
        if sum(tall) <= bottom - top - HEADING * 1.8:
            break
    y = _headings(canvas, shown, wide, top)
    spare = max(0.0, bottom - y - sum(tall)) / max(len(tall), 1)
    for i, row in enumerate(cells):
        height = tall[i] + min(spare, 26)
        _row(canvas, shown, i, row, wide, (y, y + height), size)
        y += height


def word(cell: Cell) -> str:
    """Return what is printed in a cell."""
    return cell if isinstance(cell, str) else cell.text


def _widths(canvas: Canvas, shown: Table, size: float) -> list[float]:
    """Return the columns' widths: what their words ask for, the widest giving way where all do not fit."""
    asked = []
    for i, column in enumerate(shown.columns):
        light = 1.3 * size if i == shown.light else 0
        cells = max((px(word(row[i]), size) + light for row in shown.rows), default=0)
        asked.append(max(cells, px(column.name, HEADING)) + 4)
    room = canvas.width - LEFT - GAP * (len(asked) - 1)
    most = max(asked, default=0)
    while sum(asked) > room and most > 60:
        most -= 10
        asked = [min(wide, most) for wide in asked]
    return asked


def _lefts(wide: list[float], canvas: Canvas, shown: Table) -> list[float]:
    """Return where each column begins; spare room goes between them, most before columns of numbers."""
    spare = canvas.width - LEFT - sum(wide) - GAP * (len(wide) - 1)
    more = min(spare / max(len(wide) - 1, 1), 320) if spare > 0 else 0
    lefts = [float(LEFT)]
    for one in wide[:-1]:
        lefts.append(lefts[-1] + one + GAP + more)
    return lefts


def _headings(canvas: Canvas, shown: Table, wide: list[float], top: float) -> float:
    theme = canvas.look.theme
    lefts = _lefts(wide, canvas, shown)
    names = [wrapped(column.name, HEADING, wide[i]) for i, column in enumerate(shown.columns)]
    tall = max(len(lines) for lines in names) * HEADING * LINE
    for i, column in enumerate(shown.columns):
        side = "right" if column.is_number else "left"
        x = lefts[i] + (wide[i] if column.is_number else 0)
        canvas.text(names[i], x, top + tall / 2, size=HEADING, color=theme.ink2, anchor=(side, "middle"))
    y = top + tall + 10
    canvas.line((LEFT, y, canvas.width, y), theme.axis, 3)
    return y


def _row(
    canvas: Canvas,
    shown: Table,
    i: int,
    cells: list[list[str]],
    wide: list[float],
    edges: tuple[float, float],
    size: float,
) -> None:
    theme = canvas.look.theme
    top, bottom = edges
    is_total = shown.has_total and i == len(shown.rows) - 1
    lefts = _lefts(wide, canvas, shown)
    for c, lines in enumerate(cells):
        is_number = shown.columns[c].is_number
        light = shown.lights[i] if c == shown.light and i < len(shown.lights) else None
        status = theme.status(light) if light else None
        canvas.text(
            lines,
            lefts[c] + (wide[c] if is_number else 0),
            (top + bottom) / 2,
            size=size,
            color=status.word if status else theme.ink,
            glyph=(status.shape, status.glyph) if status else None,
            anchor=("right" if is_number else "left", "middle"),
            bold=is_total,
            item=i,
        )
    line = (theme.axis, 3) if is_total or i == len(shown.rows) - 1 else (theme.border, 2)
    y = top if is_total else bottom
    canvas.line((LEFT, y, canvas.width, y), *line)
