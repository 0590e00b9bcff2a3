"""A sheet as it grows, and its way out of this process: as Arrow, which carries values and never code."""

import json
from collections.abc import Iterable, Sequence
from itertools import islice, zip_longest

import pyarrow as pa  # type: ignore[import-untyped]

from data.ledgers.child.facts import Facts
from data.ledgers.child.limits import MOST_COLUMNS, MOST_TOTAL, refuse
from data.ledgers.child.values import Value, texts_of

_TEXT = pa.string()
# Rows that are turned into columns at a time: memory stays near that of the columns themselves.
_PORTION = 5_000


class Columns:
    """The text columns of one sheet; blank rows and columns at the end are cut off when it is packed."""

    def __init__(self, name: str | None) -> None:
        self._name = name
        self._parts: list[list[pa.Array]] = []
        self._height, self._total = 0, 0
        self.rows, self.columns = 0, 0

    def fill(self, rows: Iterable[Sequence[Value]]) -> None:
        """Take all rows, which need not be of one width."""
        source = iter(rows)
        while portion := list(islice(source, _PORTION)):
            self._add(portion)

    def _add(self, rows: list[Sequence[Value]]) -> None:
        for number, values in enumerate(zip_longest(*rows, fillvalue=""), 1):
            if number > MOST_COLUMNS:
                refuse("file_out_of_range", self._name, self._height + 1, number)
            if number > len(self._parts):
                self._parts.append([pa.nulls(self._height, _TEXT)] if self._height else [])
            texts = texts_of(values, self._name, self._height + 1, number)
            used = next((n for n in range(len(texts), 0, -1) if (texts[n - 1] or "").strip()), 0)
            if used:
                self.rows, self.columns = max(self.rows, self._height + used), max(self.columns, number)
            self._parts[number - 1].append(pa.array(texts, _TEXT))
            self._total += self._parts[number - 1][-1].nbytes
        width = max(map(len, rows))
        for parts in self._parts[width:]:
            parts.append(pa.nulls(len(rows), _TEXT))
        self._height += len(rows)
        if self._total > MOST_TOTAL:
            refuse("file_too_large", self._name)

    def pack(self, facts: Facts) -> pa.Table:
        """The columns, named by their number, and all else on the sheet as JSON beside the schema."""
        columns = [pa.chunked_array(parts, _TEXT) for parts in self._parts[: self.columns]]
        names = [str(number) for number in range(1, len(columns) + 1)]
        table = pa.table(columns, names=names).slice(0, self.rows)
        return table.replace_schema_metadata({"sheet": json.dumps(facts.told(self.rows, self.columns))})


def write(table: pa.Table, sink: pa.NativeFile) -> None:
    """An Arrow stream, a portion at a time."""
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
