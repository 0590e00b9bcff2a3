"""The sheets of a book one by one: which hold a ledger, which are left aside, and why."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from data.contract import month_end
from data.ledgers.block import read_block
from data.ledgers.doubts import doubts
from data.ledgers.findings import Finding, found
from data.ledgers.grid import EXCERPT, OWN_SHEETS, Book, Grid, Place
from data.ledgers.header import find_header
from data.ledgers.kinds import Names
from data.ledgers.match import Match, match
from data.ledgers.page import Page
from data.ledgers.titles import bare_months, lines, months_in, without_days

# Formatted blank rows below a table that a person should know of.
_MANY = 1_000
_OTHER_MONTH = re.compile(r"上月|上个月|上期|上年|去年|同期")
_EXPLAINS = re.compile(r"说明|目录|封面|示例|样表|选项|字典")


@dataclass
class Sheets:
    """The pages of a book that hold ledgers, the grids that do not, and what was found on the way."""

    pages: list[Page] = field(default_factory=list)
    aside: list[Grid] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def open_sheets(book: Book, month: date, names: Names) -> Sheets:
    """Every sheet looked at once. Hidden and empty sheets and explanations are left aside."""
    sheets = Sheets()
    for grid in book.grids:
        place = Place(book.file, grid.name)
        if grid.cells.is_empty() or grid.name in OWN_SHEETS:
            sheets.aside.append(grid)
        elif not grid.visible:
            sheets.aside.append(grid)
            sheets.findings.append(found("sheet_hidden", place))
        elif (grid.name or "").endswith(EXCERPT):
            # Taken for the whole it would replace all that the sender has reported.
            sheets.findings.append(found("sheet_excerpt", place))
        else:
            _open(book, grid, month, names, sheets)
    _without_other_months(book, sheets)
    if not sheets.pages and not any(one.severity == "error" for one in sheets.findings):
        code = "ledger_empty" if all(grid.cells.is_empty() for grid in book.grids) else "ledger_unknown"
        sheets.findings.append(found(code, Place(book.file)))
    return sheets


def _without_other_months(book: Book, sheets: Sheets) -> None:
    """Leave aside what stands beside this month's sheet of the same kind for another month: 上月, 9月."""
    for page in list(sheets.pages):
        others = [one for one in sheets.pages if one.match.kind == page.match.kind and one is not page]
        if _says_other_month(page) and not all(map(_says_other_month, others)):
            sheets.pages.remove(page)
            sheets.aside.append(page.block.grid)
            sheets.findings = [one for one in sheets.findings if one.place.sheet != page.sheet]
            sheets.findings.append(found("sheet_other_month", Place(book.file, page.sheet)))


def _says_other_month(page: Page) -> bool:
    """Whether the sheet's name names another month, and only that."""
    name = page.sheet or ""
    months = {month.month for month in months_in([name])} or bare_months(name)
    return bool(_OTHER_MONTH.search(name)) or bool(months and page.month.month not in months)


def _open(book: Book, grid: Grid, month: date, names: Names, sheets: Sheets) -> None:
    header = find_header(grid, names.is_header_word)
    kind = match(header.heads, names) if header else None
    if header is None or kind is None:
        explains = _EXPLAINS.search(grid.name or "") or grid.cells.width == 1
        sheets.aside.append(grid)
        code = "sheet_explanation" if explains else "sheet_unrecognised"
        sheets.findings.append(found(code, Place(book.file, grid.name)))
        return
    block = read_block(grid, header, names.is_header_word, county_is_total=kind.kind.county_is_total)
    page = Page(book.file, block, kind, names, month)
    sheets.pages.append(page)
    sheets.findings += _shape(page)


def _shape(page: Page) -> list[Finding]:
    """What is wrong with a sheet's table before any of its values is read."""
    checks: Sequence[Callable[[Page], list[Finding]]] = (_months, _columns, _lines, _doubts)
    return [finding for check in checks for finding in check(page)]


def _doubts(page: Page) -> list[Finding]:
    return list(doubts(page))


def _months(page: Page) -> list[Finding]:
    """A title that names another month sends the file back; a name that does is only told."""
    above = lines(page.block.header)
    titles = [(text, Place(page.file, page.sheet, row, column)) for row, column, text in above]
    named = _dated([(without_days(text), place) for text, place in titles])
    if named:
        return _other(page, named)
    bare = _bare_months(page, titles)
    if bare is not None:
        return bare
    # A day on which the table may have been written says nothing of its month.
    after = month_end(page.month) + timedelta(days=1)
    days = [one for one in _dated(titles) if one[0] != after]
    return _other(page, days) or _named_months(page)


def _dated(texts: Sequence[tuple[str, Place]]) -> list[tuple[date, Place]]:
    return [(month, place) for text, place in texts for month in sorted(months_in([text]))]


def _other(page: Page, named: Sequence[tuple[date, Place]]) -> list[Finding]:
    """An error at the first text that names a month, unless one of them names the month imported."""
    if not named or page.month in dict(named):
        return []
    month, place = named[0]
    return [found("month_other", place, found=_month(month), month=_month(page.month))]


def _named_months(page: Page) -> list[Finding]:
    """The month that the name of the file or of the sheet says."""
    named = months_in([page.file])
    if named and page.month not in named:
        place = Place(page.file)
        return [found("month_of_file", place, found=_month(min(named)), month=_month(page.month))]
    texts = [(page.sheet or "", Place(page.file, page.sheet)), (page.file, Place(page.file))]
    return [] if named else _bare_months(page, texts) or []


def _bare_months(page: Page, texts: Sequence[tuple[str, Place]]) -> list[Finding] | None:
    """A month without a year should be the one imported; None if no text names one."""
    for text, place in texts:
        months = bare_months(text)
        if page.month.month in months:
            return []
        if months:
            return [found("month_perhaps", place, found=f"{min(months)}月", month=_month(page.month))]
    return None


def _month(month: date) -> str:
    return f"{month.year}年{month.month}月"


def _columns(page: Page) -> list[Finding]:
    one: Match = page.match
    findings = [found("column_missing", Place(page.file, page.sheet), column=name) for name in one.missing()]
    for first, second in one.repeated():
        data = page.block.data
        if not data[first.letter].equals(data[second.letter], null_equal=True):
            findings.append(
                found("column_twice", page.place(None, second), column=second.text, first=first.letter)
            )
    return findings


def _lines(page: Page) -> list[Finding]:
    block, header = page.block, page.block.header
    findings = [found("line_skipped", Place(page.file, page.sheet, row)) for row in block.skipped]
    findings += [found("row_beside", Place(page.file, page.sheet, row)) for row in block.beside]
    if block.grid.hidden_rows:
        findings.append(found("rows_hidden", Place(page.file, page.sheet), count=block.grid.hidden_rows))
    if block.grid.blank_rows > _MANY:
        findings.append(found("blank_rows", Place(page.file, page.sheet), count=block.grid.blank_rows))
    if block.second:
        findings.append(found("second_table", Place(page.file, page.sheet, *block.second)))
    if block.data.is_empty():
        findings.append(found("no_rows", Place(page.file, page.sheet, header.last)))
    return findings
