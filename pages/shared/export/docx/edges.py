"""Header and footer of the brief: what it is above, page number and provenance below, on every page."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from pages.shared.export.brief import Brief
from pages.shared.export.pptx.paper import clean
from pages.shared.i18n import Text


def set_edges(document: Any, outline: Brief, text: Text) -> None:
    """Write header and footer of odd and even pages; the number stands at the outer side, — 1 —."""
    section = document.sections[0]
    provenance = clean(text("brief.comma").join(outline.footer))
    for header in (section.header, section.even_page_header):
        header.is_linked_to_previous = False
        header.paragraphs[0].style = document.styles["Header"]
        header.paragraphs[0].add_run(clean(outline.header))
    for footer, is_odd in ((section.footer, True), (section.even_page_footer, False)):
        footer.is_linked_to_previous = False
        _number(footer.paragraphs[0], document.styles["Footer"], is_odd)
        footer.add_paragraph(provenance, style=document.styles["Provenance"])


def _number(paragraph: Any, style: Any, is_odd: bool) -> None:
    paragraph.style = style
    form = paragraph.paragraph_format
    form.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_odd else WD_ALIGN_PARAGRAPH.LEFT
    # One character of white between number and edge of the text.
    form.right_indent, form.left_indent = (Pt(14), None) if is_odd else (None, Pt(14))
    paragraph.add_run("— ")
    for kind in ("begin", "separate", "end"):
        run = paragraph.add_run()
        mark = OxmlElement("w:fldChar")
        mark.set(qn("w:fldCharType"), kind)
        run._r.append(mark)
        if kind == "begin":
            _instruct(paragraph.add_run())
        elif kind == "separate":
            paragraph.add_run("1")
    paragraph.add_run(" —")


def _instruct(run: Any) -> None:
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = " PAGE "
    run._r.append(instruction)
