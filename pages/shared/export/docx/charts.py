"""Native charts in Word: drawn by the writer of slides, then put into the document with their workbooks."""

from typing import Any
from xml.sax.saxutils import quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from pptx import Presentation

from pages.shared.deck.exhibits import Bars, Lines
from pages.shared.export.brief import Chart
from pages.shared.export.docx.bars import draw_rows, height_of
from pages.shared.export.docx.styles import HEI
from pages.shared.export.pptx.curve import draw_curve
from pages.shared.export.pptx.lines import draw_lines
from pages.shared.export.pptx.paper import Area, clean
from pages.shared.export.pptx.plot import Told
from pages.shared.i18n import Text

WIDTH = 442.0  # pt, the 156 mm of the text
TALL = 155.0  # pt, of a chart whose height does not follow from its rows
# What is drawn for a slide is twice as large as on paper.
SLIDE = 2.0
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"

# Where a chart says how large something is.
_SIZED = ((f"{{{_A}}}defRPr", "sz"), (f"{{{_A}}}rPr", "sz"), (f"{{{_A}}}ln", "w"), (f"{{{_C}}}size", "val"))

# No frame around the chart, and the paper seen through it.
_PLAIN = f'<c:spPr xmlns:c="{_C}" xmlns:a="{_A}"><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>'


def add_chart(document: Any, chart: Chart, text: Text) -> None:
    """Add an inline chart that Word can edit: its part, its workbook, its place and its alt text."""
    height = height_of(chart.exhibit) if isinstance(chart.exhibit, Bars) else TALL
    xml, book = _drawn(chart, height, text)
    number = sum(1 for part in document.part.package.iter_parts() if "/charts/" in part.partname) + 1
    package = document.part.package
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, xml, package)
    sheet = PackURI(f"/word/embeddings/chart{number}.xlsx")
    part.relate_to(Part(sheet, CONTENT_TYPE.SML_SHEET, book, package), RELATIONSHIP_TYPE.PACKAGE)
    place = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    run = document.add_paragraph(style="Figure").add_run()
    run._r.append(_inline(place, number, chart, height))


def _drawn(chart: Chart, height: float, text: Text) -> tuple[bytes, bytes]:
    """Return the XML of the chart and its workbook."""
    deck: Any = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    told, exhibit = Told(clean(chart.title), clean(chart.alt)), chart.exhibit
    area = Area(0, 0, WIDTH * SLIDE, height * SLIDE)
    if isinstance(exhibit, Bars):
        draw_rows(slide, exhibit, chart.categories, told)
    elif isinstance(exhibit, Lines):
        draw_lines(slide, exhibit, area, told, text.lang)
    else:
        draw_curve(slide, exhibit, area, told)
    (frame,) = (shape for shape in slide.shapes if shape.has_chart)
    part = frame.chart.part
    scale = 1.0 if isinstance(exhibit, Bars) else 1 / SLIDE
    return _on_paper(part.blob, scale), part.chart_workbook.xlsx_part.blob


def _on_paper(xml: bytes, scale: float) -> bytes:
    """Return the chart with type, lines and dots at the size of paper, in the type of the brief."""
    root: Any = parse_xml(xml)
    for tag, name in _SIZED:
        for element in root.iter(tag):
            if name in element.attrib:
                element.set(name, str(round(int(element.get(name)) * scale)))
    for look in root.iter(f"{{{_A}}}defRPr", f"{{{_A}}}rPr"):
        for old in look.xpath("*[self::a:latin or self::a:ea]", namespaces={"a": _A}):
            look.remove(old)
        for face in ("latin", "ea"):
            look.append(look.makeelement(f"{{{_A}}}{face}", {"typeface": HEI}))
    root.find(f"{{{_C}}}chart").addnext(parse_xml(_PLAIN))
    return serialize_part_xml(root)


def _inline(place: str, number: int, chart: Chart, height: float) -> Any:
    name, alt = quoteattr(clean(chart.title)), quoteattr(clean(chart.alt))
    return parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a", "r")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{Pt(WIDTH)}" cy="{Pt(height)}"/><wp:docPr id="{number}" name={name} descr={alt}/>'
        f'<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" r:id="{place}"/></a:graphicData></a:graphic></wp:inline></w:drawing>'
    )
