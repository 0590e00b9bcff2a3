"""What stands in a revision's folder: tables and cubes as Parquet, settings, manifest, a note for people."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from data.commits import (
    CUBES,
    MANIFEST,
    NAME,
    NOTE,
    PARQUET,
    SETTINGS,
    FileRecord,
    digest,
    is_table_file,
    month_text,
)
from data.messages import StoreError, catalogue, say
from data.received import Received, decode, encode


@dataclass(frozen=True)
class Item:
    """One file to be published: its bytes, and its rows if it is a table."""

    content: bytes
    rows: int | None = None

    @property
    def record(self) -> FileRecord:
        """What the commit keeps of it."""
        return FileRecord(len(self.content), digest(self.content), self.rows)


@dataclass(frozen=True)
class Origin:
    """Who published which revision of which month, when and why."""

    month: date
    revision: int
    published_at: datetime
    who: str
    reason: str


def clean(text: str) -> str:
    """One line that can be written as UTF-8, whatever the command line held."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def parquet(frame: pl.DataFrame) -> Item:
    """The frame as Parquet; the same frame gives the same bytes, however it was put together."""
    buffer = io.BytesIO()
    pq.write_table(frame.to_arrow(), buffer, compression="zstd", version="2.6")
    return Item(buffer.getvalue(), frame.height)


def arrow(content: bytes) -> pa.Table:
    """The table in Parquet bytes that have been checked already."""
    return pq.ParquetFile(io.BytesIO(content), pre_buffer=False).read(use_threads=False)


def frame(content: bytes) -> pl.DataFrame:
    """The same as a Polars frame."""
    return pl.DataFrame(arrow(content))


def settings(text: str, file: str = SETTINGS) -> dict[str, Any]:
    """Parsed settings; StoreError settings_broken names `file`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise StoreError("settings_broken", file=file) from None


def pack(
    origin: Origin,
    *,
    tables: Mapping[str, pl.DataFrame],
    cubes: Mapping[str, pl.DataFrame],
    carried: Mapping[str, Item],
    settings_text: str,
    ledgers: Sequence[Received] = (),
) -> dict[str, Item]:
    """File name in the folder -> item; `carried` holds the files of tables that stay as they were."""
    if not all(NAME.fullmatch(name) for name in (*tables, *cubes)):
        raise StoreError("table_name_bad")
    items = dict(carried)
    items |= {f"{name}{PARQUET}": parquet(tables[name]) for name in sorted(tables)}
    items |= {f"{CUBES}{name}{PARQUET}": parquet(cubes[name]) for name in sorted(cubes)}
    items[SETTINGS] = Item(settings_text.encode())
    items[NOTE] = Item(_note(origin, items, settings(settings_text)).encode("utf-8-sig"))
    items[MANIFEST] = Item(_manifest(origin, items, ledgers).encode())
    return items


def ledgers(manifest: bytes) -> tuple[Received, ...]:
    """The ledgers that a manifest lists, none in one of before they were; ValueError if it is no manifest."""
    try:
        return tuple(decode(entry) for entry in json.loads(manifest).get("ledgers", []))
    except (KeyError, TypeError, AttributeError):
        raise ValueError("not a manifest") from None


def _manifest(origin: Origin, items: Mapping[str, Item], received: Sequence[Received]) -> str:
    body = {
        "month": month_text(origin.month),
        "revision": origin.revision,
        "published_at": origin.published_at.isoformat(),
        "who": origin.who,
        "reason": origin.reason,
        "files": {name: vars(items[name].record) for name in sorted(items)},
        "ledgers": [encode(one) for one in received],
    }
    return json.dumps(body, ensure_ascii=False, indent=1) + "\n"


def _note(origin: Origin, items: Mapping[str, Item], profile: Mapping[str, Any]) -> str:
    """The note is for the clerk who opens the folder: always Chinese, with the line ends of Windows."""
    tables = [name.removesuffix(PARQUET) for name in sorted(items) if is_table_file(name)]
    text = say(
        "note",
        "zh",
        demonstration=say("note_demonstration" if profile.get("demonstration") else "note_real", "zh"),
        month=f"{origin.month.year}年{origin.month.month}月",
        revision=origin.revision,
        published_at=f"{origin.published_at:%Y-%m-%d %H:%M:%S}",
        who=origin.who,
        reason=origin.reason,
        tables="\n".join(_note_row(table, items[f"{table}{PARQUET}"]) for table in tables),
    )
    return text.lstrip("\n").replace("\n", "\r\n")


def _note_row(table: str, item: Item) -> str:
    code = f"table_{table}"
    name = say(code, "zh") if code in catalogue() else table
    return say("note_row", "zh", name=name, table=table, rows=item.rows)
