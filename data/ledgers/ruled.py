"""A ruled list in a sheet: heads, rows as high as their text, fit to print on A4 across."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from data.ledgers.paper import COLOURS, Ink, clean, lines

LINE = 17
FRAME: dict[str, object] = {"border": 1, "border_color": COLOURS["line"], "text_wrap": True, "indent": 1}
# The look of a number: in the middle of its cell.
NUMBER: dict[str, object] = {"align": "center", "indent": 0}


@dataclass(frozen=True)
class Ruled:
    """A sheet that holds a list; `widths` are those of its columns, in half-width places."""

    sheet: Worksheet
    ink: Ink
    widths: Sequence[float]

    def set_up(self) -> None:
        """Column widths, no gridlines, A4 across, as many pages as it takes."""
        for place, one in enumerate(self.widths):
            self.sheet.set_column(place, place, one)
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&C&P / &N")

    def heads(self, row: int, texts: Sequence[str]) -> None:
        """The header at `row` (from 0), repeated on every printed page."""
        self.sheet.set_row(row, self._height(texts) + 4)
        look = self.ink.of(**FRAME, bold=True, bg_color=COLOURS["head"])
        for place, text in enumerate(texts):
            self.sheet.write_string(row, place, text, look)
        self.sheet.repeat_rows(row)

    def row(
        self, row: int, cells: Sequence[str | int], looks: Mapping[int, Mapping[str, object]] | None = None
    ) -> None:
        """One row of the list; `looks` adds to the look of single cells, by their place from 0."""
        texts = [clean(str(one)) for one in cells]
        self.sheet.set_row(row, self._height(texts))
        for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            look = FRAME | dict((looks or {}).get(place, {}))
            if isinstance(cell, int):
                self.sheet.write_number(row, place, cell, self.ink.of(**look | NUMBER))
            else:
                self.sheet.write_string(row, place, text, self.ink.of(**look))

    def paragraph(self, row: int, text: str, **look: object) -> None:
        """A text across all columns, as high as it needs."""
        style = self.ink.of(**{"text_wrap": True, **look})
        self.sheet.merge_range(row, 0, row, len(self.widths) - 1, "", style)
        self.sheet.write_string(row, 0, text, style)
        self.sheet.set_row(row, LINE * lines(text, sum(self.widths)) + 3)

    def _height(self, texts: Sequence[str]) -> float:
        return LINE * max(lines(text, room - 2) for text, room in zip(texts, self.widths, strict=True)) + 4
