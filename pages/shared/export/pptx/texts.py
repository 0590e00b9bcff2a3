"""Exhibits that are text: headline figures in large type, and sentences with their lights."""

from typing import Any

from pptx.util import Pt

from pages.shared.deck.exhibits import Headline, Headlines, Statement, Statements
from pages.shared.export.pptx.paper import (
    FIGURE,
    LABEL,
    LINE,
    Area,
    Pen,
    box,
    lines_of,
    put,
    status_runs,
    wide,
)
from pages.shared.theme import LIGHT

ARROWS = {"up": "↑ ", "down": "↓ ", "off": ""}
BETWEEN = 14.0  # pt between two sentences
INDENT = 18.0  # pt from the text of the title, which the figures share


def draw_headlines(slide: Any, headlines: Headlines, area: Area) -> None:
    """Draw one to four figures, two a row: name, value, then change and standing."""
    columns = min(len(headlines.items), 2)
    rows = -(-len(headlines.items) // 2)
    left, top = area.left + INDENT, area.top + (8 if rows > 1 else 60)
    width, height = (area.right - left) / max(columns, 1), (area.bottom - top) / max(rows, 1)
    for i, one in enumerate(headlines.items):
        place = Area(left + i % 2 * width, top + i // 2 * height, width - 16, min(height - 6, 168))
        _headline(slide, one, place)


def _headline(slide: Any, one: Headline, area: Area) -> None:
    printed = f"{one.value.text}{one.unit}"
    size = min(float(FIGURE), FIGURE * area.width / (wide(printed, FIGURE) * 1.04))
    paragraph = box(slide, area, one.name)
    put(paragraph, one.name, Pen(LABEL))
    frame = paragraph._parent
    value = frame.add_paragraph()
    # An exact line keeps what stands below at one height, whatever the size of the figure.
    value.line_spacing = Pt(FIGURE * 1.12)
    put(value, printed, Pen(int(size), LIGHT.ink, bold=True))
    below = frame.add_paragraph()
    if one.change:
        put(below, f"{ARROWS[one.arrow]}{one.change}", Pen(LABEL))
    if one.words:
        told = f"{ARROWS[one.arrow]}{one.change}    ◆ {one.words}"
        if one.change and wide(told, LABEL) * 1.05 > area.width:
            below = frame.add_paragraph()
        elif one.change:
            put(below, "    ", Pen(LABEL))
        _standing(below, one)


def _standing(paragraph: Any, one: Headline) -> None:
    if one.status:
        status_runs(paragraph, one.status, one.words, LABEL)
    else:
        put(paragraph, one.words, Pen(LABEL, LIGHT.ink2))


def draw_statements(slide: Any, statements: Statements, area: Area, name: str) -> None:
    """Draw the sentences, each with the shape and word of its light before it."""
    place = Area(area.left + INDENT, area.top + 8, area.width - INDENT, area.height - 8)
    paragraph = box(slide, place, name)
    frame = paragraph._parent
    for i, one in enumerate(statements.items):
        line = frame.add_paragraph() if i else paragraph
        line.space_after = Pt(BETWEEN)
        line.line_spacing = 1.1
        if one.status:
            status_runs(line, one.status, f"{one.word}  ", LABEL)
        put(line, one.text, Pen(LABEL))


def height_of(one: Statement, area: Area) -> float:
    """Return the height a sentence takes (pt)."""
    told = f"◆ {one.word}  {one.text}" if one.status else one.text
    return lines_of(told, LABEL, area.width - INDENT) * LABEL * LINE * 1.1 + BETWEEN
