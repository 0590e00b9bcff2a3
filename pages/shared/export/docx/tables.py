"""Three-line tables: rules above, below the head and at the foot; the head is repeated on each page."""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from pages.shared.export.brief import Grid
from pages.shared.export.docx.styles import HEI
from pages.shared.export.pptx.paper import clean

# Twentieths of a point: 156 mm; eighths of a point: 1.5 pt and 0.75 pt.
WIDTH, OUTER, INNER = 8844, 12, 6


def add_table(document: Any, grid: Grid) -> None:
    """Add a table of printed cells: numbers right, one that goes over pages keeps its rows whole."""
    widths = [round(share * WIDTH) for share in grid.widths]
    last = len(grid.rows) - 1
    rows = [_row(grid, grid.columns, widths, is_head=True)]
    rows += [
        _row(
            grid, row, widths, is_total=grid.has_total and at == last, is_kept=grid.is_short or at >= last - 1
        )
        for at, row in enumerate(grid.rows)
    ]
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = f"{_properties(grid)}<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}"
    table = parse_xml(f"<w:tbl {nsdecls('w')}>{body}</w:tbl>")
    document.element.body.insert(len(document.element.body) - 1, table)


def _properties(grid: Grid) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="{OUTER}" w:space="0" w:color="000000"/>'
        for side in ("top", "bottom")
    )
    sides = "".join(f'<w:{side} w:w="80" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{edges}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{sides}</w:tblCellMar>'
        f'<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"/>'
        f"<w:tblCaption w:val={quoteattr(clean(grid.title or grid.alt))}/>"
        f"<w:tblDescription w:val={quoteattr(clean(grid.alt))}/></w:tblPr>"
    )


def _row(
    grid: Grid,
    cells: tuple[str, ...],
    widths: list[int],
    *,
    is_head: bool = False,
    is_total: bool = False,
    is_kept: bool = False,
) -> str:
    """A row; the head stays with the first one, the last two with the notes, a short table is not parted."""
    head = "<w:tblHeader/>" if is_head else ""
    rule = f'<w:bottom w:val="single" w:sz="{INNER}" w:space="0" w:color="000000"/>' if is_head else ""
    border = f"<w:tcBorders>{rule}</w:tcBorders>" if rule else ""
    weight = f'<w:rFonts w:eastAsia="{HEI}"/>' if is_head else "<w:b/>" if is_total else ""
    look = f'{weight}<w:sz w:val="{round(grid.size * 2)}"/>'
    keep = "<w:keepNext/>" if is_head or is_kept else ""
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{border}<w:vAlign w:val="center"/></w:tcPr>'
        f"<w:p><w:pPr>"
        f'<w:pStyle w:val="TableText"/>{keep}<w:spacing w:before="40" w:after="40"/>'
        f'<w:jc w:val="{"right" if numeric else "left"}"/></w:pPr>'
        f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(clean(cell))}</w:t></w:r></w:p></w:tc>'
        for cell, width, numeric in zip(cells, widths, grid.numeric, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{made}</w:tr>"
