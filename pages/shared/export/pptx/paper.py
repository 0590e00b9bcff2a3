"""The slide as paper: where things stand (points, 960 × 540), the sizes of type, and text that is safe."""

import re
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Length, Pt

from pages.shared.charts.labels import em
from pages.shared.theme import LIGHT

FONT = "微软雅黑"
BODY_FONT = "等线"

TITLE, SUBTITLE, LABEL, TICK, FIGURE, FOOT = 28, 15, 18, 17, 66, 12  # look.md §11, pt
LINE = 1.32  # 微软雅黑 sets its lines this far apart

_ILLEGAL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_COLOR: Any = RGBColor  # its constructors carry no types
_ALIGN = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}
_ANCHOR = {"top": MSO_ANCHOR.TOP, "middle": MSO_ANCHOR.MIDDLE, "bottom": MSO_ANCHOR.BOTTOM}


@dataclass(frozen=True)
class Area:
    """A rectangle in points from the upper left of the slide."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def lengths(self) -> tuple[Length, Length, Length, Length]:
        """Return left, top, width and height as PowerPoint counts them."""
        return Pt(self.left), Pt(self.top), Pt(self.width), Pt(self.height)


SLIDE = Area(0, 0, 960, 540)
TITLE_AREA = Area(58, 33, 862, 79)
SUBTITLE_AREA = Area(58, 112, 862, 26)
EXHIBIT_AREA = Area(40, 146, 880, 333)
REMARK_AREA = Area(58, 459, 862, 24)
FOOT_AREA = Area(40, 496, 700, 34)
NUMBER_AREA = Area(750, 496, 170, 34)


@dataclass(frozen=True)
class Pen:
    """How a run of text looks."""

    size: float
    color: str = LIGHT.ink
    bold: bool = False


def clean(text: str) -> str:
    """Return the text on one line, without the characters that no XML file may hold."""
    return _ILLEGAL.sub("", re.sub(r"[\t\n\v\f\r\x85\u2028\u2029]+", " ", text))


def rgb(color: str) -> Any:
    """Return #RRGGBB as PowerPoint's colour."""
    return _COLOR.from_string(color[1:])


def ink(font: Any, pen: Pen) -> None:
    """Give a font of python-pptx size, weight and colour."""
    font.size, font.bold = Pt(pen.size), pen.bold
    font.color.rgb = rgb(pen.color)


def put(paragraph: Any, text: str, pen: Pen) -> None:
    """Add a run to a paragraph."""
    run = paragraph.add_run()
    run.text = clean(text)
    ink(run.font, pen)


def frame_of(shape: Any, *, anchor: str = "top", wrap: bool = True) -> Any:
    """Return the text frame of a shape, without margins, that neither grows nor shrinks."""
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.word_wrap, frame.vertical_anchor = wrap, _ANCHOR[anchor]
    return frame


def box(
    slide: Any, area: Area, name: str, *, anchor: str = "top", align: str = "left", wrap: bool = True
) -> Any:
    """Add a text box and return its first paragraph."""
    shape = slide.shapes.add_textbox(*area.lengths())
    shape.name = clean(name)
    paragraph = frame_of(shape, anchor=anchor, wrap=wrap).paragraphs[0]
    paragraph.alignment = _ALIGN[align]
    return paragraph


def align(paragraph: Any, side: str) -> None:
    """Align a paragraph left, right or center."""
    paragraph.alignment = _ALIGN[side]


def wide(text: str, size: float) -> float:
    """Return the width of a line in points; some programs part Chinese from Latin by a quarter em."""
    seams = sum(a.isascii() != b.isascii() and " " not in (a, b) for a, b in pairwise(text))
    return (em(text) + 0.25 * seams) * size


def lines_of(text: str, size: float, width: float) -> int:
    """Return how many lines a text takes in a box this wide; a line ends up to one character early."""
    return max(1, ceil(wide(text, size) * 1.03 / max(width - 0.6 * size, size)))


def status_runs(paragraph: Any, key: str, words: str, size: float) -> None:
    """Write a status as shape and words, each in its own colour."""
    status = LIGHT.status(key)
    put(paragraph, f"{status.shape} ", Pen(size, status.glyph))
    put(paragraph, words, Pen(size, status.word))


def plain(shape: Any) -> None:
    """Take the theme's shadow and line from a drawn shape."""
    for style in shape._element.xpath("p:style"):
        shape._element.remove(style)


def decorative(shape: Any) -> None:
    """Mark a line or a box as decoration, which a screen reader passes over."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.append(parse_xml(_DECORATIVE))


_DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)


def describe(shape: Any, name: str, alt: str) -> None:
    """Give a chart or a table its name and the text that stands for it."""
    shape.name = clean(name)
    shape._element.xpath(".//p:cNvPr")[0].set("descr", clean(alt))
