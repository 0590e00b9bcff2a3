"""What a commit says and how it is written: the full state of the store, sealed by its own SHA-256."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from data.messages import StoreError

MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
NAME = re.compile(r"[a-z][a-z0-9_]{0,63}", re.ASCII)
FOLDER = re.compile(r"snapshots/\d{4}-\d{2}/r\d{3,}-[0-9a-f]{8}(?:-\d+)?", re.ASCII)
FILE = re.compile(
    r"(?:cubes/)?[a-z][a-z0-9_]{0,63}\.parquet|settings\.toml|manifest\.json|说明\.txt", re.ASCII
)
CUBES = "cubes/"
PARQUET = ".parquet"
SETTINGS, MANIFEST, NOTE = "settings.toml", "manifest.json", "说明.txt"


@dataclass(frozen=True)
class FileRecord:
    """One published file: its size in bytes, its SHA-256, and its rows if it is a table."""

    bytes: int
    sha256: str
    rows: int | None


@dataclass(frozen=True)
class Revision:
    """One month as known at one moment: an immutable folder and the record of each file in it."""

    month: date
    number: int
    folder: str
    published_at: datetime
    reason: str
    files: Mapping[str, FileRecord]

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of the tables that were reported or carried over, sorted."""
        return tuple(name.removesuffix(PARQUET) for name in sorted(self.files) if is_table_file(name))

    @property
    def cubes(self) -> tuple[str, ...]:
        """Names of the cubes built from those tables, sorted."""
        return tuple(
            name.removeprefix(CUBES).removesuffix(PARQUET)
            for name in sorted(self.files)
            if name.startswith(CUBES)
        )


@dataclass(frozen=True)
class Commit:
    """The full state after one publication; `month` and `revision` say which one. Equal when the hash is."""

    number: int
    published_at: datetime
    who: str
    reason: str
    month: date
    revision: int
    parent: str
    sha256: str
    months: Mapping[date, Revision] = field(compare=False, repr=False)


def month_text(month: date) -> str:
    """2026-10."""
    return f"{month:%Y-%m}"


def parse_month(text: str) -> date:
    """The first day of the month written 2026-10; StoreError month_bad for anything else."""
    if not MONTH.fullmatch(text) or text.startswith("0000"):
        raise StoreError("month_bad")
    return date(int(text[:4]), int(text[5:]), 1)


def follow(
    head: Commit | None, revision: Revision, *, who: str, reason: str, published_at: datetime
) -> dict[str, Any]:
    """The body of the commit after `head`, in which `revision` is the state of its month."""
    months = dict(head.months) if head else {}
    months[revision.month] = revision
    return {
        "number": head.number + 1 if head else 1,
        "published_at": published_at.isoformat(),
        "who": who,
        "reason": reason,
        "month": month_text(revision.month),
        "revision": revision.number,
        "parent": head.sha256 if head else "",
        "months": {month_text(month): _state(months[month]) for month in sorted(months)},
    }


def _state(revision: Revision) -> dict[str, Any]:
    return {
        "revision": revision.number,
        "folder": revision.folder,
        "published_at": revision.published_at.isoformat(),
        "reason": revision.reason,
        "files": {name: vars(record) for name, record in sorted(revision.files.items())},
    }


def decode(raw: bytes) -> Commit:
    """The commit in sealed bytes; ValueError if one bit differs from what was sealed."""
    body = unseal(raw)
    try:
        months = {parse_month(text): _revision(parse_month(text), s) for text, s in body["months"].items()}
        return Commit(
            number=int(body["number"]),
            published_at=datetime.fromisoformat(body["published_at"]),
            who=body["who"],
            reason=body["reason"],
            month=parse_month(body["month"]),
            revision=int(body["revision"]),
            parent=body["parent"],
            sha256=body["sha256"],
            months=months,
        )
    except (KeyError, TypeError, AttributeError, StoreError):
        raise ValueError("not a commit") from None


def _revision(month: date, state: dict[str, Any]) -> Revision:
    # A hash proves no good will: a name that leads out of the store is refused all the same.
    if not FOLDER.fullmatch(state["folder"]) or not all(map(is_file_name, state["files"])):
        raise ValueError("a name outside the store")
    return Revision(
        month=month,
        number=int(state["revision"]),
        folder=state["folder"],
        published_at=datetime.fromisoformat(state["published_at"]),
        reason=state["reason"],
        files={name: FileRecord(**record) for name, record in state["files"].items()},
    )


def is_file_name(name: str) -> bool:
    """Whether a revision's folder may hold a file of that name."""
    return name in (SETTINGS, MANIFEST, NOTE) or FILE.fullmatch(name) is not None


def is_table_file(name: str) -> bool:
    """Whether the file is a table of the contract, not a cube or a text."""
    return name.endswith(PARQUET) and not name.startswith(CUBES)


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return sha256(content).hexdigest()


def _tail(head: bytes) -> bytes:
    return f',\n "sha256": "{digest(head)}"\n}}\n'.encode()


def seal(body: Mapping[str, Any]) -> bytes:
    """Readable JSON whose last entry is the hash of every byte before it."""
    head = json.dumps(body, ensure_ascii=False, indent=1).removesuffix("\n}").encode()
    return head + _tail(head)


def unseal(raw: bytes) -> dict[str, Any]:
    """The body of sealed bytes, hashed before they are parsed; ValueError if any byte differs."""
    head = raw[: -len(_tail(b""))]
    if not head or raw != head + _tail(head):
        raise ValueError("the seal is broken")
    body: dict[str, Any] = json.loads(raw)
    return body
