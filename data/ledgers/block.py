"""What stands below a header: data rows, and totals, footers, repeated headers, other tables told apart."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

import polars as pl

from data.ledgers.grid import Grid, letter
from data.ledgers.header import Header, Known, Row, is_header, leading, words_of
from data.ledgers.kinds import registry
from data.ledgers.labels import label

_TOTAL = re.compile(r"^(本页|本表|本月|本期|全部)?(总?合计|总计|小计|共计|累计|总数|(合计|总计|小计)数)$")
# 锦丰镇小计: what is summed stands before the word, in the first cell that is no number.
_NAMED_TOTAL = re.compile(r"^(.{1,16})(合计|总计|小计)数?$")
# Rows of another month, of changes or of a part of the row above stand beside the data and are none.
_BESIDE = re.compile(r"^(上月|上期|上年|去年|同期|同比|环比|增减|较上|比上|其中)")
# In a second cell it is only such a word: 去年10月 may be a date.
_ONLY_BESIDE = re.compile(r"^(上月|上期|上年|去年|同期|同比|环比|增减)(同期|数|增减|增长)?$")
_COUNTY = re.compile(r"^全(市|县|区)(合计|总计)?$")
_FOOTER = re.compile(
    r"^(填表|填报|制表|审核|复核|审批|校对|经办|联系|报送|备注|说明|注[:：]|注意|附注|数据来源|共\d+[件条家个处名人])"
)
# A word that makes a row one of totals or of another month stands within its first cells.
_LEADS = 6
_MAY_TELL = "[计数]|上月|上期|上年|去年|同期|同比|环比|增减|较上|比上|其中"
# A footer's own word, nothing behind it: its value stands in the next cell.
_SIGNER = re.compile(
    r"^(填表|填报|制表|审核|复核|审批|校对|经办|联系|报送)(人|单位|部门|日期|时间|电话|领导)?$"
)
_SHORT = 12
_AMOUNT = re.compile(r"[\d.,:/\-T%年月日 ]*\d[\d.,:/\-T%年月日 ]*")
_NUMBER = re.compile(r"\d+(\.0)?")
_NUMBERING = frozenset(["序号", "编号", "序", "号"])
_AS_TEXT = r"""^\s*(?:['‘’＇](.+)|="([^"]*)")\s*$"""
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
    beside: tuple[int, ...] = ()
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
    data = _unquoted(frame.filter(~pl.col("_row").is_in(list(odd))).drop("_first", "_filled"))
    return Block(
        grid,
        header,
        _same_as_above(_filled_merges(data, grid, header)),
        tuple(_total(cells, at, reason) for at, reason in odd.items() if reason.startswith("total")),
        Counter(reason.split(":")[0] for reason in odd.values()),
        tuple(at for at, reason in odd.items() if reason == "line"),
        tuple(at for at, reason in odd.items() if reason == "beside"),
        (second, letter(leading(cells.row(second - 1)) + 1)) if second else None,
    )


def _total(cells: pl.DataFrame, at: int, reason: str) -> Total:
    texts = dict(zip(cells.columns, cells.row(at - 1), strict=True))
    filled = {column: text for column, text in texts.items() if text}
    return Total(at, reason == "total:county", reason == "total:part", filled)


def _odd_rows(frame: pl.DataFrame, grid: Grid, header: Header, known: Known) -> dict[int, str]:
    """Row -> why it is not data: total, footer, repeated header, a line of text, or a second table."""
    odd = {text for text in frame["_first"].unique().to_list() if _looks(text, known)}
    narrow = 3 if len(header.heads) > 3 else 1
    suspects = frame.filter(
        pl.col("_first").is_in(odd) | (pl.col("_filled") <= narrow) | _may_be_odd(frame, grid)
    )
    found: dict[int, str] = {}
    under = 0
    for at, first, filled in suspects.select("_row", "_first", "_filled").iter_rows():
        reason = _reason(grid.cells.row(at - 1), first, filled, header, known, at <= under)
        if reason == "header":
            under = at + header.last - header.first
        if reason:
            found[at] = reason
    return found


def _may_be_odd(frame: pl.DataFrame, grid: Grid) -> pl.Expr:
    """Whether one of the first cells of a row may tell that it is no data; numbering may stand before it."""
    fits = pl.lit(False)
    for name in grid.cells.columns[:_LEADS]:
        texts = frame[name].drop_nulls().unique()
        words = [text for text in texts.filter(texts.str.contains(_MAY_TELL)) if _tells(text)]
        fits = fits | pl.col(name).is_in(words).fill_null(False)
    return fits


def _tells(text: str) -> bool:
    word = label(text)
    return bool(_TOTAL.match(word) or _NAMED_TOTAL.match(word) or _is_beside(text))


def _is_beside(text: str) -> bool:
    """Whether a row that begins so is of another month, a change or a part of the row above."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return len(plain) <= _SHORT and bool(_BESIDE.match(plain))


def _looks(text: str, known: Known) -> bool:
    if text.isdigit():
        return False
    plain = label(text)
    return bool(_COUNTY.match(plain) or _FOOTER.match(plain) or _CONTINUED.match(plain)) or known(plain)


def _reason(row: Row, first: str, filled: int, header: Header, known: Known, under: bool) -> str | None:
    total = _total_word(row)
    if total:
        return "total:part" if "小计" in total or not _TOTAL.match(total) else "total:all"
    if any(_COUNTY.match(word) for word in words_of(row[:4])[:2]):
        return "total:county"
    spoken = _spoken(row)[:2]
    if any(map(_is_beside, spoken[:1])) or any(_ONLY_BESIDE.match(label(text)) for text in spoken[1:]):
        return "beside"
    if _is_footer(first, filled):
        return "footer"
    words = words_of(row)
    if any(_CONTINUED.match(word) for word in words) and filled == 1:
        return "header"
    own = {label(part) for head in header.heads for part in head.path}
    if words and all(word in own for word in words) and (filled > 1 or under):
        # The same words in another order are the header of another table.
        return "header" if _stands_as(row, header) else "second"
    if is_header(row, known) and not all(word in own for word in words) and not any(map(_holds, row)):
        return "second"
    if filled == 1:
        return "empty" if _is_numbering(row, first, header) else "line"
    return None


def _holds(text: str | None) -> bool:
    """Whether a cell is a number or a date, which no header has beside its words."""
    return bool(text and _AMOUNT.fullmatch(text.strip()))


def _total_word(row: Row) -> str | None:
    """The word that makes a row one of totals, if one does."""
    words = [label(text) for text in _spoken(row)]
    exact = next((word for word in words if _TOTAL.match(word)), None)
    if exact:
        return exact
    match = _NAMED_TOTAL.match(words[0]) if words else None
    return words[0] if match and match[1] not in registry().words else None


def _spoken(row: Row) -> list[str]:
    """The first cells of a row that are no numbers."""
    return [text for text in row[:_LEADS] if text and not _NUMBER.fullmatch(text.strip())]


def _is_footer(first: str, filled: int) -> bool:
    """A signature, a remark or a count of cases; a firm whose name begins so has a full row."""
    word = label(first)
    if not (_FOOTER.match(word) or _FOOTER.match(first)):
        return False
    return filled <= 2 or bool(re.search("[:：]", first) or _SIGNER.match(word))


def _stands_as(row: Row, header: Header) -> bool:
    """Whether each word of a row stands in a column whose header says it."""
    paths = {head.column: [label(part) for part in head.path] for head in header.heads}
    return all(label(text) in paths.get(letter(at), ()) for at, text in enumerate(row, 1) if text)


def _is_numbering(row: Row, first: str, header: Header) -> bool:
    """Whether the only cell of a row is the number of a row that was not filled in."""
    labels = {head.column: head.path[-1] for head in header.heads}
    word = labels.get(letter(leading(row) + 1), "序号")
    return bool(_NUMBER.fullmatch(first)) and word in _NUMBERING


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


def _unquoted(data: pl.DataFrame) -> pl.DataFrame:
    """Without the signs by which exports make text of a number: an apostrophe before it, or ="…" around."""
    texts = pl.col([name for name in data.columns if name != "_row"])
    return data.with_columns(texts.str.replace(_AS_TEXT, "$1$2"))


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
