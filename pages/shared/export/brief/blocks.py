"""Exhibits and annexes as tables and charts of the brief."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pages.shared.deck.alt import alt_of
from pages.shared.deck.deck import Annex, Slide, Stamp
from pages.shared.deck.exhibits import Bar, Bars, Cell, Curve, Headlines, Lines, Statements, Table
from pages.shared.export.brief.outline import Block, Chart, Grid, Paragraph
from pages.shared.i18n import Text
from pages.shared.theme import SHAPES
from queries.words.formats import month_text, plain_percent, short_number

# More bars than this go into several charts, of which two stand on a page.
BARS_AT_MOST = 16
# So many names of months fit under an axis.
MONTHS_AT_MOST = 6
# Between two sentences.
GAPS = {"zh": "", "en": " "}
# What needs a note under a table or chart, and the note's text; 未报 goes by the word of the language.
MARKS = {"≤": "small", "约": "small", "about ": "small", "※": "hidden", "≥": "least"}


def printed(cell: Cell) -> str:
    """Return what a cell prints."""
    return cell if isinstance(cell, str) else cell.text


def shown(slide: Slide, told: frozenset[str], stamp: Stamp, text: Text) -> tuple[Block, ...]:
    """Return a slide's exhibit as blocks; sentences that are `told` elsewhere are left out."""
    exhibit = slide.exhibit
    if isinstance(exhibit, Statements):
        return tuple(Paragraph(item.text) for item in exhibit.items if item.text not in told)
    if isinstance(exhibit, Headlines):
        return (_headlines(slide, exhibit, stamp, text),)
    if isinstance(exhibit, Table):
        notes = _notes(slide, _cells(exhibit), stamp, text, slide.subtitle)
        return (_grid(slide.title, "", exhibit, alt_of(slide.subtitle, exhibit, text), notes),)
    return _charts(slide, exhibit, stamp, text)


def annexed(annex: Annex, stamp: Stamp, text: Text) -> Grid:
    """Return an annex as a table without a title: its chapter's heading is the title."""
    cells = _cells(annex.table)
    notes = _noted(_marks(cells, "", text), annex.query, stamp, text)
    return _grid("", annex.unit, annex.table, annex.title, notes)


def _headlines(slide: Slide, exhibit: Headlines, stamp: Stamp, text: Text) -> Grid:
    names = ("indicator", "value", "unit", "change", "status")
    rows = tuple(
        (
            item.name,
            item.value.text,
            item.unit or "—",
            item.change or "—",
            _lit(item.status, item.words) or "—",
        )
        for item in exhibit.items
    )
    cells = tuple(cell for row in rows for cell in row)
    return Grid(
        title=text("brief.headlines"),
        unit="",
        columns=tuple(text(f"brief.{name}") for name in names),
        numeric=(False, True, False, False, False),
        rows=rows,
        alt=slide.alt,
        notes=_notes(slide, cells, stamp, text),
    )


def _grid(title: str, unit: str, table: Table, alt: str, notes: tuple[str, ...]) -> Grid:
    lights = table.lights or (None,) * len(table.rows)
    rows = tuple(
        tuple(_lit(light if at == table.light else None, printed(cell)) for at, cell in enumerate(row))
        for row, light in zip(table.rows, lights, strict=True)
    )
    columns = tuple(column.name for column in table.columns)
    numeric = tuple(column.is_number for column in table.columns)
    return Grid(title, unit, columns, numeric, rows, alt, notes, table.has_total)


def _lit(status: str | None, words: str) -> str:
    """Return words behind the shape of their light: it is seen in black and white too."""
    return f"{SHAPES[status][0]} {words}" if status and words else words


def _charts(slide: Slide, exhibit: Bars | Lines | Curve, stamp: Stamp, text: Text) -> tuple[Chart, ...]:
    if isinstance(exhibit, Curve):
        cells = tuple(point.label for point in exhibit.reached)
        return (Chart(slide.subtitle, exhibit, (), slide.alt, _notes(slide, cells, stamp, text)),)
    if isinstance(exhibit, Lines):
        cells = tuple(line.label for line in exhibit.lines)
        months = _axis(exhibit.months, text)
        return (Chart(slide.subtitle, exhibit, months, slide.alt, _notes(slide, cells, stamp, text)),)
    parts = _evenly(_aimed(exhibit, text))
    notes = _notes(slide, tuple(row.value.text for row in exhibit.rows), stamp, text)
    return tuple(
        Chart(
            text("brief.part", title=slide.subtitle, part=at, parts=len(parts))
            if len(parts) > 1
            else slide.subtitle,
            part,
            tuple(f"{row.name}　{row.detail}" if row.detail else row.name for row in part.rows),
            alt_of(slide.subtitle, part, text),
            notes if at == len(parts) else (),
        )
        for at, part in enumerate(parts, 1)
    )


def _aimed(bars: Bars, text: Text) -> Bars:
    """Return the bars with targets of their own told in their words: one line cannot show them all."""
    if bars.target is not None:
        return bars

    def told(row: Bar) -> Bar:
        if row.target is None or not row.words:
            return row
        shown = plain_percent(row.target) if bars.kind == "rate" else short_number(row.target, text)
        return replace(row, words=text("brief.aimed", words=row.words, target=shown))

    return replace(bars, rows=tuple(map(told, bars.rows)))


def _evenly(bars: Bars) -> tuple[Bars, ...]:
    """Return the bars in charts of about the same length."""
    parts = -(-len(bars.rows) // BARS_AT_MOST) or 1
    size = -(-len(bars.rows) // parts) or 1
    cut = [bars.rows[at : at + size] for at in range(0, len(bars.rows), size)] or [()]
    return tuple(replace(bars, rows=rows) for rows in cut)


def _axis(months: tuple[date, ...], text: Text) -> tuple[str, ...]:
    """Return the names of the months that are written out, the last one always; "" for the others."""
    step = -(-len(months) // MONTHS_AT_MOST)
    last = len(months) - 1
    return tuple(
        month_text(month, text) if (last - at) % step == 0 else "" for at, month in enumerate(months)
    )


def _cells(table: Table) -> tuple[str, ...]:
    return tuple(printed(cell) for row in table.rows for cell in row)


def _notes(slide: Slide, cells: tuple[str, ...], stamp: Stamp, text: Text, *remarks: str) -> tuple[str, ...]:
    """Return the lines below an exhibit: one note of remarks and marks, then the source."""
    said = [remark for remark in (*remarks, slide.remark) if remark]
    return _noted([*said, *_marks(cells, slide.remark, text)], slide.query, stamp, text)


def _noted(said: Sequence[str], query: str, stamp: Stamp, text: Text) -> tuple[str, ...]:
    note = paragraph(said, text)
    source = text("brief.source", text=_source(query, stamp, text))
    return (text("brief.note", text=note), source) if note else (source,)


def paragraph(sentences: Sequence[str], text: Text) -> str:
    """Return the sentences as one paragraph, each with its full stop."""
    return GAPS[text.lang].join(stopped(one, text) for one in sentences)


def stopped(sentence: str, text: Text) -> str:
    """Return the sentence with its full stop."""
    return f"{sentence.rstrip('。.')}{text('brief.stop')}"


def _marks(cells: tuple[str, ...], remark: str, text: Text) -> list[str]:
    """Return what the marks among the cells mean, but for those that the remark is about."""
    known = {**MARKS, text("brief.not_reported"): "missing"}
    told = {name for sign, name in known.items() if sign.strip() in remark}
    found = {name: None for sign, name in known.items() if any(sign in cell for cell in cells)}
    return [text(f"brief.mark_{name}") for name in found if name not in told]


def _source(query: str, stamp: Stamp, text: Text) -> str:
    return text("brief.asked", query=query, cutoff=stamp.cutoff) if query else stamp.cutoff
