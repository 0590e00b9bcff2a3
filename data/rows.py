"""A snapshot's rows as the text of a contract-shaped file, as JSON or as Parquet."""

import io
import json

import polars as pl

from data.tables import TABLES, conform
from data.values import to_text

FORMATS = ("csv", "json", "parquet")


def rows(table: str, frame: pl.DataFrame, form: str) -> bytes:
    """The table's contract columns in their order, provenance last; `form` is one of FORMATS."""
    ready = conform(table, frame)
    buffer = io.BytesIO()
    if form == "parquet":
        ready.write_parquet(buffer)
    elif form == "csv":
        to_text(table, ready).write_csv(buffer)
    else:
        buffer.write(_json(table, ready))
    return buffer.getvalue()


def _json(table: str, frame: pl.DataFrame) -> bytes:
    """An array of objects: dates as text, numbers and truth values as they are, null for missing."""
    dated = [c.name for c in TABLES[table].columns if c.dtype.is_temporal()]
    text = to_text(table, frame).select(dated)
    lines = (json.dumps(row, ensure_ascii=False) for row in frame.with_columns(text).iter_rows(named=True))
    return ("[\n" + ",\n".join(lines) + "\n]\n").encode()
