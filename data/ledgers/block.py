"""What stands below a header: data rows, and totals, footers, repeated headers, other tables told apart."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

import polars as pl

from data.ledgers.grid import Grid, letter
from data.ledgers.header import Header, Known, Row, is_header, leading, words_of
from data.ledgers.labels import label

_TOTAL = re.compile(r"^(总?合计|总计|小计|共计|累计|总数)$")
_COUNTY = re.compile(r"^全(市|县|区)(合计|总计)?$")
_FOOTER = re.compile(
    r"^(填表|填报|制表|审核|复核|审批|校对|经办|联系|报送|备注|说明|注[:：]|注意|附注|数据来源|共\d+[件条家个处名人])"
)
_SAME = re.compile(r"^(同上|〃|″|\"|々)$")
_CONTINUED = re.compile(r"^[(（]?续[表上]?\d*[)）]?$")


@dataclass(frozen=True)
class Total:
    """A row of totals or subtotals: its word, its row, the cells by column, and the data rows above it."""

    row: int
    county: bool
    subtotal: bool
    cells: dict[str, str]


@dataclass(frozen=True)
class Block:
    """The table of a sheet. `data` has the sheet's columns and `_row`; merges are filled, 同上 is resolved.

    `left_out` counts rows that are not data by reason, `skipped` are rows with a text that nothing explains,
    `second` is the place of another table's header; what stands below it is not read.
    """

    grid: Grid
    header: Header
    data: pl.DataFrame
    totals: tuple[Total, ...] = ()
    left_out: Counter[str] = field(default_factory=Counter)
    skipped: tuple[int, ...] = ()
    second: tuple[int, str] | None = None


def read_block(grid: Grid, header: Header, known: Known, *, county_is_total: bool) -> Block:
    """Tell data rows from all others below the header; a row 全市 is a total or data, as the kind says."""
    cells = grid.cells
    frame = cells.with_row_index("_row", offset=1).slice(header.last)
    frame = frame.with_columns(
        _first=pl.coalesce(cells.columns), _filled=pl.sum_horizontal(pl.col(cells.columns).is_not_null())
    ).filter(pl.col("_filled") > 0)
    odd = _odd_rows(frame, grid, header, known)
    if not county_is_total:
        odd = {at: reason for at, reason in odd.items() if reason != "total:county"}
    second = next((at for at, reason in odd.items() if reason == "second"), None)
    if second is not None:
        frame = frame.filter(pl.col("_row") < second)
        odd = {at: reason for at, reason in odd.items() if at < second}
    data = frame.filter(~pl.col("_row").is_in(list(odd))).drop("_first", "_filled")
    return Block(
        grid,
        header,
        _same_as_above(_filled_merges(data, grid, header)),
        tuple(_total(cells, at, reason) for at, reason in odd.items() if reason.startswith("total")),
        Counter(reason.split(":")[0] for reason in odd.values()),
        tuple(at for at, reason in odd.items() if reason == "line"),
        (second, letter(leading(cells.row(second - 1)) + 1)) if second else None,
    )


def _total(cells: pl.DataFrame, at: int, reason: str) -> Total:
    texts = dict(zip(cells.columns, cells.row(at - 1), strict=True))
    filled = {column: text for column, text in texts.items() if text}
    return Total(at, reason == "total:county", reason == "total:part", filled)


def _odd_rows(frame: pl.DataFrame, grid: Grid, header: Header, known: Known) -> dict[int, str]:
    """Row -> why it is not data: total, footer, repeated header, a line of text, or a second table."""
    own = {part for head in header.heads for part in head.path}
    odd = {text for text in frame["_first"].unique().to_list() if _looks(text, known)}
    narrow = 3 if len(header.heads) > 3 else 1
    suspects = frame.filter(pl.col("_first").is_in(odd) | (pl.col("_filled") <= narrow))
    found: dict[int, str] = {}
    under = 0
    for at, first, filled in suspects.select("_row", "_first", "_filled").iter_rows():
        reason = _reason(grid.cells.row(at - 1), first, filled, own, known, at <= under)
        if reason == "header":
            under = at + header.last - header.first
        if reason:
            found[at] = reason
    return found


def _looks(text: str, known: Known) -> bool:
    if text.isdigit():
        return False
    plain = label(text)
    return bool(
        _TOTAL.match(plain) or _COUNTY.match(plain) or _FOOTER.match(plain) or _CONTINUED.match(plain)
    ) or known(plain)


def _reason(row: Row, first: str, filled: int, own: Collection[str], known: Known, under: bool) -> str | None:
    first_words = [label(text) for text in row[:4] if text]
    words = words_of(row)
    if any(_TOTAL.match(word) for word in first_words):
        return "total:part" if any("小计" in word for word in first_words) else "total:all"
    if any(_COUNTY.match(word) for word in first_words[:2]):
        return "total:county"
    if _FOOTER.match(label(first)) or _FOOTER.match(first):
        return "footer"
    if any(_CONTINUED.match(word) for word in words) and filled == 1:
        return "header"
    if words and all(word in own for word in words) and (filled > 1 or under):
        return "header"
    if is_header(row, known) and not all(word in own for word in words):
        return "second"
    if filled == 1:
        return "empty" if re.fullmatch(r"\d+(\.0)?", first) else "line"
    return None


def _filled_merges(data: pl.DataFrame, grid: Grid, header: Header) -> pl.DataFrame:
    """A blank under a vertical merge takes the merged value, within the merge and nowhere else."""
    spans: dict[str, dict[int, str | None]] = {}
    for merge in grid.merges:
        if merge.bottom > merge.top > header.last:
            value = grid.cells.item(merge.top - 1, merge.left - 1)
            column = spans.setdefault(letter(merge.left), {})
            column |= dict.fromkeys(range(merge.top + 1, merge.bottom + 1), value)
    for name, values in spans.items():
        under = pl.col("_row").replace_strict(values, default=None, return_dtype=pl.String)
        data = data.with_columns(pl.coalesce(name, under).alias(name))
    return data


def _same_as_above(data: pl.DataFrame) -> pl.DataFrame:
    """同上 takes the value of the row above."""
    for column in (name for name in data.columns if name != "_row"):
        same = data[column].str.strip_chars().str.contains(_SAME.pattern).fill_null(False)
        if same.any():
            value = pl.when(~same).then(pl.col(column).fill_null(""))
            data = data.with_columns(value.forward_fill().alias(column)).with_columns(
                pl.when(pl.col(column) != "").then(column)
            )
    return data
