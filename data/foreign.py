"""Foreign exports through a mapping: columns, words and dates of others become those of the contract."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from data.consistency import closed_too_early
from data.intake import Note, files_of, unread, unread_sheets
from data.mapping import Source
from data.messages import IntakeError
from data.monthly import Account, Rows, rows_of_month
from data.personal import safe
from data.profile import Profile, plain
from data.rules import RULES, Breach
from data.tables import PROVENANCE, TABLES, Column
from data.tabular import Sheet, read
from data.values import cleaned, parsed

_MONTH = Column("_month", pl.Date(), is_month=True)


@dataclass(frozen=True)
class Foreign:
    """All that a mapping found in a set of files, before it is split into months."""

    rows: list[Rows] = field(default_factory=list)
    breaches: list[Breach] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    def month(self, month: date) -> tuple[dict[str, pl.DataFrame], list[Account]]:
        """The tables of one month in the contract's schema, and an account for each source and file."""
        parts: dict[str, list[pl.DataFrame]] = {}
        accounts = []
        for rows in self.rows:
            frame, account = rows_of_month(rows, month)
            parts.setdefault(rows.source.table, []).append(frame)
            accounts.append(account)
        return {table: pl.concat(frames) for table, frames in parts.items()}, accounts


def read_foreign(paths: Sequence[Path], sources: Sequence[Source], profile: Profile) -> Foreign:
    """Read every file that a source takes; IntakeError if a source finds no file or a file lacks a column."""
    files = files_of(paths)
    for source in sources:
        if not any(source.takes(path) for path in files):
            raise IntakeError("mapping_no_file", pattern=source.file)
    found = Foreign()
    for path in files:
        taking = [source for source in sources if source.takes(path)]
        if not taking:
            found.notes.append(Note("note_file_unmapped", {"file": path.name}))
        sheets = {encoding: read(path, encoding=encoding) for encoding in {s.encoding for s in taking}}
        found.notes.extend(note for sheet in list(sheets.values())[:1] for note in unread_sheets(sheet))
        for source in taking:
            rows, breaches = mapped(source, sheets[source.encoding], profile)
            found.rows.append(rows)
            found.breaches.extend(breaches)
    return found


def mapped(source: Source, sheet: Sheet, profile: Profile) -> tuple[Rows, list[Breach]]:
    """The rows of a sheet in the contract's types, and what in them could not be read or is not known."""
    missing = sorted(source.needed - set(sheet.frame.columns))
    if missing:
        raise IntakeError("mapping_column_missing", file=sheet.file, columns="、".join(missing))
    text, breaches = _resolved(source, _renamed(source, sheet), profile)
    columns = [c for c in TABLES[source.table].columns if c.name in text.columns and c not in PROVENANCE]
    columns += [_MONTH] if source.month else []
    values = text.with_columns(_typed(source, column) for column in columns)
    breaches += unread(source.table, text, values, columns, names=_origins(source))
    kept = values
    if "closed_before_received" in source.drop:
        kept = values.filter(~closed_too_early())
    dropped = {"closed_before_received": values.height - kept.height} if kept.height < values.height else {}
    return Rows(source, sheet.file, kept, values.height, dropped), breaches


def _origins(source: Source) -> dict[str, str]:
    """Contract column -> source column."""
    return {**source.columns, **source.named, **({_MONTH.name: source.month} if source.month else {})}


def _renamed(source: Source, sheet: Sheet) -> pl.DataFrame:
    """The source's columns under the contract's names, words translated, constants and provenance added."""
    found = sheet.frame.select(pl.all().cast(pl.String))
    taken = [
        cleaned(origin).replace(dict(source.values.get(origin, {}))).alias(target)
        for target, origin in _origins(source).items()
    ]
    constants = [pl.lit(value, pl.String).alias(name) for name, value in source.constants.items()]
    return found.select(*taken, *constants).with_columns(
        file=pl.lit(sheet.file), sheet=pl.lit(sheet.sheet, pl.String), row=sheet.lines
    )


def _resolved(source: Source, text: pl.DataFrame, profile: Profile) -> tuple[pl.DataFrame, list[Breach]]:
    """Names of townships, committees and classes as codes; each unknown name is one breach with its count."""
    known = {
        "township_code": profile.townships,
        "committee_id": profile.committees,
        "class_id": profile.classes,
    }
    breaches = []
    for column, origin in source.named.items():
        codes = known[column]()
        names = text[column].drop_nulls().unique(maintain_order=True).to_list()
        found = {name: codes[plain(name)] for name in names if plain(name) in codes}
        for name in names:
            if name not in found:
                rows = text.filter(pl.col(column) == name)
                params = {"value": safe(name), "count": rows.height}
                place = (source.table, rows["row"][0], origin)
                breaches.append(
                    Breach(*place, "name_unknown", RULES["name_unknown"], params, rows["file"][0])
                )
        text = text.with_columns(pl.col(column).replace_strict(found, default=None, return_dtype=pl.String))
    return text, breaches


def _typed(source: Source, column: Column) -> pl.Expr:
    text = pl.col(column.name)
    if source.thousands and column.dtype.is_numeric():
        text = text.str.replace_all(source.thousands, "", literal=True)
    origin = _origins(source).get(column.name, "")
    return parsed(text, column, source.dates.get(origin, ())).alias(column.name)
