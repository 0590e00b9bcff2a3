"""A month's tables after new ledgers: each takes the place of its own sender's rows and of nothing else."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import polars as pl

from data.ledgers.assessment import Replaced
from data.ledgers.ledger import Ledger
from data.received import Received
from data.tables import TABLES, conform, empty

Frames = Mapping[str, pl.DataFrame]
# A figure or a row that says nothing of a township is no report.
_SILENT = "not_reported"


@dataclass(frozen=True)
class Merged:
    """The tables that change, whole; the ledgers that the month's rows come from; what was replaced.

    `owners` tells whose rows are those of a file, table and sheet. A file stands in the rows under another
    name when an earlier ledger of the month has the same.
    """

    tables: dict[str, pl.DataFrame]
    received: tuple[Received, ...]
    replaced: tuple[Replaced, ...]
    owners: dict[tuple[str, str, str | None], Ledger]


def merge(
    month: Frames,
    earlier: Sequence[Received],
    ledgers: Sequence[Ledger],
    hashes: Mapping[str, str],
    known: Collection[str],
) -> Merged:
    """`month` are the ledger tables of the month's revision, `earlier` what its manifest says of them.

    `hashes` are the SHA-256 of the files by name, `known` the codes of all townships.
    """
    keys = {(one.kind, one.sender) for one in ledgers}
    gone = [one for one in earlier if one.key in keys]
    stay = [one for one in earlier if one.key not in keys]
    touched = {t for one in ledgers for t in one.frames} | {t for one in gone for t in one.rows}
    replaced = [_replaced(one, ledgers) for one in gone]
    kept = {}
    for table in (name for name in TABLES if name in touched):
        rows = conform(table, month.get(table, empty(table))).filter(~_owned(table, gone))
        kept[table], more = _uncovered(table, rows, stay, ledgers, known)
        replaced += more
    named = _named(ledgers, kept)
    tables = {
        table: pl.concat([rows, *(_rows(table, one, name) for one, name in named if table in one.frames)])
        for table, rows in kept.items()
    }
    owners = {
        (name, table, sheet): one
        for one, name in named
        for table, rows in one.frames.items()
        for sheet in rows["sheet"].unique()
    }
    new = (_received(one, name, hashes[one.file]) for one, name in named)
    return Merged(tables, (*stay, *new), tuple(replaced), owners)


def _received(ledger: Ledger, file: str, sha256: str) -> Received:
    """What the manifest keeps of a ledger; `file` is its name in the rows."""
    sheets = {t: tuple(rows["sheet"].unique(maintain_order=True)) for t, rows in ledger.frames.items()}
    states = ledger.states["state"].value_counts(sort=True).iter_rows()
    return Received(
        kind=ledger.kind,
        sender=ledger.sender,
        unit=ledger.unit,
        file=file,
        sha256=sha256,
        rows={table: rows.height for table, rows in ledger.frames.items()},
        sheets=sheets,
        townships=tuple(sorted(townships(ledger))),
        read=ledger.tally.read,
        used=ledger.tally.used,
        left_out=ledger.tally.left_out,
        states=dict(states),
        totals=ledger.totals,
    )


def townships(ledger: Ledger) -> set[str]:
    """The townships of which the ledger says something."""
    said = ledger.states.filter(pl.col("state") != _SILENT)["township_code"]
    codes = [rows["township_code"] for rows in ledger.frames.values() if "township_code" in rows.columns]
    return {code for column in (said, *codes) for code in column.drop_nulls().unique()}


def _replaced(one: Received, ledgers: Iterable[Ledger]) -> Replaced:
    by = next(ledger for ledger in ledgers if (ledger.kind, ledger.sender) == one.key)
    return Replaced(one.kind, one.sender, by.unit or one.unit, by.file, one.file, sum(one.rows.values()))


def _uncovered(
    table: str,
    rows: pl.DataFrame,
    stay: Sequence[Received],
    ledgers: Iterable[Ledger],
    known: Collection[str],
) -> tuple[pl.DataFrame, list[Replaced]]:
    """The rows without those that no ledger is known to have brought and a new one reports anew."""
    replaced = []
    for one in ledgers:
        if table in one.frames:
            covered = ~_owned(table, stay) & _covered(table, one, rows, known)
            count = rows.filter(covered).height
            if count:
                replaced.append(Replaced(one.kind, one.sender, one.unit, one.file, None, count))
            rows = rows.filter(~covered)
    return rows, replaced


def _owned(table: str, ledgers: Iterable[Received]) -> pl.Expr:
    """Whether a row came from one of these ledgers: from its file and one of its sheets."""
    owned = pl.lit(False)
    for one in ledgers:
        for sheet in one.sheets.get(table, ()):
            owned = owned | (pl.col("file").eq_missing(one.file) & pl.col("sheet").eq_missing(sheet))
    return owned


def _covered(table: str, ledger: Ledger, rows: pl.DataFrame, known: Collection[str]) -> pl.Expr:
    """Of rows that no ledger is known to have brought, those that this one takes the place of."""
    if table == "figures":
        asked = [ledger.states, ledger.frames[table]]
        pairs = {pair for one in asked for pair in one.select("indicator_id", "township_code").iter_rows()}
        return _any_of(pl.struct("indicator_id", "township_code"), rows, pairs)
    if ledger.sender not in known:
        # A department answers for the county, but for firms only of the townships it names.
        own = pl.col("township_code").is_in(sorted(townships(ledger)))
        return own if table == "enterprises" else pl.lit(True)
    if "township_code" in TABLES[table].schema:
        return pl.col("township_code").eq_missing(ledger.sender)
    first = TABLES[table].key[0]
    return pl.col(first).is_in(ledger.frames[table][first].unique().implode())


def _any_of(key: pl.Expr, rows: pl.DataFrame, wanted: Collection[tuple[object, ...]]) -> pl.Expr:
    """Whether the struct is one of these; a null is a value."""
    found = rows.select(key.alias("key"))["key"].to_list()
    return pl.lit(pl.Series([tuple(one.values()) in wanted for one in found], dtype=pl.Boolean))


def _named(ledgers: Iterable[Ledger], kept: Frames) -> list[tuple[Ledger, str]]:
    """Each ledger with its file's name, numbered where rows of another file stand under the same."""
    given: dict[str, str] = {}
    named = []
    for one in ledgers:
        free = (
            name
            for name in _names(PurePath(one.file))
            if given.get(name, one.file) == one.file
            and not any(_stands(name, rows, kept[table]) for table, rows in one.frames.items())
        )
        name = next(free)
        given[name] = one.file
        named.append((one, name))
    return named


def _stands(name: str, rows: pl.DataFrame, kept: pl.DataFrame) -> bool:
    """Whether rows that stay have that file and one of the sheets."""
    same = kept.filter(pl.col("file") == name)
    return same["sheet"].is_in(rows["sheet"].unique().implode(), nulls_equal=True).any()


def _names(path: PurePath) -> Iterator[str]:
    yield str(path)
    number = 2
    while True:
        yield str(path.with_name(f"{path.stem}（{number}）{path.suffix}"))
        number += 1


def _rows(table: str, ledger: Ledger, file: str) -> pl.DataFrame:
    """The ledger's rows in the table's schema; a column that it lacks is null, required or not."""
    given = ledger.frames.get(table, empty(table))
    return given.select(
        pl.lit(file).alias("file")
        if name == "file"
        else pl.col(name).cast(dtype)
        if name in given.columns
        else pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in TABLES[table].schema.items()
    )
