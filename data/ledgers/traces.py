"""Personal data in a ledger: dropped with its column where nobody reads it, refused anywhere else."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from data.ledgers.findings import Ask, Finding, found
from data.ledgers.grid import Book, Grid, Place
from data.ledgers.match import Column
from data.ledgers.page import Page, clean
from data.ledgers.privacy import Hit, hits, person_name
from data.personal import kind as personal_kind

# Where most of so many texts look like names, a column is one of names.
_FEWEST_NAMES = 3
_LONGEST_HEADER = 20


def traces(book: Book, pages: Iterable[Page]) -> Iterator[Finding]:
    """What must not be in a ledger, and columns that nobody asked for; never with a value."""
    if personal_kind(book.file):
        yield found("personal_data", Place(book.file), kind=personal_kind(book.file))
    by_grid = {id(page.block.grid): page for page in pages}
    for grid in book.grids:
        yield from _comments(book, grid)
        page = by_grid.get(id(grid))
        if page is None:
            yield from (_refused(book, grid, hit, None) for hit in hits(replace(grid, comments=())))
        else:
            yield from _on_page(book, grid, page)


def _comments(book: Book, grid: Grid) -> Iterator[Finding]:
    for one in grid.comments:
        what = personal_kind(one.text)
        if what:
            place = Place(book.file, grid.name, one.row, one.column)
            yield found("personal_comment", place, kind=what)


def _on_page(book: Book, grid: Grid, page: Page) -> Iterator[Finding]:
    rows = set(page.rows)
    columns = {column.letter: column for column in page.match.columns}
    dropped = {letter: column for letter, column in columns.items() if _is_dropped(page, column)}
    inside: dict[str, list[Hit]] = {}
    bare = replace(grid, comments=())
    for hit in hits(bare, codes=_letters(page, "code", "count"), credit=_letters(page, "credit")):
        if hit.row in rows and hit.column in dropped:
            inside.setdefault(hit.column, []).append(hit)
        else:
            above = (hit.row or 0) < page.block.header.first
            yield _refused(book, grid, hit, None if above else columns.get(hit.column or ""))
    for letter, column in dropped.items():
        if column.role == "ignored" and letter in inside:
            yield _dropped(page, column, inside[letter])
    yield from _persons(page, [column for column in dropped.values() if column.role != "ignored"])
    yield from _unknown(page)


def _is_dropped(page: Page, column: Column) -> bool:
    return column.role in ("ignored", "person") or _holds_names(page, column)


def _holds_names(page: Page, column: Column) -> bool:
    """Whether a column that nobody asked for seems to hold names of persons."""
    if column.role != "unknown":
        return False
    texts = page.block.data[column.letter].drop_nulls().unique().head(500).to_list()
    return len(texts) >= _FEWEST_NAMES and 2 * sum(map(person_name, texts)) > len(texts)


def _persons(page: Page, columns: Sequence[Column]) -> Iterator[Finding]:
    """One finding for all columns of persons that a sheet has, at the first of them."""
    filled = [column for column in columns if _filled(page, column.letter)]
    if filled:
        named = "、".join(clean(column.text) for column in filled)
        count = sum(_filled(page, column.letter) for column in filled)
        place = page.place(min(page.rows), filled[0])
        yield found("person_columns", place, columns=named, count=count)


def _unknown(page: Page) -> Iterator[Finding]:
    """Columns that are not read because their header says nothing that is known."""
    for column in page.match.of("unknown"):
        if page.block.data[column.letter].is_null().all() or _holds_names(page, column):
            continue
        text = clean(column.text)
        is_plain = len(text) <= _LONGEST_HEADER and not any(map(str.isdigit, text)) and not person_name(text)
        place = Place(
            page.file, page.sheet, page.block.header.last, column.letter, text if is_plain else None
        )
        ask = Ask("header", "/".join(column.path), page.match.kind.name) if is_plain else None
        yield found("column_unknown", place, ask=ask)


def _refused(book: Book, grid: Grid, hit: Hit, column: Column | None) -> Finding:
    label = column.text if column and personal_kind(column.text) is None else None
    place = Place(book.file, grid.name, hit.row, hit.column, label)
    return found("personal_data" if grid.visible else "personal_hidden", place, kind=hit.kind)


def _dropped(page: Page, column: Column, inside: list[Hit]) -> Finding:
    kinds = " ".join(dict.fromkeys(hit.kind for hit in inside))
    place = page.place(min(hit.row or 0 for hit in inside), column)
    return found("personal_dropped", place, kind=kinds, count=len(inside))


def _letters(page: Page, *types: str) -> set[str]:
    kind = page.match.kind
    fields = {one.name for one in kind.fields if one.type in types}
    counted = {
        column.letter for column in page.match.of("indicator", "service", "target") if "count" in types
    }
    return counted | {column.letter for column in page.match.of("field") if column.name in fields}


def _filled(page: Page, letter: str) -> int:
    return page.block.data.height - page.block.data[letter].null_count()
