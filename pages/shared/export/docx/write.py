"""A brief written to Word: its chapters in their order, on paper that is set up once."""

import io
from datetime import UTC
from typing import Any

from docx import Document
from docx.shared import Pt

from pages.shared.deck.deck import Deck
from pages.shared.export.archive import settled
from pages.shared.export.brief import Block, Brief, Chapter, Chart, Grid, Heading, brief
from pages.shared.export.docx.charts import add_chart
from pages.shared.export.docx.edges import set_edges
from pages.shared.export.docx.paper import set_paper
from pages.shared.export.docx.styles import LINE, set_styles
from pages.shared.export.docx.tables import add_table
from pages.shared.export.pptx.paper import clean
from pages.shared.i18n import Text

# White below a table or chart, in points.
GAP = 9


def to_docx(deck: Deck) -> bytes:
    """Return the brief of a deck as DOCX; the same deck gives the same bytes."""
    outline, text = brief(deck), Text(deck.stamp.lang)
    document = Document()
    set_styles(document, outline.lang)
    set_paper(document, outline)
    set_edges(document, outline, text)
    _write(document, outline, text)
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue(), outline.published.astimezone(UTC).replace(tzinfo=None))


def _write(document: Any, outline: Brief, text: Text) -> None:
    title = document.add_paragraph(style="Title")
    for at, line in enumerate(outline.title):
        run = title.add_run(clean(line))
        if at < len(outline.title) - 1:
            run.add_break()
    document.add_paragraph(clean(outline.period), style="Subtitle")
    for chapter in (one for one in outline.chapters if not one.is_annex):
        _chapter(document, chapter, "Heading 1", text)
    for at, line in enumerate(outline.attachments):
        form = document.add_paragraph(clean(line), style="Body Text").paragraph_format
        form.keep_with_next = at < len(outline.attachments) - 1
        form.space_before = Pt(LINE if at == 0 else 0)
    for at, chapter in enumerate(one for one in outline.chapters if one.is_annex):
        heading = _chapter(document, chapter, "Annex Heading", text)
        heading.paragraph_format.page_break_before = at == 0


def _chapter(document: Any, chapter: Chapter, style: str, text: Text) -> Any:
    heading = document.add_paragraph(clean(chapter.title), style=style)
    for block in chapter.blocks:
        _block(document, block, text)
    return heading


def _block(document: Any, block: Block, text: Text) -> None:
    if isinstance(block, Heading):
        document.add_paragraph(clean(block.text), style="Heading 2")
    elif isinstance(block, Grid):
        _grid(document, block)
    elif isinstance(block, Chart):
        add_chart(document, block, text)
        caption = document.add_paragraph(clean(block.title), style="Caption").paragraph_format
        caption.keep_with_next = bool(block.notes)
        _notes(document, block.notes)
    else:
        document.add_paragraph(clean(block.text), style="Definition" if block.is_note else "Body Text")


def _grid(document: Any, grid: Grid) -> None:
    if grid.title:
        document.add_paragraph(clean(grid.title), style="Table Title")
    if grid.unit:
        document.add_paragraph(clean(grid.unit), style="Table Unit")
    add_table(document, grid)
    _notes(document, grid.notes or ("",))


def _notes(document: Any, notes: tuple[str, ...]) -> None:
    """Write the lines below a table or chart; two tables never touch one another."""
    for at, note in enumerate(notes):
        form = document.add_paragraph(clean(note), style="Table Note").paragraph_format
        form.keep_with_next = at < len(notes) - 1
        if at == len(notes) - 1:
            form.space_after = Pt(GAP)
