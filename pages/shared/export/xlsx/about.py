"""The sheets about the others: what is in the workbook, how its figures are defined, where they come from."""

from collections.abc import Sequence
from datetime import datetime

from pages.shared.deck.deck import Annex, Slide
from pages.shared.deck.exhibits import Cell, Value
from pages.shared.export.xlsx.book import HEAD_ROW, Book
from pages.shared.export.xlsx.grids import Grid


def contents(book: Book, name: str, listed: Sequence[tuple[str, Slide | Annex]]) -> None:
    """Write the first sheet: title, lead, what the data are, and the sheets with their conclusions."""
    deck = book.deck
    sheet = book.sheet(name, deck.title, deck.lead)
    below = book.table(sheet, _stamp(book), HEAD_ROW)
    rows = []
    for sheet_name, one in listed:
        section = deck.blocks.get(one.section, "") if isinstance(one, Slide) else book.t("annex")
        rows.append((sheet_name, section, one.title, one.query))
    heads = tuple(book.t(key) for key in ("sheet", "block", "conclusion", "query"))
    last = book.table(sheet, Grid(heads, tuple(rows)), below + 1, widest=70)
    sheet.print_area(0, 0, last, len(heads) - 1)


def _stamp(book: Book) -> Grid:
    """Return what the data of the workbook are."""
    stamp = book.deck.stamp
    told = {
        "area": f"{stamp.county} {stamp.area}".strip(),
        "month_label": stamp.month_text,
        "cutoff": stamp.cutoff,
        "revision": stamp.revision,
        "commit": book.t("commit_text", number=stamp.commit, sha=stamp.sha8),
        "published": f"{datetime.fromisoformat(stamp.published_at):%Y-%m-%d %H:%M}",
        "audience": stamp.audience_text,
        "filters": stamp.filters,
        "denominator": stamp.denominator,
        "nature": stamp.demonstration,
        "source_name": book.t("product"),
    }
    rows = tuple((book.t(key), words) for key, words in told.items() if words)
    return Grid((book.t("item"), book.t("sentence")), rows)


def definitions(book: Book, name: str) -> None:
    """Write how each figure is defined."""
    sheet = book.sheet(name, book.t("definitions"))
    heads = tuple(book.t(key) for key in ("indicator", "sentence", "formula", "caveat"))
    rows = tuple((one.name, one.sentence, one.formula, one.caveat) for one in book.deck.definitions)
    last = book.table(sheet, Grid(heads, rows), widest=42)
    book.frame(sheet, (last, len(heads) - 1))


def sources(book: Book, name: str) -> None:
    """Write which files, sheets and rows the month was read from, with the hashes of what was published."""
    stamp = book.deck.stamp
    commit = book.t("commit_text", number=stamp.commit, sha=stamp.sha8)
    sheet = book.sheet(name, book.t("sources"), f"{book.t('commit')} {commit}")
    heads = tuple(book.t(key) for key in ("table", "file", "file_sheet", "rows", "hash"))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.table, one.file, one.sheet, Value(one.rows, str(one.rows)), one.sha256) for one in stamp.files
    )
    last = book.table(sheet, Grid(heads, rows, frozenset({3})), widest=72)
    book.frame(sheet, (last, len(heads) - 1))
