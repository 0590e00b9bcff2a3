"""Contract-shaped files: one file a table, its stem the table's name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from data.messages import IntakeError, say
from data.personal import safe
from data.rules import Breach, breaches
from data.tables import PROVENANCE, TABLES, Column, Origin
from data.tabular import KINDS, Sheet, read
from data.values import cleaned, parsed

# What a cell of each type looks like, in any language.
FORMS = {
    pl.String: "abc",
    pl.Boolean: "true / false",
    pl.Int64: "123",
    pl.Float64: "0.85",
    pl.Date: "2026-10-31",
    pl.Datetime: "2026-10-31T09:30:00",
}


@dataclass(frozen=True)
class Note:
    """Something a person should know that breaks no rule, such as a file that was not read."""

    code: str
    params: dict[str, object] = field(default_factory=dict)

    def text(self, lang: str | None = None) -> str:
        """One sentence."""
        return say(self.code, lang, **self.params)


@dataclass(frozen=True)
class Intake:
    """Typed frames by table, the cells that could not be read, and what was left aside."""

    frames: dict[str, pl.DataFrame]
    breaches: list[Breach]
    notes: list[Note]


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files named, and those of the folders named, sorted by name; hidden and lock files are left out."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(p for p in path.iterdir() if p.is_file() and not p.name.startswith((".", "~$")))
        elif path.is_file():
            found.append(path)
        else:
            raise IntakeError("intake_file_absent", file=path.name)
    return found


def read_tables(paths: Sequence[Path], origin: Origin = "ledger") -> Intake:
    """All tables found in files and folders; IntakeError if there is none or a table comes twice."""
    intake = Intake({}, [], [])
    for path in files_of(paths):
        table = path.stem
        if table not in TABLES or TABLES[table].origin != origin or path.suffix.lower() not in KINDS:
            intake.notes.append(Note("note_file_ignored", {"file": safe(path.name)}))
            continue
        if table in intake.frames:
            raise IntakeError("intake_table_twice", table=table, file=path.name)
        frame, found, notes = typed(table, read(path))
        intake.frames[table] = frame
        intake.breaches.extend(found)
        intake.notes.extend(notes)
    if not intake.frames:
        names = " ".join(name for name, table in TABLES.items() if table.origin == origin)
        raise IntakeError("intake_nothing", tables=names)
    return intake


def unread_sheets(sheet: Sheet) -> list[Note]:
    """A note if the workbook has more sheets than the one that was read."""
    if not sheet.unread:
        return []
    others = "、".join(str(safe(name)) for name in sheet.unread)
    return [Note("note_sheets_unread", {"file": sheet.file, "sheet": safe(sheet.sheet), "sheets": others})]


def typed(table: str, sheet: Sheet) -> tuple[pl.DataFrame, list[Breach], list[Note]]:
    """The columns the table knows, in its types; each cell that does not parse is a breach."""
    known = [column for column in TABLES[table].columns if column.name in sheet.frame.columns]
    ignored = [name for name in sheet.frame.columns if name not in TABLES[table].schema]
    notes = unread_sheets(sheet)
    if ignored:
        columns = "、".join(ignored)
        notes.append(Note("note_columns_ignored", {"file": sheet.file, "columns": columns}))
    frame = _placed(table, sheet.frame, sheet)
    text = [column for column in known if frame.schema[column.name] == pl.String()]
    frame = frame.with_columns(cleaned(column.name).alias(column.name) for column in text)
    values = frame.with_columns(parsed(pl.col(column.name), column).alias(column.name) for column in text)
    found = unread(table, frame, values, text)
    names = [column.name for column in TABLES[table].columns if column.name in values.columns]
    return values.select(names), found, notes


def unread(
    table: str,
    text: pl.DataFrame,
    values: pl.DataFrame,
    columns: Sequence[Column],
    names: Mapping[str, str] | None = None,
) -> list[Breach]:
    """A breach for each cell that holds text but gave no value; the text itself is not repeated.

    `names` are the columns' names in the file, where they differ from the contract's.
    """
    places = values.select(name for name in ("file", "row") if name in values.columns)
    found: list[Breach] = []
    for column in columns:
        lost = text[column.name].is_not_null() & values[column.name].is_null()
        if lost.any():
            form = "2026-10" if column.is_month else FORMS[column.dtype.base_type()]
            name = (names or {}).get(column.name, column.name)
            frame = places.with_columns(_lost=lost)
            found += breaches(table, frame, pl.col("_lost"), name, "not_readable", expected=form)
    return found


def _placed(table: str, frame: pl.DataFrame, sheet: Sheet) -> pl.DataFrame:
    """Rows that do not say where they came from came from this sheet."""
    own = {column.name for column in PROVENANCE}
    if TABLES[table].origin == "profile" or own & set(frame.columns):
        return frame
    return frame.with_columns(
        file=pl.lit(sheet.file),
        sheet=pl.lit(sheet.sheet, pl.String),
        row=sheet.lines,
        column=pl.lit(None, pl.String),
    )
