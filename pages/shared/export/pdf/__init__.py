"""The brief as a PDF: made by Typst without a network, with its fonts inside, the same bytes every time."""

import json
from pathlib import Path
from typing import Any

import typst

from pages.shared.deck.deck import Deck
from pages.shared.export.brief import Block, Brief, Chart, Grid, Heading, brief
from pages.shared.export.pdf.figures import drawn
from pages.shared.export.pdf.fonts import faces, lacking
from pages.shared.export.pptx.paper import clean
from pages.shared.i18n import Text
from queries import NuanxinError

__all__ = ["to_pdf"]

TEMPLATE = Path(__file__).parent / "brief.typ"


def to_pdf(deck: Deck) -> bytes:
    """Return the brief of a deck as PDF/UA-1, dated by the deck's publication.

    Raises NuanxinError when no installed font has the characters: no page is printed with boxes.
    """
    text = Text(deck.stamp.lang)
    outline = brief(deck)
    inputs = {"brief": json.dumps(_clean(_told(outline, text)), ensure_ascii=False)}
    try:
        made = typst.compile(
            TEMPLATE,
            format="pdf",
            sys_inputs=inputs,
            timestamp=int(outline.published.timestamp()),
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        signs = lacking(error.diagnostic)
        if not signs:
            raise
        raise NuanxinError("pdf_no_glyphs", signs=signs) from error
    assert isinstance(made, bytes)
    return made


def _told(outline: Brief, text: Text) -> dict[str, Any]:
    """Return the outline as plain values: texts are data for the template, never its markup."""
    return {
        "lang": outline.lang,
        "name": outline.name,
        "title": outline.title,
        "period": outline.period,
        "header": outline.header,
        "footer": text("brief.comma").join(outline.footer),
        "attachments": outline.attachments,
        "published": [outline.published.year, outline.published.month, outline.published.day],
        "faces": faces(outline.lang),
        "chapters": [
            {
                "title": chapter.title,
                "is_annex": chapter.is_annex,
                "blocks": [_block(block, text) for block in chapter.blocks],
            }
            for chapter in outline.chapters
        ],
    }


def _clean(value: Any) -> Any:
    """Return the values with texts of one line each, without control characters."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _clean(one) for key, one in value.items()}
    return [_clean(one) for one in value] if isinstance(value, list | tuple) else value


def _block(block: Block, text: Text) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text}
    if isinstance(block, Grid):
        return {"kind": "grid", **_grid(block)}
    if isinstance(block, Chart):
        return {
            "kind": "chart",
            "title": block.title,
            "alt": block.alt,
            "notes": block.notes,
            **drawn(block, text),
        }
    return {"kind": "paragraph", "text": block.text, "is_note": block.is_note}


def _grid(grid: Grid) -> dict[str, Any]:
    return {
        "title": grid.title,
        "unit": grid.unit,
        "columns": grid.columns,
        "numeric": grid.numeric,
        "rows": grid.rows,
        "notes": grid.notes,
        "has_total": grid.has_total,
        "is_short": grid.is_short,
        "widths": grid.widths,
        "size": grid.size,
    }
