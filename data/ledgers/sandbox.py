"""Opens a file of others in a process of its own, so that whatever is in it cannot hurt this one."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]

from data.ledgers.child.limits import MOST_COLUMNS, refuse, seconds_for

_CHILD = str(Path(__file__).parent / "child" / "__main__.py")
# What an interpreter may need to start; nothing else of this process's surroundings is passed on.
_KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
# Its other memory pools reserve more address space than the child may have.
_SET = {"ARROW_DEFAULT_MEMORY_POOL": "system"}
# A busy machine may keep a process waiting much longer than it works.
_PATIENCE = 4


class NoChild(Exception):
    """The process did not start: the fault of the installation, not of the file."""


def opened(content: bytes) -> tuple[dict[str, str | None], list[tuple[dict[str, Any], pa.Table]]]:
    """Form and encoding of a book, then its sheets: what is told of each, and its columns of text.

    `Refused` if it cannot be read; a crash, a timeout or nonsense from the process is `file_failed`.
    """
    out = _run(content)
    form: dict[str, str | None] | None = None
    sheets, done = [], False
    try:
        for kind, frame in _frames(pa.py_buffer(out)):
            if kind == b"FAIL":
                failed = json.loads(frame.to_pybytes())
                refuse(**{key: failed[key] for key in ("code", "sheet", "row", "column")})
            elif kind == b"FORM":
                form = json.loads(frame.to_pybytes())
            elif kind == b"SHET":
                sheets.append(_sheet(frame))
            done = kind == b"DONE"
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError):
        refuse("file_failed")
    return (form, sheets) if done and form else refuse("file_failed")


def _run(content: bytes) -> bytes:
    """What the process said until it ended, by itself or by force."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    # No console window flashes up on Windows; elsewhere there is no such flag.
    hidden: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(
            [sys.executable, "-I", _CHILD],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=kept | _SET,
            timeout=_PATIENCE * seconds_for(len(content)),
            creationflags=hidden,
            check=False,
        )
    except subprocess.TimeoutExpired:
        refuse("file_failed")
    except OSError:
        raise NoChild from None
    if not done.stdout.startswith(b"HERE"):
        raise NoChild
    return done.stdout


def _frames(out: pa.Buffer) -> Iterator[tuple[bytes, pa.Buffer]]:
    """Kind and content of each frame that is whole."""
    start = 0
    while start + 12 <= out.size:
        head = out.slice(start, 12).to_pybytes()
        size, start = int.from_bytes(head[4:], "little"), start + 12
        if start + size > out.size:
            refuse("file_failed")
        yield head[:4], out.slice(start, size)
        start += size


def _sheet(frame: pa.Buffer) -> tuple[dict[str, Any], pa.Table]:
    """Arrow is checked in full before anything trusts its offsets."""
    with pa.ipc.open_stream(frame) as reader:
        table = reader.read_all()
    table.validate(full=True)
    told = json.loads(table.schema.metadata[b"sheet"])
    names = [str(number) for number in range(1, table.num_columns + 1)]
    if table.column_names != names or len(names) > MOST_COLUMNS or set(table.schema.types) - {pa.string()}:
        refuse("file_failed")
    return told, table
