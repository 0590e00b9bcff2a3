"""Rules on single tables: columns, types, blanks, allowed values, keys and signs. Each breach is listed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from data.messages import say
from data.personal import safe
from data.tables import PROVENANCE, TABLES, Column

Severity = Literal["error", "warning"]

_ERRORS = """
table_unknown column_missing wrong_type not_readable blank not_allowed duplicate_key negative
precision_lost personal_data fraction
township_unknown township_abolished committee_unknown class_unknown station_unknown figure_unknown
target_unknown reference_missing name_unknown
received_after_month received_after_abolition closed_before_received closed_without_date open_with_date
closed_before_opened period_end_outside stock_with_start period_reversed progress_range target_rate_range
target_month
successor_unknown successor_cycle sort_order_repeated validity_reversed limit_incomplete limit_not_positive
members_over_workers
"""

_WARNINGS = """
column_absent organisation_not_approved organisation_without_members
task_closed_without_date task_without_deadline progress_over
credit_code_checksum holidays_missing cumulative_fell flow_without_start
control_character coordinates_incomplete coordinates_implausible
"""

RULES: dict[str, Severity] = {
    **dict.fromkeys(_ERRORS.split(), "error"),
    **dict.fromkeys(_WARNINGS.split(), "warning"),
}


@dataclass(frozen=True)
class Breach:
    """One broken rule and where: `row` as a spreadsheet user counts if known, else the data row from 1.

    `cell` is the letter of the column in which the value stood, where each row of the table was one cell.
    """

    table: str
    row: int | None
    column: str | None
    rule: str
    severity: Severity
    params: Mapping[str, object] = field(default_factory=dict)
    file: str | None = None
    sheet: str | None = None
    cell: str | None = None

    def text(self, lang: str | None = None) -> str:
        """One sentence: file, table, row, column, then what is wrong and what to do."""
        place = [
            str(safe(self.file or "")),
            say(f"table_{self.table}", lang) if self.table in TABLES else self.table,
        ]
        if self.row is not None:
            place.append(say("place_row", lang, row=self.row))
        if self.column is not None:
            place.append(say("place_column", lang, column=self.column))
        label = say(f"severity_{self.severity}", lang)
        message = say(f"rule_{self.rule}", lang, **self.params)
        return say(
            "breach", lang, label=label, place=" ".join(filter(None, place)), message=message, rule=self.rule
        )


def breach(table: str, column: str | None, rule: str, **params: object) -> Breach:
    """A breach of a table or column as a whole."""
    return Breach(table, None, column, rule, RULES[rule], params)


def breaches(
    table: str, frame: pl.DataFrame, broken: pl.Expr, column: str, rule: str, **params: pl.Expr | str | int
) -> Iterator[Breach]:
    """One breach for each row where `broken` is true; params given as expressions are read from that row.

    Text taken from a row is shown only if it cannot be personal.
    """
    place = {"row": pl.coalesce(["row", "_row"]) if "row" in frame.columns else pl.col("_row")}
    for name in ("file", "sheet", "column"):
        place[name] = pl.col(name) if name in frame.columns else pl.lit(None, pl.String)
    shown = {f"p_{name}": expr for name, expr in params.items() if isinstance(expr, pl.Expr)}
    fixed = {name: value for name, value in params.items() if not isinstance(value, pl.Expr)}
    found = frame.with_row_index("_row", offset=1).filter(broken).select(**place, **shown)
    for line in found.iter_rows(named=True):
        read = {name[2:]: safe(line[name]) for name in shown}
        where = (line["file"], line["sheet"], line["column"])
        yield Breach(table, line["row"], column, rule, RULES[rule], {**fixed, **read}, *where)


def plain_number(number: pl.Expr) -> pl.Expr:
    """A number as text without a needless fraction."""
    return number.cast(pl.String).str.strip_suffix(".0")


def percent(ratio: pl.Expr) -> pl.Expr:
    """A ratio as text in per cent: 0.85 -> 85%."""
    return plain_number((ratio * 100).round(2)) + "%"


@dataclass(frozen=True)
class Rule:
    """Where `broken` is true, `rule` is broken in `column`; `params` as for `breaches`."""

    column: str
    rule: str
    broken: pl.Expr
    params: Mapping[str, pl.Expr | str | int] = field(default_factory=dict)


def sweep(table: str, frame: pl.DataFrame, rules: Sequence[Rule]) -> Iterator[Breach]:
    """The breaches of several rules: one look for all of them, a second only for those that are broken."""
    if frame.is_empty() or not rules:
        return
    looks = [one.broken.fill_null(False).any().alias(str(place)) for place, one in enumerate(rules)]
    for one, is_broken in zip(rules, frame.select(looks).row(0), strict=True):
        if is_broken:
            yield from breaches(table, frame, one.broken, one.column, one.rule, **one.params)


def structural(table: str, frame: pl.DataFrame) -> Iterator[Breach]:
    """Breaches of columns and types: while there are any, the other rules cannot be applied to the table."""
    for column in TABLES[table].columns:
        if column.name not in frame.columns:
            if not column.nullable:
                yield breach(table, column.name, "column_missing")
        elif not _fits(frame.schema[column.name], column):
            found = str(frame.schema[column.name])
            yield breach(table, column.name, "wrong_type", expected=_named(column), found=found)


def absent(table: str, frame: pl.DataFrame) -> Iterator[Breach]:
    """Warnings for a ledger's columns that may be blank but are not there at all, optional ones aside."""
    if TABLES[table].origin == "profile":
        return
    for column in TABLES[table].columns:
        needless = column.is_optional or column in PROVENANCE
        if column.nullable and not needless and column.name not in frame.columns:
            yield breach(table, column.name, "column_absent")


def cells(table: str, frame: pl.DataFrame) -> Iterator[Breach]:
    """Breaches of blanks, allowed values, signs and keys in a frame whose columns and types fit."""
    rules: list[Rule] = []
    for column in TABLES[table].columns:
        value = pl.col(column.name)
        if not column.nullable:
            blank = value.is_null()
            if column.dtype == pl.String():
                blank = blank | (value.str.strip_chars() == "")
            rules.append(Rule(column.name, "blank", blank))
        if column.allowed:
            wrong = value.is_not_null() & ~value.is_in(column.allowed)
            rules.append(Rule(column.name, "not_allowed", wrong, {"allowed": " ".join(column.allowed)}))
        if _is_count(column):
            rules.append(Rule(column.name, "negative", value < 0, {"value": plain_number(value)}))
        if column.name.endswith(("_id", "_code")):
            # A spreadsheet that took a long code for a number has rounded its last digits away.
            rules.append(Rule(column.name, "precision_lost", value.str.contains(r"^\d(\.\d+)?[eE]\+?\d+$")))
    yield from sweep(table, frame, rules)
    yield from _duplicates(table, frame)


def _duplicates(table: str, frame: pl.DataFrame) -> Iterator[Breach]:
    key = TABLES[table].key
    if not frame.select(pl.struct(key).is_duplicated().any()).item():
        return
    line = pl.coalesce(["row", "_row"]) if "row" in frame.columns else pl.col("_row")
    numbered = frame.with_row_index("_row", offset=1)
    places = {"_first": line.cast(pl.Int64)}
    places |= {f"_first_{name}": pl.col(name) for name in ("file", "sheet") if name in frame.columns}
    firsts = [place.first().over(list(key)).alias(name) for name, place in places.items()]
    first = numbered.with_columns(firsts).drop("_row")
    repeated = ~pl.struct(key).is_first_distinct()
    named = pl.concat_str([pl.col(name).cast(pl.String).fill_null("—") for name in key], separator=" / ")
    # With the file and sheet of the first row, for those who compare several files.
    at = {name[1:]: pl.col(name) for name in places}
    yield from breaches(table, first, repeated, key[0], "duplicate_key", key=named, **at)


def _is_count(column: Column) -> bool:
    if column.dtype == pl.Int64():
        return column.name != "row"
    return column.dtype == pl.Float64() and column.name in {"value", "progress"}


def _fits(found: pl.DataType, column: Column) -> bool:
    """Whether a column can be cast to the contract's type without losing or guessing anything."""
    wanted = column.dtype
    if found == wanted:
        return True
    if found == pl.Null():
        return column.nullable
    if wanted == pl.Int64():
        return found.is_integer() and found != pl.UInt64()
    if wanted == pl.Float64():
        return found.is_numeric() and not found.is_decimal()
    if isinstance(wanted, pl.Datetime):
        return found == pl.Date() or (isinstance(found, pl.Datetime) and found.time_zone is None)
    return False


def _named(column: Column) -> str:
    return "2026-10" if column.is_month else str(column.dtype)
