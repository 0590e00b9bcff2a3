"""One slide as one figure: red bar, conclusion, subtitle, exhibit, footer with the progress on its rule."""

from pages.shared.charts.base import Figure, Look
from pages.shared.charts.labels import px
from pages.shared.deck.deck import Slide, Stamp
from pages.shared.deck.exhibits import Bars, Curve, Headlines, Lines, Statements, Table
from pages.shared.i18n import Text
from pages.shared.slides.bars import draw_bars
from pages.shared.slides.canvas import FOOT, SMALL, Canvas, Screen
from pages.shared.slides.curve import draw_curve
from pages.shared.slides.headlines import draw_headlines
from pages.shared.slides.lines import draw_lines
from pages.shared.slides.statements import draw_statements
from pages.shared.slides.table import draw_table, word
from pages.shared.slides.wrapping import in_two, shrunk, wrapped
from pages.shared.theme import LIGHT, Theme

TITLE, SUBTITLE = 56, 30
LEFT = 36  # of texts; the red bar stands before them
RED_BAR = (0, 54, 10, 188)  # x 0–10, y 66–200 on the page, whose first 12 px are Streamlit's
TITLE_MIDDLE, SUBTITLE_MIDDLE = 121, 225
TOP = 282  # where the exhibit may begin
RULE = 72  # from the bottom of the figure


def slide_figure(
    slide: Slide,
    stamp: Stamp,
    place: tuple[int, int],
    screen: Screen | None = None,
    *,
    theme: Theme = LIGHT,
    focus: int | None = None,
) -> Figure:
    """Return the figure of a slide; `place` is its number, from 1, and how many there are.

    `focus` is the position of the bar, row or sentence that stays bright. The alt text begins with the title.
    """
    canvas = Canvas(Look(theme, Text(stamp.lang)), screen or Screen(), focus)
    _head(canvas, slide)
    bottom = canvas.height - RULE - 24
    if slide.remark:
        bottom = _remark(canvas, slide.remark, bottom)
    _exhibit(canvas, slide, TOP, bottom)
    _foot(canvas, stamp, place)
    return canvas.figure(slide.alt if slide.alt.startswith(slide.title) else f"{slide.title} {slide.alt}")


def focusable(slide: Slide) -> list[str]:
    """Return the names of what can be put into focus on a slide; empty for lines and curves."""
    shown = slide.exhibit
    if isinstance(shown, Bars):
        return [bar.name for bar in shown.rows]
    if isinstance(shown, Table):
        return [" ".join(word(cell) for cell in row[:2]) for row in shown.rows]
    if isinstance(shown, Headlines):
        return [item.name for item in shown.items]
    return [item.text for item in shown.items] if isinstance(shown, Statements) else []


def _head(canvas: Canvas, slide: Slide) -> None:
    canvas.rect(*RED_BAR, canvas.look.theme.party)
    room = canvas.width - LEFT
    size = float(TITLE)
    while (lines := in_two(slide.title, size, room)) is None and size > SMALL:
        size -= 4
    canvas.text(lines or wrapped(slide.title, size, room), LEFT, TITLE_MIDDLE, size=size, bold=True)
    words = slide.subtitle
    if slide.parts > 1:
        words += canvas.look.text("present.part", part=slide.part, parts=slide.parts)
    size = shrunk(words, SUBTITLE, room, SMALL)
    for i, line in enumerate(wrapped(words, size, room)[:2]):
        canvas.text(line, LEFT, SUBTITLE_MIDDLE + i * size * 1.3, size=size, color=canvas.look.theme.ink2)


def _remark(canvas: Canvas, words: str, bottom: float) -> float:
    lines = wrapped(words, SMALL, canvas.width - LEFT)
    tall = len(lines) * SMALL * 1.3
    canvas.text(lines, LEFT, bottom - tall / 2, size=SMALL, color=canvas.look.theme.ink2)
    return bottom - tall - 12


def _exhibit(canvas: Canvas, slide: Slide, top: float, bottom: float) -> None:
    """Draw what the slide shows between two heights."""
    shown = slide.exhibit
    if isinstance(shown, Headlines):
        draw_headlines(canvas, shown, top, bottom)
    elif isinstance(shown, Bars):
        draw_bars(canvas, shown, top, bottom)
    elif isinstance(shown, Lines):
        draw_lines(canvas, shown, top, bottom)
    elif isinstance(shown, Curve):
        draw_curve(canvas, shown, top, bottom)
    elif isinstance(shown, Table):
        draw_table(canvas, shown, top, bottom)
    else:
        draw_statements(canvas, shown, top, bottom, is_whole=slide.parts == 1)


def _foot(canvas: Canvas, stamp: Stamp, place: tuple[int, int]) -> None:
    """Draw the rule, whose first part is how far the slides have come, and what the figures rest on."""
    theme, y = canvas.look.theme, canvas.height - RULE
    number, total = place
    canvas.line((0, y, canvas.width, y), theme.border)
    canvas.line((0, y, canvas.width * number / max(total, 1), y), theme.primary, 4)
    name = canvas.look.text("frame.name")
    right = (
        f"{stamp.demonstration}  {name} {number}/{total}"
        if stamp.demonstration
        else f"{name} {number}/{total}"
    )
    middle = y + 38
    canvas.text(right, canvas.width, middle, size=FOOT, color=theme.ink2, anchor=("right", "middle"))
    parts = [f"{stamp.cutoff}{canvas.look.text('frame.joiner')}{stamp.revision}", stamp.denominator]
    parts += [stamp.audience_text, stamp.filters or stamp.area]
    room = canvas.width - 40 - px(right, FOOT)
    left = "  ".join(part for part in parts if part)
    lines = wrapped(left, FOOT, room)
    canvas.text(lines[:2], 0, middle, size=FOOT, color=theme.ink2)
